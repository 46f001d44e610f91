import { defaultFreshness, type Freshness, kidneyFunction, type KidneyFacts, underAge } from './kidney-function';
import { nameOfDrug, type RenalDrug, renalDrugs } from './renal-drugs';
import { type Assessed, assessed, type Missing, notAssessed, type Review } from './result';

export type RenalReview = Review<'renal-dose-review'>;

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
  const kidney = kidneyFunction(facts, now, freshness);
  if (kidney.status === 'not-assessed') {
    return kidney.why === underAge ? kidney : answer('review', name, known, {}, [kidney.why]);
  }
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
  const cited = { drug, label: known.source, ground: known.ground };
  return assessed(value, '1', 'renal-dose-review', { ...cited, ...inputs }, reasons);
}
