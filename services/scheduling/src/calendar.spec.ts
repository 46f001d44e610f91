import { DomainError, fold } from '@ariane/kernel';
import { calendar, type CalendarCommand } from './calendar';

const open: Extract<CalendarCommand, { type: 'OpenCalendar' }> = {
  type: 'OpenCalendar',
  calendarId: '01890a5d-ac96-7000-8000-00000000000a',
  resources: ['mri-1'],
  visits: [{ visitKind: 'mri', minutes: 45, modes: ['on-site'] }],
  hours: [{ weekday: 1, from: '09:00', to: '12:00' }],
  timeZone: 'Europe/Paris',
  holidays: 'FR',
  openOnHolidays: false,
};
const codeOf = (command: CalendarCommand, before: readonly CalendarCommand[] = []): string => {
  const state = before.length === 0 ? undefined : fold(calendar, undefined, calendar.decide(undefined, before[0]!));
  try {
    calendar.decide(state, command);
    return 'accepted';
  } catch (error) {
    return error instanceof DomainError ? error.code : 'bug';
  }
};
const exception: CalendarCommand = {
  type: 'AddException',
  from: '2026-03-09T00:00:00Z',
  to: '2026-03-10T00:00:00Z',
  open: false,
  reason: 'leave',
};

describe('a calendar', () => {
  it('opens once, and tells others whom and what it serves but not its hours', () => {
    const [fact, own] = calendar.decide(undefined, open);
    expect(fact?.data).toEqual({
      calendarId: open.calendarId,
      practitionerId: undefined,
      resources: ['mri-1'],
      visitKinds: ['mri'],
      timeZone: 'Europe/Paris',
    });
    expect(own?.type).toBe('HoursSet');
    expect(codeOf(open, [open])).toBe('ALREADY_EXISTS');
  });

  it('keeps its exceptions in the order they were added', () => {
    const state = fold(calendar, undefined, calendar.decide(undefined, open));
    const events = [...calendar.decide(state, exception), ...calendar.decide(state, { ...exception, reason: 'works' })];
    expect(fold(calendar, state, events)?.exceptions.map((one) => one.reason)).toEqual(['leave', 'works']);
    expect(codeOf(exception)).toBe('NOT_FOUND');
  });

  it('is refused with hours or visits off the five-minute grid, backwards, in no known zone, or for nobody', () => {
    const visits = (minutes: number) => [{ visitKind: 'mri', minutes, modes: ['on-site' as const] }];
    expect(codeOf({ ...open, visits: visits(0) })).toBe('CALENDAR_INVALID');
    expect(codeOf({ ...open, visits: visits(42) })).toBe('CALENDAR_INVALID');
    expect(codeOf({ ...open, visits: visits(605) })).toBe('CALENDAR_INVALID');
    expect(codeOf({ ...open, hours: [{ weekday: 1, from: '09:02', to: '12:00' }] })).toBe('CALENDAR_INVALID');
    expect(codeOf({ ...open, hours: [{ weekday: 1, from: '12:00', to: '09:00' }] })).toBe('CALENDAR_INVALID');
    expect(codeOf({ ...open, timeZone: 'Europe/Nowhere' })).toBe('CALENDAR_INVALID');
    expect(codeOf({ ...open, resources: [] })).toBe('CALENDAR_INVALID');
    expect(codeOf({ ...exception, to: exception.from }, [open])).toBe('CALENDAR_INVALID');
  });
});
