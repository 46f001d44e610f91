import { DomainError, merkleRoot } from '@ariane/kernel';
import { accountingPeriod, monthOf } from './book-time';
import { checkDraft, type Entry, entryHash, firstHash, requestHash } from './entry';
import {
  addMonthMoves,
  addMoves,
  addPeriodMoves,
  type Increment,
  type MonthIncrement,
  monthKey,
  type Mutable,
  type PeriodIncrement,
  periodKey,
} from './ledger';

/** A stored balance, as the books show it: cents debited and credited, pending apart. */
export type StoredBalance = Pick<Increment, 'account' | 'dr' | 'cr' | 'pdr' | 'pcr'>;

/** A stored period balance: what entries of these months made of an account. */
export type StoredPeriodBalance = Pick<
  PeriodIncrement,
  'account' | 'code' | 'effPeriod' | 'period' | 'recPeriod' | 'dr' | 'cr'
>;

/** A stored month's balance: what entries booked in it made of an account. */
export type StoredMonthBalance = Pick<MonthIncrement, 'account' | 'period' | 'dr' | 'cr'>;

/** A stored line: what was posted for it over all its revisions, between its two accounts. */
export interface PostedLine {
  readonly key: string;
  readonly debit: string;
  readonly posted: bigint;
}

/** A stored batch: the first and last number that were posted together, and the root of their hashes. */
export interface StoredBatch {
  readonly first: bigint;
  readonly last: bigint;
  readonly root: string;
}

/** A closed month and the last number of the book when it was. */
export interface Closing {
  readonly month: string;
  readonly closedSeq: bigint;
}

/** The first place where a book is not good. */
export interface Fault {
  readonly good: false;
  readonly firstBadSeq: bigint | null;
  readonly account: string | null;
  readonly reason: string;
}

/** What the auditor found: the books are good, or the first place where they are not. */
export type Verified = { readonly good: true; readonly entries: number; readonly hash: string } | Fault;

const fault = (firstBadSeq: bigint | null, reason: string, account: string | null = null): Fault => ({
  good: false,
  firstBadSeq,
  account,
  reason,
});

interface LineSum {
  readonly account: string;
  sum: bigint;
  seq: bigint;
}

/** What has been seen of a book so far; changed in place, for a book may have millions of entries. */
interface Seen {
  seq: bigint;
  hash: string;
  rec: string;
  hashes: string[];
  readonly balances: Map<string, Mutable<Increment>>;
  readonly periods: Map<string, Mutable<PeriodIncrement>>;
  readonly months: Map<string, Mutable<MonthIncrement>>;
  readonly lines: Map<string, LineSum>;
  readonly open: Map<string, Entry['legs']>;
}

/**
 * The auditor of one book, fed in this order: entries by number, each batch after its last entry, then what is stored
 * beside them, then the head. Each answer is the first fault, or nothing. Memory grows with accounts, lines and pending
 * entries, not with entries.
 */
export interface Audit {
  readonly entry: (entry: Entry) => Fault | undefined;
  readonly batch: (batch: StoredBatch) => Fault | undefined;
  readonly balance: (balance: StoredBalance) => Fault | undefined;
  readonly period: (balance: StoredPeriodBalance) => Fault | undefined;
  readonly month: (balance: StoredMonthBalance) => Fault | undefined;
  readonly line: (line: PostedLine) => Fault | undefined;
  /** After the last entry: whether a batch has sealed it. */
  readonly sealed: () => Fault | undefined;
  readonly end: (head: { readonly seq: bigint; readonly hash: string }) => Verified;
}

/**
 * Begins the audit of a book.
 *
 * @param summedThrough the number of the last entry that the stored sums count: later ones are not in them yet
 */
export function beginAudit(timeZone: string, closings: readonly Closing[], summedThrough: bigint): Audit {
  const maps = { balances: new Map(), periods: new Map(), months: new Map(), lines: new Map(), open: new Map() };
  const seen: Seen = { seq: 0n, hash: firstHash, rec: '', hashes: [], ...maps };
  return {
    entry: (entry) => {
      const expected = seen.seq + 1n;
      if (entry.seq !== expected) return fault(expected, 'a number is missing or out of order');
      const reason =
        faultOf(entry, seen, timeZone) ?? bookingFault(entry, closings) ?? resolutionFault(entry, seen.open);
      if (reason !== undefined) return fault(expected, reason);
      take(seen, entry);
      if (entry.seq <= summedThrough) addSums(seen, entry, timeZone);
      return undefined;
    },
    batch: ({ first, last, root }) => {
      const { hashes } = seen;
      // Where the batch begins by its entries: what the seal says of it may be what was changed.
      const begins = seen.seq - BigInt(hashes.length) + 1n;
      seen.hashes = [];
      const isWhole = last === seen.seq && first === begins;
      return isWhole && merkleRoot(hashes) === root ? undefined : fault(begins, 'a batch is not what was sealed');
    },
    balance: (stored) => {
      const made = seen.balances.get(stored.account) ?? { dr: 0n, cr: 0n, pdr: 0n, pcr: 0n, lastSeq: null };
      seen.balances.delete(stored.account);
      if (sides.every((side) => made[side] === stored[side])) return undefined;
      const reason = made.lastSeq === null ? 'a balance without entries' : notTheSum('balance');
      return fault(made.lastSeq, reason, stored.account);
    },
    period: (stored) => monthFault(seen.periods, periodKey(stored), stored, 'period balance'),
    month: (stored) => monthFault(seen.months, monthKey(stored), stored, 'month’s balance'),
    line: ({ key, debit, posted }) => {
      const made = seen.lines.get(key) ?? { account: debit, sum: 0n, seq: null };
      const sum = made.account === debit ? made.sum : -made.sum;
      return sum === posted ? undefined : fault(made.seq, 'a line is not the sum of its entries', debit);
    },
    sealed: () => {
      const open = BigInt(seen.hashes.length);
      return open === 0n ? undefined : fault(seen.seq - open + 1n, 'entries that no batch seals');
    },
    end: (head) => (summedThrough > head.seq ? fault(head.seq + 1n, 'sums of what does not stand') : ended(seen, head)),
  };
}

