import { Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import type { Contract, Given } from './contract';
import { type Counting, type Member, memberMonth } from './roster';
import { type BucketSum, type RosterRow, seenOf } from './roster-lines';
import { memberType, PART_REVISIONS } from './roster-types.store';

/** Members in one answer of the server. */
const MEMBERS_AT_ONCE = 2_000;

type StoredMember = Pick<Member, 'book' | 'bucket' | 'spans' | 'values'> & {
  readonly _id: string;
  readonly territory: string;
};
interface StoredRevision {
  readonly _id: string;
  readonly book: string;
  readonly bucket: string;
  readonly revision: bigint;
}

/** A part of a month's roster that has to be looked at: its members by pseudonym. */
export interface RosterPart {
  readonly bucket: string;
  readonly rows: readonly RosterRow[];
}

/** What a month is priced by, and how its days are counted. */
export interface Basis {
  readonly contract: Contract;
  readonly month: string;
  readonly given: Given;
  readonly counting: Counting;
}

/** What a month's parts are read from now. */
export interface Seen {
  /** By part; none for a part whose members' changes were not counted from the beginning. */
  readonly of: (bucket: string) => string | undefined;
  /** Of the parts that are known, those that are what they were: they need not be read. */
  readonly unchanged: readonly BucketSum[];
}

/** The parts of a book's roster: pseudonyms that begin alike. */
@Injectable()
export class RosterParts {
  constructor(private readonly store: Store) {}

  /** To be asked before the members are read: what changes meanwhile is then read again by the next run. */
  async seen(book: string, basis: Basis, known: readonly BucketSum[]): Promise<Seen> {
    const { contract, month, given, counting } = basis;
    const revisions = await this.store.database.db.collection<StoredRevision>(PART_REVISIONS).find({ book }).toArray();
    const byBucket = new Map(
      revisions.map(({ bucket, revision }) => [bucket, seenOf(contract, month, given, counting, revision)]),
    );
    const of = (bucket: string): string | undefined => byBucket.get(bucket);
    return { of, unchanged: known.filter(({ bucket, seen }) => seen !== undefined && seen === of(bucket)) };
  }

  /** How many members the roster has, whenever they were there. */
  count(territory: string, book: string): Promise<number> {
    return this.members.countDocuments({ territory, book });
  }

  /** The parts of a month's roster that have members, in their order, without those that are unchanged. */
  async *read(
    territory: string,
    book: string,
    { month, counting }: Basis,
    unchanged: readonly BucketSum[],
  ): AsyncGenerator<RosterPart> {
    const bucketed = unchanged.length === 0 ? {} : { bucket: { $nin: unchanged.map((part) => part.bucket) } };
    const all = this.members
      .find({ territory, book, ...bucketed }, { batchSize: MEMBERS_AT_ONCE })
      .project<StoredMember>({ bucket: 1, spans: 1, values: 1 })
      .sort({ bucket: 1 });
    let part: { bucket: string; rows: RosterRow[] } = { bucket: '', rows: [] };
    for await (const { _id, bucket, ...member } of all) {
      if (bucket !== part.bucket) {
        if (part.rows.length > 0) yield sorted(part);
        part = { bucket, rows: [] };
      }
      const known = memberMonth(member, month, counting);
      if (known) part.rows.push({ id: _id.slice(_id.lastIndexOf('|') + 1), ...known });
    }
    if (part.rows.length > 0) yield sorted(part);
  }

  private get members(): mongo.Collection<StoredMember> {
    return this.store.database.db.collection<StoredMember>(memberType.collection);
  }
}

const sorted = ({ bucket, rows }: { bucket: string; rows: RosterRow[] }): RosterPart => ({
  bucket,
  rows: rows.sort((a, b) => (a.id < b.id ? -1 : 1)),
});
