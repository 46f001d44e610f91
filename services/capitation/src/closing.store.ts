import { DomainError } from '@ariane/kernel';
import { type CommandContext, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { disputeType } from './acts.store';
import type { BookHead } from './book';
import { monthEnd } from './book-time';
import { pathwayAccount, settlement } from './contracts.store';
import { BookSums } from './book-sums.store';
import { LedgerReads } from './ledger-reads.store';
import { headType, pendingType, periodType } from './ledger.store';
import type { Checklist, Period, Waiver } from './period';
import { RosterRuns } from './roster-runs.store';

/** The close of months: what is left over, who prepared, who approved, what was sealed. */
@Injectable()
export class Closings {
  constructor(
    private readonly store: Store,
    private readonly reads: LedgerReads,
    private readonly runs: RosterRuns,
    private readonly sums: BookSums,
  ) {}

  /** What is left over at the end of a month, counted now from what is stored: no counter can drift from its list. */
  async checklist(territory: string, book: string, month: string): Promise<Checklist> {
    const { tz } = await this.reads.book(territory, book);
    const { db } = this.store.database;
    const count = (collection: string, filter: object): Promise<number> =>
      db.collection(collection).countDocuments({ territory, ...filter });
    const lacking = { 'recorded.book': book, lacking: { $type: 'string' } };
    const [untold, lacked, pending, disputed, deltas] = await Promise.all([
      count(pathwayAccount.collection, { waiting: true }),
      count(settlement.collection, lacking),
      count(pendingType.collection, { book, state: 'OPEN', dueAt: { $lte: monthEnd(month, tz) } }),
      count(disputeType.collection, { book, state: { $in: ['OPEN', 'ANSWERED'] }, period: { $lte: month } }),
      this.runs.unposted(territory, book, month),
    ]);
    const MISSING_EVIDENCE = untold + lacked;
    return { MISSING_EVIDENCE, PENDING_ENTRIES: pending, OPEN_DISPUTES: disputed, UNPOSTED_DELTAS: deltas };
  }

  /** How a month stands: its state, and what is promised or contested in it and not resolved. */
  async standing(territory: string, book: string, month: string) {
    const { tz } = await this.reads.book(territory, book);
    const { db } = this.store.database;
    const debit = {
      $sum: { $map: { input: '$draft.legs', in: { $cond: [{ $eq: ['$$this.d', 1] }, '$$this.amt', 0] } } },
    };
    const [period, [pending], openDisputes] = await Promise.all([
      this.store.read(periodType, territory, `${book}|${month}`),
      db
        .collection(pendingType.collection)
        .aggregate<{ count: number; cents: bigint | number }>([
          { $match: { territory, book, state: 'OPEN', dueAt: { $lte: monthEnd(month, tz) } } },
          { $group: { _id: null, count: { $sum: 1 }, cents: { $sum: debit } } },
        ])
        .toArray(),
      db
        .collection(disputeType.collection)
        .countDocuments({ territory, book, state: { $in: ['OPEN', 'ANSWERED'] }, period: { $lte: month } }),
    ]);
    return {
      state: period?.state.state ?? 'OPEN',
      pending: { count: pending?.count ?? 0, cents: BigInt(pending?.cents ?? 0) },
      openDisputes,
    };
  }

  /** Prepares the close. Throws what `periods` throws, and NOT_FOUND. */
  async prepare(
    asked: { readonly book: string; readonly month: string; readonly waivers: readonly Waiver[]; readonly by: string },
    context: CommandContext,
  ): Promise<Period> {
    const { book, month, waivers, by } = asked;
    const { territory, now } = context;
    const { tz: timeZone } = await this.reads.book(territory, book);
    const checklist = await this.checklist(territory, book, month);
    const earliestBooked = await this.earliestOpen(territory, book);
    const command = {
      type: 'PrepareClosing' as const,
      book,
      month,
      timeZone,
      by,
      now,
      checklist,
      waivers,
      earliestBooked,
    };
    return this.handled(book, month, command, context);
  }

  /** One of the two approvals; the second closes the month. Throws what `periods` throws. */
  async approve(book: string, month: string, by: string, context: CommandContext): Promise<Period> {
    const checklist = await this.checklist(context.territory, book, month);
    return this.handled(book, month, { type: 'ApproveClosing', by, now: context.now, checklist }, context);
  }

  async abandon(book: string, month: string, context: CommandContext): Promise<Period> {
    return this.handled(book, month, { type: 'AbandonClosing' }, context);
  }

  /** @throws NOT_FOUND for a month nobody has begun to close */
  async period(territory: string, book: string, month: string): Promise<Period> {
    const found = await this.store.read(periodType, territory, `${book}|${month}`);
    if (!found) throw new DomainError('NOT_FOUND');
    return found.state;
  }

  async periods(territory: string, book: string): Promise<readonly Period[]> {
    const found = await this.store.find(periodType, territory, { book }, { sort: { month: 1 } });
    return found.map(({ state }) => state);
  }

  private async handled(
    book: string,
    month: string,
    command: Parameters<typeof periodType.decide>[1],
    context: CommandContext,
  ): Promise<Period> {
    return (await this.store.handle(periodType, `${book}|${month}`, command, context)).state;
  }

  private async earliestOpen(territory: string, book: string): Promise<string | null> {
    const { db } = this.store.database;
    const head = await db
      .collection<BookHead & { readonly _id: string; readonly territory: string }>(headType.collection)
      .findOne({ _id: book, territory });
    const [first] = await (
      await this.sums.periodBalances(territory, book)
    )
      .find({ territory, book, period: { $gt: head?.closedThrough ?? '' } })
      .sort({ period: 1 })
      .limit(1)
      .toArray();
    return first?.period ?? null;
  }
}
