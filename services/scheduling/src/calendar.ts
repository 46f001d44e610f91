import type { EventOf, schedulingEvents } from '@ariane/contracts';
import { type Decider, DomainError, epochOf, type HolidayTerritory } from '@ariane/kernel';
import type { CalendarException, OpenCalendar, OpeningHours, VisitOffer } from './availability';
import { BUCKET_MINUTES, VISIT_MINUTES_MAX } from './slot';
import { isTimeZone } from './time-zone';

/** A calendar; `visitKinds` repeats the offers' kinds, to be found by. */
export type Calendar = OpenCalendar & { readonly visitKinds: readonly string[] };

interface OpenCalendarCommand {
  readonly type: 'OpenCalendar';
  readonly calendarId: string;
  readonly practitionerId?: string;
  readonly resources: readonly string[];
  readonly visits: readonly VisitOffer[];
  readonly hours: readonly OpeningHours[];
  readonly timeZone: string;
  readonly holidays: HolidayTerritory;
  readonly openOnHolidays: boolean;
}

interface AddException extends CalendarException {
  readonly type: 'AddException';
}

export type CalendarCommand = OpenCalendarCommand | AddException;

type CalendarFact = Extract<
  EventOf<typeof schedulingEvents>,
  { readonly type: 'CalendarOpened' | 'CalendarExceptionAdded' }
>;

/** Hours are the calendar's own affair: they change state and do not leave the service. */
interface HoursSet {
  readonly type: 'HoursSet';
  readonly data: Pick<OpenCalendar, 'visits' | 'hours' | 'holidays' | 'openOnHolidays'>;
}

export type CalendarEvent = CalendarFact | HoursSet;

/** @throws DomainError ALREADY_EXISTS, NOT_FOUND, CALENDAR_INVALID */
function decide(state: Calendar | undefined, command: CalendarCommand): readonly CalendarEvent[] {
  switch (command.type) {
    case 'OpenCalendar':
      if (state !== undefined) throw new DomainError('ALREADY_EXISTS');
      return opened(command);
    case 'AddException': {
      if (state === undefined) throw new DomainError('NOT_FOUND');
      const { from, to, open, reason } = command;
      if (epochOf(from) >= epochOf(to)) throw invalid('from < to', 'to');
      return [{ type: 'CalendarExceptionAdded', data: { calendarId: state.calendarId, from, to, open, reason } }];
    }
  }
}

function opened(command: OpenCalendarCommand): readonly CalendarEvent[] {
  const { calendarId, practitionerId, resources, timeZone, visits, hours, holidays, openOnHolidays } = command;
  if (practitionerId === undefined && resources.length === 0) throw invalid('practitionerId | resources', 'resources');
  if (!isTimeZone(timeZone)) throw invalid(timeZone, 'timeZone');
  const wrong = visits.find((offer) => !isVisitLength(offer.minutes));
  if (wrong !== undefined) throw invalid(`${wrong.minutes} min`, 'visits');
  for (const { weekday, from, to } of hours) {
    if (from >= to || !onGrid(from) || !onGrid(to)) throw invalid(`${weekday} ${from}-${to}`, 'hours');
  }
  const visitKinds = [...new Set(visits.map((offer) => offer.visitKind))];
  return [
    { type: 'CalendarOpened', data: { calendarId, practitionerId, resources: [...resources], visitKinds, timeZone } },
    { type: 'HoursSet', data: { visits, hours, holidays, openOnHolidays } },
  ];
}

function evolve(state: Calendar | undefined, event: CalendarEvent): Calendar {
  switch (event.type) {
    case 'CalendarOpened':
      return { ...event.data, visits: [], hours: [], holidays: 'FR', openOnHolidays: false, exceptions: [] };
    case 'HoursSet':
      return { ...existing(state), ...event.data };
    case 'CalendarExceptionAdded': {
      const { from, to, open, reason } = event.data;
      const before = existing(state);
      return { ...before, exceptions: [...before.exceptions, { from, to, open, reason }] };
    }
  }
}

/** A practitioner's, a room's or a device's calendar: its weekly hours, the visits it serves, its exceptions. */
export const calendar: Decider<Calendar, CalendarCommand, CalendarEvent> = { decide, evolve };

/** Whether a visit may last that many minutes: the five-minute grid, at most a day in hospital. */
const isVisitLength = (minutes: number): boolean =>
  Number.isInteger(minutes) && minutes > 0 && minutes <= VISIT_MINUTES_MAX && minutes % BUCKET_MINUTES === 0;

const onGrid = (time: string): boolean => Number(time.slice(3)) % BUCKET_MINUTES === 0;

const invalid = (reason: string, field: string): DomainError => new DomainError('CALENDAR_INVALID', { reason }, field);

function existing(state: Calendar | undefined): Calendar {
  if (state === undefined) throw new Error('A calendar’s first event is CalendarOpened.');
  return state;
}
