import { DomainError } from '@ariane/kernel';
import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { payable } from './accounts';
import type { EvidenceDocument } from './aggregates.store';
import type { Book } from './book';
import { monthOf } from './book-time';
import type { Entry } from './entry';
import type { Explanation } from './explanation';
import { BookSums } from './book-sums.store';
import { ENTRIES, type EntryDocument, entryOf, EVIDENCE, EXPLAINS } from './ledger-documents.store';
import { commonsIn, type Kept, whole } from './kept-explanation';
import { bookType, lineType, periodType } from './ledger.store';
import type { StoredLine } from './line';
import { type AsOf, type AsOfBalance, balanceAsOf } from './as-of';
import type { Closing, StoredBalance } from './audit';

/** What is read of an entry's line and reason. */
interface ExplainDocument {
  readonly _id: string;
  readonly tree: Kept;
}
const PAYABLE = payable('');

/** What was booked on an account after a month; an aggregation gives the narrowest number that holds a sum. */
interface LaterSum {
  readonly _id: string;
  readonly dr: bigint | number;
  readonly cr: bigint | number;
}

function without(now: readonly StoredBalance[], since: readonly LaterSum[]): readonly StoredBalance[] {
  const later = new Map(since.map((one) => [one._id, one]));
  return now.flatMap(({ account, ...sums }) => {
    const { dr: laterDr = 0, cr: laterCr = 0 } = later.get(account) ?? {};
    const [dr, cr] = [sums.dr - BigInt(laterDr), sums.cr - BigInt(laterCr)];
    return dr === 0n && cr === 0n ? [] : [{ account, dr, cr, pdr: 0n, pcr: 0n }];
  });
}

/** The books as their readers see them; every read is of one territory. */
@Injectable()
export class LedgerReads {
  constructor(
    private readonly store: Store,
    private readonly sums: BookSums,
  ) {}

  /** @throws NOT_FOUND */
  async book(territory: string, id: string): Promise<Book> {
    const found = await this.store.read(bookType, territory, id);
    if (!found) throw new DomainError('NOT_FOUND');
    return found.state;
  }

  async books(territory: string): Promise<readonly { readonly id: string; readonly state: Book }[]> {
    return this.store.find(bookType, territory, {});
  }

  async balances(territory: string, book: string): Promise<StoredBalance[]> {
    const balances = await this.sums.balances(territory, book);
    return balances.find({ territory, book }).sort({ _id: 1 }).toArray();
  }

  /** What each party is owed now, in cents, in order of party. */
  async owed(territory: string, book: string): Promise<ReadonlyMap<string, bigint>> {
    const balances = await this.sums.balances(territory, book);
    const found = await balances
      .find({ territory, book, account: { $gte: PAYABLE, $lt: `${PAYABLE}~` } })
      .sort({ account: 1 })
      .toArray();
    return new Map(found.map(({ account, dr, cr }) => [account.slice(PAYABLE.length), cr - dr]));
  }

  /** Entries of a book in order of their numbers, after a number. */
  async entriesAfter(territory: string, book: string, seq: bigint, limit: number): Promise<readonly Entry[]> {
    return this.find({ territory, book, seq: { $gt: seq } }, limit);
  }

  /** Entries that speak of a subject, in order of their numbers. */
  async entriesOf(territory: string, book: string, subject: string): Promise<readonly Entry[]> {
    return this.find({ territory, book, 'legs.sub.pathway': subject });
  }

  /**
   * What stands on each account by the booking month, pending amounts left out: at the end of a month, whatever was
   * posted afterwards. It is what stands now less what was booked since, for months are looked at soon after their end.
   */
  async balancesAt(territory: string, book: string, month: string): Promise<readonly StoredBalance[]> {
    const balances = await this.sums.balances(territory, book);
    const months = await this.sums.monthBalances(territory, book);
    // Both of one instant: a posting between the two would be taken off without having been counted.
    const session = await this.store.database.connection.startSession({ snapshot: true });
    try {
      const now = await balances.find({ territory, book }, { session }).sort({ _id: 1 }).toArray();
      const since = months.aggregate<LaterSum>(
        [
          { $match: { territory, book, period: { $gt: month } } },
          { $group: { _id: '$account', dr: { $sum: '$dr' }, cr: { $sum: '$cr' } } },
        ],
        { session },
      );
      return without(now, await since.toArray());
    } finally {
      await session.endSession();
    }
  }

  /** Entries booked in a month that are true in an earlier one, which was closed when they came. */
  async priorPeriod(territory: string, book: string, month: string, after: bigint, limit: number) {
    return this.find({ territory, book, period: month, prior: true, seq: { $gt: after } }, limit);
  }

