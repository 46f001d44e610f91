import { Paced } from '@ariane/bus';
import { StopHooks } from '@ariane/service';
import { Store } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import { Injectable, type OnApplicationBootstrap, Optional } from '@nestjs/common';
import { mongo } from 'mongoose';
import type { StoredBalance } from './audit';
import type { BookHead } from './book';
import {
  BALANCES,
  ENTRIES,
  type EntryDocument,
  MONTH_BALANCES,
  PERIOD_BALANCES,
  type SummedBook,
  SUMMED_BOOKS,
} from './ledger-documents.store';
import {
  addMonthMoves,
  addMoves,
  addPeriodMoves,
  type Increment,
  type MonthIncrement,
  monthKey,
  type MovingEntry,
  type Mutable,
  type PeriodIncrement,
  periodKey,
} from './ledger';
import { headType } from './ledger.store';

/** Entries that are summed in one transaction, unless they move as many sums as one writes: a sum costs far more. */
const ENTRIES_AT_ONCE = 10_000;
const SUMS_AT_ONCE = 5_000;
/** Sums that are taken away in one transaction. */
const CLEARED_AT_ONCE = 5_000;
/** In a rush of postings the sums follow no more often than this. */
const FOLLOW_PACE_MS = 1_000;
/** What is read of an entry to sum it. */
const MOVES = { seq: 1, status: 1, legs: 1, resolves: 1, code: 1, effPeriod: 1, period: 1, rec: 1 } as const;

type InBook = { readonly _id: string; readonly territory: string; readonly book: string };
export type BalanceDocument = StoredBalance & InBook;
export type PeriodBalanceDocument = PeriodIncrement & InBook;
export type MonthBalanceDocument = MonthIncrement & InBook;

/**
 * The sums of a book by account and by month. They are made from its entries, in their order, after these stand, so that
 * a posting costs its entry only; whoever reads them has them brought up to the book's head first.
 */
@Injectable()
export class BookSums implements OnApplicationBootstrap {
  /** By book, the step that is under way. */
  private readonly steps = new Map<string, Promise<void>>();
  /** Books that were posted to, with their territory. */
  private readonly posted = new Map<string, string>();
  private readonly pace = new Paced(FOLLOW_PACE_MS, (error) => {
    logger.warn('The sums of a book could not follow; whoever reads them next brings them up.', { error });
  });

  constructor(
    private readonly store: Store,
    @Optional() private readonly stops?: StopHooks,
  ) {}

  /** From now on the sums follow the postings of this process by themselves. */
  onApplicationBootstrap(): void {
    const fact = headType.facts['EntriesPosted']?.type;
    this.store.onCommitted((batch) => {
      for (const { type, subject, territory } of batch?.facts ?? []) {
        if (type === fact) this.posted.set(subject, territory);
      }
      if (this.posted.size > 0) this.pace.ask(() => this.follow());
    });
    this.stops?.add('book sums', () => this.pace.idle());
  }

  /** What stands on the accounts of a book, every entry counted that stood when this was asked. */
  async balances(territory: string, book: string): Promise<mongo.Collection<BalanceDocument>> {
    await this.catchUp(territory, book);
    return this.db.collection<BalanceDocument>(BALANCES);
  }

  /** The same by reason and by effective, booked and recorded month. */
  async periodBalances(territory: string, book: string): Promise<mongo.Collection<PeriodBalanceDocument>> {
    await this.catchUp(territory, book);
    return this.db.collection<PeriodBalanceDocument>(PERIOD_BALANCES);
  }

  /** What was booked in each month, whatever its reason. */
  async monthBalances(territory: string, book: string): Promise<mongo.Collection<MonthBalanceDocument>> {
    await this.catchUp(territory, book);
    return this.db.collection<MonthBalanceDocument>(MONTH_BALANCES);
  }

  /** Sums all entries of a book that stand by now. */
  async catchUp(territory: string, book: string): Promise<void> {
    const head = await this.db
      .collection<BookHead & { readonly _id: string; readonly territory: string }>(headType.collection)
      .findOne({ _id: book, territory });
    if (head === null) return;
    for (;;) {
      const mark = await this.summed.findOne({ _id: book });
      if ((mark?.seq ?? 0n) >= head.seq) return;
      const step = this.steps.get(book) ?? this.step(head, mark, book).finally(() => this.steps.delete(book));
      this.steps.set(book, step);
      await step;
    }
  }

  /** @param mark how far the sums have come; where they have moved on since, nothing is done */
  private async step(
    { territory, tz }: BookHead & { readonly territory: string },
    mark: SummedBook | null,
    book: string,
  ): Promise<void> {
    if (mark === null) return this.unlessRaced((session) => this.begin(territory, book, session));
    const { seq: after, clearing } = mark;
    if (clearing !== undefined) return this.unlessRaced((session) => this.clear(territory, book, clearing, session));
    const { seq, balances, periods, months } = await this.moved(territory, book, after, tz);
    if (seq === after) return;
    await this.unlessRaced(async (session) => {
      await this.summed.replaceOne({ _id: book, seq: after }, { territory, seq }, { session, upsert: true });
      await this.add(BALANCES, balanceUpdates(balances.values(), territory, book), session);
      await this.add(PERIOD_BALANCES, periodUpdates(periods.values(), territory, book), session);
      await this.add(MONTH_BALANCES, monthUpdates(months.values(), territory, book), session);
    });
  }

