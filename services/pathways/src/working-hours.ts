import { civilDay, epochOf, type HolidayTerritory, isWorkingDay } from '@ariane/kernel';
import { Temporal } from 'temporal-polyfill';
import { sortable } from './pathway-time';

/** When people are at work: Monday to Friday but for public holidays, between two wall-clock times of the zone. */
export interface WorkingTime {
  readonly timeZone: string;
  readonly holidays: HolidayTerritory;
}

/** From one instant to another, the latter not included. */
export interface Stretch {
  readonly from: string;
  readonly until: string;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The hours of an office where nobody has said otherwise. Source: proposal. */
const OPENS = '08:30';
const CLOSES = '18:30';

/**
 * The instant at which so much working time has passed since another one; none passes in a pause. For zero it is the
 * first working moment from there on.
 *
 * @returns `YYYY-MM-DDTHH:mm:ss.sssZ`
 */
export function addWorkingMs(since: string, ms: number, working: WorkingTime, pauses: readonly Stretch[] = []): string {
  const from = epochOf(since);
  let left = ms;
  for (let day = Temporal.PlainDate.from(civilDay(since, working.timeZone)); ; day = day.add({ days: 1 })) {
    for (const span of without(openSpans(day, working, from), pauses)) {
      if (span.to - span.from >= left) return sortable(new Date(span.from + left).toISOString());
      left -= span.to - span.from;
    }
  }
}

/** The instant at which so much time has passed, day and night, pauses not counted. Shaped as above. */
export function addMs(since: string, ms: number, pauses: readonly Stretch[] = []): string {
  const from = epochOf(since);
  let left = ms;
  for (const span of without([{ from, to: Infinity }], pauses)) {
    if (span.to - span.from >= left) return new Date(span.from + left).toISOString();
    left -= span.to - span.from;
  }
  return new Date(from + ms).toISOString();
}

/** What is left of a working day after an instant; nothing of any other day. */
function openSpans(day: Temporal.PlainDate, { timeZone, holidays }: WorkingTime, after: number): readonly Span[] {
  if (!isWorkingDay(day.toString(), holidays)) return [];
  const at = (time: string): number =>
    day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
  const from = Math.max(at(OPENS), after);
  const to = at(CLOSES);
  return from < to ? [{ from, to }] : [];
}

function without(spans: readonly Span[], pauses: readonly Stretch[]): readonly Span[] {
  return pauses.reduce<readonly Span[]>((left, pause) => {
    const [from, to] = [epochOf(pause.from), epochOf(pause.until)];
    if (from >= to) return left;
    return left
      .flatMap((span) => [
        { from: span.from, to: Math.min(span.to, from) },
        { from: Math.max(span.from, to), to: span.to },
      ])
      .filter((span) => span.from < span.to);
  }, spans);
}
