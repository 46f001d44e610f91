import { type Decider, DomainError } from '@ariane/kernel';

/** What a patient asks of the team from their own page. */
export const requestKinds = ['correct', 'meeting', 'reasons'] as const;
export type RequestKind = (typeof requestKinds)[number];

/**
 * A patient's wish in their own words: to have something in the file corrected (GDPR art. 16), to put a question to the
 * meeting, or to be told the reasons of a decision (L. 1111-2 CSP: everyone is informed of their own state).
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
}

export interface AskTeam {
  readonly type: 'AskTeam';
  readonly request: PatientRequest;
}

export interface TeamAsked {
  readonly type: 'TeamAsked';
  readonly data: PatientRequest;
}

/** Asked once; the same id with other words is another wish. */
export const patientRequest: Decider<PatientRequest, AskTeam, TeamAsked> = {
  decide(state, { request }) {
    if (state !== undefined) throw new DomainError('ALREADY_EXISTS', {}, 'id');
    return [{ type: 'TeamAsked', data: request }];
  },
  evolve: (_, { data }) => data,
};

/** For professionals, in French, as every task's title. The patient's words stand in the request alone. */
export const requestTitles: Readonly<Record<RequestKind, string>> = {
  correct: 'Le patient demande une correction de son dossier',
  meeting: 'Le patient pose une question à la réunion',
  reasons: 'Le patient demande les raisons d’une décision',
};
