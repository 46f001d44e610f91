import { epochOf } from '@ariane/kernel';
import * as fc from 'fast-check';
import { freeSlots, type OpenCalendar, offeredSlot, openIntervals, servingCalendars, type Taken } from './availability';
import { instantAt, intervalOf } from './slot';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const weekdays = [1, 2, 3, 4, 5];
const open: OpenCalendar = {
  calendarId: '01890a5d-ac96-7000-8000-00000000000a',
  practitionerId: '01890a5d-ac96-7000-8000-000000000003',
  resources: ['room-1'],
  visits: [{ visitKind: 'consultation', minutes: 30, modes: ['on-site', 'tele'] }],
  hours: weekdays.flatMap((weekday) => [
    { weekday, from: '09:00', to: '12:30' },
    { weekday, from: '14:00', to: '18:00' },
  ]),
  timeZone: 'Europe/Paris',
  holidays: 'FR',
  openOnHolidays: false,
  exceptions: [],
};
const ask = { visitKind: 'consultation' };
const between = (from: string, to: string) => ({ from: epochOf(from), to: epochOf(to) });
const day = (date: string) => between(`${date}T00:00:00Z`, `${date}T23:00:00Z`);
const starts = (calendar: OpenCalendar, date: string, taken: readonly Taken[] = [], patientId?: string) =>
  freeSlots([calendar], ask, day(date), taken, patientId).map((slot) => slot.startsAt.slice(11, 16));
const hoursOn = (calendar: OpenCalendar, date: string) =>
  openIntervals(calendar, between(`${date}T10:00:00Z`, `${date}T10:05:00Z`)).map(({ from, to }) => [
    instantAt(from),
    instantAt(to),
  ]);
const closed = (from: string, to: string) => ({ from, to, open: false, reason: 'leave' });
const opened = (from: string, to: string) => ({ from, to, open: true, reason: 'extra' });

describe('opening hours', () => {
  it('give slots of the visit’s length that do not cross the lunch break', () => {
    expect(starts(open, '2026-03-03')).toEqual(
      ['08:00', '08:30', '09:00', '09:30', '10:00', '10:30', '11:00'].concat([
        '13:00',
        '13:30',
        '14:00',
        '14:30',
        '15:00',
        '15:30',
        '16:00',
        '16:30',
      ]),
    );
  });

  it('give nothing on a Sunday', () => {
    expect(starts(open, '2026-03-01')).toEqual([]);
  });

  it('stay at nine by the wall clock when Paris goes to summer time', () => {
    expect(hoursOn(open, '2026-03-27')[0]).toEqual(['2026-03-27T08:00:00Z', '2026-03-27T11:30:00Z']);
    expect(hoursOn(open, '2026-03-30')[0]).toEqual(['2026-03-30T07:00:00Z', '2026-03-30T10:30:00Z']);
  });

  it('lose the hour that the night of 29 March 2026 does not have', () => {
    const night = { ...open, hours: everyDay.map((weekday) => ({ weekday, from: '01:00', to: '04:00' })) };
    expect(hoursOn(night, '2026-03-29')).toEqual([['2026-03-29T00:00:00Z', '2026-03-29T02:00:00Z']]);
  });

  it('have the hour twice that the night of 25 October 2026 repeats', () => {
    const night = { ...open, hours: everyDay.map((weekday) => ({ weekday, from: '01:00', to: '04:00' })) };
    expect(hoursOn(night, '2026-10-25')).toEqual([['2026-10-24T23:00:00Z', '2026-10-25T03:00:00Z']]);
  });

  it('do not move in La Réunion, which keeps one time all year', () => {
    const island = { ...open, timeZone: 'Indian/Reunion', holidays: 'FR-974' as const };
    expect(hoursOn(island, '2026-03-27')[0]?.[0]).toBe('2026-03-27T05:00:00Z');
    expect(hoursOn(island, '2026-03-30')[0]?.[0]).toBe('2026-03-30T05:00:00Z');
  });

  it('are closed on a public holiday of the territory, and only of that territory', () => {
    expect(starts(open, '2026-07-14')).toEqual([]);
    const abolition = '2027-12-20';
    expect(starts(open, abolition)).not.toEqual([]);
    expect(starts({ ...open, timeZone: 'Indian/Reunion', holidays: 'FR-974' }, abolition)).toEqual([]);
  });

  it('hold on a public holiday when the calendar says so', () => {
    expect(starts({ ...open, openOnHolidays: true }, '2026-07-14')).toHaveLength(15);
  });
});

describe('exceptions', () => {
  it('close a day of leave', () => {
    const calendar = { ...open, exceptions: [closed('2026-03-02T23:00:00Z', '2026-03-03T23:00:00Z')] };
    expect(starts(calendar, '2026-03-03')).toEqual([]);
    expect(starts(calendar, '2026-03-04')).toHaveLength(15);
  });

  it('open a Saturday morning, and a holiday', () => {
    const exceptions = [
      opened('2026-03-07T08:00:00Z', '2026-03-07T09:00:00Z'),
      opened('2026-07-14T08:00:00Z', '2026-07-14T09:00:00Z'),
    ];
    expect(starts({ ...open, exceptions }, '2026-03-07')).toEqual(['08:00', '08:30']);
    expect(starts({ ...open, exceptions }, '2026-07-14')).toEqual(['08:00', '08:30']);
  });

  it('are read in the order they were added: the last one wins', () => {
    const week = closed('2026-03-01T23:00:00Z', '2026-03-08T23:00:00Z');
    const morning = opened('2026-03-03T08:00:00Z', '2026-03-03T09:00:00Z');
    expect(starts({ ...open, exceptions: [week, morning] }, '2026-03-03')).toEqual(['08:00', '08:30']);
    expect(starts({ ...open, exceptions: [morning, week] }, '2026-03-03')).toEqual([]);
  });

  it('that end between two marks of the grid lose the broken five minutes', () => {
    const calendar = { ...open, exceptions: [closed('2026-03-03T08:00:00Z', '2026-03-03T10:32:10Z')] };
    expect(starts(calendar, '2026-03-03')[0]).toBe('10:35');
  });
});

