import { compare, DomainError, formatMoney, one, zero } from '@ariane/kernel';
import type { Clause, Reduction } from './components';
import type { Known } from './expression';
import { malformed } from './malformed';
import type { Row } from './facts';
import type { Amount, Checker, Run } from './kind';
import { num, showValue } from './value';

/** Throws CONTRACT_INVALID unless the clauses have names of their own and conditions. */
export function checkClauses(field: string, clauses: readonly Clause[], checker: Checker, among?: string): void {
  checkNames(field, clauses, checker);
  for (const { id, when } of clauses) checker.expression(`${field}.${id}.when`, when, ['bool'], among);
}

/** Throws CONTRACT_INVALID when two of a list have one id. */
export function checkNames(field: string, named: readonly { readonly id: string }[], checker: Checker): void {
  const ids = named.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) checker.refuse(field, `${twice} appears twice`, 'Give each a name of its own.');
}

/** Whether a condition holds. Throws FACT_MALFORMED for a fact that is no truth value: `"true"` is read as neither. */
export function isTrue(condition: Known): boolean {
  if (condition.value.type === 'bool') return condition.value.is;
  throw malformed([condition], 'not true or false, as JSON writes them', 'condition');
}

/** Nothing, and the conditions that made it nothing. */
export const notDue = (currency: string, conditions: readonly Known[], clause?: string): Known => ({
  value: { type: 'money', amount: zero },
  because: {
    of: 'operation',
    operator: 'not due',
    ...(clause === undefined ? {} : { clause }),
    value: formatMoney({ cents: 0n, currency }),
    from: conditions.map((condition) => condition.because),
  },
});

/** A value, and the conditions under which it counts. */
export const due = (known: Known, conditions: readonly Known[], run: Run, clause?: string): Known => ({
  value: known.value,
  because: {
    of: 'operation',
    operator: 'due',
    ...(clause === undefined ? {} : { clause }),
    value: showValue(known.value, run.contract.document.currency),
    from: [known.because, ...conditions.map((condition) => condition.because)],
  },
});

/** A sum of amounts in cents, with its explanation. */
export function totalOf(amounts: readonly Amount[], currency: string): Amount {
  const cents = amounts.reduce((total, amount) => total + amount.cents, 0n);
  const value = formatMoney({ cents, currency });
  if (amounts.length === 0) return { cents, because: { of: 'constant', value } };
  return { cents, because: { of: 'operation', operator: '+', value, from: amounts.map((amount) => amount.because) } };
}

/** Throws CONTRACT_INVALID unless each reduction is a condition with a number. */
export function checkReductions(field: string, rules: readonly Reduction[], checker: Checker, among?: string): void {
  checkClauses(field, rules, checker, among);
  for (const { id, reduction } of rules) checker.expression(`${field}.${id}.reduction`, reduction, ['num'], among);
}

/**
 * What reductions leave of a whole, from 0 to 1. Multiplicative ones each take their share of what the others leave,
 * additive ones of the whole, never below nothing.
 *
 * @throws FACT_MALFORMED for a reduction outside 0 to 1
 */
export function keptBy(rules: readonly Reduction[], combine: string, run: Run, row?: Row): Known {
  const kept: Known[] = [];
  for (const { when, reduction, id } of rules) {
    const condition = run.evaluate(when, row);
    if (!isTrue(condition)) continue;
    const share = run.evaluate(reduction, row);
    const amount = 'amount' in share.value ? share.value.amount : zero;
    if (compare(amount, zero) < 0 || compare(amount, one) > 0)
      throw new DomainError('FACT_MALFORMED', { name: reduction, reason: 'not from 0 to 1' });
    kept.push(due(share, [condition], run, id));
  }
  const whole: Known = { value: num(one), because: { of: 'constant', value: '1' } };
  if (combine === 'ADDITIVE') {
    const rest = kept.reduce((before, share) => run.combine('-', [before, share]), whole);
    const nothing: Known = { value: num(zero), because: { of: 'constant', value: '0' } };
    return run.combine('max', [rest, nothing]);
  }
  return kept.reduce((before, share) => run.combine('*', [before, run.combine('-', [whole, share])]), whole);
}
