import { Temporal } from 'temporal-polyfill';
import { type HolidayTerritory, isHoliday } from './holidays';

/** An amount of civil time: days, working days, weeks, months or years. Never hours, so daylight saving cannot bend it. */
export interface CivilSpan {
  readonly count: number;
  readonly unit: 'd' | 'wd' | 'wk' | 'mo' | 'y';
}

const dayMs = 86_400_000;

/** Instants are written as UTC with seconds, as every contract does: `2026-03-02T08:00:00Z`. */
function written(epochMs: number): string {
  const iso = new Date(epochMs).toISOString();
  return `${iso.slice(0, iso.length - 5)}Z`;
}

/** Civil days are counted as days since 1970, which no zone and no change of clocks can bend. */
const countOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs;

/**
 * What was computed is remembered: plans ask the same few thousand days over and over. A memory that has grown beyond all
 * days of a century is one of days that make no sense, and begins anew.
 */
class Memory<K, V> {
  private readonly known = new Map<K, V>();

  get(key: K, make: (key: K) => V): V {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    if (this.known.size >= 36_525) this.known.clear();
    const fresh = make(key);
    this.known.set(key, fresh);
    return fresh;
  }
}

const epochs = new Memory<string, number>();

/** Milliseconds since 1970, to compare instants whatever their precision; NaN for what is not an instant. */
export const epochOf = (instant: string): number => epochs.get(instant, Date.parse);

const writtenDays = new Memory<number, string>();

const dayOf = (count: number): string =>
  writtenDays.get(count, () => new Date(count * dayMs).toISOString().slice(0, 10));

/** The zone's rules are the slow part. */
interface Zone {
  readonly starts: Memory<number, number>;
  readonly firsts: Memory<string, string>;
  readonly lasts: Memory<string, string>;
}
const zones = new Memory<string, Zone>();

const zoneOf = (timeZone: string): Zone =>
  zones.get(timeZone, () => ({ starts: new Memory(), firsts: new Memory(), lasts: new Memory() }));

const startMs = (count: number, timeZone: string): number =>
  zoneOf(timeZone).starts.get(
    count,
    () => Temporal.PlainDate.from(dayOf(count)).toZonedDateTime({ timeZone }).epochMilliseconds,
  );

/** The civil day (YYYY-MM-DD) it is in the zone (`Europe/Paris`, `Indian/Reunion`) at that instant. */
export function civilDay(instant: string, timeZone: string): string {
  const at = epochOf(instant);
  const count = Math.floor(at / dayMs);
  if (at < startMs(count, timeZone)) return dayOf(count - 1);
  return dayOf(at < startMs(count + 1, timeZone) ? count : count + 1);
}

/** The first instant of a civil day in the zone; not always midnight, since some zones skip it. */
export const startOfDay = (day: string, timeZone: string): string =>
  zoneOf(timeZone).firsts.get(day, () => written(startMs(countOf(day), timeZone)));

/** The last whole second of a civil day in the zone. Days of 23 and 25 hours end where they should. */
export const endOfDay = (day: string, timeZone: string): string =>
  zoneOf(timeZone).lasts.get(day, () => written(startMs(countOf(day) + 1, timeZone) - 1000));

/** The second after an instant. */
export const nextSecond = (instant: string): string => written(epochOf(instant) + 1000);

/** 1 January 1970 was a Thursday: the remainder of 2 and 3 is Saturday and Sunday. */
const isWeekend = (count: number): boolean => [2, 3].includes(((count % 7) + 7) % 7);

/** Monday to Friday, except public holidays of the territory (French "jours ouvrés"). */
export const isWorkingDay = (day: string, territory: HolidayTerritory): boolean =>
  !isWeekend(countOf(day)) && !isHoliday(day, territory);

/**
 * The n-th working day after a civil day (before, for a negative n); the day itself doesn't count. Zero gives the day
 * itself, working or not.
 */
export function addWorkingDays(day: string, count: number, territory: HolidayTerritory): string {
  const step = Math.sign(count);
  let at = countOf(day);
  for (let left = Math.abs(count); left > 0;) {
    at += step;
    if (!isWeekend(at) && !isHoliday(dayOf(at), territory)) left -= 1;
  }
  return dayOf(at);
}

/** The civil day that many days, working days, weeks, months or years later; 31 January + 1 month is 28 February. */
export function addSpan(day: string, span: CivilSpan, territory: HolidayTerritory): string {
  const units = spans.get(territory, noSpans);
  return units[span.unit].get(span.count, () => new Memory()).get(day, () => added(day, span, territory));
}

type Spans = Readonly<Record<CivilSpan['unit'], Memory<number, Memory<string, string>>>>;

const noSpans = (): Spans => ({
  d: new Memory(),
  wd: new Memory(),
  wk: new Memory(),
  mo: new Memory(),
  y: new Memory(),
});
const spans = new Memory<HolidayTerritory, Spans>();

function added(day: string, span: CivilSpan, territory: HolidayTerritory): string {
  switch (span.unit) {
    case 'd':
      return dayOf(countOf(day) + span.count);
    case 'wk':
      return dayOf(countOf(day) + 7 * span.count);
    case 'wd':
      return addWorkingDays(day, span.count, territory);
    case 'mo':
      return Temporal.PlainDate.from(day).add({ months: span.count }).toString();
    case 'y':
      return Temporal.PlainDate.from(day).add({ years: span.count }).toString();
  }
}

/** The same time of day on the civil day a span later: 09:00 stays 09:00 across a change of clocks. */
export function addToInstant(instant: string, span: CivilSpan, timeZone: string, territory: HolidayTerritory): string {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  const day = Temporal.PlainDate.from(addSpan(zoned.toPlainDate().toString(), span, territory));
  return written(day.toZonedDateTime({ timeZone, plainTime: zoned.toPlainTime() }).epochMilliseconds);
}
