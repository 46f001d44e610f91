import { defaultFreshness, type Freshness, kidneyFunction, type KidneyFacts, underAge } from './kidney-function';
import { nephrotoxicDrugs } from './nephrotoxic-drugs';
import { nameOfDrug } from './renal-drugs';
import { notAssessed, type Review, reviewFor, type Unknown } from './result';

export type NephrotoxicReview = Review<'nephrotoxic-review'>;

/** Below this clearance (mL/min) or eGFR (mL/min/1.73 m²) a drug that harms the kidney is reviewed. */
const FUNCTION_MIN = 60;
const LOST_SHARE_MAX = 0.25;

/**
 * Whether pharmacist and nephrologist should look at a drug that harms the kidney: clearance or eGFR below 60, a quarter
 * of the clearance lost, a function that no equation gives (dialysis, amputation, moving creatinine), or a harmful
 * combination with the other drugs (two that harm the kidney; RAAS blocker, diuretic and NSAID). A combination asks for
 * the review even when the kidney's function is unknown, which is then among the reasons.
 *
 * @param drug international name
 * @param together all drugs foreseen, this one among them or not
 * @param now instant, UTC
 */
export function nephrotoxicReview(
  drug: string,
  together: readonly string[],
  facts: KidneyFacts,
  now: string,
  freshness: Freshness = defaultFreshness,
): NephrotoxicReview {
  const name = nameOfDrug(drug);
  const known = nephrotoxicDrugs.get(name);
  if (known === undefined) return notAssessed(`drug not in the table: ${name}`);
  const combined = combinations(name, together);
  const inputs = { drug: name, why: known.why };
  if (!known.nephrotoxic) return reviewFor('nephrotoxic-review', inputs, combined, ['not nephrotoxic']);
  const kidney = kidneyFunction(facts, now, freshness);
  if (kidney.status === 'not-assessed') {
    return kidney.why === underAge ? kidney : review(inputs, [...combined, kidney.why]);
  }
  if (kidney.status === 'missing') {
    return combined.length === 0 ? kidney : review(inputs, [...combined, ...kidney.what.map(said)]);
  }
  const told = {
    ...inputs,
    clearanceMlMin: kidney.clearance.value,
    egfrMlMin173: kidney.egfr.value,
    egfrFormula: kidney.egfr.formula,
    creatinine: kidney.creatinine.source,
    weight: kidney.weight.source,
    lostShare: kidney.lostShare,
  };
  return review(told, [
    ...combined,
    ...(kidney.clearance.value < FUNCTION_MIN ? ['clearance below 60 mL/min'] : []),
    ...(kidney.egfr.value < FUNCTION_MIN ? ['eGFR below 60 mL/min/1.73 m²'] : []),
    ...(kidney.lostShare >= LOST_SHARE_MAX ? ['clearance fell by 25 % or more'] : []),
  ]);
}

const review = (inputs: Readonly<Record<string, string | number>>, reasons: readonly string[]): NephrotoxicReview =>
  reviewFor('nephrotoxic-review', inputs, reasons, ['kidney function kept, no harmful combination']);

const said = ({ fact, reason }: Unknown): string => `kidney function unknown: ${fact} ${reason}`;

/** The harmful combinations in which this drug takes part. */
function combinations(name: string, together: readonly string[]): readonly string[] {
  const names = [...new Set([name, ...together.map(nameOfDrug)])];
  const toxic = names.filter((one) => nephrotoxicDrugs.get(one)?.nephrotoxic === true);
  const families = new Set(names.map((one) => nephrotoxicDrugs.get(one)?.family));
  const own = nephrotoxicDrugs.get(name);
  const triple =
    own?.family !== undefined && (['RAAS', 'diuretic', 'NSAID'] as const).every((one) => families.has(one));
  return [
    ...(own?.nephrotoxic === true && toxic.length > 1 ? [`nephrotoxic drugs together: ${toxic.join(', ')}`] : []),
    ...(triple ? ['RAAS blocker, diuretic and NSAID together'] : []),
  ];
}
