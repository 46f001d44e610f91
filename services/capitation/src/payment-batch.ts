import { type Decider, DomainError } from '@ariane/kernel';
import { payable } from './accounts';
import type { EntryDraft } from './entry';

/** Money that has left the books and not yet the bank. */
const inTransit = 'assets:bank-transit';
const bank = 'assets:bank';

/** One payment of a batch. The end-to-end id is what the bank gives back; it says nothing of anybody. */
export interface PaymentItem {
  readonly party: string;
  readonly amountCents: bigint;
  readonly endToEndId: string;
  readonly state: 'OPEN' | 'PAID' | 'RETURNED';
  readonly bankRef: string | null;
}

/** Payments that go to the bank together: prepared by one, approved by two others, then posted and sent. */
export interface PaymentBatch {
  readonly state: 'DRAFT' | 'APPROVED' | 'WITHDRAWN';
  readonly book: string;
  readonly executionDate: string;
  readonly preparedBy: string;
  readonly approvals: readonly { readonly by: string; readonly at: string }[];
  readonly items: readonly PaymentItem[];
}

export type PaymentBatchCommand =
  | {
      readonly type: 'PrepareBatch';
      readonly id: string;
      readonly book: string;
      readonly executionDate: string;
      readonly due: readonly { readonly party: string; readonly amountCents: bigint }[];
      readonly by: string;
    }
  | {
      readonly type: 'ApproveBatch';
      readonly by: string;
      readonly now: string;
      readonly requestId: string;
      /** What each party is owed now, in cents, and whether it has confirmed bank details. */
      readonly owed: ReadonlyMap<string, bigint>;
      readonly payable: ReadonlySet<string>;
    }
  | { readonly type: 'WithdrawBatch' }
  /** What the bank says of one payment. */
  | {
      readonly type: 'HearBank';
      readonly endToEndId: string;
      readonly outcome: 'PAID' | 'RETURNED';
      readonly amountCents: bigint;
      readonly at: string;
      /** The bank’s own reference of the movement, and the request that brought it. */
      readonly bankRef: string;
      readonly requestId: string;
      readonly now: string;
    };

export type PaymentBatchEvent =
  | {
      readonly type: 'BatchPrepared';
      readonly data: Pick<PaymentBatch, 'book' | 'executionDate' | 'items'> & { readonly by: string };
    }
  | { readonly type: 'BatchApproved'; readonly data: { readonly by: string; readonly at: string } }
  | { readonly type: 'BatchReleased'; readonly data: { readonly drafts: readonly EntryDraft[]; readonly now: string } }
  | { readonly type: 'BatchWithdrawn'; readonly data: Record<string, never> }
  | {
      readonly type: 'PaymentSettled';
      readonly data: {
        readonly endToEndId: string;
        readonly outcome: 'PAID' | 'RETURNED';
        readonly bankRef: string;
        readonly drafts: readonly EntryDraft[];
        readonly now: string;
      };
    };

/** Persons who must approve, none of whom prepared. */
const APPROVALS = 2;

/**
 * The life of a payment batch. Nothing is posted before the second approval; a party is in one draft at a time (the
 * store claims it), is never paid more than it is owed when it is approved, and never on unconfirmed bank details.
 *
 * @throws NOT_FOUND, STATE_CONFLICT, APPROVAL_SECOND_PERSON, NOTHING_OWED, PAYMENT_NOT_OWED, BANK_DETAILS_MISSING,
 *   BANK_AMOUNT_DIFFERS
 */
export const paymentBatches: Decider<PaymentBatch, PaymentBatchCommand, PaymentBatchEvent> = {
  decide: (state, command) => {
    if (command.type === 'PrepareBatch') {
      if (state) return [];
      const { id, book, executionDate, due, by } = command;
      const items = due
        .filter(({ amountCents }) => amountCents > 0n)
        .map((one, index): PaymentItem => ({
          ...one,
          endToEndId: `${id.replaceAll('-', '').slice(0, 26)}.${index + 1}`,
          state: 'OPEN',
          bankRef: null,
        }));
      if (items.length === 0) throw new DomainError('NOTHING_OWED');
      return [{ type: 'BatchPrepared', data: { book, executionDate, items, by } }];
    }
    if (!state) throw new DomainError('NOT_FOUND');
    switch (command.type) {
      case 'ApproveBatch':
        return approved(state, command);
      case 'WithdrawBatch':
        if (state.state === 'APPROVED') throw new DomainError('STATE_CONFLICT', { state: state.state });
        return state.state === 'WITHDRAWN' ? [] : [{ type: 'BatchWithdrawn', data: {} }];
      case 'HearBank':
        return heard(state, command);
    }
  },
  evolve,
};

