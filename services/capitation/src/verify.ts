import { DomainError } from '@ariane/kernel';
import { monthOf } from './book-time';
import { checkDraft, type Entry, entryHash, firstHash, requestHash } from './entry';
import { incrementsOf } from './ledger';

/** A stored balance, as the books show it: cents debited and credited. */
export interface StoredBalance {
  readonly account: string;
  readonly dr: bigint;
  readonly cr: bigint;
}

/** What the verifier found: the books are good, or the first place where they are not. */
export type Verified =
  | { readonly good: true; readonly entries: number; readonly hash: string }
  | {
      readonly good: false;
      readonly firstBadSeq: bigint | null;
      readonly account: string | null;
      readonly reason: string;
    };

const bad = (firstBadSeq: bigint | null, reason: string, account: string | null = null): Verified => ({
  good: false,
  firstBadSeq,
  account,
  reason,
});

/**
 * Walks a book's entries in order: numbers without gap, chain, hashes, balance of each entry, recording times; then
 * recomputes every balance and compares the head. Any change, swap, loss or insertion is named by its first bad seq.
 *
 * @param entries in order of seq
 */
export function verify(
  entries: readonly Entry[],
  balances: readonly StoredBalance[],
  head: { readonly seq: bigint; readonly hash: string },
  timeZone: string,
): Verified {
  let prev = firstHash;
  let rec = '';
  for (const [index, entry] of entries.entries()) {
    const seq = BigInt(index) + 1n;
    const reason = entry.seq === seq ? faultOf(entry, prev, rec, timeZone) : 'a number is missing or out of order';
    if (reason) return bad(seq, reason);
    prev = entry.hash;
    rec = entry.rec;
  }
  const count = BigInt(entries.length);
  if (head.seq > count) return bad(count + 1n, 'entries are missing at the end');
  if (head.seq < count) return bad(head.seq + 1n, 'entries stand beyond the head');
  if (head.hash !== prev) return bad(count, 'the head is not the last entry');
  return balanceFault(entries, balances) ?? { good: true, entries: entries.length, hash: prev };
}

function faultOf(entry: Entry, prev: string, rec: string, timeZone: string): string | undefined {
  if (entry.prev !== prev) return 'the chain is broken';
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

function balanceFault(entries: readonly Entry[], balances: readonly StoredBalance[]): Verified | undefined {
  const stored = new Map(balances.map((balance) => [balance.account, balance]));
  for (const { account, dr, cr, lastSeq } of incrementsOf(entries)) {
    const found = stored.get(account);
    if (found?.dr !== dr || found.cr !== cr)
      return bad(lastSeq, 'a stored balance is not the sum of its entries', account);
    stored.delete(account);
  }
  const [extra] = [...stored.values()].filter((balance) => balance.dr !== 0n || balance.cr !== 0n);
  return extra && bad(null, 'a balance without entries', extra.account);
}

/** Every account with what stands on it, and the sums, which are equal in books that balance. */
export interface TrialBalance {
  readonly accounts: readonly {
    readonly account: string;
    readonly dr: bigint;
    readonly cr: bigint;
    readonly balance: bigint;
  }[];
  readonly dr: bigint;
  readonly cr: bigint;
  /** Debits minus credits over all accounts: zero. */
  readonly difference: bigint;
}

/** @param balances one per account; `balance` is debits minus credits */
export function trialBalance(balances: readonly StoredBalance[]): TrialBalance {
  const accounts = balances
    .map(({ account, dr, cr }) => ({ account, dr, cr, balance: dr - cr }))
    .sort((a, b) => (a.account < b.account ? -1 : 1));
  const dr = accounts.reduce((total, account) => total + account.dr, 0n);
  const cr = accounts.reduce((total, account) => total + account.cr, 0n);
  return { accounts, dr, cr, difference: dr - cr };
}
