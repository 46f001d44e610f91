import type { Egfr2009, Egfr2021, Sex } from './kidney';
import { defaultFreshness, filtration, type Freshness, type KidneyFacts } from './kidney-function';
import { choose } from './reading';
import { assessed, missing, notAssessed, type RuleResult } from './result';

/** Shares between 0 and 1: of people like this one, how many need dialysis or a graft within two and five years. */
interface KidneyFailureRisk {
  readonly twoYearShare: number;
  readonly fiveYearShare: number;
}

export type RiskResult = RuleResult<KidneyFailureRisk, '1', 'KFRE-4-non-North-America'>;

/** The equation was made for an eGFR below 60 mL/min/1.73 m². */
const EGFR_BELOW = 60;
/** Shares without kidney failure of the average person, calibrated outside of North America. */
const BASELINE = { twoYears: 0.9832, fiveYears: 0.9365 };
/** Albuminuria older than this is stale, in days; a proposal. */
const ACR_DAYS_MAX = 365;

/**
 * Kidney failure risk equation with four variables (Tangri, JAMA 2016). A value for the nephrologist's conversation, no
 * threshold and no decision.
 *
 * @param acrMgG albumin to creatinine in urine, mg/g
 */
export function kfre(inputs: {
  readonly ageYears: number;
  readonly sex: Sex;
  readonly egfr: Egfr2021 | Egfr2009;
  readonly acrMgG: number;
}): RiskResult {
  const { ageYears, sex, egfr, acrMgG } = inputs;
  if (ageYears < 18) return notAssessed('under 18 years');
  if (sex === 'unknown') return missing([{ fact: 'sex', reason: 'absent' }]);
  if (!(acrMgG > 0)) return missing([{ fact: 'acr', reason: 'implausible' }]);
  if (!(egfr.value < EGFR_BELOW)) return notAssessed('eGFR of 60 mL/min/1.73 m² or more');
  const score =
    -0.2201 * (ageYears / 10 - 7.036) +
    0.2467 * ((sex === 'male' ? 1 : 0) - 0.5642) -
    0.5567 * (egfr.value / 5 - 7.222) +
    0.451 * (Math.log(acrMgG) - 5.137);
  const share = (without: number): number => 1 - without ** Math.exp(score);
  const risk = { twoYearShare: share(BASELINE.twoYears), fiveYearShare: share(BASELINE.fiveYears) };
  const told = { ageYears, sex, egfrMlMin173: egfr.value, egfrFormula: egfr.formula, acrMgG };
  return assessed(risk, '1', 'KFRE-4-non-North-America', told);
}

/**
 * The same from a person's measurements, with the eGFR of CKD-EPI 2009, on which the equation was made.
 *
 * @param now instant, UTC
 */
export function kidneyFailureRisk(
  facts: KidneyFacts,
  now: string,
  freshness: Freshness = defaultFreshness,
): RiskResult {
  const kidney = filtration(facts, now, freshness);
  if (kidney.status === 'not-assessed') return kidney;
  const acr = choose('acr', facts.measurements, now, ACR_DAYS_MAX);
  const unknown = [...(kidney.status === 'missing' ? kidney.what : []), ...('unknown' in acr ? [acr.unknown] : [])];
  if (kidney.status === 'missing' || 'unknown' in acr) return missing(unknown);
  const { egfr2009: egfr, ageYears, creatinine } = kidney;
  const risk = kfre({ ageYears, sex: facts.sex, egfr, acrMgG: acr.reading.value });
  if (risk.status !== 'assessed') return risk;
  return { ...risk, inputs: { ...risk.inputs, creatinine: creatinine.source, acr: acr.reading.source } };
}