describe('free slots', () => {
  const taken = (over: Partial<Taken>): Taken => ({
    patientId: 'other-patient',
    resources: [],
    startsAt: '2026-03-03T08:10:00Z',
    endsAt: '2026-03-03T08:35:00Z',
    ...over,
  });

  it('leave out what overlaps an appointment of the practitioner, of the room or of the patient', () => {
    expect(starts(open, '2026-03-03', [taken({ practitionerId: open.practitionerId })])[0]).toBe('09:00');
    expect(starts(open, '2026-03-03', [taken({ resources: ['room-1'] })])[0]).toBe('09:00');
    expect(starts(open, '2026-03-03', [taken({ patientId: 'me' })], 'me')[0]).toBe('09:00');
    expect(starts(open, '2026-03-03', [taken({ resources: ['room-2'] })], 'me')[0]).toBe('08:00');
  });

  it('may begin the minute another ends', () => {
    const before = taken({ resources: ['room-1'], startsAt: '2026-03-03T08:00:00Z', endsAt: '2026-03-03T08:30:00Z' });
    expect(starts(open, '2026-03-03', [before])[0]).toBe('08:30');
  });

  it('keep their grid whoever looks and from when', () => {
    const late = freeSlots([open], ask, between('2026-03-03T08:07:00Z', '2026-03-03T09:00:01Z'), []);
    expect(late.map((slot) => slot.startsAt)).toEqual(['2026-03-03T08:30:00Z', '2026-03-03T09:00:00Z']);
  });

  it('come from the wished practitioner when they serve the visit, else from everybody who does', () => {
    const other = { ...open, calendarId: 'b', practitionerId: 'b' };
    const none = { ...open, calendarId: 'c', visits: [] };
    expect(servingCalendars([open, other, none], { ...ask, practitionerId: 'b' })).toEqual([other]);
    expect(servingCalendars([open, other, none], { ...ask, practitionerId: 'c' })).toEqual([open, other]);
    expect(servingCalendars([open], { ...ask, mode: 'tele' })).toEqual([open]);
    expect(
      servingCalendars([{ ...open, visits: [{ ...open.visits[0]!, modes: ['on-site'] }] }], { ...ask, mode: 'tele' }),
    ).toEqual([]);
  });

  it('are earliest first, ties by calendar', () => {
    const other = { ...open, calendarId: 'a', resources: [], practitionerId: 'a' };
    const [first, second] = freeSlots([open, other], ask, day('2026-03-03'), []);
    expect([first?.calendarId, second?.calendarId]).toEqual([open.calendarId, 'a']);
  });

  it('lie within opening hours and overlap nothing that is in the way, wherever the appointments are', () => {
    const minute = fc.integer({ min: 0, max: 600 });
    const appointments = fc.array(
      fc.tuple(minute, fc.integer({ min: 5, max: 120 }), fc.constantFrom('room-1', 'room-2')),
    );
    fc.assert(
      fc.property(appointments, (made) => {
        const base = epochOf('2026-03-03T07:00:00Z');
        const all = made.map(([at, minutes, room]) =>
          taken({
            resources: [room],
            startsAt: instantAt(base + at * 60_000),
            endsAt: instantAt(base + (at + minutes) * 60_000),
          }),
        );
        const hours = openIntervals(open, day('2026-03-03'));
        for (const slot of freeSlots([open], ask, day('2026-03-03'), all).map(intervalOf)) {
          expect(hours.some((one) => one.from <= slot.from && slot.to <= one.to)).toBe(true);
          const inTheWay = all.filter((one) => one.resources.includes('room-1')).map(intervalOf);
          expect(inTheWay.some((one) => one.from < slot.to && slot.from < one.to)).toBe(false);
        }
      }),
    );
  });
});

describe('a slot chosen by a human', () => {
  it('may stand off the calendar’s rhythm, but on the five-minute grid', () => {
    expect(offeredSlot(open, ask, '2026-03-03T08:05:00Z')?.endsAt).toBe('2026-03-03T08:35:00Z');
    expect(offeredSlot(open, ask, '2026-03-03T08:03:00Z')).toBeUndefined();
  });

  it('is not offered outside opening hours, across their end, or for a visit the calendar does not serve', () => {
    expect(offeredSlot(open, ask, '2026-03-03T05:00:00Z')).toBeUndefined();
    expect(offeredSlot(open, ask, '2026-03-03T11:05:00Z')).toBeUndefined();
    expect(offeredSlot(open, { visitKind: 'surgery' }, '2026-03-03T08:00:00Z')).toBeUndefined();
  });
});
