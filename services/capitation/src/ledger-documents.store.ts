import type { Companion } from '@ariane/store';
import type { EntriesAppended } from './book';
import type { Entry } from './entry';

export const ENTRIES = 'entries';
export const BALANCES = 'balances';
export const PERIOD_BALANCES = 'periodBalances';
export const MONTH_BALANCES = 'monthBalances';
export const SUMMED_BOOKS = 'summedBooks';
export const EXPLAINS = 'explains';
export const EVIDENCE = 'evidence';

/** Collections that are written beside aggregates, with the indexes their readers need: each costs every posting. */
export const ledgerCollections = [
  {
    collection: ENTRIES,
    indexes: [
      { keys: { book: 1, seq: 1 }, unique: true },
      { keys: { 'legs.a': 1, period: 1, seq: 1 } },
      { keys: { 'line.key': 1, 'line.rev': 1 }, unique: true, partial: { 'line.key': { $exists: true } } },
      { keys: { 'cause.eventIds': 1 } },
      { keys: { 'legs.sub.pathway': 1, seq: 1 }, partial: { 'legs.sub.pathway': { $exists: true } } },
      // A pending entry is posted or voided once, whoever tries how often; entries that resolve nothing cost nothing.
      { keys: { pendingId: 1 }, unique: true, partial: { pendingId: { $type: 'string' } } },
      { keys: { reverses: 1 }, unique: true, partial: { reverses: { $type: 'string' } } },
      { keys: { book: 1, period: 1, seq: 1 }, partial: { prior: true } },
    ],
  },
  { collection: BALANCES, indexes: [{ keys: { book: 1, account: 1 } }] },
  {
    collection: PERIOD_BALANCES,
    indexes: [{ keys: { book: 1, account: 1, effPeriod: 1 } }, { keys: { book: 1, period: 1 } }],
  },
  { collection: MONTH_BALANCES, indexes: [{ keys: { book: 1, period: 1 } }] },
  { collection: SUMMED_BOOKS },
  { collection: EXPLAINS },
  // Lists of acts are found by the month they count to.
  { collection: EVIDENCE, indexes: [{ keys: { book: 1, month: 1 }, partial: { month: { $exists: true } } }] },
  { collection: 'runs' },
] as const;

/** An insert that may come again: the document is set at the first, and counted at each. */
export const once = (collection: string, _id: string, set: Readonly<Record<string, unknown>>): Companion => ({
  collection,
  increment: { _id, by: { times: 1 }, set },
});

/** A batch of entries beside the head: the last one carries the batch's seal. */
export function companionsOf({ data }: EntriesAppended, territory: string): readonly Companion[] {
  const batch = { first: data.entries[0]?.seq ?? 0n, root: data.head.root };
  const seal = (entry: Entry) => (entry.seq === data.head.seq ? { batch } : {});
  return data.entries.map((entry) => ({
    collection: ENTRIES,
    insert: { ...entryDocument(entry, territory), ...seal(entry) },
  }));
}

/** How far the sums of a book have come: the number of the last entry that counts in them. */
export interface SummedBook {
  readonly _id: string;
  readonly territory: string;
  readonly seq: bigint;
  /** While sums that are to be made anew are taken away: how many steps that took. */
  readonly clearing?: number;
}

/** An entry as MongoDB holds it: dates as dates, cents and numbers as int64. */
export type EntryDocument = Omit<Entry, 'id' | 'eff' | 'rec'> & {
  readonly _id: string;
  readonly territory: string;
  readonly eff: Date;
  readonly rec: Date;
  readonly pendingId: string | null;
  /** On the last entry of those posted together: the first one's number, and the Merkle root of their hashes. */
  readonly batch?: { readonly first: bigint; readonly root: string };
};

function entryDocument({ id, eff, rec, ...entry }: Entry, territory: string): EntryDocument {
  const pendingId = entry.resolves?.id ?? null;
  return { _id: id, territory, ...entry, eff: new Date(eff), rec: new Date(rec), pendingId };
}

/** An entry as it was sealed, from its document. */
export function entryOf({ _id, territory: _, pendingId: __, batch: ___, eff, rec, ...entry }: EntryDocument): Entry {
  return { ...entry, id: _id, eff: eff.toISOString(), rec: rec.toISOString() };
}
