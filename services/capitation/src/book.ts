import type { CapitationEvent } from '@ariane/contracts';
import { type Decider, DomainError } from '@ariane/kernel';
import type { Entry, EntryDraft } from './entry';
import type { Guard } from './guard';
import { append, emptyHead, type Head, type Increment, incrementsOf } from './ledger';

/** A book of accounts of one holder, in one currency and one time zone. */
export interface Book {
  readonly territoryCode: string;
  readonly currency: string;
  readonly scale: 2;
  readonly tz: string;
  readonly holder: string;
  readonly state: 'OPEN';
  readonly openedAt: string;
}

export interface OpenBook extends Pick<Book, 'territoryCode' | 'currency' | 'tz' | 'holder'> {
  readonly type: 'OpenBook';
  readonly now: string;
}

export interface BookOpened {
  readonly type: 'BookOpened';
  readonly data: Book;
}

/** Opening a book again as it is changes nothing; as another is refused: ALREADY_EXISTS. */
export const books: Decider<Book, OpenBook, BookOpened> = {
  decide: (state, { territoryCode, currency, tz, holder, now }) => {
    if (!state) {
      return [
        { type: 'BookOpened', data: { territoryCode, currency, scale: 2, tz, holder, state: 'OPEN', openedAt: now } },
      ];
    }
    if (state.currency !== currency || state.tz !== tz || state.holder !== holder) {
      throw new DomainError('ALREADY_EXISTS');
    }
    return [];
  },
  evolve: (_, event) => event.data,
};

/** Where a book's chain of entries stands, and what posting needs to know of the book. */
export interface BookHead extends Head {
  readonly territoryCode: string;
  readonly tz: string;
  /** The last closed month, `2026-02`; absent from heads of before months were closed. */
  readonly closedThrough?: string | null;
  /** Accounts whose balance has a bound; few, for each costs a read and a write in every batch that touches it. */
  readonly guarded?: readonly string[];
}

export type HeadCommand =
  | { readonly type: 'StartChain'; readonly territoryCode: string; readonly tz: string }
  | { readonly type: 'Post'; readonly drafts: readonly EntryDraft[]; readonly now: string }
  | { readonly type: 'CloseMonth'; readonly month: string; readonly now: string }
  | {
      readonly type: 'GuardAccount';
      readonly account: string;
      readonly guard: Guard;
      /** What stands on the account at this number of the book: refused when the book has moved on since. */
      readonly asOfSeq: bigint;
      readonly balance: Omit<Increment, 'account' | 'n' | 'lastSeq'>;
    };

export interface EntriesAppended {
  readonly type: 'EntriesAppended';
  readonly data: {
    readonly head: Head;
    readonly entries: readonly Entry[];
    /** What the entries add to guarded accounts. */
    readonly guarded: readonly Increment[];
  };
}

/** What is sealed when a month is closed: the last entry's number and hash, and the root of its batch. */
interface MonthClosed {
  readonly type: 'MonthClosed';
  readonly data: {
    readonly month: string;
    readonly seq: bigint;
    readonly hash: string;
    readonly root: string;
    readonly now: string;
  };
}

export type HeadEvent =
  | { readonly type: 'ChainStarted'; readonly data: { readonly territoryCode: string; readonly tz: string } }
  | EntriesAppended
  | MonthClosed
  | {
      readonly type: 'AccountGuarded';
      readonly data: Pick<HeadCommand & { readonly type: 'GuardAccount' }, 'account' | 'guard' | 'balance'>;
    }
  | EntriesPosted;

/**
 * The head of a book: the one place where entries get their number and hash, and where a month closes, so that no entry
 * is booked in a month that was closed before it. The drafts of a command stand or fall together. Their ids are unique
 * by construction (a line's key and revision) and, at last, by the collection's index.
 */
