import { rational } from '@ariane/kernel';
import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { BookSums } from './book-sums.store';
import { monthAfter, monthEnd, monthOf } from './book-time';
import {
  addCompared,
  addFlows,
  type Compared,
  type ComparedPathway,
  comparedPathway,
  type Flows,
  type Leak,
  flowsOfBalance,
  noFlows,
  nothingCompared,
} from './comparison';
import type { Contract } from './contract';
import { pathwayAccount, shelf } from './contracts.store';
import { type Measured, measured } from './indicators';
import { LedgerReads } from './ledger-reads.store';
import { periodType } from './ledger.store';
import { OUTSIDE_MONTHS, outsideBillType } from './outside-types.store';
import type { PathwayAccount } from './pathway-account';
import { addCounts, closedInTime, countsOf, noCounts, pathwayIndicators, visitsIn } from './pathway-indicators';
import type { RosterAccount } from './roster-account';
import { rosterAccountType } from './roster-types.store';
import { pseudonymOf } from './settle';
import { bankCodes } from './statement';

const DAY_MS = 86_400_000;
/** Days after its end within which a month is to be closed: the cycle's two approvals are on the seventh. */
const DAYS_TO_CLOSE = 7;

type StoredAccount = Pick<PathwayAccount, 'contract' | 'enrolledAt' | 'evidence' | 'closing' | 'lines'> & {
  readonly _id: string;
  readonly territory: string;
};

interface Walked {
  /** Where a list goes on. */
  readonly id: string;
  readonly subject: string;
  readonly account: StoredAccount;
  readonly contract: Contract | undefined;
}

/** Capitation beside fee for service, what is consumed outside, and indicators: read from what was heard and posted. */
@Injectable()
export class Comparisons {
  constructor(
    private readonly store: Store,
    private readonly reads: LedgerReads,
    private readonly sums: BookSums,
  ) {}

  /** The pathways of a book beside fee for service, after one, in a month or over their life. */
  async *pathways(
    territory: string,
    { book, month }: { readonly book: string; readonly month?: string | undefined },
    after = '',
  ): AsyncGenerator<{ readonly id: string; readonly compared: ComparedPathway }> {
    const { tz: timeZone } = await this.reads.book(territory, book);
    for await (const { id, subject, account, contract } of this.walk(territory, book, after)) {
      yield { id, compared: comparedPathway(subject, account, contract, { timeZone, month }) };
    }
  }

  /** A month of a holder: what it received and paid out, its pathways beside fee for service, what left it. */
  async month(territory: string, book: string, month: string) {
    let pathways: Compared = nothingCompared;
    let count = 0;
    for await (const { compared } of this.pathways(territory, { book, month })) {
      pathways = addCompared(pathways, compared);
      count += 1;
    }
    const outside = await this.outside(territory, book, month);
    return { month, holder: await this.flows(territory, book, month), pathways, count, outsideCents: outside };
  }

  /** What members consumed outside in a month of care, the largest first, after one. */
  async leakage(
    territory: string,
    asked: { readonly book: string; readonly month: string; readonly by: 'provider' | 'act' },
    after: Pick<Leak, 'key' | 'cents'> | undefined,
    limit: number,
  ): Promise<readonly Leak[]> {
    const { book, month: careMonth, by } = asked;
    const beyond = after && {
      $match: { $or: [{ cents: { $lt: after.cents } }, { cents: after.cents, _id: { $gt: after.key } }] },
    };
    const found = await this.store.database.db
      .collection(outsideBillType.collection)
      .aggregate<{ _id: string; cents: bigint | number; bills: bigint | number }>([
        { $match: { territory, book, careMonth } },
        { $group: { _id: `$care.${by}`, cents: { $sum: '$care.cents' }, bills: { $sum: 1 } } },
        ...(beyond ? [beyond] : []),
        { $sort: { cents: -1, _id: 1 } },
        { $limit: limit },
      ])
      .toArray();
    // An aggregation gives the narrowest number that holds a sum.
    return found.map(({ _id: key, cents, bills }) => ({ key, cents: BigInt(cents), bills: Number(bills) }));
  }

  /** What members' care outside came to in a month of care, in cents. */
  async outside(territory: string, book: string, careMonth: string): Promise<bigint> {
    const cells = this.store.database.db
      .collection<{ _id: string; territory: string; book: string; careMonth: string; cents: bigint }>(OUTSIDE_MONTHS)
      .find({ territory, book, careMonth });
    let sum = 0n;
    for await (const { cents } of cells) sum += cents;
    return sum;
  }

