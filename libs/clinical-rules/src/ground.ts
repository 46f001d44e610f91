interface Ground {
  /** Publication, guideline or label; a threshold that none gives is said to be a proposal. */
  readonly source: string;
  /** Roles of the professionals who look at a review; empty for a plain computation. */
  readonly reviewers: readonly string[];
}

const ground = (source: string, ...reviewers: readonly string[]): Ground => ({ source, reviewers });

/** What each formula and rule rests on. A rule that is not here cannot answer: the types refuse it. */
const grounds = {
  'CKD-EPI-2021': ground('Inker, New England Journal of Medicine 2021'),
  'CKD-EPI-2009': ground('Levey, Annals of Internal Medicine 2009, without ethnicity'),
  'Cockcroft-Gault': ground('Cockcroft and Gault, Nephron 1976'),
  Calvert: ground('Calvert, Journal of Clinical Oncology 1989'),
  'KFRE-4-non-North-America': ground('Tangri, JAMA 2016: four variables, calibrated outside of North America'),
  'renal-dose-review': ground('labels, drug by drug; 60 mL/min and a quarter lost: to be confirmed', 'PHA', 'ONC'),
  'nephrotoxic-review': ground('KDIGO 2024; limits and combinations: to be confirmed', 'PHA', 'NEP'),
  'uracil-bands': ground('INCa and HAS 2018: 16 and 150 ng/mL; ANSM end 2024, EMA: impaired kidney', 'ONC', 'PHA'),
  'G8-due': ground('INCa: from 75 years'),
  'G8-review': ground('Bellera, Annals of Oncology 2012: 14 or less of 17, from 75 years', 'GER'),
  'creatinine-trend': ground('KDIGO 2012: 1.5 times; a quarter lost and a fifth apart: proposals', 'ONC', 'NEP'),
  'ckd-inclusion': ground('KDIGO 2024: below 30 twice, three months apart', 'NEP'),
  'contrast-review': ground('ESUR: 30 mL/min/1.73 m²; metformin label: 45 and 30; to be confirmed', 'RAD', 'NEP'),
  'vein-preservation': ground('OMEDIT: no PICC where a fistula is foreseeable', 'NEP'),
} as const satisfies Readonly<Record<string, Ground>>;

export type Formula = keyof typeof grounds;

export const groundOf = (formula: Formula): Ground => grounds[formula];
