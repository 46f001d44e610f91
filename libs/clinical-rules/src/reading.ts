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
};

/** Same-day values further apart than this share of the lower one contradict each other. */
const SAME_DAY_SHARE_MAX = 0.15;
const DAY_MS = 86_400_000;

/** What of this kind was measured up to now, the newest first. A measurement of the future is not one yet. */
export function measuredUntil(kind: Kind, measurements: readonly Measurement[], now: string): Measurement[] {
  return measurements
    .filter((one) => codesOf[kind].includes(one.code) && Date.parse(one.measuredAt) <= Date.parse(now))
    .sort((a, b) => Date.parse(b.measuredAt) - Date.parse(a.measuredAt));
}

/**
 * The newest reading, or why there is none to trust: no measurement, a unit that is not UCUM, a value no adult has,
 * values of its day that contradict, or a reading older than `ageDaysMax`. An older reading never stands in for a
 * newer one that cannot be read.
 */
export function choose(kind: Kind, measurements: readonly Measurement[], now: string, ageDaysMax: number): Chosen {
  const candidates = measuredUntil(kind, measurements, now);
  const [newest] = candidates;
  if (newest === undefined) return { unknown: { fact: kind, reason: 'absent' } };
  const values: number[] = [];
  const sameDay = candidates.filter((one) => one.measuredAt.slice(0, 10) === newest.measuredAt.slice(0, 10));
  for (const one of sameDay) {
    const converted = convert(kind, one.value, one.unit);
    if ('unknown' in converted)
      return { unknown: { fact: kind, reason: converted.unknown, seen: sameDay.map(written) } };
    values.push(converted.value);
  }
  if (Math.max(...values) > Math.min(...values) * (1 + SAME_DAY_SHARE_MAX)) {
    return { unknown: { fact: kind, reason: 'contradictory', seen: sameDay.map(written) } };
  }
  const ageDays = Math.floor((Date.parse(now) - Date.parse(newest.measuredAt)) / DAY_MS);
  const [value = 0] = values;
  const reading = { value, measuredAt: newest.measuredAt, ageDays, source: written(newest) };
  if (ageDays <= ageDaysMax) return { reading };
  return { unknown: { fact: kind, reason: 'stale', ageDays, seen: [written(newest)] }, old: reading };
}

export const written = (one: Measurement): string => `${one.value} ${one.unit} (${one.measuredAt.slice(0, 10)})`;

/** Age in completed years on a day; both are civil days, or instants of which the day counts. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5, 10) < birthDate.slice(5, 10) ? years - 1 : years;
}
