import { civilDay, epochOf, type HolidayTerritory, isHoliday } from '@ariane/kernel';
import { Temporal } from 'temporal-polyfill';
import { contains, type Interval, merged, overlap, without } from './intervals';
import { BUCKET_MS, instantAt, intervalOf, MINUTE_MS, type Slot, type VisitMode } from './slot';

/** Open every week on that day (1 is Monday), from one wall-clock time of the calendar's zone to another, `HH:MM`. */
export interface OpeningHours {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

/** A kind of visit a calendar serves, how long it lasts there, and how the patient may be seen. */
export interface VisitOffer {
  readonly visitKind: string;
  readonly minutes: number;
  readonly modes: readonly VisitMode[];
}

/** Closed (leave, works) or opened (an extra morning) between two instants; the one added last wins. */
export interface CalendarException {
  readonly from: string;
  readonly to: string;
  readonly open: boolean;
  readonly reason: string;
}

/** When a calendar is open, for whom and for what. */
export interface OpenCalendar {
  readonly calendarId: string;
  readonly practitionerId?: string;
  readonly resources: readonly string[];
  readonly visits: readonly VisitOffer[];
  readonly hours: readonly OpeningHours[];
  readonly timeZone: string;
  readonly holidays: HolidayTerritory;
  readonly openOnHolidays: boolean;
  readonly exceptions: readonly CalendarException[];
}

/** What is looked for; without `minutes` the calendar's own length, without `mode` its first. */
export interface SlotAsk {
  readonly visitKind: string;
  readonly minutes?: number;
  readonly mode?: VisitMode;
  /** Only calendars of this practitioner, when one of them serves the visit; else all. */
  readonly practitionerId?: string;
}

/** A held or booked appointment, as far as it stands in the way of others. */
export type Taken = Pick<Slot, 'practitionerId' | 'resources' | 'startsAt' | 'endsAt'> & { readonly patientId: string };

/**
 * When a calendar is open on the civil days that the window touches, in order. Wall-clock hours are turned into
 * instants day by day, so 09:00 stays 09:00 on days of 23 and 25 hours. The stretches are whole, not cut to the window:
 * the grid of slots must not depend on who looks.
 */
export function openIntervals(calendar: OpenCalendar, window: Interval): Interval[] {
  let open = merged(daysOf(window, calendar.timeZone).flatMap((day) => hoursOf(calendar, day)));
  for (const exception of calendar.exceptions) {
    const stretch = { from: epochOf(exception.from), to: epochOf(exception.to) };
    if (!exception.open) open = without(open, stretch);
    else if (overlap(stretch, window)) open = merged([...open, stretch]);
  }
  return open.map(aligned).filter((one) => one.from < one.to);
}

/** The calendars that may be asked: serving the kind and mode; the wished practitioner's when there is one. */
export function servingCalendars(calendars: readonly OpenCalendar[], ask: SlotAsk): OpenCalendar[] {
  const serving = calendars.filter((calendar) => offerFor(calendar, ask) !== undefined);
  const wished = serving.filter((calendar) => calendar.practitionerId === ask.practitionerId);
  return ask.practitionerId !== undefined && wished.length > 0 ? wished : serving;
}

/**
 * The free slots that start in the window, earliest first, ties by calendar id. A slot is free when it fits the opening
 * hours and neither its practitioner, nor one of its rooms, nor the patient is taken meanwhile.
 */
export function freeSlots(
  calendars: readonly OpenCalendar[],
  ask: SlotAsk,
  window: Interval,
  taken: readonly Taken[],
  patientId?: string,
): Slot[] {
  return servingCalendars(calendars, ask)
    .flatMap((calendar) => {
      const busy = taken.filter((one) => standsInTheWay(one, calendar, patientId)).map(intervalOf);
      return slotsOf(calendar, ask, window).filter((slot) => !busy.some((one) => overlap(one, intervalOf(slot))));
    })
    .sort((a, b) => compare(a.startsAt, b.startsAt) || compare(a.calendarId, b.calendarId));
}

/** The slot of a calendar at that instant, whoever is there already; undefined when the calendar does not offer it. */
export function offeredSlot(calendar: OpenCalendar, ask: SlotAsk, startsAt: string): Slot | undefined {
  const offer = offerFor(calendar, ask);
  if (offer === undefined) return undefined;
  const from = epochOf(startsAt);
  const wanted = { from, to: from + (ask.minutes ?? offer.minutes) * MINUTE_MS };
  if (from % BUCKET_MS !== 0) return undefined;
  const fits = openIntervals(calendar, wanted).some((open) => contains(open, wanted));
  return fits ? slotAt(calendar, offer, ask, wanted) : undefined;
}

function slotsOf(calendar: OpenCalendar, ask: SlotAsk, window: Interval): Slot[] {
  const offer = offerFor(calendar, ask);
  if (offer === undefined) return [];
  const lengthMs = (ask.minutes ?? offer.minutes) * MINUTE_MS;
  const slots: Slot[] = [];
  for (const open of openIntervals(calendar, window)) {
    for (let from = open.from; from + lengthMs <= open.to; from += offer.minutes * MINUTE_MS) {
      const inside = window.from <= from && from < window.to;
      if (inside) slots.push(slotAt(calendar, offer, ask, { from, to: from + lengthMs }));
    }
  }
  return slots;
}

function slotAt(calendar: OpenCalendar, offer: VisitOffer, ask: SlotAsk, at: Interval): Slot {
  const { calendarId, practitionerId, resources } = calendar;
  return {
    calendarId,
    ...(practitionerId === undefined ? {} : { practitionerId }),
    resources,
    startsAt: instantAt(at.from),
    endsAt: instantAt(at.to),
    mode: ask.mode ?? offer.modes[0] ?? 'on-site',
  };
}

const offerFor = (calendar: OpenCalendar, ask: SlotAsk): VisitOffer | undefined =>
  calendar.visits.find(
    (offer) => offer.visitKind === ask.visitKind && (ask.mode === undefined || offer.modes.includes(ask.mode)),
  );

const standsInTheWay = (one: Taken, calendar: OpenCalendar, patientId?: string): boolean =>
  one.patientId === patientId ||
  (one.practitionerId !== undefined && one.practitionerId === calendar.practitionerId) ||
  one.resources.some((code) => calendar.resources.includes(code));

function daysOf(window: Interval, timeZone: string): string[] {
  const last = Temporal.PlainDate.from(civilDay(instantAt(window.to), timeZone));
  const days: string[] = [];
  let day = Temporal.PlainDate.from(civilDay(instantAt(window.from), timeZone));
  for (; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) days.push(day.toString());
  return days;
}

function hoursOf(calendar: OpenCalendar, day: string): Interval[] {
  if (!calendar.openOnHolidays && isHoliday(day, calendar.holidays)) return [];
  const { dayOfWeek } = Temporal.PlainDate.from(day);
  return calendar.hours
    .filter((hours) => hours.weekday === dayOfWeek)
    .map((hours) => ({ from: wallClock(day, hours.from, calendar), to: wallClock(day, hours.to, calendar) }))
    .filter((one) => one.from < one.to);
}

/** A wall-clock time that the change of clocks skips is taken an hour later; one that comes twice, the first time. */
const wallClock = (day: string, time: string, { timeZone }: OpenCalendar): number =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
    .epochMilliseconds;

const aligned = ({ from, to }: Interval): Interval => ({
  from: Math.ceil(from / BUCKET_MS) * BUCKET_MS,
  to: Math.floor(to / BUCKET_MS) * BUCKET_MS,
});

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
