import type { Aggregate, Companion, Effect } from '@ariane/store';
import { effect } from '@ariane/store';
import { capitationEvents } from '@ariane/contracts';
import { normalSide } from './accounts';
import {
  type Book,
  type BookHead,
  type BookOpened,
  books,
  type EntriesAppended,
  type HeadCommand,
  type HeadEvent,
} from './book';
import { heads, type OpenBook } from './book';
import type { Entry } from './entry';
import type { Increment } from './ledger';
import { type LineMoved, lines, type MoveLine, type StoredLine } from './line';
import type { Run } from './settle';

export const ENTRIES = 'entries';
export const BALANCES = 'balances';
export const PERIOD_BALANCES = 'periodBalances';
export const EXPLAINS = 'explains';
export const EVIDENCE = 'evidence';

/** Collections that are written beside aggregates, with the indexes their readers need. */
export const ledgerCollections = [
  {
    collection: ENTRIES,
    indexes: [
      { keys: { book: 1, seq: 1 }, unique: true },
      { keys: { 'legs.a': 1, eff: 1 } },
      { keys: { 'legs.a': 1, seq: 1 } },
      { keys: { 'line.key': 1, 'line.rev': 1 }, unique: true, partial: { 'line.key': { $exists: true } } },
      { keys: { 'cause.eventIds': 1 } },
      { keys: { 'legs.sub.pathway': 1, seq: 1 } },
    ],
  },
  { collection: BALANCES, indexes: [{ keys: { book: 1, account: 1 } }] },
  { collection: PERIOD_BALANCES, indexes: [{ keys: { book: 1, account: 1, effPeriod: 1 } }] },
  { collection: 'accounts' },
  { collection: 'batches' },
  { collection: EXPLAINS },
  { collection: EVIDENCE },
  { collection: 'runs' },
] as const;

export const bookType: Aggregate<Book, OpenBook, BookOpened> = {
  ...books,
  name: 'Book',
  collection: 'books',
  facts: {},
  subject: (_state, _event, id) => id,
  follow: (event, _state, id) => {
    const { territoryCode, tz } = event.data;
    return [effect(headType, id, { type: 'StartChain', territoryCode, tz })];
  },
};

/** The book is the Kafka key of its entries, so that they are published in the order of their numbers. */
export const headType: Aggregate<BookHead, HeadCommand, HeadEvent> = {
  ...heads,
  name: 'BookHead',
  collection: 'heads',
  facts: { EntryPosted: capitationEvents.EntryPosted },
  subject: (_state, _event, id) => id,
  companions: (event, state, id) =>
    event.type === 'EntriesAppended' ? companionsOf(event, state.territoryCode, id) : [],
};

export const lineType: Aggregate<StoredLine, MoveLine, LineMoved> = {
  ...lines,
  name: 'Line',
  collection: 'lines',
  facts: {},
  subject: (_state, _event, id) => id,
  indexes: [{ keys: { book: 1, subject: 1 } }],
};

/** What a run brings about: its entries in the book, its lines where readers look for them. */
export function followOf(run: Run): readonly Effect[] {
  const { subject, run: inputs } = run;
  const stored = run.moved.map(({ line: { key, ...line }, target, explain }) =>
    effect(lineType, key, {
      type: 'MoveLine',
      line: {
        ...line,
        book: subject.book,
        subject: subject.id,
        period: subject.period,
        contract: inputs.contract,
        target,
        explain,
        inputsHash: inputs.inputsHash,
      },
    }),
  );
  const { drafts, now } = run;
  return drafts.length === 0 ? [] : [effect(headType, subject.book, { type: 'Post', drafts, now }), ...stored];
}

/** A run's explanations, by their content, and the run itself. Written once, however often they come back. */
export function runCompanions(run: Run): readonly Companion[] {
  const { territory } = run;
  const explained = run.explanations.map(({ sha256, tree }) =>
    once(EXPLAINS, `${territory}|${sha256}`, { territory, sha256, tree }),
  );
  const { inputsHash, targetsHash, contract } = run.run;
  const id = `${territory}|${run.subject.id}|${inputsHash}|${targetsHash}`;
  const { book, id: subject, period } = run.subject;
  const document = { territory, book, subject, period, contract, inputsHash, targetsHash, kind: 'REAL', at: run.now };
  return [...explained, once('runs', id, document)];
}

/** An insert that may come again: the document is set at the first, and counted at each. */
export const once = (collection: string, _id: string, set: Readonly<Record<string, unknown>>): Companion => ({
  collection,
  increment: { _id, by: { times: 1 }, set },
});

function companionsOf({ data }: EntriesAppended, territory: string, book: string): readonly Companion[] {
  const [first] = data.entries;
  const rec = new Date(first?.rec ?? 0);
  const batch = {
    _id: `${book}|${first?.seq ?? 0n}`,
    territory,
    book,
    first: first?.seq,
    last: data.head.seq,
    root: data.head.root,
    prevRoot: data.prevRoot,
    rec,
  };
  return [
    { collection: 'batches', insert: batch },
    ...data.entries.map((entry) => ({ collection: ENTRIES, insert: entryDocument(entry, territory) })),
    ...data.balances.flatMap((one) => [
      balance(BALANCES, `${book}|${one.account}`, { territory, book, account: one.account }, one),
      once('accounts', `${book}|${one.account}`, accountDocument(one.account, territory, book, rec)),
    ]),
    ...data.periodBalances.map((one) => {
      const { account, effPeriod, recPeriod } = one;
      const set = { territory, book, account, effPeriod, recPeriod };
      return balance(PERIOD_BALANCES, `${book}|${account}|${effPeriod}|${recPeriod}`, set, one);
    }),
  ];
}

const balance = (
  collection: string,
  _id: string,
  set: Readonly<Record<string, unknown>>,
  { dr, cr, n }: Increment,
) => ({
  collection,
  increment: { _id, by: { dr, cr, pdr: 0n, pcr: 0n, n: BigInt(n) }, set },
});

const accountDocument = (account: string, territory: string, book: string, opened: Date) => ({
  territory,
  book,
  path: account.split(':'),
  side: normalSide(account),
  guard: null,
  mode: 'SYNC',
  opened,
  closed: null,
});

/** An entry as MongoDB holds it: dates as dates, cents and numbers as int64. */
export type EntryDocument = Omit<Entry, 'id' | 'eff' | 'rec'> & {
  readonly _id: string;
  readonly territory: string;
  readonly eff: Date;
  readonly rec: Date;
  readonly pendingId: null;
};

function entryDocument({ id, eff, rec, ...entry }: Entry, territory: string): EntryDocument {
  return { _id: id, territory, ...entry, eff: new Date(eff), rec: new Date(rec), pendingId: null };
}

export function entryOf({ _id, territory: _, pendingId: __, eff, rec, ...entry }: EntryDocument): Entry {
  return { ...entry, id: _id, eff: eff.toISOString(), rec: rec.toISOString() };
}
