/** The parts of an enrolment, in the order in which they are asked. */
export const stages = ['patient', 'protocol', 'team', 'facts', 'review'] as const;
export type Stage = (typeof stages)[number];

export const identifierSystems = [
  'urn:ariane:local',
  'urn:oid:1.2.250.1.213.1.4.10',
  'urn:oid:1.2.250.1.213.1.4.11',
] as const;

export interface NewPatient {
  readonly familyName: string;
  /** Parted by spaces or commas, as people write them. */
  readonly givenNames: string;
  readonly birthDate: string;
  readonly sex: 'female' | 'male' | 'unknown';
  readonly language: string;
  readonly system: string;
  readonly identifier: string;
}

/** All that was typed, with the ids of what will be made, so that whatever is sent again is the same. */
export interface EnrolmentForm {
  /** Of somebody already registered, or who has just been; empty while they are to be registered. */
  readonly patientId: string;
  readonly isNew: boolean;
  readonly patient: NewPatient;
  readonly protocolId: string;
  /** Practitioner by role of the protocol. */
  readonly team: Readonly<Record<string, string>>;
  readonly ground: string;
  readonly condition: { readonly code: string; readonly onset: string };
  /** Value as typed, by code of the fact. */
  readonly facts: Readonly<Record<string, string>>;
  /** What the services have already taken: not sent again. */
  readonly taken: readonly string[];
}

export const emptyForm: EnrolmentForm = {
  ...{ patientId: '', isNew: false, protocolId: '', team: {}, ground: 'same-establishment', facts: {}, taken: [] },
  patient: {
    ...{ familyName: '', givenNames: '', birthDate: '', sex: 'unknown', language: 'fr', identifier: '' },
    system: identifierSystems[0],
  },
  condition: { code: '', onset: '' },
};

/** Whether a stage holds what the next one needs. */
export function isComplete(form: EnrolmentForm, stage: Stage): boolean {
  const { patient, patientId, isNew } = form;
  switch (stage) {
    case 'patient':
      return isNew
        ? patient.familyName.trim() !== '' && namesIn(patient.givenNames).length > 0 && patient.birthDate !== ''
        : patientId !== '';
    case 'protocol':
      return form.protocolId !== '';
    case 'team':
      return Object.values(form.team).some((id) => id !== '');
    case 'facts':
    case 'review':
      return true;
  }
}

/** The stage that asks for a field which the services refuse, so that one is led back to it. */
export function stageOfField(field: string): Stage {
  if (field.startsWith('careTeam')) return 'team';
  if (field.startsWith('protocol') || field.startsWith('paymentContract')) return 'protocol';
  if (/^(code|system|value|unit|at|onset|condition|fact)/.test(field)) return 'facts';
  return 'patient';
}

export interface Sending {
  /** What is remembered once it is taken. */
  readonly name: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface MadeIds {
  readonly patientId: string;
  readonly pathwayId: string;
  readonly conditionId: string;
  readonly factId: (code: string) => string;
}

/**
 * What is sent, in its order: the patient, their diagnosis, the enrolment, the first facts. What was taken before an
 * error is left out.
 *
 * @param now instant at which the facts are true
 */
export function sendingsOf(form: EnrolmentForm, ids: MadeIds, now: string): readonly Sending[] {
  const patientId = form.isNew ? ids.patientId : form.patientId;
  const { code, onset } = form.condition;
  const condition = { id: ids.conditionId, system: 'CIM-10', code: code.trim(), ...(onset === '' ? {} : { onset }) };
  const all: readonly (Sending | undefined)[] = [
    form.isNew
      ? { name: 'patient', path: '/api/pathways/patients', body: registration(form.patient, ids.patientId) }
      : undefined,
    code.trim() === ''
      ? undefined
      : { name: 'condition', path: `/api/pathways/patients/${patientId}/conditions`, body: condition },
    { name: 'pathway', path: '/api/pathways/pathways', body: enrolment(form, patientId, ids.pathwayId) },
    ...factsIn(form).map(([factCode, typed]) => ({
      name: `fact ${factCode}`,
      path: `/api/pathways/pathways/${ids.pathwayId}/facts`,
      body: { factId: ids.factId(factCode), code: factCode, value: valueIn(typed), at: now },
    })),
  ];
  return all.filter((one) => one !== undefined).filter(({ name }) => !form.taken.includes(name));
}

function registration({ identifier, system, givenNames, familyName, ...traits }: NewPatient, id: string) {
  const identifiers = identifier.trim() === '' ? [] : [{ system, value: identifier.trim() }];
  return { id, ...traits, familyName: familyName.trim(), givenNames: namesIn(givenNames), identifiers };
}

const enrolment = ({ team, ground, protocolId }: EnrolmentForm, patientId: string, id: string) => ({
  ...{ id, patientId, protocolId },
  careTeam: membersIn(team).map(([role, practitionerId]) => ({ role, practitionerId, ground })),
});

/** Those who were chosen, by role, in the order in which they are sent. */
export const membersIn = (team: EnrolmentForm['team']): readonly (readonly [string, string])[] =>
  Object.entries(team).filter(([, id]) => id !== '');

/** The facts that were filled in. */
export const factsIn = ({ facts }: EnrolmentForm): readonly (readonly [string, string])[] =>
  Object.entries(facts).filter(([, typed]) => typed.trim() !== '');

const namesIn = (typed: string): readonly string[] => typed.split(/[\s,]+/).filter((name) => name !== '');

/** A number, yes or no, or the text itself: what the dictionary of facts makes of it is the service's to say. */
function valueIn(typed: string): string | number | boolean {
  const text = typed.trim();
  if (/^(true|oui|yes)$/i.test(text)) return true;
  if (/^(false|non|no)$/i.test(text)) return false;
  const number = Number(text.replace(',', '.'));
  return Number.isFinite(number) ? number : text;
}
