import { allocate, DomainError, formatMoney, one } from '@ariane/kernel';
import { checkReductions, keptBy, totalOf } from './clause';
import type { PenaltyComponent } from './components';
import { rowsOf } from './facts';
import type { Amount, Kind, Outcome, Run } from './kind';
import { linesOf } from './lines-of';
import { checkPaid, paidOut, partNames } from './paid';
import { inCents, known } from './rounded';

/**
 * An amount per patient, lowered for conditions that are not met, then lowered as a whole, then paid in equal parts.
 * (Forfait MRC, arrêté of 25 September 2019 as amended: nothing without a nephrologist's consultation, −33 % for each
 * other missing condition, paid in twelfths. Every figure is the contract's.)
 */
export const penalty: Kind<PenaltyComponent> = {
  outputs: (component) => [
    ...['', 'gross', 'lines'],
    ...(component.instalments === undefined ? [] : ['instalments', 'toDate']),
    ...partNames(component),
  ],
  speaks: ({ amount, reached, rules, overall = [] }) => [
    amount,
    ...(reached === undefined ? [] : [reached]),
    ...[...rules, ...overall].flatMap(({ when, reduction }) => [when, reduction]),
  ],
  check: (component, checker) => {
    checker.expression('amount', component.amount, ['money'], component.patients);
    checkReductions('rules', component.rules, checker, component.patients);
    checkReductions('overall', component.overall ?? [], checker);
    if (component.reached !== undefined) checker.expression('reached', component.reached, ['num']);
    checkPaid(component, checker);
  },
  price: (component, run): Outcome => {
    const { document } = run.contract;
    const { total: gross, lines } = linesOf(rowsOf(run.given, component.patients), run, (row) =>
      run.combine('*', [run.evaluate(component.amount, row), keptBy(component.rules, component.combine, run, row)]),
    );
    const kept = component.overall && keptBy(component.overall, component.combine, run);
    const total = kept ? inCents(run.combine('*', [known(gross), kept]), document) : gross;
    const instalments = instalmentsOf(component, total, run);
    const reached = [...instalments].slice(0, reachedOf(component, run)).map(([, amount]) => amount);
    const toDate = totalOf(reached, document.currency);
    const { parts, transfers } = paidOut(component, instalments.size > 0 ? toDate : total, run);
    return {
      amounts: new Map([
        ['', total],
        ['gross', gross],
        ...(instalments.size > 0 ? [['toDate', toDate] as const] : []),
        ...parts,
      ]),
      lists: new Map([['lines', lines], ...(instalments.size > 0 ? [['instalments', instalments] as const] : [])]),
      transfers,
    };
  },
};

/** Equal parts in the order of time; what does not divide goes to the first ones. */
function instalmentsOf({ instalments: count }: PenaltyComponent, total: Amount, run: Run): ReadonlyMap<string, Amount> {
  if (count === undefined) return new Map();
  const { currency } = run.contract.document;
  const weights = Array.from({ length: count }, (_, index) => ({ id: String(index + 1), weight: one }));
  const because = weights.map(({ id }) => ({ id, because: { of: 'constant' as const, value: '1' } }));
  const rule = { rule: 'FIRST_DECLARED', tieBreak: 'DECLARED', total: total.because, already: [] } as const;
  return new Map(
    allocate(total.cents, weights, { to: 'FIRST_DECLARED' }).map(({ id, cents }) => [
      id,
      { cents, because: { of: 'allocation', id, value: formatMoney({ cents, currency }), ...rule, weights: because } },
    ]),
  );
}

function reachedOf({ reached, instalments = 0 }: PenaltyComponent, run: Run): number {
  if (reached === undefined) return instalments;
  const { value } = run.evaluate(reached);
  const count = 'amount' in value && value.amount.denominator === 1n ? Number(value.amount.numerator) : -1;
  if (count >= 0 && count <= instalments) return count;
  throw new DomainError('FACT_MALFORMED', { name: reached, reason: `not a whole number from 0 to ${instalments}` });
}
