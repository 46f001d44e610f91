import { compare, one, parseRational } from '@ariane/kernel';
import type { StopLossComponent } from './components';
import { rowsOf } from './facts';
import type { Kind, Outcome } from './kind';
import { linesOf } from './lines-of';
import { constant } from './rounded';

/**
 * The share of each patient's cost above an attachment point that is ceded. It moves no money by itself: it lowers the
 * actual cost that another component speaks of.
 */
export const stopLoss: Kind<StopLossComponent> = {
  outputs: () => ['', 'lines'],
  speaks: (component) => [component.attachment],
  check: (component, checker) => {
    if (compare(parseRational(component.ceded), one) > 0)
      checker.refuse('ceded', 'it is above 100 %', 'At most all of the excess is ceded.');
    checker.expression('attachment', component.attachment, ['money']);
  },
  price: (component, run): Outcome => {
    const attachment = run.evaluate(component.attachment);
    const nothing = constant(`0.00 ${run.contract.document.currency}`);
    const { total, lines } = linesOf(rowsOf(run.given, component.patients), run, (row) => {
      const excess = run.combine('-', [run.evaluate('cost', row), attachment]);
      return run.combine('*', [run.combine('max', [excess, nothing]), constant(component.ceded)]);
    });
    return { amounts: new Map([['', total]]), lists: new Map([['lines', lines]]), transfers: [] };
  },
};
