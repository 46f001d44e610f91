import { DomainError, parseMoney } from '@ariane/kernel';
import { accountOfPart, payable } from './accounts';
import { allocated } from './allocation';
import type { Given, RedistributeComponent } from './contract';
import { rowsOf } from './facts';
import type { Amount, Kind, Outcome } from './kind';

/**
 * A pool shared among those in a list, in proportion to a weight. What nobody has a claim to stays in the pool, shown
 * as `undistributed`, so that pool = payables + undistributed.
 */
export const redistribute: Kind<RedistributeComponent> = {
  outputs: () => ['', 'undistributed'],
  speaks: (component) => [component.from, component.weight],
  check: (component, checker) => {
    checker.output('from', component.from);
    checker.expression('weight', component.weight, ['num', 'money'], component.among);
  },
  price: (component, run): Outcome | undefined => {
    const pool = run.output(component.from);
    if (!pool) return undefined;
    const { document } = run.contract;
    const claims = rowsOf(run.given, component.among).map((row) => {
      const { value, because } = run.evaluate(component.weight, row);
      if (!('amount' in value))
        throw new DomainError('FACT_MALFORMED', { name: component.weight, reason: 'not a number' });
      return { id: row.id, weight: value.amount, because };
    });
    const already = alreadyGiven(run.given, component.id);
    const parts = allocated(pool, claims, document.rounding, document.currency, already);
    const given = [...parts.values()].reduce((total, part) => total + part.cents, 0n);
    const amounts = new Map<string, Amount>();
    if (given !== pool.cents) amounts.set('undistributed', { cents: pool.cents - given, because: pool.because });
    return {
      amounts,
      lists: new Map([['', new Map([...parts].map(([id, part]) => [id, part.cents]))]]),
      transfers: [...parts].map(([id, part]) => ({
        line: `${component.id}/${id}`,
        code: 'SHARE_DUE',
        debit: accountOfPart(document, component.from.slice(component.from.indexOf('.') + 1)),
        credit: payable(id),
        ...part,
      })),
    };
  },
};

/** Under CUMULATIVE, `given.allocated.<component>` is what earlier runs gave each, `{"prac:x": "12.00 EUR"}`. */
function alreadyGiven(given: Given, component: string): ReadonlyMap<string, bigint> {
  const all = given.allocated;
  if (typeof all !== 'object' || all === null || !Object.hasOwn(all, component)) return new Map();
  const own: unknown = Object.entries(all).find(([id]) => id === component)?.[1];
  if (typeof own !== 'object' || own === null) return new Map();
  return new Map(Object.entries(own).map(([id, text]) => [id, parseMoney(String(text)).cents]));
}
