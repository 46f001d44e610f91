import type { CarryComponent } from './components';
import type { Kind, Outcome } from './kind';
import { checkPaid, paidOut, partNames } from './paid';
import { constant, inCents, known } from './rounded';

/**
 * A result to which what earlier periods left is added: a surplus is paid, a deficit is carried on, at most to a limit;
 * beyond it the deficit is forgiven. Result + carried in = paid + carried out − forgiven.
 */
export const carry: Kind<CarryComponent> = {
  outputs: (component) => [
    '',
    'carried',
    ...(component.limit === undefined ? [] : ['forgiven']),
    ...partNames(component),
  ],
  speaks: ({ of, carried, limit }) => [of, carried, ...(limit === undefined ? [] : [limit])],
  check: (component, checker) => {
    checker.expression('of', component.of, ['money']);
    checker.expression('carried', component.carried, ['money']);
    if (component.limit !== undefined) checker.expression('limit', component.limit, ['money']);
    checkPaid(component, checker);
  },
  price: (component, run): Outcome => {
    const { document } = run.contract;
    const nothing = constant(`0.00 ${document.currency}`);
    const sum = run.combine('+', [run.evaluate(component.of), run.evaluate(component.carried)]);
    const balance = known(inCents(sum, document));
    const paid = inCents(run.combine('max', [balance, nothing]), document);
    const deficit = run.combine('min', [balance, nothing]);
    const { limit } = component;
    const bounded =
      limit === undefined ? deficit : run.combine('max', [deficit, run.combine('negative', [run.evaluate(limit)])]);
    const carried = inCents(bounded, document);
    const forgiven = inCents(run.combine('-', [known(carried), deficit]), document);
    const { parts, transfers } = paidOut(component, paid, run);
    return {
      amounts: new Map([
        ['', paid],
        ['carried', carried],
        ...(limit === undefined ? [] : [['forgiven', forgiven] as const]),
        ...parts,
      ]),
      lists: new Map(),
      transfers,
    };
  },
};
