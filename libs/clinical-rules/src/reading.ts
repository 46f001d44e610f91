import type { Unknown } from './result';
import { convert, type Kind } from './units';

/** A measurement as its source gave it: LOINC code, value, UCUM unit, instant (UTC) or civil day. */
export interface Measurement {
  readonly code: string;
  readonly value: number;
  readonly unit: string;
  readonly measuredAt: string;
}

/** A measurement chosen for a rule, in the rules' own unit. */
export interface Reading {
  readonly value: number;
  readonly measuredAt: string;
  readonly ageDays: number;
  /** As the source wrote it, so that a reader can check the conversion. */
  readonly source: string;
}

/** A reading that is only too old goes with its being unknown: what contradicts it is still to be told. */
export type Chosen = { readonly reading: Reading } | { readonly unknown: Unknown; readonly old?: Reading };

/** LOINC codes of each kind; both creatinine codes are in use (blood, and serum or plasma). */
export const codesOf: Readonly<Record<Kind, readonly string[]>> = {
  creatinine: ['2160-0', '38483-4', '14682-9'],
  weight: ['29463-7', '3141-9'],
  height: ['8302-2'],
  uracil: ['uracil'],
  'reported-egfr': ['98979-8', '33914-3', '62238-1', '48642-3', '69405-9'],
  acr: ['9318-7', '14959-1', '32294-1'],
};

/** Same-day values further apart than this share of the lower one contradict each other. */
const SAME_DAY_SHARE_MAX = 0.15;
const DAY_MS = 86_400_000;

/** What of this kind was measured up to now, the newest first. A measurement of the future is not one yet. */
export function measuredUntil(kind: Kind, measurements: readonly Measurement[], now: string): Measurement[] {
  const until = Date.parse(now);
  const dated = measurements
    .filter(({ code }) => codesOf[kind].includes(code))
    .map((one) => ({ one, at: Date.parse(one.measuredAt) }));
  return dated
    .filter(({ at }) => at <= until)
    .sort((a, b) => b.at - a.at)
    .map(({ one }) => one);
}

/**
 * The newest reading, or why there is none to trust: no measurement, a unit that is not UCUM, a value no adult has,
 * values of its day that contradict, or a reading older than `ageDaysMax`. An older reading never stands in for a
 * newer one that cannot be read.
 */
export function choose(kind: Kind, measurements: readonly Measurement[], now: string, ageDaysMax: number): Chosen {
  const [last, ...before] = measuredUntil(kind, measurements, now);
  if (last === undefined) return { unknown: { fact: kind, reason: 'absent' } };
  const sameDay = before.filter(({ measuredAt }) => dayOf(measuredAt) === dayOf(last.measuredAt));
  const newest = ofOneDay(kind, [last, ...sameDay], now);
  if ('unknown' in newest || newest.reading.ageDays <= ageDaysMax) return newest;
  const { ageDays, source } = newest.reading;
  return { unknown: { fact: kind, reason: 'stale', ageDays, seen: [source] }, old: newest.reading };
}

/** What each day gave, the newest first: one reading, or why that day's values cannot be read or believed. */
export function byDay(kind: Kind, measurements: readonly Measurement[], now: string): readonly Chosen[] {
  const days = Map.groupBy(measuredUntil(kind, measurements, now), ({ measuredAt }) => dayOf(measuredAt));
  return [...days.values()].map((day) => ofOneDay(kind, day, now));
}

/** @param day measurements of one day, the newest first */
function ofOneDay(kind: Kind, day: readonly Measurement[], now: string): Chosen {
  const seen = day.map(written);
  const values: number[] = [];
  for (const { value, unit } of day) {
    const converted = convert(kind, value, unit);
    if ('unknown' in converted) return { unknown: { fact: kind, reason: converted.unknown, seen } };
    values.push(converted.value);
  }
  const [newest] = day;
  const [value] = values;
  if (newest === undefined || value === undefined) return { unknown: { fact: kind, reason: 'absent' } };
  if (Math.max(...values) > Math.min(...values) * (1 + SAME_DAY_SHARE_MAX)) {
    return { unknown: { fact: kind, reason: 'contradictory', seen } };
  }
  const ageDays = Math.floor((Date.parse(now) - Date.parse(newest.measuredAt)) / DAY_MS);
  return { reading: { value, measuredAt: newest.measuredAt, ageDays, source: written(newest) } };
}

export const written = (one: Measurement): string => `${one.value} ${one.unit} (${dayOf(one.measuredAt)})`;

const dayOf = (instant: string): string => instant.slice(0, 10);

/** Days from one instant to a later one, in parts of a day. */
export const daysBetween = (earlier: string, later: string): number =>
  (Date.parse(later) - Date.parse(earlier)) / DAY_MS;

/** Age in completed years on a day; both are civil days, or instants of which the day counts. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5, 10) < birthDate.slice(5, 10) ? years - 1 : years;
}

const AGE_MAX = 130;

/** The same, or why it is unknown: a birth date that is absent, not a day, to come, or of more than 130 years ago. */
export function knownAge(
  birthDate: string | undefined,
  day: string,
): { readonly years: number } | { readonly unknown: Unknown } {
  if (birthDate === undefined || birthDate === '') return { unknown: { fact: 'birthDate', reason: 'absent' } };
  const years = Number.isNaN(Date.parse(birthDate)) ? Number.NaN : ageOn(birthDate, day);
  return years >= 0 && years <= AGE_MAX ? { years } : { unknown: { fact: 'birthDate', reason: 'implausible' } };
}
