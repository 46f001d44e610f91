import { DomainError } from '@ariane/kernel';
import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import type { EvidenceDocument } from './aggregates.store';
import type { Book, BookHead } from './book';
import type { Entry } from './entry';
import type { Explanation } from './explanation';
import { BALANCES, bookType, ENTRIES, type EntryDocument, entryOf, EVIDENCE, EXPLAINS, headType } from './ledger.store';
import { lineType, PERIOD_BALANCES } from './ledger.store';
import type { StoredLine } from './line';
import { type StoredBalance, type Verified, verify } from './verify';
import { type StoredPeriodBalance, verifyProjections } from './verify-projections';

/** What is read of an entry's line and reason. */
interface ExplainDocument {
  readonly _id: string;
  readonly tree: Explanation;
}
type LineDocument = StoredLine & { readonly _id: string };
type BalanceDocument = StoredBalance & { readonly _id: string; readonly territory: string; readonly book: string };

/** The books as their readers see them; every read is of one territory. */
@Injectable()
export class LedgerReads {
  constructor(private readonly store: Store) {}

  /** @throws NOT_FOUND */
  async book(territory: string, id: string): Promise<Book> {
    const found = await this.store.read(bookType, territory, id);
    if (!found) throw new DomainError('NOT_FOUND');
    return found.state;
  }

  async books(territory: string): Promise<readonly { readonly id: string; readonly state: Book }[]> {
    return this.store.find(bookType, territory, {});
  }

  balances(territory: string, book: string): Promise<StoredBalance[]> {
    return this.db.collection<BalanceDocument>(BALANCES).find({ territory, book }).sort({ _id: 1 }).toArray();
  }

  /** Entries of a book in order of their numbers, after a number. */
  async entriesAfter(territory: string, book: string, seq: bigint, limit: number): Promise<readonly Entry[]> {
    return this.find({ territory, book, seq: { $gt: seq } }, limit);
  }

  /** Entries that touch an account of a book, or speak of a subject, in order of their numbers. */
  async entriesOf(
    territory: string,
    book: string,
    by: { readonly account?: string; readonly subject?: string },
  ): Promise<readonly Entry[]> {
    return this.find({
      territory,
      book,
      ...(by.account === undefined ? {} : { 'legs.a': by.account }),
      ...(by.subject === undefined ? {} : { 'legs.sub.pathway': by.subject }),
    });
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
    const found =
      sha256 === undefined || sha256 === null
        ? null
        : await this.db.collection<ExplainDocument>(EXPLAINS).findOne({ _id: `${territory}|${sha256}` });
    if (!found) throw new DomainError('NOT_FOUND');
    return found.tree;
  }

  /** Walks a book's chain and recomputes what is stored beside it, all at one instant of the database. */
  async verify(territory: string, book: string): Promise<Verified> {
    const session = await this.store.database.connection.startSession({ snapshot: true });
    try {
      const read = <D extends mongo.Document>(collection: string, filter: mongo.Document) =>
        this.db
          .collection(collection)
          .find<D>({ territory, ...filter }, { session })
          .sort({ seq: 1 });
      const [head] = await read<BookHead>(headType.collection, { _id: book }).toArray();
      if (!head) throw new DomainError('NOT_FOUND');
      const entries = (await read<EntryDocument>(ENTRIES, { book }).toArray()).map(entryOf);
      const balances = await read<BalanceDocument>(BALANCES, { book }).toArray();
      const found = verify(entries, balances, head, head.tz);
      if (!found.good) return found;
      const periods = await read<StoredPeriodBalance>(PERIOD_BALANCES, { book }).toArray();
      const lines = await read<LineDocument>(lineType.collection, { book }).toArray();
      const posted = lines.map(({ _id: key, debit, posted: sum }) => ({ key, debit, posted: sum }));
      return verifyProjections(entries, periods, posted, head.tz) ?? found;
    } finally {
      await session.endSession();
    }
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
