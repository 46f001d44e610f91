import { canonicalJson, type Decider, invariant, sha256Hex } from '@ariane/kernel';
import type { Given } from './contract';
import { type BucketSum, inputsHashOf, type MemberLine, memberLines, type RosterRow, sumOf } from './roster-lines';
import { activeContract, type Shelf } from './shelf';

/** One run's place: a book, a contract by its name, a month. */
export interface Place {
  readonly book: string;
  readonly contractId: string;
  readonly month: string;
}

/** The part of a month's roster whose pseudonyms begin alike: what each of its members comes to. */
export interface RosterBucket extends Place, BucketSum {
  /** The hash of contract and facts, and each line's of its member's days and values: what need not be priced again. */
  readonly basis: string;
  readonly lines: readonly (MemberLine & { readonly rev: number; readonly input: string })[];
}

export interface ComputeBucket extends Place {
  readonly type: 'ComputeBucket';
  readonly sha256: string;
  readonly bucket: string;
  readonly given: Given;
  readonly rows: readonly RosterRow[];
  readonly seen?: string;
  readonly territory: string;
  readonly now: string;
}

export interface BucketComputed {
  readonly type: 'BucketComputed';
  readonly data: RosterBucket & {
    /** The lines that are not what they were, those of members who are gone with nothing in them. */
    readonly changed: readonly (MemberLine & { readonly rev: number })[];
    readonly now: string;
  };
}

/**
 * Computing the same members under the same contract and facts again says nothing; where some have changed, only their
 * lines are priced anew, so that a correction costs what it corrects.
 */
export function rosterBuckets(shelf: Shelf): Decider<RosterBucket, ComputeBucket, BucketComputed> {
  return {
    decide: (state, { book, contractId, month, sha256, bucket, given, rows, territory, now, ...read }) => {
      const { contract } = activeContract(shelf, territory, sha256);
      const inputsHash = inputsHashOf(contract, month, given, rows);
      if (state?.inputsHash === inputsHash) return [];
      const basis = sha256Hex(canonicalJson({ sha256, given }));
      const before = new Map(state?.lines.map((line) => [line.id, line]));
      const input = (row: RosterRow): string => sha256Hex(canonicalJson(row)).slice(0, 16);
      const isKnown = (row: RosterRow): boolean => state?.basis === basis && before.get(row.id)?.input === input(row);
      const priced = memberLines(
        contract,
        month,
        given,
        rows.filter((row) => !isKnown(row)),
      );
      const fresh = new Map(priced.map((line) => [line.id, line]));
      const made = rows.map((row) => {
        const known = before.get(row.id);
        const line = fresh.get(row.id) ?? known;
        invariant(line, 'a member whose line is not priced anew has one');
        const rev = known === undefined ? 1 : isSame(known, line) ? known.rev : known.rev + 1;
        return { ...line, rev, input: input(row) };
      });
      // Who is gone keeps a line of nothing, so that one who comes back goes on with the next revision.
      const present = new Set(rows.map(({ id }) => id));
      const left = [...before.values()].filter(({ id }) => !present.has(id));
      const gone = left.filter(({ days }) => days > 0).map(({ id, rev }) => ({ id, days: 0, cents: {}, rev: rev + 1 }));
      const still = left.filter(({ days }) => days === 0);
      const moved = made.filter(({ id, rev }) => before.get(id)?.rev !== rev).map(({ input: _, ...line }) => line);
      const lines = [...made, ...gone.map((line) => ({ ...line, input: '' })), ...still];
      const seen = read.seen === undefined ? {} : { seen: read.seen };
      const data = { book, contractId, month, basis, ...sumOf(bucket, inputsHash, made), ...seen, lines, now };
      return [{ type: 'BucketComputed', data: { ...data, changed: [...moved, ...gone] } }];
    },
    evolve: (_, { data: { changed: __, now: ___, ...bucket } }) => bucket,
  };
}

const isSame = (a: MemberLine, b: MemberLine): boolean =>
  a.days === b.days && Object.keys(b.cents).every((id) => a.cents[id] === b.cents[id]);
