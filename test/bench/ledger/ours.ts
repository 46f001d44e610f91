import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { sha256Hex } from '@ariane/kernel';
import {
  type Aggregate,
  type Database,
  effect,
  ensureIndexes,
  FileKeyStore,
  newId,
  openDatabase,
  Store,
} from '@ariane/store';

// The compiled service: what is measured is what runs.
const load = createRequire(import.meta.url);
const built = '../../../services/capitation/dist';
const { headType } = load(`${built}/ledger.store.js`) as { readonly headType: Aggregate<object, object, never> };
const { ledgerCollections } = load(`${built}/ledger-documents.store.js`) as {
  readonly ledgerCollections: readonly Indexed[];
};
const { BookSums } = load(`${built}/book-sums.store.js`) as {
  readonly BookSums: new (store: Store) => {
    onApplicationBootstrap(): void;
    catchUp(territory: string, book: string): Promise<void>;
  };
};
const { LedgerReads } = load(`${built}/ledger-reads.store.js`) as {
  readonly LedgerReads: new (store: Store, sums: object) => object;
};
const { BookVerifier } = load(`${built}/verify.store.js`) as {
  readonly BookVerifier: new (
    store: Store,
    reads: object,
    sums: object,
  ) => { verify(territory: string, book: string): Promise<{ good: boolean; entries: number; reason?: string }> };
};
interface Indexed {
  readonly collection: string;
  readonly indexes?: readonly { readonly keys: Readonly<Record<string, 1>> }[];
}

const TERRITORY = 'bench';
const NOW = '2026-06-15T08:00:00.000Z';
/** Accounts on the other side of the hot one. */
const OTHERS = 200;
let number = 0;

/** The indexes that an entry costs, for the bare peer to have as well. */
const entryIndexes = ledgerCollections.find(({ collection }) => collection === 'entries')?.indexes ?? [];

/** Books of ours, each posted to through the write path of the service. */
export class OurBooks {
  readonly indexes = entryIndexes.map(({ keys }) => ({ territory: 1, ...keys }) as const);

  private readonly database: Database;
  private readonly store: Store;
  private readonly sums;

  private constructor(database: Database, store: Store) {
    this.database = database;
    this.store = store;
    // The sums follow the postings as they do in the service.
    this.sums = new BookSums(store);
    this.sums.onApplicationBootstrap();
  }

  static async open(url: string, keysFolder: string): Promise<OurBooks> {
    const database = await openDatabase(url, 'bench_ledger');
    await ensureIndexes(database, [headType, ...ledgerCollections]);
    return new OurBooks(database, new Store(database, new FileKeyStore(keysFolder), 'capitation'));
  }

  /** A new book, its chain begun. */
  async book(): Promise<string> {
    const book = randomUUID();
    await this.handle(book, { type: 'StartChain', territoryCode: TERRITORY, tz: 'Europe/Paris' });
    return book;
  }

  /** Posts so many entries of two legs in one command; how many. */
  async post(book: string, count: number): Promise<number> {
    const drafts = Array.from({ length: count }, () => draft(book));
    // A service hashes the text of a request as it came; the ids stand for it here.
    await this.handle(book, { type: 'Post', drafts, now: NOW }, sha256Hex(drafts.map(({ id }) => id).join()));
    return count;
  }

  /** Brings the sums of a book up to its last entry: what they lag behind by is not free. */
  sum(book: string): Promise<void> {
    return this.sums.catchUp(TERRITORY, book);
  }

  /** @throws Error when the book is not good; how many entries it has */
  async check(book: string): Promise<number> {
    const reads = new LedgerReads(this.store, this.sums);
    const verified = await new BookVerifier(this.store, reads, this.sums).verify(TERRITORY, book);
    if (!verified.good) throw new Error(`void: ${verified.reason ?? 'the book is not good'}`);
    return verified.entries;
  }

  async close(): Promise<void> {
    await this.store.drain();
    await this.database.connection.close();
  }

  private async handle(book: string, command: object, inputHash = sha256Hex(book)): Promise<void> {
    const messageId = randomUUID();
    const context = { consumer: 'http', territory: TERRITORY, actor: 'person:bench', now: NOW };
    await this.store.handleMany([effect(headType, book, command)], {
      ...context,
      inputHash,
      messageId,
      correlationId: messageId,
      causationId: messageId,
    });
  }
}

/** One euro and some cents from the hot account to one of the others. */
function draft(book: string) {
  number += 1;
  const amt = BigInt(100 + (number % 900));
  return {
    id: `${book}|${number}`,
    book,
    code: 'BENCH',
    eff: NOW,
    legs: [
      { a: 'liabilities:pool:hot', d: 1, amt },
      { a: `liabilities:payable:p${number % OTHERS}`, d: -1, amt },
    ],
    contract: null,
    line: null,
    // The ids of the events that postings come of are made in the order of time.
    cause: { eventIds: [newId()] },
    reverses: null,
  };
}
