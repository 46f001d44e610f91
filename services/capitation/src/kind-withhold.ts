import { compare, one, parseRational } from '@ariane/kernel';
import { receivable, withheld } from './accounts';
import type { WithholdComponent } from './components';
import type { Kind, Outcome } from './kind';
import { constant, inCents, known } from './rounded';

/** A share of an amount that the payer keeps back until quality is known. */
export const withhold: Kind<WithholdComponent> = {
  outputs: () => ['', 'net'],
  speaks: (component) => [component.of],
  check: (component, checker) => {
    if (compare(parseRational(component.share), one) > 0)
      checker.refuse('share', 'it is above 100 %', 'At most all of an amount is withheld.');
    checker.output('of', component.of);
  },
  price: (component, run): Outcome | undefined => {
    const { document } = run.contract;
    const whole = run.output(component.of);
    if (!whole) return undefined;
    const held = inCents(run.combine('*', [known(whole), constant(component.share)]), document);
    const net = inCents(run.combine('-', [known(whole), known(held)]), document);
    const { payer } = document.parties;
    return {
      amounts: new Map([
        ['', held],
        ['net', net],
      ]),
      lists: new Map(),
      transfers: [
        { line: component.id, code: 'WITHHELD', debit: withheld(document), credit: receivable(payer), ...held },
      ],
    };
  },
};
