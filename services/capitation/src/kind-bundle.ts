import { compare, formatMoney, one, parseRational, sum } from '@ariane/kernel';
import { accountOfPart, receivable } from './accounts';
import { allocated } from './allocation';
import type { BundleComponent } from './contract';
import type { Amount, Kind, Outcome } from './kind';
import { inCents } from './rounded';

/** One price for a whole, due when its trigger is true, split into parts by shares that make 100 %. */
export const bundle: Kind<BundleComponent> = {
  outputs: (component) => ['', ...component.split.map((part) => part.to)],
  speaks: (component) => [component.price, ...(component.trigger ? [component.trigger] : [])],
  check: (component, checker) => {
    checker.expression('price', component.price, ['money']);
    if (component.trigger !== undefined) checker.expression('trigger', component.trigger, ['bool']);
    const shares = component.split.map((part) => parseRational(part.share));
    if (compare(sum(shares), one) !== 0) checker.refuse('split', 'the shares do not make 100 %');
    const names = component.split.map((part) => part.to);
    if (new Set(names).size !== names.length) checker.refuse('split', 'a part appears twice');
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
    const claims = component.split.map(({ to, share }) => ({
      id: to,
      weight: parseRational(share),
      because: { of: 'constant' as const, value: share },
    }));
    // A price is split once, so the cumulative rule has nothing to accumulate here.
    const parts = allocated(total, claims, onceOnly(document.rounding), document.currency);
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

const onceOnly = <R extends { readonly allocation: string }>(rounding: R) => ({
  ...rounding,
  allocation: rounding.allocation === 'FIRST_DECLARED' ? ('FIRST_DECLARED' as const) : ('LARGEST_REMAINDER' as const),
});
