import { civilDay, epochOf, startOfDay, uuidv5 } from '@ariane/kernel';
import type { FactDictionary } from '@ariane/protocol';
import type { NewFact, Pathway } from './pathway';
import { sortable } from './pathway-time';

/** The code under which a protocol asks the service's calendar for the days of the yearly watch. */
const WATCH_DAY = 'forfait.watch-day';

/**
 * Month and day of the yearly watch over the visits that the CKD payment counts. Source: Ariane clinical outline,
 * section B3.13 (proposal, for review).
 */
const watchDays = ['09-01', '11-01'] as const;

type Dated = Pick<Pathway, 'id' | 'enrolledAt' | 'timeZone' | 'facts'>;

/**
 * What the calendar records of itself in a protocol that asks for it: each day of the yearly watch since enrolment, at
 * the start of that civil day. A day that somebody has recorded is not recorded again; the same day has the same id.
 *
 * @param dictionary of the pathway's protocol: one that does not name the day is told of none
 */
export function calendarFacts(pathway: Dated, dictionary: FactDictionary, now: string): readonly NewFact[] {
  if (!asks(dictionary)) return [];
  const recorded = new Set(
    pathway.facts.filter(({ code }) => code === WATCH_DAY).map(({ at }) => civilDay(at, pathway.timeZone)),
  );
  return daysOf(pathway, civilDay(now, pathway.timeZone))
    .filter(({ day, at }) => epochOf(at) <= epochOf(now) && !recorded.has(day))
    .map(({ day, at }) => ({ id: uuidv5(pathway.id, `${WATCH_DAY}/${day}`), code: WATCH_DAY, at }));
}

/** When the calendar has the next day to record, `YYYY-MM-DDTHH:mm:ss.sssZ`; null in a protocol that asks for none. */
export function nextCalendarDay(pathway: Dated, dictionary: FactDictionary, now: string): string | null {
  if (!asks(dictionary)) return null;
  const next = daysOf(pathway, civilDay(now, pathway.timeZone)).find(({ at }) => epochOf(at) > epochOf(now));
  return next === undefined ? null : sortable(next.at);
}

const asks = (dictionary: FactDictionary): boolean => Object.hasOwn(dictionary, WATCH_DAY);

/** In their order, from enrolment to the end of the year that follows the day. */
function daysOf(
  { enrolledAt, timeZone }: Dated,
  day: string,
): readonly { readonly day: string; readonly at: string }[] {
  const first = Number(civilDay(enrolledAt, timeZone).slice(0, 4));
  const years = Array.from({ length: Number(day.slice(0, 4)) + 2 - first }, (_, index) => first + index);
  return years
    .flatMap((year) => watchDays.map((date) => `${year}-${date}`))
    .map((one) => ({ day: one, at: startOfDay(one, timeZone) }))
    .filter(({ at }) => epochOf(at) > epochOf(enrolledAt));
}
