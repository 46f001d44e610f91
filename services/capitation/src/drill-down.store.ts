import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { payable, receivable } from './accounts';
import type { Entry } from './entry';
import { BookSums } from './book-sums.store';
import { ENTRIES, type EntryDocument, entryOf } from './ledger-documents.store';
import { type MonthOverview, overviewOf } from './month-overview';

const RECEIVABLE = receivable('');
const postedStatuses = ['POSTED', 'POST'] as const;

/** What was posted for one reason, in cents debited and credited, and by how many legs. */
export interface ReasonSum {
  readonly code: string;
  readonly dr: bigint;
  readonly cr: bigint;
  readonly legs: number;
}

/** What was booked on an account in a month, in cents. */
export interface AccountSum {
  readonly account: string;
  readonly dr: bigint;
  readonly cr: bigint;
}

/** What was booked on an account for one file, a subject's pseudonym; null for what speaks of none. */
export interface FileSum {
  readonly file: string | null;
  readonly dr: bigint;
  readonly cr: bigint;
  readonly entries: number;
}

/** Of an account in a month: for one reason or all, of one file or all. */
export interface AccountPlace {
  readonly book: string;
  readonly month: string;
  readonly account: string;
  readonly code?: string;
  readonly file?: string;
}

/** A place in the list of a party's entries: they are listed by the month they are booked in, then by number. */
export interface PartyPlace {
  readonly period: string;
  readonly seq: bigint;
}

/** The posted entries of a place, as a filter. */
function booked(territory: string, { book, month: period, account, code, file }: AccountPlace) {
  const some = { ...(code === undefined ? {} : { code }), ...(file === undefined ? {} : { 'legs.sub.pathway': file }) };
  return { territory, book, 'legs.a': account, period, status: { $in: [...postedStatuses] }, ...some };
}

/** From a total down to its reasons and their entries, by sums and pages: no read grows with the book. */
@Injectable()
export class DrillDown {
  constructor(
    private readonly store: Store,
    private readonly sums: BookSums,
  ) {}

  /** Why a month came to what it did: of an account, or of the whole book; the greatest first. */
  async reasons(territory: string, book: string, month: string, account?: string): Promise<readonly ReasonSum[]> {
    const periods = await this.sums.periodBalances(territory, book);
    const found = await periods
      .aggregate<{ _id: string; dr: bigint | number; cr: bigint | number; n: bigint | number }>([
        { $match: { territory, book, ...(account === undefined ? {} : { account }), period: month } },
        { $group: { _id: '$code', dr: { $sum: '$dr' }, cr: { $sum: '$cr' }, n: { $sum: '$n' } } },
      ])
      .toArray();
    // An aggregation gives the narrowest number that holds a sum.
    const sums = found.map(({ _id: code, dr, cr, n }) => ({ code, dr: BigInt(dr), cr: BigInt(cr), legs: Number(n) }));
    const size = ({ dr, cr }: ReasonSum): bigint => (dr > cr ? dr : cr);
    return sums.sort((a, b) => (size(a) === size(b) ? (a.code < b.code ? -1 : 1) : size(a) > size(b) ? -1 : 1));
  }

  /**
   * What was posted on an account in the month it is booked in, for one reason or all, in order of number: the entries
   * that `reasons` sums, so that what is only promised is not among them.
   */
  async entries(territory: string, of: AccountPlace, after: bigint, limit: number): Promise<readonly Entry[]> {
    return this.found({ ...booked(territory, of), seq: { $gt: after } }, { seq: 1 }, limit);
  }

  /** What each account moved by in a month, whatever the reason, in order of account. */
  async accounts(territory: string, book: string, month: string): Promise<readonly AccountSum[]> {
    const months = await this.sums.monthBalances(territory, book);
    const found = await months.find({ territory, book, period: month }).sort({ account: 1 }).toArray();
    return found.map(({ account, dr, cr }) => ({ account, dr, cr }));
  }

  /** What each account moved by in a month for each reason. */
  async reasonsByAccount(
    territory: string,
    book: string,
    month: string,
  ): Promise<readonly (AccountSum & { readonly code: string })[]> {
    const periods = await this.sums.periodBalances(territory, book);
    const found = await periods.find({ territory, book, period: month }).toArray();
    return found.map(({ account, code, dr, cr }) => ({ account, code, dr, cr }));
  }

  /** What payers owe and have settled, month by month of booking: as many rows as payers, reasons and months. */
  async months(territory: string, book: string): Promise<readonly ({ readonly month: string } & MonthOverview)[]> {
    const periods = await this.sums.periodBalances(territory, book);
    const rows = await periods
      .find({ territory, book, account: { $gte: RECEIVABLE, $lt: `${RECEIVABLE}~` } })
      .sort({ period: 1 })
      .toArray();
    return [...Map.groupBy(rows, ({ period }) => period)].map(([month, own]) => ({ month, ...overviewOf(own) }));
  }

  /** A reason's sum by file, in order of pseudonym: it grows with the reason's own entries in the month alone. */
  async files(territory: string, of: AccountPlace, after: string, limit: number): Promise<readonly FileSum[]> {
    const amount = (side: 1 | -1) => ({ $sum: { $cond: [{ $eq: ['$legs.d', side] }, '$legs.amt', 0] } });
    const found = await this.db
      .collection<EntryDocument>(ENTRIES)
      .aggregate<{ _id: string | null; dr: bigint | number; cr: bigint | number; entries: readonly string[] }>(
        [
          { $match: booked(territory, of) },
          { $unwind: '$legs' },
          { $match: { 'legs.a': of.account } },
          { $group: { _id: '$legs.sub.pathway', dr: amount(1), cr: amount(-1), entries: { $addToSet: '$_id' } } },
          { $match: after === '' ? {} : { _id: { $gt: after } } },
          { $sort: { _id: 1 } },
          { $limit: limit },
        ],
        { allowDiskUse: true },
      )
      .toArray();
    return found.map(({ _id: file, dr, cr, entries }) => ({
      ...{ file: file ?? null, dr: BigInt(dr), cr: BigInt(cr), entries: entries.length },
    }));
  }

  /** What one party is owed now, in cents; undefined for whom nothing was ever booked. */
  async owedTo(territory: string, book: string, party: string): Promise<bigint | undefined> {
    const balances = await this.sums.balances(territory, book);
    const found = await balances.findOne({ territory, book, account: payable(party) });
    return found === null ? undefined : found.cr - found.dr;
  }

  /** The entries that touch what a party is owed. */
  async entriesOf(
    territory: string,
    { book, party }: { readonly book: string; readonly party: string },
    after: PartyPlace | undefined,
    limit: number,
  ): Promise<readonly Entry[]> {
    const { period, seq } = after ?? {};
    const later = after === undefined ? {} : { $or: [{ period: { $gt: period } }, { period, seq: { $gt: seq } }] };
    return this.found({ territory, book, 'legs.a': payable(party), ...later }, { period: 1, seq: 1 }, limit);
  }

  private async found(
    filter: mongo.Filter<EntryDocument>,
    sort: Readonly<Record<string, 1>>,
    limit: number,
  ): Promise<readonly Entry[]> {
    const found = await this.db.collection<EntryDocument>(ENTRIES).find(filter).sort(sort).limit(limit).toArray();
    return found.map(entryOf);
  }

  private get db(): mongo.Db {
    return this.store.database.db;
  }
}
