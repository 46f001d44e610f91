import { toWireMoney, type WireMoney } from '@ariane/kernel';
import type { Entry, Leg } from './entry';
import { payable, payee } from './accounts';
import type { PaymentContract } from './payment-contract';
import type { StoredBalance, Verified } from './audit';
import { reasonOf } from './reasons';
import { trialBalance } from './verify';

/** What HTTP answers of the books: money as `{amount, currency}`, numbers of entries as numbers. */
const wire = (cents: bigint, currency: string): WireMoney => toWireMoney({ cents, currency });

export function entryView(entry: Entry, currency: string) {
  const { id, book, code, status, period, prior, contract, line, reverses, prev, hash } = entry;
  return {
    ...{ id, book, seq: Number(entry.seq), code, status },
    ...{ effectiveAt: entry.eff, recordedAt: entry.rec, period, effectivePeriod: entry.effPeriod, prior },
    ...{ contract, line, reverses, causeEventIds: entry.cause.eventIds, prev, hash },
    legs: entry.legs.map((leg) => legView(leg, currency)),
  };
}

const legView = ({ a, d, amt, sub }: Leg, currency: string) => ({
  account: a,
  side: d === 1 ? 'debit' : 'credit',
  amount: wire(amt, currency),
  ...sub,
});

export function trialBalanceView(book: string, currency: string, balances: readonly StoredBalance[]) {
  const { accounts, dr, cr, difference, pendingDifference } = trialBalance(balances);
  return {
    book,
    currency,
    accounts: accounts.map((one) => ({
      account: one.account,
      debit: wire(one.dr, currency),
      credit: wire(one.cr, currency),
      balance: wire(one.balance, currency),
      pendingDebit: wire(one.pdr, currency),
      pendingCredit: wire(one.pcr, currency),
    })),
    debit: wire(dr, currency),
    credit: wire(cr, currency),
    difference: wire(difference, currency),
    pendingDifference: wire(pendingDifference, currency),
  };
}

export const verifiedView = (verified: Verified) =>
  verified.good
    ? verified
    : { ...verified, firstBadSeq: verified.firstBadSeq === null ? null : Number(verified.firstBadSeq) };

export function contractView(contract: PaymentContract) {
  const { pin, status, validity, protocols, reviewedBy, bookId, approvedBy, activatedAt, endsOn } = contract;
  const { suspensions = [], dryRun = null } = contract;
  const life = { reviewedBy, dryRun, bookId, approvedBy, activatedAt, endsOn, suspensions };
  return { ...pin, status, validity, protocols, ...life };
}

/** What entries say of what is owed to a party, and what they come to. */
export function statementView(party: string, book: string, currency: string, entries: readonly Entry[]) {
  const account = payable(party);
  const lines = entries.flatMap((entry) =>
    entry.legs
      .filter((leg) => leg.a === account)
      .map((leg) => ({ entry, leg, cents: leg.d === -1 ? leg.amt : -leg.amt })),
  );
  return {
    ...{ party, book, currency },
    lines: lines.map(({ entry, leg, cents }) => ({
      entryId: entry.id,
      seq: Number(entry.seq),
      code: entry.code,
      reason: reasonOf({ code: entry.code, rev: entry.line?.rev ?? null }),
      effectiveAt: entry.eff,
      recordedAt: entry.rec,
      period: entry.period,
      prior: entry.prior,
      pathway: leg.sub?.pathway ?? null,
      contract: entry.contract && { id: entry.contract.id, version: entry.contract.version },
      amount: wire(cents, currency),
    })),
    total: wire(
      lines.reduce((total, line) => total + line.cents, 0n),
      currency,
    ),
  };
}

/** What each party is owed by these entries, in order of party. */
export function totalsByParty(entries: readonly Entry[], currency: string) {
  const totals = new Map<string, bigint>();
  for (const { a, d, amt } of entries.flatMap((entry) => entry.legs)) {
    const party = payee(a);
    if (party !== undefined) totals.set(party, (totals.get(party) ?? 0n) - BigInt(d) * amt);
  }
  return [...totals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([party, cents]) => ({ party, total: wire(cents, currency) }));
}
