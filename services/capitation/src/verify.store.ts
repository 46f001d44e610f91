import { DomainError } from '@ariane/kernel';
import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import type { ClientSession, mongo } from 'mongoose';
import { beginAudit, type Audit, type Fault, type StoredBalance, type Verified } from './audit';
import type { StoredMonthBalance, StoredPeriodBalance } from './audit';
import type { BookHead } from './book';
import { BookSums } from './book-sums.store';
import type { Entry } from './entry';
import {
  BALANCES,
  ENTRIES,
  type EntryDocument,
  entryOf,
  MONTH_BALANCES,
  PERIOD_BALANCES,
  type SummedBook,
  SUMMED_BOOKS,
} from './ledger-documents.store';
import { headType, lineType } from './ledger.store';
import { LedgerReads } from './ledger-reads.store';
import type { StoredLine } from './line';

/** Documents in one answer of the server: a book is walked, never held. */
const BATCH = 2_000;
/** Entries between two signs of life. */
const PROGRESS_EVERY = 50_000;

/** Walks a book's chain and recomputes what is stored beside it, all at one instant of the database. */
@Injectable()
export class BookVerifier {
  /** How far the audits that run now are, by book. */
  private readonly running = new Map<string, { readonly done: number; readonly total: number }>();

  constructor(
    private readonly store: Store,
    private readonly reads: LedgerReads,
    private readonly sums: BookSums,
  ) {}

  /** How many entries of how many are good so far; undefined while nobody verifies the book. */
  progressOf(book: string): { readonly done: number; readonly total: number } | undefined {
    return this.running.get(book);
  }

  /** @throws NOT_FOUND */
  async verify(territory: string, book: string): Promise<Verified> {
    const closings = await this.reads.closings(territory, book);
    await this.sums.catchUp(territory, book);
    const session = await this.store.database.connection.startSession({ snapshot: true });
    try {
      const read = readerOf(this.store.database.db, session, territory);
      const [head] = await read<BookHead>(headType.collection, { _id: book }, { _id: 1 }).toArray();
      if (!head) throw new DomainError('NOT_FOUND');
      const [summed] = await read<SummedBook>(SUMMED_BOOKS, { _id: book }, { _id: 1 }).toArray();
      const audit = beginAudit(head.tz, closings, summed?.seq ?? 0n);
      const walked =
        (await walk(audit, read, book, head, (done) => {
          this.running.set(book, { done, total: Number(head.seq) });
        })) ?? (await compare(audit, read, book));
      return walked ?? audit.end(head);
    } finally {
      this.running.delete(book);
      await session.endSession();
    }
  }
}

type Read = <D extends mongo.Document>(
  collection: string,
  filter: mongo.Document,
  sort: Readonly<Record<string, 1>>,
) => mongo.FindCursor<D>;

const readerOf =
  (db: mongo.Db, session: ClientSession, territory: string): Read =>
  <D extends mongo.Document>(collection: string, filter: mongo.Document, sort: Readonly<Record<string, 1>>) =>
    db
      .collection(collection)
      .find<D>({ territory, ...filter }, { session, batchSize: BATCH })
      .sort(sort);

async function walk(
  audit: Audit,
  read: Read,
  book: string,
  head: BookHead,
  progress: (done: number) => void,
): Promise<Verified | undefined> {
  let done = 0;
  for await (const document of read<EntryDocument>(ENTRIES, { book }, { seq: 1 })) {
    const entry = entryOf(document);
    const found = audit.entry(entry) ?? misnamed(document, entry);
    if (found) return found;
    if (document.batch) {
      const broken = audit.batch({ ...document.batch, last: entry.seq });
      if (broken) return broken;
    }
    done += 1;
    if (done % PROGRESS_EVERY === 0) progress(done);
  }
  progress(done);
  // Where entries are missing at the end, what seals and sums say of the others is no news.
  return BigInt(done) === head.seq ? audit.sealed() : audit.end(head);
}

/** The name by which the collection refuses a second resolution is not sealed: it must be the one that is. */
function misnamed({ pendingId }: EntryDocument, { seq, resolves }: Entry): Fault | undefined {
  if (pendingId === (resolves?.id ?? null)) return undefined;
  return { good: false, firstBadSeq: seq, account: null, reason: 'it is stored as resolving another entry' };
}

async function compare(audit: Audit, read: Read, book: string): Promise<Fault | undefined> {
  for await (const one of read<StoredBalance & mongo.Document>(BALANCES, { book }, { account: 1 })) {
    const found = audit.balance(one);
    if (found) return found;
  }
  for await (const one of read<StoredPeriodBalance & mongo.Document>(PERIOD_BALANCES, { book }, { account: 1 })) {
    const found = audit.period(one);
    if (found) return found;
  }
  for await (const one of read<StoredMonthBalance & mongo.Document>(MONTH_BALANCES, { book }, { period: 1 })) {
    const found = audit.month(one);
    if (found) return found;
  }
  for await (const { _id: key, debit, posted } of read<StoredLine & { _id: string }>(
    lineType.collection,
    { book },
    { subject: 1 },
  )) {
    const found = audit.line({ key, debit, posted });
    if (found) return found;
  }
  return undefined;
}
