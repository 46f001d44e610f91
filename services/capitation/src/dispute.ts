import { type Decider, DomainError } from '@ariane/kernel';
import { payable } from './accounts';
import type { Entry, EntryDraft, Leg } from './entry';

/** A line of a statement that somebody contests, and what became of it. Reason and answer are people's words: sealed. */
export interface Dispute {
  readonly state: 'OPEN' | 'ANSWERED' | 'UPHELD' | 'REJECTED';
  readonly book: string;
  readonly entryId: string;
  /** The month the contested entry is booked in. */
  readonly period: string;
  readonly party: string;
  readonly raisedBy: string;
  readonly raisedAt: string;
  readonly reason: string;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  /** The entry that the outcome posted, or null when it moved nothing. */
  readonly deltaEntryId: string | null;
}

export type DisputeCommand =
  | {
      readonly type: 'Contest';
      readonly entry: Pick<Entry, 'id' | 'book' | 'period'>;
      readonly party: string;
      readonly reason: string;
      readonly by: string;
      readonly now: string;
    }
  | { readonly type: 'Answer'; readonly answer: string; readonly by: string; readonly now: string }
  | {
      readonly type: 'Decide';
      readonly disputeId: string;
      readonly outcome: 'UPHELD' | 'REJECTED';
      readonly entry: Entry;
      /** What the party gets more (or less, below zero): only with UPHELD, zero where the source was corrected. */
      readonly deltaCents: bigint;
      readonly by: string;
      readonly now: string;
    };

export type DisputeEvent =
  | {
      readonly type: 'Contested';
      readonly data: Pick<Dispute, 'book' | 'entryId' | 'period' | 'party' | 'raisedBy' | 'raisedAt' | 'reason'>;
    }
  | { readonly type: 'Answered'; readonly data: { readonly answer: string; readonly by: string } }
  | {
      readonly type: 'Decided';
      readonly data: {
        readonly outcome: 'UPHELD' | 'REJECTED';
        readonly by: string;
        readonly at: string;
        readonly draft: EntryDraft | null;
      };
    };

/**
 * A contest: raised with a reason, answered, decided by somebody else than who raised it. What is upheld is paid by a
 * new entry between the contested entry's accounts; the contested entry stands.
 *
 * @throws NOT_FOUND, STATE_CONFLICT, APPROVAL_SECOND_PERSON, DISPUTE_NOT_OF_PARTY, DISPUTE_DELTA
 */
export const disputes: Decider<Dispute, DisputeCommand, DisputeEvent> = {
  decide: (state, command) => {
    if (command.type === 'Contest') {
      if (state) return [];
      const { entry, party, reason, by: raisedBy, now: raisedAt } = command;
      const { id: entryId, book, period } = entry;
      return [{ type: 'Contested', data: { book, entryId, period, party, raisedBy, raisedAt, reason } }];
    }
    if (!state) throw new DomainError('NOT_FOUND');
    const isOver = state.state === 'UPHELD' || state.state === 'REJECTED';
    if (command.type === 'Answer') {
      if (isOver) throw new DomainError('STATE_CONFLICT', { state: state.state });
      const { answer, by } = command;
      return state.answer === answer ? [] : [{ type: 'Answered', data: { answer, by } }];
    }
    const { outcome, by, now: at } = command;
    if (isOver && state.state === outcome) return [];
    if (isOver) throw new DomainError('STATE_CONFLICT', { state: state.state });
    if (by === state.raisedBy) throw new DomainError('APPROVAL_SECOND_PERSON');
    return [{ type: 'Decided', data: { outcome, by, at, draft: deltaOf(state, command) } }];
  },
  evolve: (state, event) => {
    if (event.type === 'Contested') {
      const none = { answer: null, answeredBy: null, decidedBy: null, decidedAt: null, deltaEntryId: null };
      return { ...event.data, ...none, state: 'OPEN' };
    }
    if (!state) throw new Error('a dispute is raised before anything else');
    if (event.type === 'Answered') {
      return { ...state, state: 'ANSWERED', answer: event.data.answer, answeredBy: event.data.by };
    }
    const { outcome, by: decidedBy, at: decidedAt, draft } = event.data;
    return { ...state, state: outcome, decidedBy, decidedAt, deltaEntryId: draft?.id ?? null };
  },
};

function deltaOf(
  { party, book }: Dispute,
  { disputeId, outcome, entry, deltaCents }: DisputeCommand & { type: 'Decide' },
): EntryDraft | null {
  if (outcome === 'REJECTED' && deltaCents !== 0n) throw new DomainError('DISPUTE_DELTA');
  if (deltaCents === 0n) return null;
  const legs = legsBetween(entry.legs, payable(party), deltaCents);
  return {
    ...{ id: `dispute-${disputeId}`, book, code: 'DISPUTE_OUTCOME', eff: entry.eff, legs },
    ...{ contract: entry.contract, line: null, cause: { eventIds: [disputeId] }, reverses: null },
  };
}

/** The party is credited with what it gets more; the entry's other account gives it. */
function legsBetween(legs: readonly Leg[], account: string, deltaCents: bigint): readonly Leg[] {
  const own = legs.find((leg) => leg.a === account);
  const other = legs.find((leg) => leg.a !== account);
  if (legs.length !== 2 || !own || !other) throw new DomainError('DISPUTE_NOT_OF_PARTY');
  const amt = deltaCents > 0n ? deltaCents : -deltaCents;
  const side = (more: 1 | -1): 1 | -1 => (deltaCents > 0n ? more : more === 1 ? -1 : 1);
  return [
    { ...other, d: side(1), amt },
    { ...own, d: side(-1), amt },
  ];
}
