import { toWireMoney } from '@ariane/kernel';
import type { AsOfBalance } from './as-of';
import type { Dispute } from './dispute';
import type { Pending } from './pending';
import type { Period } from './period';
import type { Statement, StatementLine } from './statement';
import { reasonOf } from './reasons';

/** What HTTP answers of months, statements, promises and contests: cents as money, numbers of entries as numbers. */
export function periodView(period: Period): Omit<Period, 'closedSeq'> & { readonly closedSeq: number | null } {
  const { closedSeq, ...rest } = period;
  return { ...rest, closedSeq: closedSeq === null ? null : Number(closedSeq) };
}

/** A balance is debits minus credits. */
export const asOfView = ({ dr, cr }: AsOfBalance, currency: string) => ({
  debit: toWireMoney({ cents: dr, currency }),
  credit: toWireMoney({ cents: cr, currency }),
  balance: toWireMoney({ cents: dr - cr, currency }),
});

export function statementHeadView(statement: Statement, currency: string) {
  const { book, kind, number, party, month, isFinal, supersedes, issuedAt, throughSeq, lines, sha256, totals } =
    statement;
  const money = (cents: bigint) => toWireMoney({ cents, currency });
  return {
    ...{ book, kind, number, party, month, final: isFinal, supersedes, issuedAt },
    ...{ throughSeq: Number(throughSeq), lines, sha256 },
    opening: money(totals.opening),
    due: money(totals.due),
    withheld: money(totals.withheld),
    paid: money(totals.paid),
    priorPeriod: money(totals.priorPeriod),
    closing: money(totals.closing),
  };
}

export const statementLineView = (line: StatementLine, currency: string) => ({
  ...{ entryId: line.entryId, seq: Number(line.seq), section: line.section, code: line.code, account: line.account },
  reason: reasonOf(line),
  ...{ effectiveAt: line.eff, effectivePeriod: line.effPeriod, subject: line.subject },
  amount: toWireMoney({ cents: line.cents, currency }),
});

export function pendingView(
  id: string,
  { state, book, draft, dueAt, expiresAt, resolvedBy }: Pending,
  currency: string,
) {
  const cents = draft.legs.reduce((sum, { d, amt }) => (d === 1 ? sum + amt : sum), 0n);
  return { id, state, book, code: draft.code, dueAt, expiresAt, resolvedBy, amount: toWireMoney({ cents, currency }) };
}

export const disputeView = (id: string, dispute: Dispute) => ({ id, ...dispute });
