import { arianeNamespace, rppsSystem, uuidv5 } from '@ariane/kernel';
import { accountOf, demoPeople } from '../../deploy/identity-people.ts';
import { cast } from '../story/cast.ts';
import { demoCast } from './cast.ts';
import { idsOf } from './cohort.ts';

/** The id that the demo's directory gives to one of its professionals, by name. */
export function practitionerNamed(name: string): string {
  const member = [...cast, ...demoCast].find((one) => one.name === `Démo ${name}`);
  if (member === undefined) throw new Error(`nobody in the demo is ${name}`);
  return uuidv5(arianeNamespace, rppsSystem + member.rpps);
}

/** Under which name the acts of one of the one-click sign-ins stand, who is no professional of the directory. */
function signInOf(id: string): string {
  const person = demoPeople.find((one) => one.id === id);
  if (person === undefined) throw new Error(`nobody signs in to the demo as ${id}`);
  return accountOf(person);
}

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
  meetingSecretary: { role: 'meeting-secretary', subject: signInOf('meeting-secretary') },
  /** Prepared the months, the statements and the payments that others have approved. */
  finance: { role: 'finance', subject: signInOf('finance') },
  /** Has one month and one batch of payments to approve. */
  financeApprover: { role: 'finance-approver', subject: signInOf('finance-approver') },
  /** Has approved all that is approved. */
  secondApprover: { role: 'finance-approver', subject: signInOf('second-approver') },
  protocolEditor: { role: 'protocol-editor', practitionerId: practitionerNamed('Médéric Regard') },
  administrator: { role: 'territory-administrator', subject: signInOf('territory-administrator') },
  auditor: { role: 'auditor', subject: signInOf('auditor') },
  patient: { role: 'patient', patientId: shown.patientId, pathwayId: shown.pathwayId },
  /** Whom the patient trusts: nothing but a name in the demo, for whom the patient's own screens are opened. */
  trustedPerson: { role: 'trusted-person', subject: signInOf('trusted-person'), patientId: shown.patientId },
} as const;
