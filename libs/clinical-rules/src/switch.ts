import { ckdInclusion } from './ckd-inclusion';
import { contrastReview } from './contrast';
import { creatinineTrend } from './creatinine-trend';
import { uracilReading } from './fluoropyrimidine';
import { g8Due, g8Review } from './g8';
import { calvert, creatinineClearance, egfrCkdEpi2009, egfrCkdEpi2021 } from './kidney';
import { kidneyFailureRisk } from './kidney-failure-risk';
import { nephrotoxicReview } from './nephrotoxic';
import { renalDoseReview } from './renal-dose';
import { type NotAssessed, notAssessed } from './result';
import { uracilReview } from './uracil-review';
import { veinPreservation } from './vein-preservation';

/** Under which status of Regulation (EU) 2017/745 the deployer runs the rules. */
export type DeclaredStatus = 'research' | 'in-house MDR 5(5)' | `CE ${string}`;

/** Off unless the deployer says on, names the clinician who answers for it, and declares a status. */
export interface ClinicalRulesConfig {
  readonly enabled: boolean;
  readonly clinician?: string;
  readonly status?: DeclaredStatus;
}

const rules = {
  egfrCkdEpi2021,
  egfrCkdEpi2009,
  creatinineClearance,
  calvert,
  renalDoseReview,
  uracilReading,
  g8Due,
  nephrotoxicReview,
  uracilReview,
  g8Review,
  creatinineTrend,
  veinPreservation,
  contrastReview,
  ckdInclusion,
  kidneyFailureRisk,
};

type OffOr<R> = R extends (...inputs: infer I) => infer O ? (...inputs: I) => O | NotAssessed : never;
export type ClinicalRules = { readonly [K in keyof typeof rules]: OffOr<(typeof rules)[K]> };

/** The rules, or their stand-ins that answer "not assessed: switched off". Services use only what this gives. */
export function clinicalRules(config: ClinicalRulesConfig): ClinicalRules {
  const named = (config.clinician ?? '').trim() !== '';
  if (config.enabled && named && config.status !== undefined) return rules;
  const why = config.enabled ? 'switched off: no named clinician or no declared status' : 'switched off';
  const off = (): NotAssessed => notAssessed(why);
  return {
    egfrCkdEpi2021: off,
    egfrCkdEpi2009: off,
    creatinineClearance: off,
    calvert: off,
    renalDoseReview: off,
    uracilReading: off,
    g8Due: off,
    nephrotoxicReview: off,
    uracilReview: off,
    g8Review: off,
    creatinineTrend: off,
    veinPreservation: off,
    contrastReview: off,
    ckdInclusion: off,
    kidneyFailureRisk: off,
  };
}
