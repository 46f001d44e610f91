import type { EventOf, teleExpertiseEvents } from '@ariane/contracts';
import type { Decider } from '@ariane/kernel';
import { DomainError, epochOf, invariant } from '@ariane/kernel';
import { chooseExpert, type Known } from './expert-choice';
import { type Attachment, opinionSha256, type SignedOpinion } from './signed-opinion';

/** Who gives a command. A coordinator, or a service for pathways, acts for the patient's care and not as a doctor. */
export interface Author {
  readonly practitionerId?: string;
  readonly coordinates: boolean;
}

/** How soon the answer is needed. What threatens life is refused with a telephone number (H15). */
export const urgencies = ['routine', 'urgent', 'life-threatening'] as const;
export type Urgency = (typeof urgencies)[number];

interface Question {
  readonly requestId: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly stepKey: string;
  readonly specialty: string;
  readonly requesterId: string;
  /** The expert asked now. */
  readonly expertId: string;
  /** Experts asked before a redirection. */
  readonly formerExpertIds: readonly string[];
  readonly urgency: Urgency;
  readonly question: string;
  readonly attachments: readonly Attachment[];
  /** The answers that the pathway goes on with, as codes; any other is for whoever asked to read. */
  readonly conclusions?: readonly string[];
  readonly requestedAt: string;
  /** Instant from which the request is expired; a redirection does not move it. */
  readonly dueAt: string;
}

type Progress =
  | { readonly status: 'asked' }
  | { readonly status: 'accepted'; readonly acceptedAt: string }
  | { readonly status: 'declined'; readonly reason: string; readonly declinedAt: string }
  | {
      readonly status: 'given';
      readonly conclusion: string;
      readonly opinion: string;
      readonly givenAt: string;
      readonly signedSha256: string;
    }
  | { readonly status: 'expired'; readonly expiredAt: string }
  | { readonly status: 'cancelled'; readonly reason: string; readonly cancelledAt: string };

export type OpinionRequest = Question & Progress;
export type OpinionStatus = Progress['status'];

/** A request is open while an expert may still answer it. */
export const openStatuses = ['asked', 'accepted'] as const satisfies readonly OpinionStatus[];

export interface AskOpinion {
  readonly type: 'AskOpinion';
  readonly asked: Omit<Question, 'expertId' | 'formerExpertIds' | 'requestedAt'> & { readonly expertId?: string };
  readonly now: string;
  readonly known: Known;
}

export type OpinionCommand =
  | AskOpinion
  | { readonly type: 'AcceptRequest'; readonly by: Author; readonly now: string }
  | { readonly type: 'DeclineRequest'; readonly by: Author; readonly reason: string; readonly now: string }
  | {
      readonly type: 'RedirectRequest';
      readonly by: Author;
      readonly toExpertId: string;
      readonly reason: string;
      readonly now: string;
      readonly known: Known;
    }
  | {
      readonly type: 'AnswerRequest';
      readonly by: Author;
      readonly conclusion: string;
      readonly opinion: string;
      readonly now: string;
    }
  | { readonly type: 'CancelRequest'; readonly by: Author; readonly reason: string; readonly now: string }
  | { readonly type: 'EndWithPathway'; readonly now: string }
  /** The step it was asked for will not be done; nothing where it is not ours. */
  | { readonly type: 'EndWithStep'; readonly now: string }
  | { readonly type: 'ExpireRequest'; readonly now: string };

/** What is written down with a fact and does not leave the service: the texts. */
type InternalEvent =
  | { readonly type: 'QuestionWritten'; readonly data: Question }
  | { readonly type: 'OpinionWritten'; readonly data: { readonly opinion: string } };

type OpinionFact = Extract<EventOf<typeof teleExpertiseEvents>, { readonly type: `Opinion${string}` }>;

export type OpinionEvent = OpinionFact | InternalEvent;

export const opinionRequest: Decider<OpinionRequest, OpinionCommand, OpinionEvent> = { decide, evolve };

function decide(state: OpinionRequest | undefined, command: OpinionCommand): OpinionEvent[] {
  if (command.type === 'AskOpinion') {
    if (state !== undefined) throw new DomainError('ALREADY_EXISTS', {}, 'requestId');
    return ask(command);
  }
  if (state === undefined) {
    if (command.type === 'EndWithStep') return [];
    throw new DomainError('NOT_FOUND');
  }
  switch (command.type) {
    case 'AcceptRequest':
      mustBeTheExpert(state, command.by);
      mustBeOpen(state, command.now);
      if (state.status === 'accepted') return [];
      return [{ type: 'OpinionAccepted', data: { ...factOf(state), acceptedAt: command.now } }];
    case 'DeclineRequest':
      mustBeTheExpert(state, command.by);
      mustBeOpen(state, command.now);
      return [{ type: 'OpinionDeclined', data: { ...factOf(state), reason: command.reason, declinedAt: command.now } }];
    case 'RedirectRequest':
      return redirect(state, command);
    case 'AnswerRequest':
      return answer(state, command);
    case 'CancelRequest':
      if (!command.by.coordinates && command.by.practitionerId !== state.requesterId) {
        throw new DomainError('NOT_THE_REQUESTER');
      }
      mustBeOpen(state, command.now);
      return cancelled(state, command.reason, command.now);
    case 'EndWithPathway':
      return isOpen(state) ? cancelled(state, 'pathway-closed', command.now) : [];
    case 'EndWithStep':
      return isOpen(state) ? cancelled(state, 'step-dropped', command.now) : [];
    case 'ExpireRequest':
      if (!isOpen(state) || !isOverdue(state, command.now)) return [];
      return [{ type: 'OpinionExpired', data: { ...factOf(state), expiredAt: state.dueAt } }];
  }
}