const sides = ['dr', 'cr', 'pdr', 'pcr'] as const;
const notTheSum = (what: string): string => `a stored ${what} is not the sum of its entries`;

/** Compares what is stored for a month with what the entries made, and takes it from what is left to be stored. */
function monthFault(
  sums: Map<string, Pick<MonthIncrement, 'dr' | 'cr' | 'lastSeq'>>,
  key: string,
  stored: StoredMonthBalance,
  what: string,
): Fault | undefined {
  const made = sums.get(key);
  sums.delete(key);
  if (made === undefined) return fault(null, `a ${what} without entries`, stored.account);
  const isSame = made.dr === stored.dr && made.cr === stored.cr;
  return isSame ? undefined : fault(made.lastSeq, notTheSum(what), stored.account);
}

function addSums(seen: Seen, entry: Entry, timeZone: string): void {
  addMoves(seen.balances, entry);
  addPeriodMoves(seen.periods, entry, timeZone);
  addMonthMoves(seen.months, entry);
}

function take(seen: Seen, entry: Entry): void {
  seen.seq = entry.seq;
  seen.hash = entry.hash;
  seen.rec = entry.rec;
  seen.hashes.push(entry.hash);
  if (entry.status === 'PENDING') seen.open.set(entry.id, entry.legs);
  if (entry.resolves !== undefined) seen.open.delete(entry.resolves.id);
  const [leg] = entry.legs;
  // What is pending, or was and is no more, is nothing that was posted for a line.
  if (entry.line === null || leg === undefined || entry.status === 'PENDING' || entry.status === 'VOID') return;
  const line = seen.lines.get(entry.line.key) ?? { account: leg.a, sum: 0n, seq: 0n };
  const own = entry.legs.find(({ a }) => a === line.account);
  if (own !== undefined) line.sum += BigInt(own.d) * own.amt;
  line.seq = entry.seq;
  seen.lines.set(entry.line.key, line);
}

function faultOf(entry: Entry, { hash, rec }: Seen, timeZone: string): string | undefined {
  if (entry.prev !== hash) return 'the chain is broken';
  if (entryHash(entry) !== entry.hash) return 'the content is not what was sealed';
  if (requestHash(entry) !== entry.reqHash) return 'the request is not what was sealed';
  if (entry.rec < rec) return 'it was recorded before the one it follows';
  if (entry.effPeriod !== monthOf(entry.eff, timeZone)) return 'its month is not the one of its instant';
  try {
    checkDraft(entry);
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
  return undefined;
}

/** An entry is booked in its month, or in the first that was open at its number; never in one that was closed. */
function bookingFault({ effPeriod, period, prior, seq }: Entry, closings: readonly Closing[]): string | undefined {
  const closed = closings.filter(({ closedSeq }) => closedSeq < seq).map(({ month }) => month);
  const expected = accountingPeriod(effPeriod, closed.sort().at(-1) ?? null);
  return period === expected.period && prior === expected.prior
    ? undefined
    : 'it is booked in a month it may not be in';
}

function resolutionFault({ resolves }: Entry, open: Seen['open']): string | undefined {
  if (resolves === undefined) return undefined;
  const legs = open.get(resolves.id);
  const isSame = legs !== undefined && JSON.stringify(legs, plain) === JSON.stringify(resolves.legs, plain);
  return isSame ? undefined : 'it resolves what was not pending';
}

const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

function ended(seen: Seen, head: { readonly seq: bigint; readonly hash: string }): Verified {
  if (head.seq > seen.seq) return fault(seen.seq + 1n, 'entries are missing at the end');
  if (head.seq < seen.seq) return fault(head.seq + 1n, 'entries stand beyond the head');
  if (head.hash !== seen.hash) return fault(seen.seq, 'the head is not the last entry');
  const [balance] = seen.balances.values();
  if (balance) return fault(balance.lastSeq, notTheSum('balance'), balance.account);
  const [period] = seen.periods.values();
  if (period) return fault(period.lastSeq, notTheSum('period balance'), period.account);
  const [month] = seen.months.values();
  if (month) return fault(month.lastSeq, notTheSum('month’s balance'), month.account);
  return { good: true, entries: Number(seen.seq), hash: seen.hash };
}
