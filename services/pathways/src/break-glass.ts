import type { PathwaysEvent } from '@ariane/contracts';
import { type Decider, DomainError, epochOf, instantOf } from '@ariane/kernel';
import { sortable } from './pathway-time';

/** How long the file stays open, in ms. Source: the rule of this project, after the rule books of French hospitals. */
const OPEN_MS = 60 * 60_000;
/** When somebody must have judged it, in ms. Source: the same. */
const REVIEW_MS = 72 * 60 * 60_000;

export const breakGlassReasons = [
  'emergency-care',
  'colleague-unavailable',
  'patient-request',
  'other',
] as const satisfies readonly string[];
export const breakGlassOutcomes = ['justified', 'unjustified'] as const satisfies readonly string[];

export type BreakGlassReason = (typeof breakGlassReasons)[number];
export type BreakGlassOutcome = (typeof breakGlassOutcomes)[number];

/** That somebody from outside the care team opened a patient's pathways, why, and what was thought of it. */
export interface BreakGlass {
  readonly id: string;
  readonly patientId: string;
  /** The professional, by their id in the directory. */
  readonly by: string;
  readonly reason: BreakGlassReason;
  /** In their own words; sealed. */
  readonly text: string;
  readonly openedAt: string;
  /** Excluded, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly until: string;
  /** The pathways whose coordinators were told. */
  readonly pathwayIds: readonly string[];
  readonly status: 'to-review' | 'reviewed';
  /** By when it is to be reviewed; null once it was, or once it was told as overdue. */
  readonly dueAt: string | null;
  readonly overdue: boolean;
  readonly outcome?: BreakGlassOutcome;
  readonly reviewedBy?: string;
  readonly reviewedAt?: string;
  /** The reviewer's own words; sealed. */
  readonly note?: string;
}

export type BreakGlassCommand =
  | ({ readonly type: 'BreakGlass'; readonly now: string } & Pick<
      BreakGlass,
      'id' | 'patientId' | 'by' | 'reason' | 'text' | 'pathwayIds'
    >)
  | {
      readonly type: 'ReviewBreakGlass';
      readonly by: string;
      readonly outcome: BreakGlassOutcome;
      readonly note?: string;
      readonly now: string;
    }
  | { readonly type: 'TellOverdueReview'; readonly now: string };

type BreakGlassFact = Extract<
  PathwaysEvent,
  { type: 'BreakGlassOpened' | 'BreakGlassReviewed' | 'BreakGlassReviewOverdue' }
>;

export type BreakGlassEvent =
  | BreakGlassFact
  | {
      readonly type: 'BreakGlassExplained';
      readonly data: { readonly text: string; readonly pathwayIds: readonly string[] };
    }
  | { readonly type: 'BreakGlassNoted'; readonly data: { readonly note: string } };

type Review = Extract<BreakGlassCommand, { type: 'ReviewBreakGlass' }>;

/** Written with milliseconds, since it is compared as a text. */
const plusMs = (instant: string, ms: number): string => sortable(instantOf(epochOf(instant) + ms));

function opened({
  id,
  patientId,
  by,
  reason,
  text,
  pathwayIds,
  now,
}: Extract<BreakGlassCommand, { type: 'BreakGlass' }>) {
  const until = plusMs(now, OPEN_MS);
  const about = { breakGlassId: id, patientId, by, reason, openedAt: now, until, reviewDueAt: plusMs(now, REVIEW_MS) };
  const facts: readonly BreakGlassEvent[] = [
    { type: 'BreakGlassOpened', data: about },
    { type: 'BreakGlassExplained', data: { text, pathwayIds } },
  ];
  return facts;
}

function reviewed(state: BreakGlass, { by, outcome, note, now }: Review): readonly BreakGlassEvent[] {
  if (state.status === 'reviewed') throw new DomainError('STATE_CONFLICT', { state: state.status });
  // Nobody judges what they did themselves.
  if (state.by === by) throw new DomainError('FORBIDDEN');
  const { id: breakGlassId, patientId } = state;
  const fact: BreakGlassEvent = { type: 'BreakGlassReviewed', data: { breakGlassId, patientId, by, outcome, at: now } };
  return note === undefined ? [fact] : [fact, { type: 'BreakGlassNoted', data: { note } }];
}

/**
 * A file is opened in an emergency at once and judged afterwards, by somebody else.
 *
 * @throws DomainError ALREADY_EXISTS, NOT_FOUND, STATE_CONFLICT, FORBIDDEN
 */
function decide(state: BreakGlass | undefined, command: BreakGlassCommand): readonly BreakGlassEvent[] {
  if (command.type === 'BreakGlass') {
    if (state !== undefined) throw new DomainError('ALREADY_EXISTS', {}, 'id');
    return opened(command);
  }
  if (state === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
  if (command.type === 'ReviewBreakGlass') return reviewed(state, command);
  const { id: breakGlassId, patientId, dueAt } = state;
  if (dueAt === null || epochOf(dueAt) > epochOf(command.now)) return [];
  return [{ type: 'BreakGlassReviewOverdue', data: { breakGlassId, patientId, at: command.now } }];
}

function evolve(state: BreakGlass | undefined, event: BreakGlassEvent): BreakGlass {
  if (event.type === 'BreakGlassOpened') {
    const { breakGlassId: id, patientId, by, reason, openedAt, until, reviewDueAt: dueAt } = event.data;
    const known = { id, patientId, by, reason: reason as BreakGlassReason, openedAt, until, dueAt }; // of the command above
    return { ...known, text: '', pathwayIds: [], status: 'to-review', overdue: false };
  }
  if (state === undefined) throw new DomainError('NOT_FOUND');
  switch (event.type) {
    case 'BreakGlassExplained':
    case 'BreakGlassNoted':
      return { ...state, ...event.data };
    case 'BreakGlassReviewOverdue':
      return { ...state, overdue: true, dueAt: null };
    case 'BreakGlassReviewed': {
      const { by: reviewedBy, at: reviewedAt, outcome } = event.data;
      const judged = { outcome: outcome as BreakGlassOutcome, reviewedBy, reviewedAt }; // of the command above
      return { ...state, ...judged, status: 'reviewed', dueAt: null };
    }
  }
}

export const breakGlass: Decider<BreakGlass, BreakGlassCommand, BreakGlassEvent> = { decide, evolve };
