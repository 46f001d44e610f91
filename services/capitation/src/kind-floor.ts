import type { FloorComponent } from './components';
import type { Kind, Outcome } from './kind';
import { checkPaid, paidOut, partNames } from './paid';
import { inCents, known } from './rounded';

/**
 * A guaranteed minimum, and a ceiling where the contract has one: the amount between them, and `topUp`, what it adds to
 * the amount guaranteed (or takes from it). With a `split` the top-up is paid, since the rest is paid where it arises.
 */
export const floor: Kind<FloorComponent> = {
  outputs: (component) => ['', 'topUp', ...partNames(component)],
  speaks: ({ of, minimum, maximum }) => [of, minimum, ...(maximum === undefined ? [] : [maximum])],
  check: (component, checker) => {
    checker.expression('of', component.of, ['money']);
    checker.expression('minimum', component.minimum, ['money']);
    if (component.maximum !== undefined) checker.expression('maximum', component.maximum, ['money']);
    checkPaid(component, checker);
  },
  price: (component, run): Outcome => {
    const { document } = run.contract;
    const of = run.evaluate(component.of);
    const atLeast = run.combine('max', [of, run.evaluate(component.minimum)]);
    const between =
      component.maximum === undefined ? atLeast : run.combine('min', [atLeast, run.evaluate(component.maximum)]);
    const amount = inCents(between, document);
    const topUp = inCents(run.combine('-', [known(amount), known(inCents(of, document))]), document);
    const { parts, transfers } = paidOut(component, topUp, run);
    return { amounts: new Map([['', amount], ['topUp', topUp], ...parts]), lists: new Map(), transfers };
  },
};
