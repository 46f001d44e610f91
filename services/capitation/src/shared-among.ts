import { compare, DomainError, parseMoney, zero } from '@ariane/kernel';
import { allocated } from './allocation';
import type { Given } from './contract';
import { rowsOf } from './facts';
import type { Amount, Run } from './kind';
import { inCents, known } from './rounded';

/**
 * An amount shared among the rows of a list in proportion to a weight. What nobody has a claim to is `undistributed`,
 * so that amount = shares + undistributed.
 *
 * @throws FACT_MISSING, FACT_MALFORMED for a weight that is negative or no number
 */
export function sharedAmong(
  amount: Amount,
  component: string,
  among: string,
  weight: string,
  run: Run,
): { readonly parts: ReadonlyMap<string, Amount>; readonly undistributed: Amount | undefined } {
  const { document } = run.contract;
  const claims = rowsOf(run.given, among).map((row) => {
    const { value, because } = run.evaluate(weight, row);
    if (!('amount' in value)) throw new DomainError('FACT_MALFORMED', { name: weight, reason: 'not a number' });
    if (compare(value.amount, zero) < 0) throw new DomainError('FACT_MALFORMED', { name: weight, reason: 'negative' });
    return { id: row.id, weight: value.amount, because };
  });
  const already = document.rounding.allocation === 'CUMULATIVE' ? alreadyGiven(run.given, component) : new Map();
  const parts = allocated(amount, claims, document.rounding, document.currency, already);
  const given = [...parts.values()].reduce((total, part) => total + part.cents, 0n);
  if (given === amount.cents) return { parts, undistributed: undefined };
  const rest = [...parts.values()].reduce((before, part) => run.combine('-', [before, known(part)]), known(amount));
  return { parts, undistributed: inCents(rest, document) };
}

/** Under CUMULATIVE, `given.allocated.<component>` is what earlier runs gave each, `{"prac:x": "12.00 EUR"}`. */
function alreadyGiven(given: Given, component: string): ReadonlyMap<string, bigint> {
  const own = member(member(given, 'allocated'), component);
  if (typeof own !== 'object' || own === null) return new Map();
  return new Map(Object.entries(own).map(([id, text]) => [id, parseMoney(String(text)).cents]));
}

const member = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Object.entries(of).find(([id]) => id === name)?.[1] : undefined;
