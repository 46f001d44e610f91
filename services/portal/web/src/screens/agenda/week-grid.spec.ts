import type { Appointment, Calendar } from './appointment';
import { columnsOf, hoursShown, placeOf, wallOf } from './week-grid';

const calendar: Calendar = {
  id: 'c',
  practitionerId: 'p',
  resources: [],
  visits: [],
  hours: [
    { weekday: 1, from: '08:30', to: '12:30' },
    { weekday: 1, from: '13:30', to: '18:00' },
  ],
  timeZone: 'Europe/Paris',
  exceptions: [],
};
const booked = (startsAt: string, endsAt: string, status = 'booked'): Appointment =>
  ({ id: startsAt, status, slot: { startsAt, endsAt } }) as unknown as Appointment; // only what is looked at
const monday = '2026-03-02';
const open = (exceptions: Calendar['exceptions']) =>
  columnsOf({ ...calendar, exceptions }, [monday], [])[0]?.open.map(({ from, to }) => [from / 60, to / 60]);

describe('the week of a calendar', () => {
  it('is written by the clocks of the territory, in summer too', () => {
    expect(wallOf('2026-07-01T06:30:00Z', 'Europe/Paris')).toEqual({ day: '2026-07-01', minutes: 510 });
  });

  it('is open at its hours, less what an exception closes and with what it opens', () => {
    expect(open([])).toEqual([
      [8.5, 12.5],
      [13.5, 18],
    ]);
    const leave = { from: '2026-03-02T09:00:00Z', to: '2026-03-02T14:00:00Z', open: false, reason: 'leave' };
    expect(open([leave])).toEqual([
      [8.5, 10],
      [15, 18],
    ]);
    const evening = { from: '2026-03-02T17:00:00Z', to: '2026-03-02T19:00:00Z', open: true, reason: 'extra' };
    expect(open([evening])?.at(-1)).toEqual([18, 20]);
  });

  it('closes whole days between two instants', () => {
    const leave = { from: '2026-03-01T00:00:00Z', to: '2026-03-05T00:00:00Z', open: false, reason: 'leave' };
    expect(open([leave])).toEqual([]);
  });

  it('shows what takes time and not what was cancelled or missed', () => {
    const all = ['booked', 'held', 'attended', 'missed', 'cancelled'].map((status) =>
      booked('2026-03-02T08:00:00Z', '2026-03-02T08:30:00Z', status),
    );
    const [column] = columnsOf(calendar, [monday], all);
    expect(column?.blocks.map(({ appointment }) => appointment.status)).toEqual(['booked', 'held', 'attended']);
  });

  it('gives each appointment the height of its length, within whole hours', () => {
    const columns = columnsOf(calendar, [monday], [booked('2026-03-02T06:10:00Z', '2026-03-02T07:10:00Z')]);
    const shown = hoursShown(columns);
    expect(shown).toEqual({ from: 7 * 60, to: 18 * 60 });
    expect(placeOf({ from: 7 * 60, to: 18 * 60 }, shown)).toEqual({ top: 0, height: 100 });
    expect(placeOf({ from: 18 * 60 - 66, to: 18 * 60 }, shown)).toEqual({ top: 90, height: 10 });
  });
});
