import { dayOf } from './book-time';
import type { Entry } from './entry';
import { decimal } from './export-table';

/**
 * A book as a journal of hledger, in strict form: every account and the currency are declared, every amount is written.
 * What is only pending is no posting and is left out.
 */
export function hledgerHead(currency: string, accounts: readonly string[]): string {
  return [`commodity 1000.00 ${currency}`, ...accounts.map((account) => `account ${account}`), '', ''].join('\n');
}

/** One entry as a transaction on its effective day; the number and the recording day are comments. */
export function hledgerEntry(entry: Entry, currency: string, timeZone: string): string {
  if (entry.status !== 'POSTED' && entry.status !== 'POST') return '';
  const head = `${dayOf(entry.eff, timeZone)} * (${entry.seq}) ${entry.code}  ; recorded ${dayOf(entry.rec, timeZone)}`;
  // Two spaces part an account from its amount.
  const legs = entry.legs.map(({ a, d, amt }) => `    ${a}  ${decimal(BigInt(d) * amt)} ${currency}`);
  return [head, ...legs, '', ''].join('\n');
}
