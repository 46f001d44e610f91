/** What a meeting may sign, as the meetings service takes it; its spec holds it against the service's own description. */
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

/** The orientations that go with each decision. One only: it is chosen along with it. */
export const orientationsOf = {
  THERAPEUTIC_PROPOSAL: treatments,
  REGISTERED_STANDARD: treatments,
  MORE_EXAMS_NEEDED: ['MORE_EXAMS'],
  REFERRED_TO_RECOURSE_RCP: ['RECOURSE'],
  STOP_TREATMENT: ['SUPPORTIVE_CARE'],
  WATCHFUL_WAITING: ['SURVEILLANCE'],
  GENETIC_TEST: ['GENOME', 'PANEL', 'OTHER_TEST', 'NOT_INDICATED'],
  GENETIC_RESULT: ['CAUSAL', 'UNCERTAIN', 'NEGATIVE'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type DecisionKind = keyof typeof orientationsOf;

export const decisionKinds = Object.keys(orientationsOf) as readonly DecisionKind[]; // its own keys

export const deferralReasons = ['DEFERRED_NO_QUORUM', 'DEFERRED_MISSING_DATA', 'RECOURSE'] as const;
export const sides = ['left', 'right', 'bilateral'] as const;
export const modes = ['present', 'video', 'written'] as const;
export type Mode = (typeof modes)[number];
export const places = ['on-site', 'video', 'hybrid'] as const;
