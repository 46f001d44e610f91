import type { CapitationEvent } from '@ariane/contracts';
import { type Decider, DomainError } from '@ariane/kernel';
import type { Entry, EntryDraft } from './entry';
import { append, emptyHead, type Head, type Increment, type PeriodIncrement } from './ledger';

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
  /** Closed months, `2026-02`. */
  readonly closed: readonly string[];
}

export type HeadCommand =
  | { readonly type: 'StartChain'; readonly territoryCode: string; readonly tz: string }
  | { readonly type: 'Post'; readonly drafts: readonly EntryDraft[]; readonly now: string };

export interface EntriesAppended {
  readonly type: 'EntriesAppended';
  readonly data: {
    readonly head: Head;
    readonly prevRoot: string;
    readonly entries: readonly Entry[];
    readonly balances: readonly Increment[];
    readonly periodBalances: readonly PeriodIncrement[];
  };
}

export type HeadEvent =
  | { readonly type: 'ChainStarted'; readonly data: { readonly territoryCode: string; readonly tz: string } }
  | EntriesAppended
  | Extract<CapitationEvent, { type: 'EntryPosted' }>;

/**
 * The head of a book: the one place where entries get their number and hash. The drafts of a command stand or fall
 * together. Their ids are unique by construction (a line's key and revision) and, at last, by the collection's index.
 */
export const heads: Decider<BookHead, HeadCommand, HeadEvent> = {
  decide: (state, command) => {
    if (command.type === 'StartChain') {
      return state ? [] : [{ type: 'ChainStarted', data: { territoryCode: command.territoryCode, tz: command.tz } }];
    }
    if (!state) throw new DomainError('NOT_FOUND');
    const { tz: timeZone, closed, seq, hash, rec, root } = state;
    const head: Head = { seq, hash, rec, root };
    const appended = append(
      { timeZone, head, existing: new Map(), closed: new Set(closed) },
      [command.drafts],
      command.now,
    );
    const [answer] = appended.answers;
    if (answer instanceof DomainError) throw answer;
    if (appended.entries.length === 0) return [];
    const data = {
      head: appended.head,
      prevRoot: head.root,
      entries: appended.entries,
      balances: appended.balances,
      periodBalances: appended.periodBalances,
    };
    return [{ type: 'EntriesAppended', data }, ...appended.entries.map(posted)];
  },
  evolve: (state, event) => {
    if (event.type === 'ChainStarted') return { ...emptyHead, ...event.data, closed: [] };
    if (!state) throw new Error('a chain is started before it grows');
    return event.type === 'EntriesAppended' ? { ...state, ...event.data.head } : state;
  },
};

function posted(entry: Entry): HeadEvent {
  const debits = entry.legs.filter((leg) => leg.d === 1);
  return {
    type: 'EntryPosted',
    data: {
      entryId: entry.id,
      book: entry.book,
      seq: Number(entry.seq),
      code: entry.code,
      effectiveAt: entry.eff,
      amountCents: debits.reduce((total, leg) => total + leg.amt, 0n).toString(),
      causeEventIds: [...entry.cause.eventIds],
    },
  };
}
