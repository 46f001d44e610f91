import { arianeNamespace, rppsSystem, uuidv5 } from '@ariane/kernel';
import { cast } from '../story/cast.ts';
import { demoCast } from './cast.ts';
import { idsOf } from './cohort.ts';

/** The id that the demo's directory gives to one of its professionals, by name. */
export function practitionerNamed(name: string): string {
  const member = [...cast, ...demoCast].find((one) => one.name === `Démo ${name}`);
  if (member === undefined) throw new Error(`nobody in the demo is ${name}`);
  return uuidv5(arianeNamespace, rppsSystem + member.rpps);
}

const personIn = (what: string): string => uuidv5(arianeNamespace, `demo/${what}`);

/** The patient who is shown: breast cancer, announced, whose case the next meeting discusses. */
const shown = idsOf('breast-cancer', 1);

/** Whom the demo lets one sign in as, and who finds something to do: always the same ids. */
export const people = {
  coordinator: { role: 'coordinator', practitionerId: practitionerNamed('Inès Coordination') },
  /** Asked for opinions: one urgent, one about to be late, and what the pathways ask of pathology. */
  specialist: { role: 'specialist', practitionerId: practitionerNamed('Ève Relecture') },
  /** In the team of every other breast cancer, and deputy of a colleague on leave. */
  oncologist: { role: 'specialist', practitionerId: practitionerNamed('Olga Oncologie') },
  /** Chairs the digestive meeting that begins now. */
  chair: { role: 'chair', practitionerId: practitionerNamed('Sam Chirurgie') },
  /** Has asked for opinions: one answered, one open, one overdue. */
  requester: { role: 'requester', practitionerId: practitionerNamed('Gaël Traitant') },
  meetingSecretary: { role: 'meeting-secretary', subject: personIn('meeting-secretary') },
  /** Prepared the months, the statements and the payments that others have approved. */
  finance: { role: 'finance', subject: personIn('finance') },
  /** Has one month and one batch of payments to approve. */
  financeApprover: { role: 'finance-approver', subject: personIn('approver') },
  /** Has approved all that is approved; not among those whom one signs in as. */
  secondApprover: { role: 'finance-approver', subject: personIn('second-approver') },
  protocolEditor: { role: 'protocol-editor', practitionerId: practitionerNamed('Médéric Regard') },
  administrator: { role: 'territory-administrator', subject: personIn('administrator') },
  auditor: { role: 'auditor', subject: personIn('auditor') },
  patient: { role: 'patient', patientId: shown.patientId, pathwayId: shown.pathwayId },
  /** Whom the patient trusts: nothing but a name in the demo, for whom the patient's own screens are opened. */
  trustedPerson: { role: 'trusted-person', subject: personIn('trusted-person'), patientId: shown.patientId },
} as const;
