import { monthOf } from './book-time';
import { type Entry, movesOf } from './entry';
import type { PeriodIncrement } from './ledger';

/** A balance on an account, in cents debited and credited. */
export interface AsOfBalance {
  readonly dr: bigint;
  readonly cr: bigint;
}

/** What the books said: true up to `effective`, known at `known`, both instants and included. */
export interface AsOf {
  readonly effective: string;
  readonly known: string;
}

/**
 * A balance as of an instant, as it was known at another: whole months from the period balances, and the entries of the
 * two months that are cut by the instants. A backdated entry rewrites nothing and costs as any other.
 *
 * @param rows period balances of the account
 * @param tail entries that touch the account and are effective in the month of `effective` or recorded in the month of
 *   `known`, at least
 */
export function balanceAsOf(
  account: string,
  rows: readonly PeriodIncrement[],
  tail: readonly Entry[],
  { effective, known }: AsOf,
  timeZone: string,
): AsOfBalance {
  const cut = { effective: monthOf(effective, timeZone), known: monthOf(known, timeZone) };
  const isWhole = (months: { readonly effPeriod: string; readonly recPeriod: string }): boolean =>
    months.effPeriod < cut.effective && months.recPeriod < cut.known;
  const whole = rows.filter((row) => row.account === account && isWhole(row));
  const cutOff = tail.filter(
    (entry) =>
      !isWhole({ effPeriod: entry.effPeriod, recPeriod: monthOf(entry.rec, timeZone) }) &&
      Date.parse(entry.eff) <= Date.parse(effective) &&
      Date.parse(entry.rec) <= Date.parse(known),
  );
  const moves = cutOff.flatMap(movesOf).filter((move) => move.account === account && !move.pending);
  const sideOf = (d: 1 | -1): bigint => moves.reduce((sum, move) => (move.d === d ? sum + move.amt : sum), 0n);
  return {
    dr: whole.reduce((sum, row) => sum + row.dr, sideOf(1)),
    cr: whole.reduce((sum, row) => sum + row.cr, sideOf(-1)),
  };
}
