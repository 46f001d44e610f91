import type { EventOf, meetingsEvents } from '@ariane/contracts';
import { DomainError, epochOf, doctorSpecialtiesOn } from '@ariane/kernel';
import { type DecisionKind, type Orientation, orientationsOf, type Side } from './decision-codes';
import { attendeesOf, participantsOf, quorumFor } from './case-attendance';
import {
  caseOf,
  type Conformity,
  type DecidedCase,
  type Listed,
  type Participant,
  type PlannedCase,
} from './case-state';
import { type Attendee, missingFrom } from './quorum';
import { decisionSha256, type SignedDecision } from './signed-decision';

export interface DecideCase {
  readonly type: 'DecideCase';
  /** The version the signer has read: a decision on a stale screen is refused (H11, H17). */
  readonly expectedVersion: number;
  readonly decision: DecisionKind;
  readonly orientation: Orientation;
  readonly side?: Side;
  readonly text?: string;
  readonly conformity?: Conformity;
  /** The practitioner who is signed in; nobody signs for another. */
  readonly signedBy: string;
  readonly now: string;
  readonly known: { readonly directory: readonly Listed[] };
}

/** What is written down with a decision and does not leave the service. */
export interface DecisionWritten {
  readonly type: 'DecisionWritten';
  readonly data: Pick<DecidedCase, 'text' | 'conformity' | 'decidedSide'>;
}
type CaseDecided = Extract<EventOf<typeof meetingsEvents>, { readonly type: 'CaseDecided' }>;

/**
 * The meeting's decision on a case, signed by a doctor who took part (D. 6124-131 CSP). A registration that conforms to
 * the national reference needs no discussion, hence no quorum; every other decision needs both.
 */
export function decideCase(state: PlannedCase, command: DecideCase): (CaseDecided | DecisionWritten)[] {
  const { decision, orientation, signedBy, now: decidedAt, known } = command;
  if (command.expectedVersion !== state.revision) throw new DomainError('VERSION_CONFLICT', {}, 'If-Match');
  if (epochOf(decidedAt) < epochOf(state.meeting.startsAt)) throw new DomainError('MEETING_NOT_STARTED');
  mustBeTrueToItself(command);
  mustBeOfTheSide(state, command);
  const participants =
    decision === 'REGISTERED_STANDARD' ? registered(state, command) : discussed(state, signedBy, known.directory);
  const { meetingId, meeting, deviation } = state;
  const told = { meetingId, meetingDay: meeting.day, decision, orientation, participants, signedBy, decidedAt };
  const signed: SignedDecision = { ...withoutStep(state), ...told, ...writtenIn(command), ...given({ deviation }) };
  return [
    {
      type: 'CaseDecided',
      data: { ...caseOf(state), ...told, ...given({ deviation }), signedSha256: decisionSha256(signed) },
    },
    {
      type: 'DecisionWritten',
      data: {
        text: command.text ?? null,
        conformity: command.conformity ?? null,
        ...given({ decidedSide: command.side }),
      },
    },
  ];
}

/** The signed content of a decided case as it is stored, to be checked against its SHA-256. */
export function signedDecisionOf(state: DecidedCase): SignedDecision {
  const { meetingId, meeting, decision, orientation, participants, signedBy, decidedAt, deviation } = state;
  const written = writtenIn({
    side: state.decidedSide,
    text: state.text ?? undefined,
    conformity: state.conformity ?? undefined,
  });
  const told = { meetingId, meetingDay: meeting.day, decision, orientation, participants, signedBy, decidedAt };
  return { ...withoutStep(state), ...told, ...written, ...given({ deviation }) };
}

/** The quorum and the signer of a discussed case. */
function discussed(state: PlannedCase, signedBy: string, directory: readonly Listed[]): Participant[] {
  const attendees = attendeesOf(state, state.attendance, directory);
  const quorum = quorumFor(state, attendees);
  if (!quorum.met) throw new DomainError('QUORUM_MISSING', { missing: missingFrom(quorum).join(', ') });
  if (!attendees.some((one) => signs(one, signedBy))) throw new DomainError('SIGNER_NOT_COMPETENT');
  return participantsOf(attendees, quorum);
}

/** A written opinion counts for the quorum, but its author did not hear the discussion. */
const signs = ({ practitionerId, mode, specialties }: Attendee, signedBy: string): boolean =>
  practitionerId === signedBy && mode !== 'written' && specialties.length > 0;

/** A registration without discussion is the act of one practising doctor, who need not have attended. */
function registered({ meeting }: PlannedCase, { signedBy, known, conformity }: DecideCase): Participant[] {
  if (conformity?.conforms !== true) throw new DomainError('REFERENCE_REQUIRED', {}, 'conformity');
  const signer = known.directory.find(({ practitionerId }) => practitionerId === signedBy);
  if (doctorSpecialtiesOn(signer?.exercises ?? [], meeting.day).length === 0) {
    throw new DomainError('SIGNER_NOT_COMPETENT');
  }
  return [];
}

function mustBeTrueToItself({ decision, orientation, conformity }: DecideCase): void {
  const allowed = orientationsOf[decision];
  if (!allowed.includes(orientation)) {
    throw new DomainError('ORIENTATION_NOT_OF_DECISION', { allowed: allowed.join(', ') }, 'orientation');
  }
  if (conformity?.conforms === false && (conformity.justification ?? '') === '') {
    throw new DomainError('JUSTIFICATION_REQUIRED', {}, 'conformity.justification');
  }
}

/** The side is said again by who signs and must be the case's own (H11: decision on the wrong case or side). */
function mustBeOfTheSide(state: PlannedCase, { side }: DecideCase): void {
  if (state.side === undefined) return;
  if (side === undefined) throw new DomainError('SIDE_REQUIRED', {}, 'side');
  if (side !== state.side) throw new DomainError('SIDE_MISMATCH', {}, 'side');
}

const writtenIn = ({ side, text, conformity }: Pick<DecideCase, 'side' | 'text' | 'conformity'>) =>
  given({ side, text, conformity });

const withoutStep = ({ caseId, pathwayId, patientId }: PlannedCase | DecidedCase) => ({ caseId, pathwayId, patientId });

/** The members that have a value. */
function given<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>; // only undefined members were left out
  };
}
