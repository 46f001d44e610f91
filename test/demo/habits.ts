import type { Assumptions } from '@ariane/simulation';

type Values = NonNullable<Assumptions['values']>;

/** Mostly one value; the others now and then. */
const mostly = (usual: string | boolean | number, ...others: readonly (string | boolean | number)[]) => [
  { value: usual, weight: 9 * Math.max(1, others.length) },
  ...others.map((value) => ({ value, weight: 1 })),
];
const around = (mean: number, sd: number, least: number, most: number, decimals = 0) => ({
  ...{ mean, sd, least, most },
  decimals,
});
const aged = (mean: number, sd: number, least: number, most: number): Values => ({
  'patient.age': around(mean, sd, least, most),
});

/** Whatever a rule of kidneys or veins asks for has been looked at: the services judge for themselves from now on. */
const reviewed: Values = Object.fromEntries(
  ['renal-dose', 'contrast', 'nephrotoxic', 'uracil', 'vein-preservation'].map((rule) => [
    `clinical-rule.${rule}`,
    [{ value: 'review', weight: 1 }],
  ]),
);

const ended = { 'patient.died': 0.03, 'patient.refused': 0.03, 'patient.transferred': 0.01, 'relapse.confirmed': 0.01 };
const source = 'the demo: no study, only people at every stage of care';

/** What happens to the demo's people in each protocol: chosen to show all stages, measured nowhere. */
export const habits: Readonly<Record<string, Assumptions>> = {
  'breast-cancer': {
    source,
    perYear: ended,
    values: {
      ...reviewed,
      ...aged(59, 12, 31, 88),
      'patient.sex': mostly('female'),
      'imaging:imaging.acr': [
        { value: 2, weight: 1 },
        { value: 3, weight: 1 },
        { value: 4, weight: 5 },
        { value: 5, weight: 7 },
      ],
      'biopsy.result': [
        { value: 'malignant', weight: 7 },
        { value: 'ambiguous', weight: 2 },
        { value: 'benign', weight: 1 },
      ],
      'meeting-1:meeting.decision': [
        { value: 'SURGERY_FIRST', weight: 6 },
        { value: 'NEOADJUVANT', weight: 3 },
      ],
      creatinine: around(74, 9, 55, 95),
      'patient.weight': around(66, 9, 48, 95),
      'g8.score': around(14, 2, 9, 17),
      lvef: around(62, 4, 52, 72),
      ki67: around(22, 10, 3, 70),
    },
  },
  'colorectal-metastatic': {
    source,
    perYear: ended,
    kinds: { questionnaire: { ofTarget: 0.5, spread: 0.3, fails: 0, forgotten: 0.02, chasedDays: 1 } },
    values: {
      ...reviewed,
      ...aged(66, 10, 42, 86),
      'tumour.emergency': mostly('none', 'obstruction'),
      'patient.on-dialysis': mostly(false),
      'biopsy.result': mostly('malignant'),
      'patient.temperature': around(37, 0.3, 36.2, 38.1, 1),
      'fever.twice': mostly(false),
      'toxicity.digestive': mostly('none', 'diarrhoea'),
      'meeting-1:meeting.decision': [
        { value: 'CHEMOTHERAPY', weight: 7 },
        { value: 'SURGERY_FIRST', weight: 2 },
        { value: 'SUPPORTIVE_CARE', weight: 1 },
      ],
      creatinine: around(82, 12, 60, 115),
      crcl: around(78, 9, 61, 110),
      egfr: around(76, 9, 60, 105),
      'patient.weight': around(72, 11, 48, 105),
      'creatinine.ratio': around(1, 0.1, 0.8, 1.3, 1),
      uracil: around(9, 2, 4, 14),
      'kidney.trend': mostly('stable', 'falling'),
    },
  },
  'ckd-4-5': {
    source,
    perYear: ended,
    values: {
      ...reviewed,
      ...aged(67, 12, 34, 88),
      'patient.on-dialysis': mostly(false),
      'patient.palliative': mostly(false),
      'kidney.graft': mostly('none'),
      'egfr.formula': mostly('ckd-epi-2021'),
      'egfr.ckd-epi-2021': around(22, 5, 9, 29),
      'egfr.ckd-epi-2009': around(22, 5, 9, 29),
      'creatinine.stability': mostly('stable', 'unstable'),
      creatinine: around(245, 45, 170, 420),
      'egfr.loss': around(3, 2, 0, 8),
      'kfre.two-year': around(14, 9, 2, 45),
      'patient.weight': around(73, 12, 48, 110),
    },
  },
  'rare-disease': {
    source,
    perYear: ended,
    kinds: { 'tele-expertise': { ofTarget: 0.8, spread: 0.5, fails: 0.02, forgotten: 0.02, chasedDays: 4 } },
    values: {
      ...aged(13, 11, 0, 45),
      'rare.emergency': mostly('none'),
      'network-opinion:opinion.given': [
        { value: 'reference-centre', weight: 8 },
        { value: 'local-tests', weight: 5 },
        { value: 'not-rare', weight: 1 },
      ],
      'tests.conclusion': mostly('unexplained', 'explained'),
    },
  },
  prevention: {
    source,
    perYear: { ...ended, 'patient.died': 0.01 },
    values: {
      ...aged(57, 10, 30, 73),
      'symptoms.present': mostly(false, true),
      'breast.status': mostly('programme', 'not-concerned'),
      'cervix.status': mostly('programme', 'not-concerned'),
      'colorectal.status': mostly('programme', 'not-concerned'),
      'breast.past': mostly('none', 'mammography'),
      'cervix.past': mostly('none'),
      'colorectal.past': mostly('none'),
      'social.digital-access': mostly(true, false),
      'imaging.acr': [
        { value: 1, weight: 5 },
        { value: 2, weight: 4 },
        { value: 3, weight: 1 },
      ],
      'fit.result': mostly('negative', 'positive'),
    },
  },
};
