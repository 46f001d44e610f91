import { DomainError, formatMoney } from '@ariane/kernel';
import type { Known } from './expression';
import type { Row } from './facts';
import type { Amount, Run } from './kind';
import { inCents } from './rounded';

/**
 * One amount per row, each rounded to cents, and their sum: lines are rounded and totals add them, so that a statement
 * foots. Throws ALREADY_EXISTS when two rows have one id.
 */
export function linesOf(
  rows: readonly Row[],
  run: Run,
  amountOf: (row: Row) => Known,
): { readonly total: Amount; readonly lines: ReadonlyMap<string, bigint> } {
  const { document } = run.contract;
  const amounts = new Map(rows.map((row) => [row.id, inCents(amountOf(row), document)]));
  if (amounts.size !== rows.length) throw new DomainError('ALREADY_EXISTS');
  const cents = [...amounts.values()].reduce((total, line) => total + line.cents, 0n);
  const value = formatMoney({ cents, currency: document.currency });
  const from = [...amounts.values()].map((line) => line.because);
  const because =
    from.length > 0 ? { of: 'operation' as const, operator: '+', value, from } : { of: 'constant' as const, value };
  return { total: { cents, because }, lines: new Map([...amounts].map(([id, line]) => [id, line.cents])) };
}
