/** The kinds of step that a person may add. */
export const addedKinds = ['task', 'appointment', 'questionnaire', 'tele-expertise', 'meeting'] as const;
export type AddedKind = (typeof addedKinds)[number];

/** The form of an added step, as typed. */
export interface AddedStep {
  readonly kind: AddedKind;
  readonly label: string;
  readonly role: string;
  readonly from: string;
  readonly target: string;
  readonly latest: string;
  readonly reason: string;
  readonly visitKind: string;
  readonly durationMinutes: string;
  readonly questionnaire: string;
  readonly specialty: string;
  readonly question: string;
  readonly meetingType: string;
  readonly requiredSpecialties: string;
}

export const noStep: AddedStep = {
  ...{ kind: 'task', label: '', role: '', from: '', target: '', latest: '', reason: '', visitKind: '' },
  ...{ durationMinutes: '30', questionnaire: '', specialty: '', question: '', meetingType: '' },
  requiredSpecialties: '',
};

type Further =
  'visitKind' | 'durationMinutes' | 'questionnaire' | 'specialty' | 'question' | 'meetingType' | 'requiredSpecialties';

/** What each kind asks for besides. */
export const fieldsOf: Readonly<Record<AddedKind, readonly Further[]>> = {
  task: [],
  appointment: ['visitKind', 'durationMinutes'],
  questionnaire: ['questionnaire'],
  'tele-expertise': ['specialty', 'question'],
  meeting: ['meetingType', 'requiredSpecialties'],
};

/** What is sent: the fields of its kind and no others; days left empty are not sent. */
export function addStepBody(step: AddedStep): Readonly<Record<string, unknown>> {
  const { kind, label, role, latest, reason, from, target } = step;
  const common = { kind, label: label.trim(), role, latest, reason: reason.trim() };
  const further = fieldsOf[kind].map((name) => [name, valueOf(step, name)] as const);
  return {
    ...common,
    ...(from === '' ? {} : { from }),
    ...(target === '' ? {} : { target }),
    ...Object.fromEntries(further),
  };
}

function valueOf(step: AddedStep, name: Further): unknown {
  if (name === 'durationMinutes') return Number(step.durationMinutes);
  if (name === 'requiredSpecialties') return step.requiredSpecialties.split(/[\s,;]+/).filter((one) => one !== '');
  return step[name].trim();
}
