import type { CapitationEvent } from '@ariane/contracts';
import { type Decider, DomainError } from '@ariane/kernel';
import { monthAfter, monthStart } from './book-time';

/** What may be left over at the end of a month, each a count: acts not told, promises, contests, differences. */
export const closingItems = ['MISSING_EVIDENCE', 'PENDING_ENTRIES', 'OPEN_DISPUTES', 'UNPOSTED_DELTAS'] as const;
export type ClosingItem = (typeof closingItems)[number];
export type Checklist = Readonly<Record<ClosingItem, number>>;

/** Why a month is closed although something is left over. */
export interface Waiver {
  readonly item: ClosingItem;
  readonly reason: string;
}

/** One of the two. */
interface Approval {
  readonly by: string;
  readonly at: string;
}

/** A month of a book: prepared by one person, approved by two others, then sealed for good. */
export interface Period {
  readonly state: 'OPEN' | 'CLOSING' | 'CLOSED';
  readonly book: string;
  readonly month: string;
  readonly preparedBy: string | null;
  readonly preparedAt: string | null;
  readonly checklist: Checklist | null;
  readonly waivers: readonly Waiver[];
  readonly approvals: readonly Approval[];
  /** Set when it is closed: the book's last entry then, its hash, and the root of its batch. */
  readonly closedSeq: bigint | null;
  readonly hash: string | null;
  readonly root: string | null;
  readonly closedAt: string | null;
}

export type PeriodCommand =
  | {
      readonly type: 'PrepareClosing';
      readonly book: string;
      readonly month: string;
      readonly timeZone: string;
      readonly by: string;
      readonly now: string;
      readonly checklist: Checklist;
      readonly waivers: readonly Waiver[];
      /** The first open month that has entries, or null: months close in their order. */
      readonly earliestBooked: string | null;
    }
  | { readonly type: 'ApproveClosing'; readonly by: string; readonly now: string; readonly checklist: Checklist }
  | { readonly type: 'AbandonClosing' }
  | {
      readonly type: 'SealMonth';
      readonly seq: bigint;
      readonly hash: string;
      readonly root: string;
      readonly now: string;
    };

export type PeriodEvent =
  | {
      readonly type: 'ClosingPrepared';
      readonly data: Pick<Period, 'book' | 'month' | 'waivers'> & { by: string; at: string; checklist: Checklist };
    }
  | { readonly type: 'ClosingApproved'; readonly data: Approval & { readonly checklist: Checklist } }
  /** The second approval: the book is asked to close the month, which seals it in the same transaction. */
  | { readonly type: 'ClosingDecided'; readonly data: { readonly month: string; readonly now: string } }
  | { readonly type: 'ClosingAbandoned'; readonly data: Record<string, never> }
  | Extract<CapitationEvent, { type: 'PeriodClosed' }>;

/**
 * The close of a month. Any number of attempts by any number of people close it once: repeating what was done says
 * nothing, and a closed month stays as it was sealed.
 *
 * @throws PERIOD_NOT_OVER before local midnight, PERIOD_OUT_OF_ORDER, PERIOD_NOT_READY for what is left over without a
 *   reason, APPROVAL_SECOND_PERSON for who prepared, PERIOD_CLOSED, STATE_CONFLICT
 */
export const periods: Decider<Period, PeriodCommand, PeriodEvent> = {
  decide: (state, command) => {
    if (command.type === 'PrepareClosing') return prepared(state, command);
    if (!state) throw new DomainError('STATE_CONFLICT', { state: 'OPEN' });
    switch (command.type) {
      case 'ApproveClosing':
        return approved(state, command);
      case 'AbandonClosing':
        if (state.state === 'CLOSED') throw new DomainError('PERIOD_CLOSED', { month: state.month });
        return state.state === 'OPEN' ? [] : [{ type: 'ClosingAbandoned', data: {} }];
      case 'SealMonth': {
        const { seq, hash, root, now } = command;
        const { book, month } = state;
        const data = { book, month, closedSeq: Number(seq), hash, root, closedAt: now };
        return state.state === 'CLOSED' ? [] : [{ type: 'PeriodClosed', data }];
      }
    }
  },
  evolve,
};

function prepared(state: Period | undefined, command: PeriodCommand & { type: 'PrepareClosing' }): PeriodEvent[] {
  const { book, month, timeZone, by, now, checklist, waivers, earliestBooked } = command;
  if (state?.state === 'CLOSED') return [];
  if (Date.parse(now) < monthStart(monthAfter(month), timeZone)) throw new DomainError('PERIOD_NOT_OVER', { month });
  if (earliestBooked !== null && earliestBooked < month) {
    throw new DomainError('PERIOD_OUT_OF_ORDER', { month: earliestBooked });
  }
  checkReady(checklist, waivers);
  const isSame = state?.state === 'CLOSING' && JSON.stringify(state.waivers) === JSON.stringify(waivers);
  return isSame ? [] : [{ type: 'ClosingPrepared', data: { book, month, by, at: now, checklist, waivers } }];
}

function approved(state: Period, command: PeriodCommand & { type: 'ApproveClosing' }): readonly PeriodEvent[] {
  const { by, now, checklist } = command;
  if (state.state === 'CLOSED' || state.approvals.some((one) => one.by === by)) return [];
  if (state.state === 'OPEN') throw new DomainError('STATE_CONFLICT', { state: 'OPEN' });
  if (by === state.preparedBy) throw new DomainError('APPROVAL_SECOND_PERSON');
  checkReady(checklist, state.waivers);
  const one: PeriodEvent = { type: 'ClosingApproved', data: { by, at: now, checklist } };
  const isEnough = state.approvals.length + 1 >= APPROVALS;
  return isEnough ? [one, { type: 'ClosingDecided', data: { month: state.month, now } }] : [one];
}

/** Persons who must approve, none of whom prepared. */
const APPROVALS = 2;

function checkReady(checklist: Checklist, waivers: readonly Waiver[]): void {
  const left = closingItems.filter((item) => checklist[item] > 0 && !waivers.some((waiver) => waiver.item === item));
  if (left.length === 0) return;
  throw new DomainError('PERIOD_NOT_READY', { items: left.map((item) => `${item} ${checklist[item]}`).join(', ') });
}

const fresh = { approvals: [], closedSeq: null, hash: null, root: null, closedAt: null } as const;

function evolve(state: Period | undefined, event: PeriodEvent): Period {
  if (event.type === 'ClosingPrepared') {
    const { by: preparedBy, at: preparedAt, ...data } = event.data;
    return { ...fresh, ...data, state: 'CLOSING', preparedBy, preparedAt };
  }
  if (!state) throw new Error('a closing is prepared before anything else');
  switch (event.type) {
    case 'ClosingApproved': {
      const { by, at, checklist } = event.data;
      return { ...state, checklist, approvals: [...state.approvals, { by, at }] };
    }
    case 'ClosingDecided':
      return state;
    case 'ClosingAbandoned':
      return { ...state, ...fresh, state: 'OPEN', preparedBy: null, preparedAt: null };
    case 'PeriodClosed': {
      const { closedSeq, hash, root, closedAt } = event.data;
      return { ...state, state: 'CLOSED', closedSeq: BigInt(closedSeq), hash, root, closedAt };
    }
  }
}
