import { COMPARED_DAYS, defaultFreshness, equationsHold, type Freshness, type KidneyFacts } from './kidney-function';
import { byDay, choose, daysBetween, type Reading } from './reading';
import { missing, notAssessed, type Review, reviewFor } from './result';

/** KDIGO 2012: a creatinine 1.5 times its baseline is an injury, whatever its level. */
const BASELINE_RATIO = 1.5;
/** A quarter of the clearance is lost when, at one weight and age, creatinine is a third higher. */
const LOST_SHARE_MAX = 0.25;
/** Two creatinines further apart than this share of the lower are not stable; a proposal. */
const STABLE_SHARE_MAX = 0.2;

/**
 * Whether creatinine moves, which a single value cannot tell: 1.5 times the lowest of the last 180 days or more, a
 * quarter of the clearance lost since, or the last two days' values more than a fifth apart, upwards or downwards. It
 * needs no weight: the comparison is at one weight and age. With one creatinine only the answer is what is missing.
 *
 * @param now instant, UTC
 */
export function creatinineTrend(
  facts: KidneyFacts,
  now: string,
  freshness: Freshness = defaultFreshness,
): Review<'creatinine-trend'> {
  const held = equationsHold({ ...facts, amputated: false }, now);
  if (held.status === 'missing') return held;
  if (held.status === 'not-assessed') return notAssessed(held.why);
  const newest = choose('creatinine', facts.measurements, now, freshness.creatinineDaysMax);
  if ('unknown' in newest) return missing([newest.unknown]);
  const { reading } = newest;
  const recent = facts.measurements.filter((one) => daysBetween(one.measuredAt, reading.measuredAt) <= COMPARED_DAYS);
  const compared = byDay('creatinine', recent, now).slice(1);
  const earlier = compared.flatMap((day) => ('reading' in day ? [day.reading] : []));
  const unread = compared.flatMap((day) => ('unknown' in day ? [day.unknown] : []));
  const [before] = earlier;
  if (before === undefined) return missing([unread[0] ?? { fact: 'earlier creatinine', reason: 'absent' }]);
  const baseline = earlier.reduce((least, one) => (one.value < least.value ? one : least), before);
  const reasons = reasonsOf(reading, before, baseline);
  // A day that cannot be read may hold the baseline: without another reason to look, it is what is missing.
  if (reasons.length === 0 && unread.length > 0) return missing(unread);
  const inputs = { creatinine: reading.source, before: before.source, baseline: baseline.source };
  return reviewFor('creatinine-trend', { ...inputs, timesBaseline: reading.value / baseline.value }, reasons, [
    'stable',
  ]);
}

function reasonsOf(newest: Reading, before: Reading, baseline: Reading): readonly string[] {
  const lower = Math.min(newest.value, before.value);
  const apart = Math.abs(newest.value - before.value) / lower;
  return [
    ...(newest.value >= BASELINE_RATIO * baseline.value ? ['creatinine is 1.5 times its baseline or more'] : []),
    ...(1 - baseline.value / newest.value >= LOST_SHARE_MAX ? ['clearance fell by 25 % or more'] : []),
    ...(apart > STABLE_SHARE_MAX ? ['the last two creatinines are not stable'] : []),
  ];
}
