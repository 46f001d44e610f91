export { type UracilFacts, uracilReading, type UracilReading } from './fluoropyrimidine';
export { g8Due, g8Review, type G8Score } from './g8';
export {
  bodySurfaceM2,
  calvert,
  type CreatinineClearance,
  creatinineClearance,
  deindexed,
  type Egfr2009,
  type Egfr2021,
  egfrCkdEpi2009,
  egfrCkdEpi2021,
  type Sex,
} from './kidney';
export {
  defaultFreshness,
  type Freshness,
  type KidneyFacts,
  kidneyFunction,
  type KidneyFunction,
} from './kidney-function';
export { ageOn, choose, type Chosen, codesOf, type Measurement, type Reading } from './reading';
export { renalDoseReview, type RenalReview } from './renal-dose';
export { renalDrugs } from './renal-drugs';
export {
  type Assessed,
  type Missing,
  type NotAssessed,
  type Review,
  type RuleResult,
  rulesVersion,
  type Summary,
  summaryOf,
  type Unknown,
} from './result';
export { type ClinicalRules, clinicalRules, type ClinicalRulesConfig, type DeclaredStatus } from './switch';
export { convert } from './units';
export { foreseesFistula, type PatientPathway, veinCodes } from './vein-preservation';