  /** What the entries after a mark add to the sums, as far as one step goes. */
  private async moved(territory: string, book: string, after: bigint, tz: string): Promise<Moved> {
    const moved: Moved = { seq: after, balances: new Map(), periods: new Map(), months: new Map() };
    const { balances, periods, months } = moved;
    const entries = this.db
      .collection<EntryDocument>(ENTRIES)
      .find({ territory, book, seq: { $gt: after } }, { projection: MOVES, sort: { seq: 1 }, limit: ENTRIES_AT_ONCE });
    for await (const { rec, ...entry } of entries) {
      const moving: MovingEntry = { ...entry, rec: rec.toISOString() };
      addMoves(balances, moving);
      addPeriodMoves(periods, moving, tz);
      addMonthMoves(months, moving);
      moved.seq = entry.seq;
      if (balances.size + periods.size + months.size >= SUMS_AT_ONCE) break;
    }
    return moved;
  }

  /** A transaction that names the mark as it was read: of two processes that sum the same, one does it. */
  private async unlessRaced(work: (session: mongo.ClientSession) => Promise<void>): Promise<void> {
    const session = await this.store.database.connection.startSession();
    try {
      await session.withTransaction(() => work(session));
    } catch (error) {
      const isRace = error instanceof mongo.MongoServerError && error.code === 11000;
      if (!isRace) throw error;
    } finally {
      await session.endSession();
    }
  }

  private async begin(territory: string, book: string, session: mongo.ClientSession): Promise<void> {
    await this.summed.insertOne({ _id: book, territory, seq: 0n, clearing: 0 }, { session });
  }

  /** Sums that are begun anew are begun at nothing: some at a time, for a transaction has its time. */
  private async clear(territory: string, book: string, step: number, session: mongo.ClientSession): Promise<void> {
    let left = CLEARED_AT_ONCE;
    for (const name of [BALANCES, PERIOD_BALANCES, MONTH_BALANCES]) {
      if (left === 0) break;
      const sums = this.db.collection<InBook>(name);
      const found = await sums
        .find({ territory, book }, { session, projection: { _id: 1 } })
        .limit(left)
        .toArray();
      const ids = found.map(({ _id }) => _id);
      if (ids.length > 0) await sums.deleteMany({ _id: { $in: ids } }, { session });
      left -= ids.length;
    }
    const mark = { territory, seq: 0n, ...(left === 0 ? { clearing: step + 1 } : {}) };
    await this.summed.replaceOne({ _id: book, clearing: step }, mark, { session, upsert: true });
  }

  /** What is only promised moves no month. */
  private async add(name: string, updates: Updates, session: mongo.ClientSession): Promise<void> {
    if (updates.length > 0) await this.db.collection<InBook>(name).bulkWrite(updates, { session });
  }

  private async follow(): Promise<void> {
    const books = [...this.posted];
    this.posted.clear();
    for (const [book, territory] of books) await this.catchUp(territory, book);
  }

  private get summed(): mongo.Collection<SummedBook> {
    return this.db.collection<SummedBook>(SUMMED_BOOKS);
  }

  private get db(): mongo.Db {
    return this.store.database.db;
  }
}

type Updates = mongo.AnyBulkWriteOperation<InBook>[];

/** What entries add to the sums, up to the one of this number. */
interface Moved {
  seq: bigint;
  readonly balances: Map<string, Mutable<Increment>>;
  readonly periods: Map<string, Mutable<PeriodIncrement>>;
  readonly months: Map<string, Mutable<MonthIncrement>>;
}

const increment = (_id: string, by: Readonly<Record<string, bigint>>, set: Omit<InBook, '_id'>) => ({
  updateOne: { filter: { _id }, update: { $inc: by, $setOnInsert: set }, upsert: true },
});

const balanceUpdates = (sums: Iterable<Increment>, territory: string, book: string): Updates =>
  Array.from(sums, ({ account, dr, cr, pdr, pcr, n }) => {
    const set = { territory, book, account };
    return increment(`${book}|${account}`, { dr, cr, pdr, pcr, n: BigInt(n) }, set);
  });

const periodUpdates = (sums: Iterable<PeriodIncrement>, territory: string, book: string): Updates =>
  Array.from(sums, (one) => {
    const { account, code, effPeriod, period, recPeriod, dr, cr, n } = one;
    const set = { territory, book, account, code, effPeriod, period, recPeriod };
    return increment(`${book}|${periodKey(one)}`, { dr, cr, n: BigInt(n) }, set);
  });

const monthUpdates = (sums: Iterable<MonthIncrement>, territory: string, book: string): Updates =>
  Array.from(sums, (one) => {
    const { account, period, dr, cr } = one;
    const set = { territory, book, account, period };
    return increment(`${book}|${monthKey(one)}`, { dr, cr }, set);
  });
