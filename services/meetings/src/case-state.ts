import type { Exercise } from '@ariane/kernel';
import type { DeferralReason, Deviation, Orientation, Side } from './decision-codes';
import type { MeetingOnAgenda } from './meeting-calendar';
import type { AttendanceMode } from './quorum';

/** Somebody of the local directory, as looked up for a command. */
export interface Listed {
  readonly practitionerId: string;
  readonly exercises: readonly Exercise[];
}

/** Who took part, as they count: the specialty is the directory's on the meeting's day. */
export interface Participant {
  readonly practitionerId: string;
  readonly specialty: string;
  readonly mode: AttendanceMode;
}

/** The reference a decision was measured against. A departure says why. */
export interface Conformity {
  readonly reference: string;
  readonly version: string;
  readonly conforms: boolean;
  readonly justification?: string;
}

export interface Dossier {
  readonly caseId: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly stepKey: string;
  readonly meetingType: string;
  readonly calendarId: string;
  /** Null where nobody asked a particular question. */
  readonly question: string | null;
  readonly earliest: string;
  readonly latest?: string;
  readonly side?: Side;
  readonly deviation?: Deviation;
  readonly requestedAt: string;
}

/** A dossier on an agenda, with those who took part in its discussion so far. */
interface OnAgenda extends Dossier {
  readonly meetingId: string;
  readonly meeting: MeetingOnAgenda;
  readonly attendance: readonly { readonly practitionerId: string; readonly mode: AttendanceMode }[];
  /** Counts the changes: the same number as the stored version, for If-Match. */
  readonly revision: number;
}

type WaitingCaseState = Dossier & { readonly status: 'waiting'; readonly revision: number };
export type PlannedCase = OnAgenda & { readonly status: 'planned' };
export type DecidedCase = OnAgenda & {
  readonly status: 'decided';
  readonly decision: string;
  readonly orientation: Orientation;
  readonly decidedSide?: Side;
  readonly text: string | null;
  readonly conformity: Conformity | null;
  readonly participants: readonly Participant[];
  readonly signedBy: string;
  readonly decidedAt: string;
  readonly signedSha256: string;
};
export type MeetingCase =
  | WaitingCaseState
  | PlannedCase
  | DecidedCase
  | (OnAgenda & { readonly status: 'deferred'; readonly reason: DeferralReason; readonly deferredAt: string })
  | ((Dossier | OnAgenda) & {
      readonly status: 'withdrawn';
      readonly reason: string;
      readonly withdrawnAt: string;
      readonly revision: number;
    });
export type CaseStatus = MeetingCase['status'];

/** What every fact about a case begins with. */
export const caseOf = ({ caseId, pathwayId, patientId, stepKey }: Dossier) => ({
  caseId,
  pathwayId,
  patientId,
  stepKey,
});