  /** An account's balance, true up to an instant and as it was known at another. */
  async asOf(territory: string, book: string, account: string, at: AsOf): Promise<AsOfBalance> {
    const { tz } = await this.book(territory, book);
    const [effMonth, knownMonth] = [monthOf(at.effective, tz), monthOf(at.known, tz)];
    const sums = await this.sums.periodBalances(territory, book);
    const rows = await sums.find({ territory, book, account, effPeriod: { $lte: effMonth } }).toArray();
    // The sums say in which months the entries are booked that an instant cuts through.
    const cut = rows.filter((row) => row.effPeriod === effMonth || row.recPeriod === knownMonth);
    const tail = await this.find({
      ...{ territory, book, 'legs.a': account, period: { $in: [...new Set(cut.map(({ period }) => period))] } },
      ...{ eff: { $lte: new Date(at.effective) }, rec: { $lte: new Date(at.known) } },
    });
    return balanceAsOf(account, rows, tail, at, tz);
  }

  /** Every revision of a line, in order: what was posted for it, when, by which entry, and why. */
  async line(
    territory: string,
    key: string,
  ): Promise<{ readonly line: StoredLine; readonly entries: readonly Entry[] }> {
    const found = await this.store.read(lineType, territory, key);
    if (!found) throw new DomainError('NOT_FOUND');
    return { line: found.state, entries: await this.find({ territory, 'line.key': key }) };
  }

  /**
   * What an event paid, in order of number: the entries that rest on it, and those that pay who took part by it and
   * rest on a list that holds it.
   */
  async paidBy(
    territory: string,
    eventId: string,
    lists: readonly { readonly list: string; readonly practitioners: readonly string[] }[],
    after: bigint,
    limit: number,
  ): Promise<readonly Entry[]> {
    const listed = lists.map(({ list, practitioners }) => ({
      'cause.eventIds': list,
      'legs.a': { $in: practitioners.map((id) => payable(`prac:${id}`)) },
    }));
    return this.find({ territory, $or: [{ 'cause.eventIds': eventId }, ...listed], seq: { $gt: after } }, limit);
  }

  /** The batch an entry was sealed in, with the hashes of its entries: what an inclusion proof is made from. */
  async batchOf(territory: string, { book, seq }: Entry) {
    const last = await this.db
      .collection<EntryDocument>(ENTRIES)
      .findOne({ territory, book, seq: { $gte: seq }, batch: { $exists: true } }, { sort: { seq: 1 } });
    if (!last?.batch) throw new DomainError('NOT_FOUND');
    const { first, root } = last.batch;
    const entries = await this.find({ territory, book, seq: { $gte: first, $lte: last.seq } });
    return { first, root, hashes: entries.map(({ hash }) => hash) };
  }

  /** @throws NOT_FOUND */
  async entry(territory: string, id: string): Promise<Entry> {
    const [found] = await this.find({ territory, _id: id }, 1);
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  /** The events behind an entry that came from services; a request by hand is no event and is not among them. */
  async evidence(territory: string, eventIds: readonly string[]): Promise<readonly EvidenceDocument[]> {
    return this.db
      .collection<EvidenceDocument>(EVIDENCE)
      .find({ _id: { $in: eventIds.map((id) => `${territory}|${id}`) } })
      .sort({ at: 1, _id: 1 })
      .toArray();
  }

  /** @throws NOT_FOUND for an entry that no calculation gave, or a line taken back since nothing aims at it any more */
  async explanation(territory: string, entry: Entry): Promise<Explanation> {
    const sha256 = entry.line?.explain;
    const kept = sha256 === undefined || sha256 === null ? undefined : await this.kept(territory, sha256);
    if (!kept) throw new DomainError('NOT_FOUND');
    const commons = new Map<string, Kept>();
    const wanted = [...commonsIn(kept)];
    for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
      const common = commons.has(name) ? undefined : await this.kept(territory, name);
      if (!common) continue;
      commons.set(name, common);
      wanted.push(...commonsIn(common));
    }
    return whole(kept, commons);
  }

  private async kept(territory: string, sha256: string): Promise<Kept | undefined> {
    const explains = this.db.collection<ExplainDocument>(EXPLAINS);
    return (await explains.findOne({ _id: `${territory}|${sha256}` }))?.tree;
  }

  /** The months of a book that were closed, in their order. */
  async closings(territory: string, book: string): Promise<readonly Closing[]> {
    const found = await this.store.find(periodType, territory, { book, state: 'CLOSED' }, { sort: { month: 1 } });
    return found.map(({ state: { month, closedSeq } }) => ({ month, closedSeq: closedSeq ?? 0n }));
  }

  private async find(filter: mongo.Filter<EntryDocument>, limit = 0): Promise<readonly Entry[]> {
    const found = await this.entries.find(filter).sort({ seq: 1 }).limit(limit).toArray();
    return found.map(entryOf);
  }

  private get entries(): mongo.Collection<EntryDocument> {
    return this.db.collection<EntryDocument>(ENTRIES);
  }

  private get db(): mongo.Db {
    return this.store.database.db;
  }
}
