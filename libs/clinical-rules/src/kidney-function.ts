import { type CreatinineClearance, creatinineClearance, type Egfr2021, egfrCkdEpi2021, type Sex } from './kidney';
import { ageOn, choose, measuredUntil, type Measurement, type Reading, written } from './reading';
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

export interface KidneyFunction {
  readonly status: 'known';
  readonly clearance: CreatinineClearance;
  readonly egfr: Egfr2021;
  readonly creatinine: Reading;
  /** Share of clearance lost against the best of the last 180 days, at today's weight and age; 0 when none. */
  readonly lostShare: number;
}

/** Reported and computed eGFR further apart than this, in mL/min/1.73 m², contradict each other. */
const REPORTED_APART_MAX = 15;
const COMPARED_DAYS = 180;
const ACUTE_DAYS = 7;
/** KDIGO: a creatinine 1.5 times that of the last week is acute, and no equation holds while it moves. */
const ACUTE_RATIO = 1.5;
const DAY_MS = 86_400_000;

/** Kidney function from measurements, or why it is unknown. CrCl and eGFR are told apart, each with its formula. */
export function kidneyFunction(
  facts: KidneyFacts,
  now: string,
  freshness: Freshness = defaultFreshness,
): KidneyFunction | NotAssessed | Missing {
  const ageYears = ageOn(facts.birthDate, now);
  if (ageYears < 18) return notAssessed('under 18 years');
  if (facts.onDialysis === true) return notAssessed('on dialysis: no equation holds');
  if (facts.amputated === true) return notAssessed('amputated: no equation holds');
  const creatinine = choose('creatinine', facts.measurements, now, freshness.creatinineDaysMax);
  const weight = choose('weight', facts.measurements, now, freshness.weightDaysMax);
  if ('unknown' in creatinine || 'unknown' in weight) {
    const seen = 'reading' in creatinine ? creatinine.reading : creatinine.old;
    const apart = seen && apartFrom(seen, facts, now);
    return missing([...unknownsOf(creatinine, weight, facts.sex), ...(apart ? [apart] : [])]);
  }
  const earlier = earlierReadings(facts.measurements, now, creatinine.reading);
  const lowestOfWeek = lowest(earlier, creatinine.reading, ACUTE_DAYS);
  if (creatinine.reading.value >= ACUTE_RATIO * lowestOfWeek) return notAssessed('creatinine is moving: acute');
  const inputs = { creatinineUmolL: creatinine.reading.value, ageYears, sex: facts.sex };
  const egfr = egfrCkdEpi2021(inputs);
  const clearance = creatinineClearance({ ...inputs, weightKg: weight.reading.value });
  if (egfr.status !== 'assessed') return egfr;
  if (clearance.status !== 'assessed') return clearance;
  const apart = reportedApart(facts.measurements, now, creatinine.reading, egfr);
  if (apart !== undefined) return missing([apart]);
  const best = lowest(earlier, creatinine.reading, COMPARED_DAYS);
  const lostShare = Math.max(0, 1 - best / creatinine.reading.value);
  return { status: 'known', clearance, egfr, creatinine: creatinine.reading, lostShare };
}

function unknownsOf(
  ...[creatinine, weight, sex]: [ReturnType<typeof choose>, ReturnType<typeof choose>, Sex]
): Unknown[] {
  const unknowns = [creatinine, weight].flatMap((chosen) => ('unknown' in chosen ? [chosen.unknown] : []));
  return sex === 'unknown' ? [...unknowns, { fact: 'sex', reason: 'absent' }] : unknowns;
}

/** The same for a creatinine that cannot be used alone: a human who looks for what is missing must see it too. */
function apartFrom(
  creatinine: Reading,
  { birthDate, sex, measurements }: KidneyFacts,
  now: string,
): Unknown | undefined {
  const ageYears = ageOn(birthDate, creatinine.measuredAt);
  const egfr = egfrCkdEpi2021({ creatinineUmolL: creatinine.value, ageYears, sex });
  return egfr.status === 'assessed' ? reportedApart(measurements, now, creatinine, egfr) : undefined;
}

/** A laboratory's eGFR of the creatinine's day that is far from ours: one of the two is wrong, and none is chosen. */
function reportedApart(
  measurements: readonly Measurement[],
  now: string,
  creatinine: Reading,
  egfr: Egfr2021,
): Unknown | undefined {
  const sameDay = measuredUntil('reported-egfr', measurements, now).filter(
    (one) => one.measuredAt.slice(0, 10) === creatinine.measuredAt.slice(0, 10),
  );
  const atOdds = sameDay.filter((one) => {
    const reported = convert('reported-egfr', one.value, one.unit);
    return 'unknown' in reported || Math.abs(reported.value - egfr.value) > REPORTED_APART_MAX;
  });
  if (atOdds.length === 0) return undefined;
  const computed = `${egfr.value.toFixed(1)} ${egfr.unit} (${egfr.formula} from ${creatinine.source})`;
  return { fact: 'egfr', reason: 'contradictory', seen: [...atOdds.map(written), computed] };
}

interface Earlier {
  readonly value: number;
  readonly daysBefore: number;
}

function earlierReadings(measurements: readonly Measurement[], now: string, newest: Reading): Earlier[] {
  return measuredUntil('creatinine', measurements, now).flatMap((one) => {
    const converted = convert('creatinine', one.value, one.unit);
    const daysBefore = (Date.parse(newest.measuredAt) - Date.parse(one.measuredAt)) / DAY_MS;
    return 'unknown' in converted ? [] : [{ value: converted.value, daysBefore }];
  });
}

const lowest = (earlier: readonly Earlier[], newest: Reading, days: number): number =>
  Math.min(newest.value, ...earlier.filter((one) => one.daysBefore <= days).map((one) => one.value));
