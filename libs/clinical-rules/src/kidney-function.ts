import {
  type CreatinineClearance,
  creatinineClearance,
  type Egfr2009,
  type Egfr2021,
  egfrCkdEpi2009,
  egfrCkdEpi2021,
  type Sex,
} from './kidney';
import { choose, daysBetween, knownAge, measuredUntil, type Measurement, type Reading, written } from './reading';
import { type Missing, missing, type NotAssessed, notAssessed, type Unknown } from './result';
import { convert } from './units';

/** What is known of a person for the kidney rules; measurements are as their sources gave them. */
export interface KidneyFacts {
  readonly birthDate: string;
  readonly sex: Sex;
  readonly measurements: readonly Measurement[];
  /** Dialysis and amputation make every equation from creatinine wrong. Absent means nobody said so. */
  readonly onDialysis?: boolean;
  readonly amputated?: boolean;
}

/** Ages beyond which a reading is stale, in days. Proposals: the deployer's clinician sets them. */
export interface Freshness {
  readonly creatinineDaysMax: number;
  readonly weightDaysMax: number;
}
export const defaultFreshness: Freshness = { creatinineDaysMax: 30, weightDaysMax: 90 };

/** Filtration per 1.73 m² by both equations, which never stand for one another; it needs no weight. */
export interface Filtration {
  readonly status: 'known';
  readonly egfr: Egfr2021;
  readonly egfr2009: Egfr2009;
  readonly creatinine: Reading;
  readonly ageYears: number;
}

export interface KidneyFunction extends Filtration {
  readonly clearance: CreatinineClearance;
  readonly weight: Reading;
  /** Share of clearance lost against the best of the last 180 days, at today's weight and age; 0 when none. */
  readonly lostShare: number;
}

/** Reported and computed eGFR further apart than this, in mL/min/1.73 m², contradict each other. */
const REPORTED_APART_MAX = 15;
/** How far back a creatinine is compared, in days. */
export const COMPARED_DAYS = 180;
const ACUTE_DAYS = 7;
/** KDIGO: a creatinine 1.5 times that of the last week is acute, and no equation holds while it moves. */
const ACUTE_RATIO = 1.5;

/** Why no rule answers for a minor; of an adult whom no equation fits a human is asked to look. */
export const underAge = 'under 18 years';

/** The adult's age, or why the equations, all made from creatinine of adults, do not hold for this person. */
export function equationsHold(
  facts: KidneyFacts,
  now: string,
): { readonly status: 'held'; readonly ageYears: number } | NotAssessed | Missing {
  const age = knownAge(facts.birthDate, now);
  if ('unknown' in age) return missing([age.unknown]);
  if (age.years < 18) return notAssessed(underAge);
  if (facts.onDialysis === true) return notAssessed('on dialysis: no equation holds');
  if (facts.amputated === true) return notAssessed('amputated: no equation holds');
  return { status: 'held', ageYears: age.years };
}

/** eGFR by both equations, or why it is unknown; every missing fact is named at once. */
export function filtration(
  facts: KidneyFacts,
  now: string,
  freshness: Freshness = defaultFreshness,
): Filtration | NotAssessed | Missing {
  const held = equationsHold(facts, now);
  if (held.status !== 'held') return held;
  const chosen = choose('creatinine', facts.measurements, now, freshness.creatinineDaysMax);
  const noSex: readonly Unknown[] = facts.sex === 'unknown' ? [{ fact: 'sex', reason: 'absent' }] : [];
  const seen = 'reading' in chosen ? chosen.reading : chosen.old;
  const apart = seen === undefined ? [] : reportedApart(seen, facts, now);
  if ('unknown' in chosen) return missing([chosen.unknown, ...noSex, ...apart]);
  const { reading } = chosen;
  const weekBest = lowest(earlierReadings(facts.measurements, now, reading), reading, ACUTE_DAYS);
  if (reading.value >= ACUTE_RATIO * weekBest) return notAssessed('creatinine is moving: acute');
  if (noSex.length > 0 || apart.length > 0) return missing([...noSex, ...apart]);
  const { ageYears } = held;
  const egfr = egfrOf(reading, facts, ageYears);
  return egfr.status === 'known' ? { ...egfr, creatinine: reading, ageYears } : egfr;
}

