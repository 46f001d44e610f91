/** What people find and decide, course by course. Everything else is made by the services and the workflow. */

export interface Fact {
  readonly code: string;
  readonly value?: string | number | boolean;
  readonly unit?: string;
}

export interface Course {
  readonly title: string;
  /** Results recorded when a step of this id is done. */
  readonly results: Readonly<Record<string, readonly Fact[]>>;
  /** The coded outcome of tasks that have one. */
  readonly outcomes: Readonly<Record<string, string>>;
  /** What the meeting decides, by step id. */
  readonly decisions: Readonly<Record<string, string>>;
  /** The radiotherapist misses the first meeting. */
  readonly quorumMissed: boolean;
  /** A fact that ends the pathway, and the step after which it happens. */
  readonly ending?: { readonly after: string; readonly code: 'patient.refused' | 'patient.died' };
}

const surgeryFirst: Course = {
  title: 'surgery first',
  results: {
    entry: [
      { code: 'tumour.side', value: 'left' },
      { code: 'patient.menopause', value: 'after' },
      { code: 'patient.anticoagulated', value: false },
    ],
    imaging: [{ code: 'imaging.acr', value: 5 }],
    'imaging-control': [{ code: 'imaging.acr', value: 4 }],
    pathology: [
      { code: 'biopsy.result', value: 'ambiguous' },
      { code: 'er', value: 'positive' },
      { code: 'pr', value: 'positive' },
      { code: 'her2', value: 'positive' },
      { code: 'grade', value: 2 },
      { code: 'ki67', value: 18, unit: '%' },
    ],
    announcement: [{ code: 'disclosure.announced' }],
    g8: [{ code: 'g8.score', value: 13 }],
    'heart-function': [{ code: 'lvef', value: 62, unit: '%' }],
    'surgical-pathology': [{ code: 'nodes.positive', value: false }],
    'neoadjuvant-check': [{ code: 'treatment.drugs', value: 'carboplatin,paclitaxel,trastuzumab' }],
    'chemo-check': [{ code: 'treatment.drugs', value: 'carboplatin,paclitaxel,trastuzumab' }],
    'surveillance-handover': [{ code: 'surveillance.doctor', value: 'GP' }],
  },
  outcomes: { 'care-plan': 'accepted', 'neoadjuvant-check': 'go', 'chemo-check': 'go' },
  decisions: { 'meeting-1': 'SURGERY_FIRST', 'meeting-2': 'CHEMOTHERAPY_RADIOTHERAPY' },
  quorumMissed: false,
};

export const courses = {
  default: surgeryFirst,
  neoadjuvant: {
    ...surgeryFirst,
    title: 'chemotherapy before surgery',
    decisions: { 'meeting-1': 'NEOADJUVANT', 'meeting-2': 'RADIOTHERAPY' },
  },
  'quorum-missed': { ...surgeryFirst, title: 'the radiotherapist misses the first meeting', quorumMissed: true },
  refuses: {
    ...surgeryFirst,
    title: 'the patient refuses treatment',
    ending: { after: 'proposal', code: 'patient.refused' },
  },
  dies: {
    ...surgeryFirst,
    title: 'the patient dies after surgery',
    ending: { after: 'surgery', code: 'patient.died' },
  },
} as const satisfies Record<string, Course>;

export type CourseName = keyof typeof courses;