function ask({ asked, known, now }: AskOpinion): OpinionEvent[] {
  if (asked.urgency === 'life-threatening') throw new DomainError('URGENCY_LIFE_THREATENING', {}, 'urgency');
  const expertId = chooseExpert(asked, known);
  const written: Question = { ...asked, expertId, formerExpertIds: [], requestedAt: now };
  const { requesterId, specialty, dueAt } = written;
  return [
    { type: 'QuestionWritten', data: written },
    { type: 'OpinionRequested', data: { ...factOf(written), requesterId, specialty, requestedAt: now, dueAt } },
  ];
}

function redirect(
  state: OpinionRequest,
  command: Extract<OpinionCommand, { type: 'RedirectRequest' }>,
): OpinionEvent[] {
  const { by, toExpertId, reason, now, known } = command;
  if (!by.coordinates) mustBeTheExpert(state, by);
  mustBeOpen(state, now);
  if (toExpertId === state.expertId) throw new DomainError('REDIRECTED_TO_SELF', {}, 'toExpertId');
  chooseExpert({ ...state, expertId: toExpertId }, known);
  const { expertId: fromExpertId, ...fact } = factOf(state);
  return [{ type: 'OpinionRedirected', data: { ...fact, fromExpertId, toExpertId, reason, redirectedAt: now } }];
}

/** An answer needs no acceptance first: it is one. */
function answer(state: OpinionRequest, command: Extract<OpinionCommand, { type: 'AnswerRequest' }>): OpinionEvent[] {
  mustBeTheExpert(state, command.by);
  mustBeOpen(state, command.now);
  const { conclusion, opinion, now: givenAt } = command;
  const signedSha256 = opinionSha256({ ...state, conclusion, text: opinion, givenAt });
  const { requesterId } = state;
  return [
    { type: 'OpinionGiven', data: { ...factOf(state), requesterId, conclusion, givenAt, signedSha256 } },
    { type: 'OpinionWritten', data: { opinion } },
  ];
}

const cancelled = (state: OpinionRequest, reason: string, cancelledAt: string): OpinionEvent[] => [
  { type: 'OpinionCancelled', data: { ...factOf(state), reason, cancelledAt } },
];

function evolve(state: OpinionRequest | undefined, event: OpinionEvent): OpinionRequest {
  if (event.type === 'QuestionWritten') return { ...event.data, status: 'asked' };
  invariant(state !== undefined, 'a request begins with its question');
  const question = questionOf(state);
  switch (event.type) {
    case 'OpinionRequested':
      return state;
    case 'OpinionAccepted':
      return { ...question, status: 'accepted', acceptedAt: event.data.acceptedAt };
    case 'OpinionDeclined':
      return { ...question, status: 'declined', reason: event.data.reason, declinedAt: event.data.declinedAt };
    case 'OpinionRedirected': {
      const formerExpertIds = [...state.formerExpertIds, event.data.fromExpertId];
      return { ...question, status: 'asked', expertId: event.data.toExpertId, formerExpertIds };
    }
    case 'OpinionGiven': {
      const { conclusion, givenAt, signedSha256 } = event.data;
      return { ...question, status: 'given', opinion: '', conclusion, givenAt, signedSha256 };
    }
    case 'OpinionWritten':
      invariant(state.status === 'given', 'a text goes with a given opinion');
      return { ...state, opinion: event.data.opinion };
    case 'OpinionExpired':
      return { ...question, status: 'expired', expiredAt: event.data.expiredAt };
    case 'OpinionCancelled':
      return { ...question, status: 'cancelled', reason: event.data.reason, cancelledAt: event.data.cancelledAt };
  }
}

/** The signed content of a given opinion as it is stored, to be checked against its SHA-256; else undefined. */
export function signedOpinionOf(state: OpinionRequest): SignedOpinion | undefined {
  if (state.status !== 'given') return undefined;
  return { ...state, text: state.opinion };
}

const isOpen = ({ status }: OpinionRequest): boolean => openStatuses.some((open) => open === status);

const isOverdue = ({ dueAt }: OpinionRequest, now: string): boolean => epochOf(now) >= epochOf(dueAt);

function mustBeOpen(state: OpinionRequest, now: string): void {
  if (state.status === 'given') throw new DomainError('OPINION_SIGNED');
  if (!isOpen(state)) throw new DomainError('STATE_CONFLICT', { state: state.status });
  // The deadline holds even where the sweep has not passed yet, so that no race decides between answer and expiry.
  if (isOverdue(state, now)) throw new DomainError('OPINION_OVERDUE');
}

function mustBeTheExpert(state: OpinionRequest, by: Author): void {
  if (by.practitionerId !== state.expertId) throw new DomainError('NOT_THE_EXPERT');
}

const factOf = ({ requestId, pathwayId, patientId, stepKey, expertId }: Question) => ({
  requestId,
  pathwayId,
  patientId,
  stepKey,
  expertId,
});

function questionOf(state: OpinionRequest): Question {
  const { requestId, pathwayId, patientId, stepKey, specialty, requesterId, expertId, formerExpertIds } = state;
  const { urgency, question, attachments, conclusions, requestedAt, dueAt } = state;
  const ids = { requestId, pathwayId, patientId, stepKey, specialty, requesterId, expertId, formerExpertIds };
  const answers = conclusions === undefined ? {} : { conclusions };
  return { ...ids, urgency, question, attachments, ...answers, requestedAt, dueAt };
}
