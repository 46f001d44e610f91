import { type Decider, DomainError, invariant } from '@ariane/kernel';

/** What a patient asks of the team from their own page. */
export const requestKinds = ['correct', 'meeting', 'move', 'reasons'] as const;
export type RequestKind = (typeof requestKinds)[number];

/**
 * A patient's wish in their own words: to have something in the file corrected (GDPR art. 16), to put a question to the
 * meeting, to have an appointment at another time than those proposed, or to be told the reasons of a decision (L. 1111-2 CSP: everyone is informed of their own state).
 */
export interface PatientRequest {
  readonly id: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly kind: RequestKind;
  readonly text: string;
  /** Who asked: the patient, or somebody whom the patient trusts. */
  readonly by: string;
  readonly at: string;
  /** The coordinator's task, which says whether it was seen to. */
  readonly taskId: string;
  readonly ownerId?: string;
  readonly dueAt: string;
  readonly answer?: Answer;
}

/** What somebody of the team wrote back, which the patient reads. */
interface Answer {
  readonly text: string;
  readonly by: string;
  readonly at: string;
}

export type RequestCommand =
  | { readonly type: 'AskTeam'; readonly request: PatientRequest }
  | { readonly type: 'AnswerPatient'; readonly answer: Answer };

export type RequestEvent =
  | { readonly type: 'TeamAsked'; readonly data: PatientRequest }
  | { readonly type: 'PatientAnswered'; readonly data: Answer };

/**
 * Asked once: the same id with other words is another wish. Answered once: what the patient has read stays.
 *
 * @throws ALREADY_EXISTS, NOT_FOUND, STATE_CONFLICT
 */
export const patientRequest: Decider<PatientRequest, RequestCommand, RequestEvent> = {
  decide(state, command) {
    if (command.type === 'AskTeam') {
      if (state !== undefined) throw new DomainError('ALREADY_EXISTS', {}, 'id');
      return [{ type: 'TeamAsked', data: command.request }];
    }
    if (state === undefined) throw new DomainError('NOT_FOUND');
    if (state.answer !== undefined) throw new DomainError('STATE_CONFLICT', { state: 'answered' });
    return [{ type: 'PatientAnswered', data: command.answer }];
  },
  evolve(state, event) {
    if (event.type === 'TeamAsked') return event.data;
    invariant(state !== undefined, 'what is answered was asked');
    return { ...state, answer: event.data };
  },
};

/** For professionals, in French, as every task's title. The patient's words stand in the request alone. */
export const requestTitles: Readonly<Record<RequestKind, string>> = {
  correct: 'Le patient demande une correction de son dossier',
  meeting: 'Le patient pose une question à la réunion',
  move: 'Le patient souhaite une autre date de rendez-vous',
  reasons: 'Le patient demande les raisons d’une décision',
};