export const heads: Decider<BookHead, HeadCommand, HeadEvent> = {
  decide: (state, command) => {
    if (command.type === 'StartChain') {
      return state ? [] : [{ type: 'ChainStarted', data: { territoryCode: command.territoryCode, tz: command.tz } }];
    }
    if (!state) throw new DomainError('NOT_FOUND');
    switch (command.type) {
      case 'Post':
        return appended(state, command.drafts, command.now);
      case 'CloseMonth': {
        const { month, now } = command;
        const { seq, hash, root, closedThrough = null } = state;
        if (closedThrough !== null && month <= closedThrough) return [];
        return [{ type: 'MonthClosed', data: { month, seq, hash, root, now } }];
      }
      case 'GuardAccount': {
        const { account, guard, balance, asOfSeq } = command;
        if (state.guarded?.includes(account)) return [];
        if (state.seq !== asOfSeq) throw new DomainError('VERSION_CONFLICT');
        return [{ type: 'AccountGuarded', data: { account, guard, balance } }];
      }
    }
  },
  evolve: (state, event) => {
    if (event.type === 'ChainStarted') return { ...emptyHead, ...event.data, closedThrough: null, guarded: [] };
    if (!state) throw new Error('a chain is started before it grows');
    switch (event.type) {
      case 'EntriesAppended':
        return { ...state, ...event.data.head };
      case 'MonthClosed':
        return { ...state, closedThrough: event.data.month };
      case 'AccountGuarded':
        return { ...state, guarded: [...(state.guarded ?? []), event.data.account].sort() };
      case 'EntriesPosted':
        return state;
    }
  },
};

function appended(state: BookHead, drafts: readonly EntryDraft[], now: string): readonly HeadEvent[] {
  const { tz: timeZone, closedThrough = null, guarded = [], seq, hash, rec, root } = state;
  const head: Head = { seq, hash, rec, root };
  const made = append({ timeZone, head, existing: new Map(), closedThrough }, [drafts], now);
  const [answer] = made.answers;
  if (answer instanceof DomainError) throw answer;
  if (made.entries.length === 0) return [];
  const { entries } = made;
  const moved = guarded.length === 0 ? [] : incrementsOf(entries).filter(({ account }) => guarded.includes(account));
  const data = { head: made.head, entries, guarded: moved };
  // What is only promised or taken back from what was promised is no posting that others should hear of.
  const heard = entries.filter(({ status }) => status === 'POSTED' || status === 'POST');
  return [{ type: 'EntriesAppended', data }, ...posted(heard)];
}

/** Entries in one fact: a fact of so many stays far below what a message may hold. */
const ENTRIES_PER_FACT = 500;

type EntriesPosted = Extract<CapitationEvent, { type: 'EntriesPosted' }>;

/** What others hear of a posting: one fact for all its entries, or as many as they need. */
function posted(entries: readonly Entry[]): readonly EntriesPosted[] {
  const [first] = entries;
  if (!first) return [];
  const data = { book: first.book, entries: entries.slice(0, ENTRIES_PER_FACT).map(toldOf) };
  return [{ type: 'EntriesPosted', data }, ...posted(entries.slice(ENTRIES_PER_FACT))];
}

/** Postings that commit together are told as one. */
export function toldTogether(earlier: HeadEvent, later: HeadEvent): EntriesPosted | undefined {
  if (earlier.type !== 'EntriesPosted' || later.type !== 'EntriesPosted') return undefined;
  const entries = [...earlier.data.entries, ...later.data.entries];
  return entries.length > ENTRIES_PER_FACT ? undefined : { ...earlier, data: { ...earlier.data, entries } };
}

const toldOf = ({ id, seq, code, eff, legs, cause }: Entry) => ({
  entryId: id,
  seq: Number(seq),
  code,
  effectiveAt: eff,
  amountCents: legs.reduce((total, { d, amt }) => (d === 1 ? total + amt : total), 0n).toString(),
  causeEventIds: [...cause.eventIds],
});