function approved(
  state: PaymentBatch,
  command: PaymentBatchCommand & { type: 'ApproveBatch' },
): readonly PaymentBatchEvent[] {
  const { by, now, owed, requestId } = command;
  if (state.state === 'WITHDRAWN') throw new DomainError('STATE_CONFLICT', { state: state.state });
  if (state.state === 'APPROVED' || state.approvals.some((one) => one.by === by)) return [];
  if (by === state.preparedBy) throw new DomainError('APPROVAL_SECOND_PERSON');
  for (const { party, amountCents } of state.items) {
    if ((owed.get(party) ?? 0n) < amountCents) throw new DomainError('PAYMENT_NOT_OWED', { party });
    if (!command.payable.has(party)) throw new DomainError('BANK_DETAILS_MISSING', { party });
  }
  const one: PaymentBatchEvent = { type: 'BatchApproved', data: { by, at: now } };
  if (state.approvals.length + 1 < APPROVALS) return [one];
  const drafts = state.items.map(({ party, amountCents, endToEndId }) =>
    entry(`pay-${endToEndId}`, state.book, 'PAYMENT', now, [payable(party), inTransit], amountCents, requestId),
  );
  return [one, { type: 'BatchReleased', data: { drafts, now } }];
}

function heard(state: PaymentBatch, command: PaymentBatchCommand & { type: 'HearBank' }): readonly PaymentBatchEvent[] {
  const { endToEndId, outcome, amountCents, at, bankRef, requestId, now } = command;
  const item = state.items.find((one) => one.endToEndId === endToEndId);
  if (!item || state.state !== 'APPROVED') throw new DomainError('NOT_FOUND');
  if (item.amountCents !== amountCents) throw new DomainError('BANK_AMOUNT_DIFFERS');
  if (item.state === outcome || item.state === 'RETURNED') return [];
  const post = (code: string, accounts: readonly [string, string]): EntryDraft =>
    entry(`bank-${endToEndId}-${outcome.toLowerCase()}`, state.book, code, at, accounts, amountCents, requestId);
  const from = item.state === 'PAID' ? bank : inTransit;
  const draft =
    outcome === 'PAID' ? post('BANK', [inTransit, bank]) : post('PAYMENT_RETURNED', [from, payable(item.party)]);
  return [{ type: 'PaymentSettled', data: { endToEndId, outcome, bankRef, drafts: [draft], now } }];
}

function entry(
  id: string,
  book: string,
  code: string,
  eff: string,
  [debit, credit]: readonly [string, string],
  amt: bigint,
  cause: string,
): EntryDraft {
  const legs = [
    { a: debit, d: 1 as const, amt },
    { a: credit, d: -1 as const, amt },
  ];
  return { id, book, code, eff, legs, contract: null, line: null, cause: { eventIds: [cause] }, reverses: null };
}

function evolve(state: PaymentBatch | undefined, event: PaymentBatchEvent): PaymentBatch {
  if (event.type === 'BatchPrepared') {
    const { by: preparedBy, ...data } = event.data;
    return { ...data, preparedBy, state: 'DRAFT', approvals: [] };
  }
  if (!state) throw new Error('a batch is prepared before anything else');
  switch (event.type) {
    case 'BatchApproved':
      return { ...state, approvals: [...state.approvals, event.data] };
    case 'BatchReleased':
      return { ...state, state: 'APPROVED' };
    case 'BatchWithdrawn':
      return { ...state, state: 'WITHDRAWN' };
    case 'PaymentSettled': {
      const { endToEndId, outcome, bankRef } = event.data;
      return {
        ...state,
        items: state.items.map((one) => (one.endToEndId === endToEndId ? { ...one, state: outcome, bankRef } : one)),
      };
    }
  }
}
