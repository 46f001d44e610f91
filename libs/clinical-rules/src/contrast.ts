import { defaultFreshness, filtration, type Freshness, type KidneyFacts, underAge } from './kidney-function';
import { nameOfDrug } from './renal-drugs';
import { type Review, reviewFor } from './result';

/** eGFR below which radiologist and nephrologist look before iodinated contrast, in mL/min/1.73 m². */
const CONTRAST_MIN = 30;
/** eGFR below which metformin is looked at beside contrast, in mL/min/1.73 m². */
const METFORMIN_MIN = 45;

/**
 * Whether radiologist and nephrologist should look before iodinated contrast: eGFR below 30, or an eGFR that no equation
 * gives; with metformin among the drugs, below 45. CKD-EPI 2021 answers; where 2009 would answer otherwise, that is a
 * reason to look.
 *
 * @param drugs foreseen, by international name; undefined when nobody said, which is told among the inputs
 * @param now instant, UTC
 */
export function contrastReview(
  facts: KidneyFacts,
  drugs: readonly string[] | undefined,
  now: string,
  freshness: Freshness = defaultFreshness,
): Review<'contrast-review'> {
  const metformin = drugs?.some((drug) => nameOfDrug(drug) === 'metformin');
  const told = { metformin: metformin === undefined ? 'no drug named' : metformin ? 'yes' : 'no' };
  const kidney = filtration(facts, now, freshness);
  if (kidney.status === 'missing') return kidney;
  if (kidney.status === 'not-assessed') {
    return kidney.why === underAge ? kidney : reviewFor('contrast-review', told, [kidney.why]);
  }
  const { egfr, egfr2009, creatinine } = kidney;
  const below = [egfr, egfr2009].filter(({ value }) => value < CONTRAST_MIN);
  const inputs = {
    ...told,
    creatinine: creatinine.source,
    egfr2021MlMin173: egfr.value,
    egfr2009MlMin173: egfr2009.value,
  };
  const reasons = [
    ...(below.length > 0 ? [`eGFR below 30 mL/min/1.73 m² (${below.map(({ formula }) => formula).join(', ')})`] : []),
    ...(metformin === true && egfr.value < METFORMIN_MIN ? ['metformin with an eGFR below 45 mL/min/1.73 m²'] : []),
  ];
  return reviewFor('contrast-review', inputs, reasons, ['eGFR of 30 or more']);
}
