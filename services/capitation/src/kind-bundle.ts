import { formatMoney } from '@ariane/kernel';
import { accountOfPart, receivable } from './accounts';
import type { BundleComponent } from './contract';
import type { Amount, Kind, Outcome } from './kind';
import { checkSplit, partsOf } from './parts';
import { inCents } from './rounded';

/** One price for a whole, due when its trigger is true, split into parts by shares that make 100 %. */
export const bundle: Kind<BundleComponent> = {
  outputs: (component) => ['', ...component.split.map((part) => part.to)],
  speaks: (component) => [component.price, ...(component.trigger ? [component.trigger] : [])],
  check: (component, checker) => {
    checker.expression('price', component.price, ['money']);
    if (component.trigger !== undefined) checker.expression('trigger', component.trigger, ['bool']);
    checkSplit(component.split, checker);
  },
  price: (component, run): Outcome | undefined => {
    const { document } = run.contract;
    const trigger = component.trigger === undefined ? undefined : run.evaluate(component.trigger);
    if (trigger && !(trigger.value.type === 'bool' && trigger.value.is)) return undefined;
    const price = inCents(run.evaluate(component.price), document);
    const because = trigger
      ? {
          of: 'operation' as const,
          operator: 'due',
          value: formatMoney({ cents: price.cents, currency: document.currency }),
          from: [price.because, trigger.because],
        }
      : price.because;
    const total: Amount = { cents: price.cents, because };
    const parts = partsOf(total, component.split, document);
    return {
      amounts: new Map([['', total], ...parts]),
      lists: new Map(),
      transfers: [...parts].map(([to, part]) => ({
        line: `${component.id}.${to}`,
        code: 'BUNDLE_DUE',
        debit: receivable(document.parties.payer),
        credit: accountOfPart(document, to),
        ...part,
      })),
    };
  },
};
