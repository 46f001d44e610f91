import { compare, DomainError, parseMoney, zero } from '@ariane/kernel';
import { allocated } from './allocation';
import type { RedistributeComponent } from './components';
import type { Given } from './contract';
import { rowsOf } from './facts';
import { keyWeight } from './key-weight';
import type { Amount, Checker, Run } from './kind';
import { inCents, known } from './rounded';

/** What of a component says how its amount is shared. */
type Shared = Pick<RedistributeComponent, 'id' | 'among' | 'weight' | 'key'>;

/** Throws CONTRACT_INVALID for a weight that is none, or a key that the contract does not have. */
export function checkShared({ among, weight, key }: Shared, checker: Checker): void {
  checker.expression('weight', weight, ['num', 'money'], among);
  const { keys = {}, protocols } = checker.document;
  if (key === undefined) return;
  if (!Object.hasOwn(keys, key)) checker.refuse('key', `${key} is no key of the contract`, 'Name one of keys.');
  if (protocols) checker.refuse('key', 'a pathway is paid by its points', 'Take the key away, or the protocols.');
}

/**
 * An amount shared among the rows of a list in proportion to a weight. What nobody has a claim to is `undistributed`,
 * so that amount = shares + undistributed.
 *
 * @throws FACT_MISSING, FACT_MALFORMED for a weight that is negative or no number
 */
export function sharedAmong(
  amount: Amount,
  component: Shared,
  run: Run,
): { readonly parts: ReadonlyMap<string, Amount>; readonly undistributed: Amount | undefined } {
  const { document } = run.contract;
  const { id, among, weight } = component;
  const claims = rowsOf(run.given, among).map((row) => {
    const own = run.evaluate(weight, row);
    const voted = component.key === undefined ? undefined : keyWeight(component.key, row, run);
    const { value, because } = voted ? run.combine('*', [own, voted]) : own;
    if (!('amount' in value)) throw new DomainError('FACT_MALFORMED', { name: weight, reason: 'not a number' });
    if (compare(value.amount, zero) < 0) throw new DomainError('FACT_MALFORMED', { name: weight, reason: 'negative' });
    return { id: row.id, weight: value.amount, because };
  });
  const already = document.rounding.allocation === 'CUMULATIVE' ? alreadyGiven(run.given, id) : new Map();
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
