import { defaultFreshness, type Freshness, kidneyFunction, type KidneyFacts } from './kidney-function';
import { ageOn } from './reading';
import { nameOfDrug, type RenalDrug, renalDrugs } from './renal-drugs';
import { type Assessed, assessed, type Missing, type NotAssessed, notAssessed, type RuleResult } from './result';

export type RenalReview = RuleResult<'review' | 'no-review', '1', 'renal-dose-review'>;

/** Clearance below which a renally cleared drug is reviewed, in mL/min, and the share whose loss asks for it. */
const CLEARANCE_MIN = 60;
const LOST_SHARE_MAX = 0.25;

/**
 * Whether pharmacist and oncologist should review the dose before the cycle: the drug leaves by the kidney, and the
 * clearance is below 60 mL/min, has fallen by a quarter, rests on a reading that is too old, or no equation holds
 * (dialysis, amputation, moving creatinine). It computes no dose. A drug outside the table is not assessed.
 *
 * @param drug international name
 * @param now instant, UTC
 */
export function renalDoseReview(
  drug: string,
  facts: KidneyFacts,
  now: string,
  freshness: Freshness = defaultFreshness,
): RenalReview {
  const name = nameOfDrug(drug);
  const known = renalDrugs.get(name);
  if (known === undefined) return notAssessed(`drug not in the table: ${name}`);
  if (!known.renallyCleared) return answer('no-review', name, known, {}, ['not renally cleared']);
  if (ageOn(facts.birthDate, now) < 18) return notAssessed('under 18 years');
  const kidney = kidneyFunction(facts, now, freshness);
  if (kidney.status === 'not-assessed') return answer('review', name, known, {}, [kidney.why]);
  if (kidney.status === 'missing') return staleOnly(kidney, name, known);
  const inputs = {
    clearanceMlMin: kidney.clearance.value,
    creatinine: kidney.creatinine.source,
    lostShare: kidney.lostShare,
  };
  const reasons = [
    ...(kidney.clearance.value < CLEARANCE_MIN ? ['clearance below 60 mL/min'] : []),
    ...(kidney.lostShare >= LOST_SHARE_MAX ? ['clearance fell by 25 % or more'] : []),
  ];
  return answer(reasons.length > 0 ? 'review' : 'no-review', name, known, inputs, reasons);
}

/** A creatinine that is merely too old asks for the review by itself; anything else unknown is told as missing. */
function staleOnly(kidney: Missing, name: string, known: RenalDrug): RenalReview {
  const [only, ...others] = kidney.what;
  if (only?.fact !== 'creatinine' || only.reason !== 'stale' || others.length > 0) return kidney;
  const ageDays = only.ageDays ?? 0;
  return answer('review', name, known, { creatinineAgeDays: ageDays }, [`creatinine is ${ageDays} days old`]);
}

function answer(
  value: 'review' | 'no-review',
  drug: string,
  known: RenalDrug,
  inputs: Readonly<Record<string, string | number>>,
  reasons: readonly string[],
): Assessed<'review' | 'no-review', '1', 'renal-dose-review'> {
  const cited = { drug, source: known.source, ground: known.ground };
  return assessed(value, '1', 'renal-dose-review', { ...cited, ...inputs }, reasons);
}

/** The one word for several drugs: what most needs a human comes first; only all clear is clear. */
export type RenalSummary = 'review' | 'missing' | 'not-assessed' | 'no-review';

/** Summary over the drugs foreseen, with each drug's own result. No drug named is not assessed, never clear. */
export function renalDoseReviews(
  drugs: readonly string[],
  facts: KidneyFacts,
  now: string,
  freshness: Freshness = defaultFreshness,
): { readonly summary: RenalSummary; readonly results: readonly (readonly [string, RenalReview])[] } {
  const results = drugs.map((drug) => [drug, renalDoseReview(drug, facts, now, freshness)] as const);
  return { summary: summaryOf(results.map(([, result]) => result)), results };
}

/** Also for results that a switch has answered instead of the rule. */
export function summaryOf(results: readonly (RenalReview | NotAssessed)[]): RenalSummary {
  const words = results.map((result) => (result.status === 'assessed' ? result.value : result.status));
  const order = ['review', 'missing', 'not-assessed', 'no-review'] as const;
  return order.find((word) => words.includes(word)) ?? 'not-assessed';
}
