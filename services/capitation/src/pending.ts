import { type Decider, DomainError } from '@ariane/kernel';
import type { EntryDraft, Leg } from './entry';

/** A promised amount: an entry that is pending until it is posted, in whole or in part, or voided. Never both. */
export interface Pending {
  readonly state: 'OPEN' | 'POSTED' | 'VOIDED';
  readonly book: string;
  readonly draft: EntryDraft;
  /** When it should be resolved, and from when nobody waits for it any more: civil instants. */
  readonly dueAt: string;
  readonly expiresAt: string;
  readonly resolvedBy: string | null;
}

/** What is asked of a pending entry. `line` is the calculation's own line and its reason, where one asks. */
export type PendingStep =
  | { readonly type: 'Promise'; readonly draft: EntryDraft; readonly dueAt: string; readonly expiresAt: string }
  /** `amountCents` per leg; absent: all of it. Only what has two legs may be posted in part. */
  | {
      readonly type: 'Fulfil';
      readonly amountCents?: bigint;
      readonly eff: string;
      readonly cause: readonly string[];
      readonly line?: EntryDraft['line'];
    }
  | { readonly type: 'Release'; readonly cause: readonly string[]; readonly line?: EntryDraft['line'] }
  /** What time does when nobody else did: a release that needs the expiry to be over. */
  | { readonly type: 'Expire' };

export type PendingCommand = PendingStep & { readonly now: string };

export type PendingEvent =
  | { readonly type: 'Promised'; readonly data: Pick<Pending, 'draft' | 'dueAt' | 'expiresAt'> & { now: string } }
  | {
      readonly type: 'Resolved';
      readonly data: { readonly draft: EntryDraft; readonly state: 'POSTED' | 'VOIDED'; readonly now: string };
    };

/**
 * The life of a pending entry. It resolves at most once: a second resolution of the same kind says nothing, another is
 * refused.
 *
 * @throws NOT_FOUND, PENDING_RESOLVED, PENDING_NOT_EXPIRED, PENDING_EXCEEDED
 */
export const pendings: Decider<Pending, PendingCommand, PendingEvent> = {
  decide: (state, command) => {
    if (command.type === 'Promise') {
      const { draft, dueAt, expiresAt, now } = command;
      const data = { draft: { ...draft, status: 'PENDING' as const }, dueAt, expiresAt, now };
      return state ? [] : [{ type: 'Promised', data }];
    }
    if (!state) throw new DomainError('NOT_FOUND');
    const { now } = command;
    switch (command.type) {
      case 'Fulfil': {
        if (state.state === 'POSTED') return [];
        if (state.state === 'VOIDED') throw new DomainError('PENDING_RESOLVED');
        const { eff, cause, amountCents, line } = command;
        const draft = { ...resolution(state.draft, 'POST', partOf(state.draft.legs, amountCents), cause, line), eff };
        return [{ type: 'Resolved', data: { draft, state: 'POSTED', now } }];
      }
      case 'Expire':
        if (Date.parse(now) < Date.parse(state.expiresAt)) throw new DomainError('PENDING_NOT_EXPIRED');
        return voided(state, state.draft.cause.eventIds, now);
      case 'Release':
        return voided(state, command.cause, now, command.line);
    }
  },
  evolve: (state, event) => {
    if (event.type === 'Promised') {
      const { draft, dueAt, expiresAt } = event.data;
      return { state: 'OPEN', book: draft.book, draft, dueAt, expiresAt, resolvedBy: null };
    }
    if (!state) throw new Error('a pending entry is promised before it is resolved');
    return { ...state, state: event.data.state, resolvedBy: event.data.draft.id };
  },
};

function voided(
  state: Pending,
  cause: readonly string[],
  now: string,
  line?: EntryDraft['line'],
): readonly PendingEvent[] {
  if (state.state === 'VOIDED') return [];
  if (state.state === 'POSTED') throw new DomainError('PENDING_RESOLVED');
  const draft = resolution(state.draft, 'VOID', state.draft.legs, cause, line);
  return [{ type: 'Resolved', data: { draft, state: 'VOIDED', now } }];
}

function resolution(
  pending: EntryDraft,
  status: 'POST' | 'VOID',
  legs: readonly Leg[],
  cause: readonly string[],
  line: EntryDraft['line'] = pending.line && { ...pending.line, rev: pending.line.rev + 1 },
): EntryDraft {
  return {
    ...pending,
    // One name for both, so that the collection itself refuses the second.
    id: `${pending.id}-resolved`,
    status,
    legs,
    line,
    resolves: { id: pending.id, legs: pending.legs },
    cause: { eventIds: [...new Set(cause)].sort() },
  };
}

function partOf(legs: readonly Leg[], amountCents: bigint | undefined): readonly Leg[] {
  if (amountCents === undefined) return legs;
  const isPart = legs.length === 2 && legs.every(({ amt }) => amountCents > 0n && amountCents <= amt);
  if (!isPart) throw new DomainError('PENDING_EXCEEDED');
  return legs.map((leg) => ({ ...leg, amt: amountCents }));
}
