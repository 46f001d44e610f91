/**
 * What a meeting may decide (D. 6124-131 CSP: any therapeutic project, and any change of it, stopping included). A
 * registration replaces the discussion, it does not follow one.
 */
export const decisionKinds = [
  'THERAPEUTIC_PROPOSAL',
  'REGISTERED_STANDARD',
  'MORE_EXAMS_NEEDED',
  'REFERRED_TO_RECOURSE_RCP',
  'STOP_TREATMENT',
  'WATCHFUL_WAITING',
  'GENETIC_TEST',
  'GENETIC_RESULT',
] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** Where treatment goes from here; the branches of a protocol read them. */
const treatments = [
  'SURGERY_FIRST',
  'NEOADJUVANT',
  'ENDOCRINE',
  'CHEMOTHERAPY',
  'CHEMOTHERAPY_RADIOTHERAPY',
  'RADIOTHERAPY',
  'RE_EXCISION',
  'IMMUNOTHERAPY',
  'TRIAL',
  'SURVEILLANCE',
] as const;

/**
 * What the two meetings on a rare disease sign: upstream, which test is indicated if any; downstream, what its result
 * means. Source: national plan for genome medicine (PFMG 2025), upstream and downstream meetings; for review.
 */
const geneticTests = ['GENOME', 'PANEL', 'OTHER_TEST', 'NOT_INDICATED'] as const;
const geneticResults = ['CAUSAL', 'UNCERTAIN', 'NEGATIVE'] as const;

export const orientations = [
  ...treatments,
  'MORE_EXAMS',
  'RECOURSE',
  'SUPPORTIVE_CARE',
  ...geneticTests,
  ...geneticResults,
] as const;
export type Orientation = (typeof orientations)[number];

/** The orientations that go with a decision: one that contradicts it is a slip of the pen. */
export const orientationsOf: Readonly<Record<DecisionKind, readonly Orientation[]>> = {
  THERAPEUTIC_PROPOSAL: treatments,
  REGISTERED_STANDARD: treatments,
  MORE_EXAMS_NEEDED: ['MORE_EXAMS'],
  REFERRED_TO_RECOURSE_RCP: ['RECOURSE'],
  STOP_TREATMENT: ['SUPPORTIVE_CARE'],
  WATCHFUL_WAITING: ['SURVEILLANCE'],
  GENETIC_TEST: geneticTests,
  GENETIC_RESULT: geneticResults,
};

/** Why a meeting did not decide; the pathway asks again for the case. */
export const deferralReasons = ['DEFERRED_NO_QUORUM', 'DEFERRED_MISSING_DATA', 'RECOURSE'] as const;
export type DeferralReason = (typeof deferralReasons)[number];

/** What departs from the rule and is told to the meeting afterwards (D. 6124-131 CSP knows it for children only). */
export const deviations = ['STARTED_BEFORE_MEETING'] as const;
export type Deviation = (typeof deviations)[number];

/** The side of the tumour in a paired organ. */
export const sides = ['left', 'right', 'bilateral'] as const;
export type Side = (typeof sides)[number];
