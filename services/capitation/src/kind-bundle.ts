import { accountOfPart, receivable } from './accounts';
import { due, isTrue } from './clause';
import type { BundleComponent } from './components';
import type { Amount, Kind, Outcome } from './kind';
import { checkSplit, partsOf } from './parts';
import { inCents, known } from './rounded';

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
    if (trigger && !isTrue(trigger)) return undefined;
    const price = inCents(run.evaluate(component.price), document);
    const total: Amount = {
      cents: price.cents,
      because: trigger ? due(known(price), [trigger], run).because : price.because,
    };
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
