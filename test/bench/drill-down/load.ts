import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { type Aggregate, type Database, effect, ensureIndexes, FileKeyStore, Store } from '@ariane/store';
import { idOf } from '../worklist/register.ts';

// The compiled service: what is loaded is written by what runs.
const load = createRequire(import.meta.url);
const built = '../../../services/capitation/dist';
const { headType, bookType } = load(`${built}/ledger.store.js`) as Readonly<
  Record<'headType' | 'bookType', Aggregate<object, object, never>>
>;
const { ledgerCollections } = load(`${built}/ledger-documents.store.js`) as {
  readonly ledgerCollections: readonly { readonly collection: string }[];
};
const { BookSums } = load(`${built}/book-sums.store.js`) as {
  readonly BookSums: new (store: Store) => {
    onApplicationBootstrap(): void;
    catchUp(territory: string, book: string): Promise<void>;
  };
};
const { pseudonymOf } = load(`${built}/settle.js`) as { readonly pseudonymOf: (book: string, id: string) => string };

export const TERRITORY = 'bench';
export const BOOK = `${TERRITORY}.hospital-a`;
/** The payer's account, on one side of every entry. */
export const HOT = 'assets:receivable:org:payer-75';
export const PROFESSIONALS = 4_000;
/** The last of them is open; the others are booked in order. */
export const MONTHS = 24;
const ENTRIES_OF_PATHWAY = 8;
const PATHWAYS_AT_ONCE = 125;
/** Of the pathways, those whose lines, reasons and events can be looked at: what the others have differs by nothing. */
export const LOOKED_AT = 20;
const EXPLANATIONS = 500;
export const codes = ['SHARE', 'SHARE', 'SHARE', 'COORDINATION', 'RQD', 'TE2', 'QUALITY', 'RETRO'] as const;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const pathwayAt = (index: number): string => `pathway-${index}`;
export const partyAt = (index: number): string => `prac:p${index % PROFESSIONALS}`;
export const entryAt = (pathway: number, rank: number): string => `${BOOK}|${pathway}|${rank}`;
export const lineAt = (pathway: number, rank: number): string => `${BOOK}|${pathwayAt(pathway)}|${rank}`;
export const eventAt = (pathway: number): string => idOf('event', pathway);
const explainAt = (pathway: number): string => sha256(`reason ${pathway % EXPLANATIONS}`);

/** The first instant of a month from January 2025 on. */
const monthAt = (index: number): Date => new Date(Date.UTC(2025, index, 3, 8));
export const monthName = (index: number): string => monthAt(index).toISOString().slice(0, 7);
export const NOW = '2026-12-20T08:00:00.000Z';

export interface Loaded {
  readonly entries: number;
  readonly pathways: number;
  readonly seconds: number;
}

/**
 * Posts pathways of eight entries through the write path, a batch at a time, until so many entries stand or the minutes
 * are over; the documents that a reader finds beside them are written for every twentieth pathway.
 */
