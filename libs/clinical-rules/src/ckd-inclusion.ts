import { defaultFreshness, egfrOf, filtration, type Freshness, type KidneyFacts } from './kidney-function';
import { byDay, daysBetween, knownAge, type Reading } from './reading';
import { missing, notAssessed, type Review, reviewFor } from './result';

/** eGFR of stages 4 and 5, in mL/min/1.73 m². */
const STAGE_4_BELOW = 30;
/** Chronic is what lasts three months, in days. */
const CHRONIC_DAYS = 90;

/**
 * Whether a nephrologist should look at an inclusion in stages 4 and 5: eGFR below 30 on two creatinines three months
 * apart (KDIGO). Both CKD-EPI equations are told; where only one of them is below 30 the reasons say that the answer
 * depends on the formula. It includes nobody. A moving creatinine is acute: not assessed.
 *
 * @param now instant, UTC
 */
export function ckdInclusion(
  facts: KidneyFacts,
  now: string,
  freshness: Freshness = defaultFreshness,
): Review<'ckd-inclusion'> {
  const kidney = filtration(facts, now, freshness);
  if (kidney.status !== 'known') return kidney;
  const before = threeMonthsBefore(facts, now, kidney.creatinine);
  if (before === undefined) return missing([{ fact: 'creatinine three months before', reason: 'absent' }]);
  const age = knownAge(facts.birthDate, before.measuredAt);
  if ('unknown' in age) return missing([age.unknown]);
  if (age.years < 18) return notAssessed('under 18 years three months before');
  const earlier = egfrOf(before, facts, age.years);
  if (earlier.status !== 'known') return earlier;
  const of2021 = [earlier.egfr.value, kidney.egfr.value];
  const of2009 = [earlier.egfr2009.value, kidney.egfr2009.value];
  const inputs = {
    creatinine: kidney.creatinine.source,
    creatinineBefore: before.source,
    egfr2021MlMin173: of2021.map(shown).join(' then '),
    egfr2009MlMin173: of2009.map(shown).join(' then '),
  };
  return reviewFor('ckd-inclusion', inputs, reasonsOf(isBelow(of2021), isBelow(of2009)), ['not below 30 twice']);
}

function reasonsOf(by2021: boolean, by2009: boolean): readonly string[] {
  if (by2021 && by2009) return ['below 30 mL/min/1.73 m² twice by both equations'];
  if (by2021 === by2009) return [];
  const [yes, no] = by2021 ? ['CKD-EPI-2021', 'CKD-EPI-2009'] : ['CKD-EPI-2009', 'CKD-EPI-2021'];
  return [`depends on the formula: below 30 mL/min/1.73 m² twice by ${yes}, not by ${no}`];
}

const isBelow = (values: readonly number[]): boolean => values.every((value) => value < STAGE_4_BELOW);
const shown = (value: number): string => value.toFixed(1);

/** The latest creatinine that is at least three months older than the newest, of a day that can be read. */
function threeMonthsBefore({ measurements }: KidneyFacts, now: string, newest: Reading): Reading | undefined {
  const days = byDay('creatinine', measurements, now).flatMap((day) => ('reading' in day ? [day.reading] : []));
  return days.find((day) => daysBetween(day.measuredAt, newest.measuredAt) >= CHRONIC_DAYS);
}