/** Both equations of one creatinine, at the age of its day or of today. */
export function egfrOf(
  creatinine: Pick<Reading, 'value'>,
  { sex }: Pick<KidneyFacts, 'sex'>,
  ageYears: number,
): { readonly status: 'known'; readonly egfr: Egfr2021; readonly egfr2009: Egfr2009 } | NotAssessed | Missing {
  const inputs = { creatinineUmolL: creatinine.value, ageYears, sex };
  const egfr = egfrCkdEpi2021(inputs);
  const egfr2009 = egfrCkdEpi2009(inputs);
  if (egfr.status !== 'assessed') return egfr;
  return egfr2009.status === 'assessed' ? { status: 'known', egfr, egfr2009 } : egfr2009;
}

/** Kidney function from measurements, or why it is unknown. CrCl and eGFR are told apart, each with its formula. */
export function kidneyFunction(
  facts: KidneyFacts,
  now: string,
  freshness: Freshness = defaultFreshness,
): KidneyFunction | NotAssessed | Missing {
  const filtered = filtration(facts, now, freshness);
  if (filtered.status === 'not-assessed') return filtered;
  const weight = choose('weight', facts.measurements, now, freshness.weightDaysMax);
  if ('unknown' in weight) return missing(inOrder([weight.unknown, ...unknownsOf(filtered)]));
  if (filtered.status === 'missing') return filtered;
  const { creatinine, ageYears } = filtered;
  const inputs = { creatinineUmolL: creatinine.value, ageYears, sex: facts.sex };
  const clearance = creatinineClearance({ ...inputs, weightKg: weight.reading.value });
  if (clearance.status !== 'assessed') return clearance;
  const best = lowest(earlierReadings(facts.measurements, now, creatinine), creatinine, COMPARED_DAYS);
  const lostShare = Math.max(0, 1 - best / creatinine.value);
  return { ...filtered, clearance, weight: weight.reading, lostShare };
}

const unknownsOf = (result: Filtration | Missing): readonly Unknown[] =>
  result.status === 'missing' ? result.what : [];

const order = ['birthDate', 'creatinine', 'weight', 'sex', 'egfr'];

const inOrder = (what: readonly Unknown[]): readonly Unknown[] =>
  [...what].sort((a, b) => order.indexOf(a.fact) - order.indexOf(b.fact));

/**
 * A laboratory's eGFR of the creatinine's day that is far from ours: one of the two is wrong, and none is chosen. Told
 * also of a creatinine that is too old: a human who looks for what is missing must see it.
 */
function reportedApart(creatinine: Reading, facts: KidneyFacts, now: string): readonly Unknown[] {
  const age = knownAge(facts.birthDate, creatinine.measuredAt);
  const both = 'unknown' in age ? undefined : egfrOf(creatinine, facts, age.years);
  if (both?.status !== 'known') return [];
  const { egfr } = both;
  const sameDay = measuredUntil('reported-egfr', facts.measurements, now).filter(
    (one) => one.measuredAt.slice(0, 10) === creatinine.measuredAt.slice(0, 10),
  );
  const atOdds = sameDay.filter((one) => {
    const reported = convert('reported-egfr', one.value, one.unit);
    return 'unknown' in reported || Math.abs(reported.value - egfr.value) > REPORTED_APART_MAX;
  });
  if (atOdds.length === 0) return [];
  const computed = `${egfr.value.toFixed(1)} ${egfr.unit} (${egfr.formula} from ${creatinine.source})`;
  return [{ fact: 'egfr', reason: 'contradictory', seen: [...atOdds.map(written), computed] }];
}

interface Earlier {
  readonly value: number;
  readonly daysBefore: number;
}

/** Each value by itself, also those of a day that contradicts itself: the lowest asks soonest for a human. */
const earlierReadings = (measurements: readonly Measurement[], now: string, newest: Reading): readonly Earlier[] =>
  measuredUntil('creatinine', measurements, now).flatMap((one) => {
    const converted = convert('creatinine', one.value, one.unit);
    const daysBefore = daysBetween(one.measuredAt, newest.measuredAt);
    return 'unknown' in converted ? [] : [{ value: converted.value, daysBefore }];
  });

const lowest = (earlier: readonly Earlier[], newest: Reading, days: number): number =>
  Math.min(newest.value, ...earlier.filter((one) => one.daysBefore <= days).map((one) => one.value));
