/** The demo's professionals, calendars and meetings: invented, labelled as such, always the same. */

export interface Member {
  readonly name: string;
  /** Role in the protocol and in the care team. */
  readonly role: string;
  readonly rpps: string;
  readonly profession: 'doctor' | 'nurse' | 'pharmacist';
  readonly specialty: string;
  /** Kinds of visit and their minutes. */
  readonly visits: readonly (readonly [visitKind: string, minutes: number])[];
  readonly resources?: readonly string[];
}

/** The eleventh digit that makes ten digits an RPPS number by Luhn's rule. */
export function rpps(ten: string): string {
  const sum = Array.from({ length: ten.length }, (_, index) => ten.charAt(ten.length - 1 - index)).reduce(
    (total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    },
    0,
  );
  return `${ten}${(10 - (sum % 10)) % 10}`;
}

export const cast: readonly Member[] = [
  {
    name: 'Démo Inès Coordination',
    role: 'IDEC',
    rpps: rpps('9970000001'),
    profession: 'nurse',
    specialty: 'coordination',
    visits: [],
  },
  {
    name: 'Démo Gaël Traitant',
    role: 'GP',
    rpps: rpps('9970000002'),
    profession: 'doctor',
    specialty: 'general-practice',
    visits: [
      ['follow-up', 30],
      ['gp-synthesis', 30],
      ['gp-visit', 20],
      ['prevention-visit', 45],
    ],
  },
  {
    name: 'Démo Rose Imagerie',
    role: 'RAD',
    rpps: rpps('9970000003'),
    profession: 'doctor',
    specialty: 'radiology',
    visits: [
      ['breast-imaging', 30],
      ['breast-biopsy', 45],
      ['staging-imaging', 60],
      ['screening-mammography', 20],
      ['ct', 30],
      ['mri', 45],
    ],
  },
  {
    name: 'Démo Paul Lame',
    role: 'PATH',
    rpps: rpps('9970000004'),
    profession: 'doctor',
    specialty: 'pathology',
    visits: [],
  },
  {
    name: 'Démo Ève Relecture',
    role: 'EXPERT',
    rpps: rpps('9970000005'),
    profession: 'doctor',
    specialty: 'pathology',
    visits: [],
  },
  {
    name: 'Démo Sam Chirurgie',
    role: 'SUR',
    rpps: rpps('9970000006'),
    profession: 'doctor',
    specialty: 'surgery',
    visits: [
      ['announcement', 45],
      ['treatment-proposal', 45],
      ['breast-surgery', 120],
    ],
  },
  {
    name: 'Démo Olga Oncologie',
    role: 'ONC',
    rpps: rpps('9970000007'),
    profession: 'doctor',
    specialty: 'oncology',
    visits: [
      ['day-hospital', 180],
      ['endocrine-start', 30],
      ['end-of-treatment', 45],
    ],
  },
  {
    name: 'Démo Réda Rayons',
    role: 'RT',
    rpps: rpps('9970000008'),
    profession: 'doctor',
    specialty: 'radiotherapy',
    visits: [['radiotherapy', 60]],
  },
  {
    name: 'Démo Phil Pharmacie',
    role: 'PHA',
    rpps: rpps('9970000009'),
    profession: 'pharmacist',
    specialty: 'pharmacy',
    visits: [],
  },
  {
    name: 'Démo Gina Gériatrie',
    role: 'GER',
    rpps: rpps('9970000010'),
    profession: 'doctor',
    specialty: 'geriatrics',
    visits: [['geriatrics', 60]],
  },
  {
    name: 'Démo Gwen Génétique',
    role: 'GEN',
    rpps: rpps('9970000011'),
    profession: 'doctor',
    specialty: 'genetics',
    visits: [],
  },
  {
    name: 'Démo Carl Cœur',
    role: 'CAR',
    rpps: rpps('9970000012'),
    profession: 'doctor',
    specialty: 'cardiology',
    visits: [['echocardiography', 30]],
  },
];

export const MEETING_TYPE = 'rcp-senology';
export const MEETING_SPECIALTIES = ['surgery', 'oncology', 'radiotherapy'] as const;
/** The meeting is on Tuesdays at noon in Paris; this many are scheduled ahead. */
export const MEETING_WEEKS = 70;
export const TIME_ZONE = 'Europe/Paris';