export async function loadBook(
  database: Database,
  keysFolder: string,
  limits: { readonly entries: number; readonly minutes: number },
  told: (entries: number) => void,
): Promise<Loaded> {
  await ensureIndexes(database, [headType, bookType, ...ledgerCollections]);
  const store = new Store(database, new FileKeyStore(keysFolder), 'capitation');
  const sums = new BookSums(store);
  sums.onApplicationBootstrap();
  let commands = 0;
  const handle = async (type: Aggregate<object, object, never>, command: object, now: string): Promise<void> => {
    commands += 1;
    const messageId = `bench-${commands}`;
    const context = { consumer: 'bench', territory: TERRITORY, actor: 'person:bench', now, inputHash: messageId };
    await store.handleMany([effect(type, BOOK, command)], {
      ...context,
      messageId,
      correlationId: messageId,
      causationId: messageId,
    });
  };
  const opened = { territoryCode: TERRITORY, currency: 'EUR', tz: 'Europe/Paris', holder: 'org:hospital-a' };
  await handle(bookType, { type: 'OpenBook', ...opened, now: '2025-01-01T08:00:00.000Z' }, NOW);
  const trees = Array.from({ length: EXPLANATIONS }, (_, index) => ({
    _id: `${TERRITORY}|${explainAt(index)}`,
    territory: TERRITORY,
    sha256: explainAt(index),
    tree: { of: 'parameter', name: 'price', value: `${100 + index}.00 EUR` },
    times: 1,
  }));
  await database.db.collection<{ _id: string }>('explains').insertMany(trees);
  const total = Math.ceil(limits.entries / ENTRIES_OF_PATHWAY);
  const begun = performance.now();
  const isOver = (): boolean => performance.now() - begun > limits.minutes * 60_000;
  let pathway = 0;
  // Two batches at once: one is prepared while the other is written.
  const batch = async (from: number): Promise<void> => {
    // Months in their order whatever the size, each as large as the other.
    const month = Math.min(MONTHS - 1, Math.floor((from / total) * MONTHS));
    const now = monthAt(month).toISOString();
    const pathways = Array.from({ length: PATHWAYS_AT_ONCE }, (_, index) => from + index);
    await handle(headType, { type: 'Post', drafts: pathways.flatMap((one) => draftsOf(one, now)), now }, now);
    const seen = pathways.filter((one) => one % LOOKED_AT === 0);
    await database.db
      .collection<{ _id: string }>('lines')
      .insertMany(seen.flatMap((one) => linesOf(one, monthName(month))));
    await database.db.collection<{ _id: string }>('evidence').insertMany(seen.map((one) => evidenceOf(one, now)));
  };
  while (pathway < total && !isOver()) {
    const first = pathway;
    pathway += 2 * PATHWAYS_AT_ONCE;
    await Promise.all([batch(first), batch(first + PATHWAYS_AT_ONCE)]);
    told(pathway * ENTRIES_OF_PATHWAY);
  }
  await store.drain();
  await sums.catchUp(TERRITORY, BOOK);
  return { entries: pathway * ENTRIES_OF_PATHWAY, pathways: pathway, seconds: (performance.now() - begun) / 1000 };
}

/** The professionals of neighbouring pathways are the same few, as those of one place are. */
const partyOf = (pathway: number, rank: number): string =>
  partyAt(Math.floor(pathway / PATHWAYS_AT_ONCE) * 7 + ((pathway + rank) % 30));
const cents = (pathway: number, rank: number): bigint => BigInt(1_000 + ((pathway * 31 + rank * 17) % 9_000));
const contract = { id: 'bench-pathway', version: 1, sha256: sha256('bench-pathway') };

function draftsOf(pathway: number, eff: string): readonly object[] {
  const subject = pseudonymOf(BOOK, pathwayAt(pathway));
  return codes.map((code, rank) => {
    const amt = cents(pathway, rank);
    const party = partyOf(pathway, rank);
    const isSeen = pathway % LOOKED_AT === 0;
    return {
      ...{ id: entryAt(pathway, rank), book: BOOK, code, eff, contract, reverses: null },
      legs: [
        { a: HOT, d: 1, amt, sub: { pathway: subject } },
        { a: `liabilities:payable:${party}`, d: -1, amt, sub: { practitioner: party.slice(5), pathway: subject } },
      ],
      line: isSeen ? { key: lineAt(pathway, rank), rev: 1, explain: explainAt(pathway) } : null,
      cause: { eventIds: [eventAt(pathway)] },
    };
  });
}

const linesOf = (pathway: number, period: string) =>
  codes.map((name, rank) => ({
    _id: lineAt(pathway, rank),
    ...{ territory: TERRITORY, version: 1, name, book: BOOK, period, contract },
    subject: pseudonymOf(BOOK, pathwayAt(pathway)),
    debit: HOT,
    credit: `liabilities:payable:${partyOf(pathway, rank)}`,
    target: cents(pathway, rank),
    posted: cents(pathway, rank),
    rev: 1,
    explain: explainAt(pathway),
    inputsHash: contract.sha256,
  }));

const evidenceOf = (pathway: number, at: string) => ({
  _id: `${TERRITORY}|${eventAt(pathway)}`,
  ...{ territory: TERRITORY, eventId: eventAt(pathway), what: 'visit', at, parties: [partyOf(pathway, 0)], times: 1 },
});
