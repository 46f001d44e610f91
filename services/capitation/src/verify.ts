import { beginAudit, type Closing, type PostedLine, type StoredBalance, type StoredBatch } from './audit';
import type { StoredMonthBalance, StoredPeriodBalance, Verified } from './audit';
import type { Entry } from './entry';
import type { Increment } from './ledger';

/** A whole book in memory, for what is small; large books are fed to the auditor as they are read. */
export interface WholeBook {
  readonly entries: readonly Entry[];
  readonly balances: readonly StoredBalance[];
  readonly periods: readonly StoredPeriodBalance[];
  readonly months: readonly StoredMonthBalance[];
  readonly lines: readonly PostedLine[];
  readonly batches: readonly StoredBatch[];
  readonly closings: readonly Closing[];
  readonly head: { readonly seq: bigint; readonly hash: string };
  readonly timeZone: string;
}

/** Audits a book in memory: any change, swap, loss or insertion is named by its first bad number. */
export function verify(book: WholeBook): Verified {
  const audit = beginAudit(book.timeZone, book.closings, book.head.seq);
  const batchAt = new Map(book.batches.map((batch) => [batch.last, batch]));
  for (const entry of book.entries) {
    const batch = batchAt.get(entry.seq);
    const found = audit.entry(entry) ?? (batch && audit.batch(batch));
    if (found) return found;
  }
  // The head before what is stored beside the entries: where entries are missing, their balances are no news.
  const { seq } = book.head;
  if (seq !== BigInt(book.entries.length)) return audit.end(book.head);
  for (const balance of book.balances) {
    const found = audit.balance(balance);
    if (found) return found;
  }
  for (const period of book.periods) {
    const found = audit.period(period);
    if (found) return found;
  }
  for (const month of book.months) {
    const found = audit.month(month);
    if (found) return found;
  }
  for (const line of book.lines) {
    const found = audit.line(line);
    if (found) return found;
  }
  return audit.end(book.head);
}

/** Every account with what stands on it, and the sums, which are equal in books that balance. */
export interface TrialBalance {
  readonly accounts: readonly (Pick<Increment, 'account' | 'dr' | 'cr' | 'pdr' | 'pcr'> & {
    readonly balance: bigint;
  })[];
  readonly dr: bigint;
  readonly cr: bigint;
  /** Debits minus credits over all accounts: zero, and zero again among what is pending. */
  readonly difference: bigint;
  readonly pendingDifference: bigint;
}

/** @param balances one per account; `balance` is debits minus credits */
export function trialBalance(balances: readonly StoredBalance[]): TrialBalance {
  const accounts = balances
    .map(({ account, dr, cr, pdr, pcr }) => ({ account, dr, cr, pdr, pcr, balance: dr - cr }))
    .sort((a, b) => (a.account < b.account ? -1 : 1));
  const sum = (side: 'dr' | 'cr' | 'pdr' | 'pcr'): bigint => accounts.reduce((total, one) => total + one[side], 0n);
  const [dr, cr] = [sum('dr'), sum('cr')];
  return { accounts, dr, cr, difference: dr - cr, pendingDifference: sum('pdr') - sum('pcr') };
}
