import type { EventOf, meetingsEvents } from '@ariane/contracts';
import type { Decider } from '@ariane/kernel';
import { DomainError, invariant } from '@ariane/kernel';
import { attendeesOf, participantsOf, quorumFor } from './case-attendance';
import { decideCase, type DecideCase, type DecisionWritten } from './case-decision';
import { caseOf, type Dossier, type Listed, type MeetingCase, type PlannedCase } from './case-state';
import type { DeferralReason, Orientation } from './decision-codes';
import type { MeetingOnAgenda } from './meeting-calendar';
import { type AttendanceMode, missingFrom } from './quorum';

export type CaseCommand =
  | { readonly type: 'AskCase'; readonly dossier: Omit<Dossier, 'requestedAt'>; readonly now: string }
  | { readonly type: 'PutOnAgenda'; readonly meeting: MeetingOnAgenda }
  | { readonly type: 'LeaveWaiting' }
  | {
      readonly type: 'RecordAttendance';
      readonly attendees: readonly { readonly practitionerId: string; readonly mode: AttendanceMode }[];
      readonly now: string;
      readonly known: { readonly directory: readonly Listed[] };
    }
  | DecideCase
  | {
      readonly type: 'DeferCase';
      readonly reason: DeferralReason;
      readonly now: string;
      readonly known: { readonly directory: readonly Listed[] };
    }
  | { readonly type: 'WithdrawCase'; readonly reason: string; readonly now: string };

/** What is written down with a fact and does not leave the service. */
type InternalEvent =
  | { readonly type: 'CaseAsked'; readonly data: Dossier }
  | { readonly type: 'MeetingFound'; readonly data: MeetingOnAgenda }
  | DecisionWritten;

type CaseFact = Extract<EventOf<typeof meetingsEvents>, { readonly type: `Case${string}` | 'AttendanceRecorded' }>;

export type CaseEvent = CaseFact | InternalEvent;

export const meetingCase: Decider<MeetingCase, CaseCommand, CaseEvent> = { decide, evolve };

function decide(state: MeetingCase | undefined, command: CaseCommand): CaseEvent[] {
  if (command.type === 'AskCase') {
    if (state !== undefined) throw new DomainError('ALREADY_EXISTS', {}, 'caseId');
    return [{ type: 'CaseAsked', data: { ...command.dossier, requestedAt: command.now } }];
  }
  if (state === undefined) {
    // What a dropped step had asked for may be another service's.
    if (command.type === 'WithdrawCase') return [];
    throw new DomainError('NOT_FOUND');
  }
  switch (command.type) {
    case 'LeaveWaiting':
      return [{ type: 'CaseRegistered', data: factOf(state) }];
    case 'PutOnAgenda': {
      if (state.status !== 'waiting') return [];
      const { meeting } = command;
      return [
        { type: 'MeetingFound', data: meeting },
        { type: 'CaseRegistered', data: { ...factOf(state), meetingId: meeting.meetingId } },
      ];
    }
    case 'RecordAttendance':
      return recordAttendance(mustBePlanned(state), command);
    case 'DecideCase':
      return decideCase(mustBePlanned(state), command);
    case 'DeferCase':
      return defer(mustBePlanned(state), command);
    case 'WithdrawCase': {
      if (state.status !== 'waiting' && state.status !== 'planned') return [];
      const meetingId = state.status === 'planned' ? { meetingId: state.meetingId } : {};
      const { reason, now: withdrawnAt } = command;
      return [{ type: 'CaseWithdrawn', data: { ...caseOf(state), ...meetingId, reason, withdrawnAt } }];
    }
  }
}

function recordAttendance(
  state: PlannedCase,
  command: Extract<CaseCommand, { readonly type: 'RecordAttendance' }>,
): CaseEvent[] {
  const attendees = attendeesOf(state, command.attendees, command.known.directory);
  const participants = participantsOf(attendees, quorumFor(state, attendees));
  const { meetingId } = state;
  return [{ type: 'AttendanceRecorded', data: { ...caseOf(state), meetingId, participants, recordedAt: command.now } }];
}

/** A reason must be true: a meeting that has its quorum cannot plead that it lacks. */
function defer(state: PlannedCase, command: Extract<CaseCommand, { readonly type: 'DeferCase' }>): CaseEvent[] {
  const { reason, now: deferredAt } = command;
  const attendees = attendeesOf(state, state.attendance, command.known.directory);
  const quorum = quorumFor(state, attendees);
  if (reason === 'DEFERRED_NO_QUORUM' && quorum.met) throw new DomainError('QUORUM_PRESENT', {}, 'reason');
  const { meetingId } = state;
  const told = { reason, missing: missingFrom(quorum), participants: participantsOf(attendees, quorum), deferredAt };
  return [{ type: 'CaseDeferred', data: { ...caseOf(state), meetingId, ...told } }];
}

function evolve(state: MeetingCase | undefined, event: CaseEvent): MeetingCase {
  if (event.type === 'CaseAsked') return { ...event.data, status: 'waiting', revision: 0 };
  invariant(state !== undefined, 'a case begins with being asked for');
  // Every change tells exactly one fact, so counting facts counts changes.
  const revision = state.revision + 1;
  switch (event.type) {
    case 'MeetingFound': {
      const meeting = event.data;
      return { ...state, status: 'planned', meetingId: meeting.meetingId, meeting, attendance: [] };
    }
    case 'CaseRegistered':
      return { ...state, revision };
    case 'AttendanceRecorded': {
      invariant(state.status === 'planned', 'attendance is of a planned case');
      const attendance = event.data.participants.map(({ practitionerId, mode }) => ({ practitionerId, mode }));
      return { ...state, attendance, revision };
    }
    case 'CaseDecided': {
      invariant(state.status === 'planned', 'a decided case was planned');
      const { decision, participants, signedBy, decidedAt, signedSha256 } = event.data;
      const orientation = event.data.orientation as Orientation; // `decideCase` checked it; the contract keeps any code
      const signed = { decision, orientation, participants, signedBy, decidedAt, signedSha256 };
      return { ...state, ...signed, status: 'decided', text: null, conformity: null, revision };
    }
    case 'DecisionWritten':
      invariant(state.status === 'decided', 'a text goes with a decision');
      return { ...state, ...event.data };
    case 'CaseDeferred': {
      invariant(state.status === 'planned', 'a deferred case was planned');
      const reason = event.data.reason as DeferralReason; // `decide` gave it; the contract keeps any code
      return { ...state, status: 'deferred', reason, deferredAt: event.data.deferredAt, revision };
    }
    case 'CaseWithdrawn': {
      const { reason, withdrawnAt } = event.data;
      return { ...state, status: 'withdrawn', reason, withdrawnAt, revision };
    }
  }
}

const factOf = (state: Dossier) => ({
  ...caseOf(state),
  ...(state.deviation === undefined ? {} : { deviation: state.deviation }),
});

function mustBePlanned(state: MeetingCase): PlannedCase {
  switch (state.status) {
    case 'planned':
      return state;
    case 'waiting':
      throw new DomainError('CASE_WITHOUT_MEETING');
    case 'decided':
      throw new DomainError('DECISION_SIGNED');
    case 'deferred':
    case 'withdrawn':
      throw new DomainError('STATE_CONFLICT', { state: state.status });
  }
}
