import { cast, type Member, rpps } from '../story/cast.ts';

type Visits = Member['visits'];

/** An invented professional whom only the demo's further protocols need; RPPS numbers of the space for tests. */
const member = (
  order: number,
  name: string,
  role: string,
  profession: Member['profession'],
  specialty: string,
  visits: Visits = [],
): Member => ({
  name: `Démo ${name}`,
  role,
  rpps: rpps(`99700001${String(order).padStart(2, '0')}`),
  profession,
  specialty,
  visits,
});

/** What the demo shows: a protocol, who joins the story's cast in it, and the meetings it asks for beside the story's. */
export interface Showcase {
  readonly protocolId: string;
  readonly members: readonly Member[];
  readonly meetings: readonly { readonly meetingType: string; readonly requiredSpecialties: readonly string[] }[];
}

const nurse = member(1, 'Iris Avancée', 'IPA', 'nurse', 'advanced-practice', [['options-information', 60]]);
const nephrologist = member(2, 'Néo Rein', 'NEP', 'doctor', 'nephrology', [
  ['nephrology', 45],
  ['dialysis-start', 240],
]);
const dietician = member(3, 'Dina Diète', 'DIET', 'nurse', 'dietetics', [['dietetics', 45]]);
const palliative = member(4, 'Paula Confort', 'PAL', 'doctor', 'palliative-care', [
  ['supportive-care', 45],
  ['palliative-care', 60],
]);
const gastroenterologist = member(5, 'Gus Digestif', 'GAST', 'doctor', 'gastroenterology', [
  ['colonoscopy', 60],
  ['announcement', 45],
]);
const surgeon = member(6, 'Sacha Bloc', 'SUR', 'doctor', 'surgery', [
  ['emergency-surgery', 180],
  ['venous-access', 60],
  ['liver-surgery', 240],
  ['peritoneal-catheter', 90],
  ['fistula', 90],
]);
const oncologist = member(7, 'Odile Digestive', 'ONC', 'doctor', 'oncology', [
  ['treatment-proposal', 45],
  ['day-hospital', 240],
  ['announcement', 45],
  ['surveillance', 30],
]);
const coordinationNurse = member(8, 'Noé Liaison', 'IDEC', 'nurse', 'coordination', [['nurse-education', 60]]);
const geneticist = member(9, 'Génia Gène', 'GEN', 'doctor', 'genetics', [
  ['genetic-consultation', 60],
  ['genetic-result', 60],
]);

/** Two lines of professionals care for the cancers, so that no calendar is full for weeks. */
const secondOncologist = member(24, 'Otto Cancéro', 'ONC', 'doctor', 'oncology', [
  ['treatment-proposal', 45],
  ['day-hospital', 240],
  ['announcement', 45],
  ['endocrine-start', 30],
  ['end-of-treatment', 45],
  ['surveillance', 30],
]);
const secondSurgeon = member(25, 'Solal Chirurgie', 'SUR', 'doctor', 'surgery', [
  ['announcement', 45],
  ['treatment-proposal', 45],
  ['breast-surgery', 120],
  ['emergency-surgery', 180],
  ['venous-access', 60],
  ['liver-surgery', 240],
]);
const secondRadiologist = member(26, 'Ravi Imagerie', 'RAD', 'doctor', 'radiology', [
  ['breast-imaging', 30],
  ['breast-biopsy', 45],
  ['staging-imaging', 60],
  ['ct', 30],
  ['mri', 45],
]);
const secondLine = [secondOncologist, secondSurgeon, secondRadiologist];

/** Whom the protocols ask for an opinion from outside a care team. */
const consulted = [
  member(28, 'Ada Réseau', 'CONSULTED', 'doctor', 'rare-disease-network'),
  member(29, 'Marc Biologie', 'CONSULTED', 'doctor', 'medical-biology'),
  member(30, 'Nina Néphrologie', 'CONSULTED', 'doctor', 'nephrology'),
  member(31, 'Théo Transplantation', 'CONSULTED', 'doctor', 'transplantation'),
];

export const showcases: readonly Showcase[] = [
  {
    protocolId: 'breast-cancer',
    members: [...cast.filter(({ role }) => role !== 'EXPERT'), ...secondLine],
    meetings: [],
  },
  {
    protocolId: 'colorectal-metastatic',
    members: [
      coordinationNurse,
      nurse,
      gastroenterologist,
      surgeon,
      oncologist,
      nephrologist,
      dietician,
      palliative,
      member(10, 'Bio Dosage', 'BIO', 'pharmacist', 'medical-biology'),
      member(27, 'Léo Foie', 'HEP', 'doctor', 'liver-surgery'),
      ...secondLine,
    ],
    meetings: [
      {
        meetingType: 'rcp-digestive',
        requiredSpecialties: ['oncology', 'surgery', 'liver-surgery', 'radiotherapy'],
      },
    ],
  },
  {
    protocolId: 'ckd-4-5',
    members: [
      coordinationNurse,
      nurse,
      nephrologist,
      dietician,
      surgeon,
      palliative,
      member(11, 'Solène Droits', 'SOC', 'nurse', 'social-work', [['social-work', 45]]),
      member(12, 'Tristan Greffe', 'TRP', 'doctor', 'transplantation', [
        ['transplant', 60],
        ['living-donor', 60],
      ]),
    ],
    meetings: [{ meetingType: 'nephrology-team', requiredSpecialties: ['nephrology'] }],
  },
  {
    protocolId: 'rare-disease',
    members: [
      coordinationNurse,
      geneticist,
      member(13, 'Pia Enfance', 'PED', 'doctor', 'paediatrics'),
      member(14, 'Rémi Référence', 'REF', 'doctor', 'rare-disease-centre', [
        ['rare-disease-centre', 60],
        ['rare-disease-follow-up', 45],
        ['rare-disease-review', 45],
        ['transition', 60],
      ]),
      member(15, 'Gaby Conseil', 'GC', 'nurse', 'genetic-counselling', [['genetic-sampling', 30]]),
      member(16, 'Lila Séquence', 'LAB', 'pharmacist', 'medical-biology'),
      member(17, 'Psyché Soutien', 'PSY', 'nurse', 'psychology', [['psychologist', 45]]),
    ],
    meetings: [
      { meetingType: 'rcp-genome-upstream', requiredSpecialties: ['genetics'] },
      { meetingType: 'rcp-genome-downstream', requiredSpecialties: ['genetics'] },
    ],
  },
  {
    protocolId: 'prevention',
    members: [
      coordinationNurse,
      nurse,
      gastroenterologist,
      member(18, 'Cora Dépistage', 'CRC', 'nurse', 'screening-centre'),
      member(19, 'Médéric Regard', 'MED', 'doctor', 'public-health'),
      member(20, 'Rachel Relecture', 'RADB', 'doctor', 'radiology'),
      member(21, 'Sofia Femme', 'SF', 'nurse', 'midwifery', [['cervical-sample', 20]]),
      member(22, 'Gynette Col', 'GYN', 'doctor', 'gynaecology', [['colposcopy', 30]]),
      member(23, 'Lab Frottis', 'LAB', 'pharmacist', 'medical-biology'),
    ],
    meetings: [],
  },
];

/** Everybody whom the demo adds to the story's directory, each once. */
export const demoCast: readonly Member[] = [
  ...new Set([...showcases.flatMap(({ members }) => members), ...consulted]),
].filter((one) => !cast.includes(one));
