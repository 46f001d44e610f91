import type { Entry } from './entry';
import { periodIncrementsOf } from './ledger';
import type { Verified } from './verify';

/** A stored period balance: what entries of an effective month, recorded in a month, made of an account. */
export interface StoredPeriodBalance {
  readonly account: string;
  readonly effPeriod: string;
  readonly recPeriod: string;
  readonly dr: bigint;
  readonly cr: bigint;
}

/** A stored line: what was posted for it over all its revisions, between its two accounts. */
export interface PostedLine {
  readonly key: string;
  readonly debit: string;
  readonly posted: bigint;
}

/**
 * Recomputes from the entries what is stored beside them for reading: period balances and the lines' posted amounts.
 *
 * @returns the first difference, or undefined when there is none
 */
export function verifyProjections(
  entries: readonly Entry[],
  periods: readonly StoredPeriodBalance[],
  lines: readonly PostedLine[],
  timeZone: string,
): Extract<Verified, { good: false }> | undefined {
  const named = ({ account, effPeriod, recPeriod }: StoredPeriodBalance) => `${account}|${effPeriod}|${recPeriod}`;
  const stored = new Map(periods.map((one) => [named(one), one]));
  for (const one of periodIncrementsOf(entries, timeZone)) {
    const found = stored.get(named(one));
    if (found?.dr !== one.dr || found.cr !== one.cr) {
      return bad(one.lastSeq, one.account, 'a stored period balance is not the sum of its entries');
    }
    stored.delete(named(one));
  }
  const [extra] = stored.values();
  if (extra) return bad(null, extra.account, 'a period balance without entries');
  const byLine = Map.groupBy(entries, (entry) => entry.line?.key);
  for (const { key, debit, posted } of lines) {
    const legs = (byLine.get(key) ?? []).flatMap((entry) => entry.legs.filter((leg) => leg.a === debit));
    const sum = legs.reduce((total, leg) => total + BigInt(leg.d) * leg.amt, 0n);
    if (sum !== posted) return bad(byLine.get(key)?.at(-1)?.seq ?? null, debit, 'a line is not the sum of its entries');
  }
  return undefined;
}

const bad = (firstBadSeq: bigint | null, account: string, reason: string) =>
  ({ good: false, firstBadSeq, account, reason }) as const;