  /** The indicators of each pathway of a book, after one. */
  async *pathwayIndicators(territory: string, book: string, after: string) {
    for await (const { id, compared, account } of this.counted(territory, book, after)) {
      yield { id, subject: compared.subject, measures: pathwayIndicators(countsOf(account, compared.receivedCents)) };
    }
  }

  /** The indicators of a book's holder; those of a month for the last finished one unless another is asked for. */
  async holderIndicators(territory: string, book: string, asked: string | undefined, now: string) {
    const { tz } = await this.reads.book(territory, book);
    const month = asked ?? monthAfter(monthOf(now, tz), -1);
    let [counts, visits] = [noCounts, 0n];
    for await (const { account, compared } of this.counted(territory, book, '')) {
      counts = addCounts(counts, countsOf(account, compared.receivedCents));
      visits += visitsIn(account, month, tz);
    }
    const members = await this.members(territory, book, month);
    const measures: readonly Measured[] = [
      ...pathwayIndicators(counts),
      measured('visitsPerMember', rational(visits), BigInt(members)),
      closedInTime(await this.closings(territory, book, tz, now), now),
    ];
    return { month, measures };
  }

  private async *counted(territory: string, book: string, after: string) {
    const { tz: timeZone } = await this.reads.book(territory, book);
    for await (const { id, subject, account, contract } of this.walk(territory, book, after)) {
      const whole = comparedPathway(subject, { ...account, evidence: [] }, contract, { timeZone, month: undefined });
      yield { id, account, compared: whole };
    }
  }

  private async *walk(territory: string, book: string, after: string): AsyncGenerator<Walked> {
    const contracts = new Map(shelf.all(territory, book).map((contract) => [contract.sha256, contract]));
    const all = this.store.database.db
      .collection<StoredAccount>(pathwayAccount.collection)
      .find({ territory, 'contract.sha256': { $in: [...contracts.keys()] }, _id: { $gt: after } })
      .project<StoredAccount>({ contract: 1, enrolledAt: 1, evidence: 1, closing: 1, lines: 1 })
      .sort({ _id: 1 });
    for await (const account of all) {
      const contract = contracts.get(account.contract?.sha256 ?? '');
      yield { id: account._id, subject: pseudonymOf(book, account._id), account, contract };
    }
  }

  private async flows(territory: string, book: string, month: string): Promise<Flows> {
    const periods = await this.sums.periodBalances(territory, book);
    const sums = periods.aggregate<{ _id: string; dr: bigint | number; cr: bigint | number }>([
      // What is true in a month is booked in it or later.
      { $match: { territory, book, period: { $gte: month }, effPeriod: month, code: { $nin: [...bankCodes] } } },
      { $group: { _id: '$account', dr: { $sum: '$dr' }, cr: { $sum: '$cr' } } },
    ]);
    let flows = noFlows;
    for await (const { _id, dr, cr } of sums) flows = addFlows(flows, flowsOfBalance(_id, BigInt(dr), BigInt(cr)));
    return flows;
  }

  /** The members of the month's largest run: contracts of one roster count the same persons. */
  private async members(territory: string, book: string, month: string): Promise<number> {
    const runs = this.store.database.db
      .collection<Pick<RosterAccount, 'book' | 'month' | 'parts'> & { _id: string; territory: string }>(
        rosterAccountType.collection,
      )
      .find({ territory, book, month });
    let most = 0;
    for await (const { parts } of runs) {
      most = Math.max(
        most,
        parts.reduce((sum, { members }) => sum + members, 0),
      );
    }
    return most;
  }

  /** When each month of the book was to be closed, from the first that was booked, and when it was. */
  private async closings(territory: string, book: string, timeZone: string, now: string) {
    const periods = await this.sums.periodBalances(territory, book);
    const [first] = await periods.find({ territory, book }).sort({ period: 1 }).limit(1).toArray();
    const found = await this.store.find(periodType, territory, { book, state: 'CLOSED' });
    const closedAt = new Map(found.map(({ state }) => [state.month, state.closedAt]));
    const months: { due: string; closedAt: string | null }[] = [];
    const last = monthOf(now, timeZone);
    for (let month = first?.period ?? last; month < last; month = monthAfter(month)) {
      const due = new Date(Date.parse(monthEnd(month, timeZone)) + DAYS_TO_CLOSE * DAY_MS).toISOString();
      months.push({ due, closedAt: closedAt.get(month) ?? null });
    }
    return months;
  }
}
