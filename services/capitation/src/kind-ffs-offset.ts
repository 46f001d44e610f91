import { capitationIncome, receivable } from './accounts';
import type { FfsOffsetComponent } from './components';
import { rowsOf } from './facts';
import type { Kind, Outcome } from './kind';
import { linesOf } from './lines-of';
import { constant, inCents, known } from './rounded';

/**
 * Fees still billed act by act, that a capitation replaces: a share of each is taken off what is due, so that forfait
 * and act are not both paid. (ACO REACH's fee reduction, and the acts that PEPS substitutes.)
 */
export const ffsOffset: Kind<FfsOffsetComponent> = {
  outputs: () => ['', 'offset', 'lines'],
  speaks: (component) => [component.of, component.amount],
  check: (component, checker) => {
    checker.output('of', component.of);
    checker.expression('amount', component.amount, ['money'], component.claims);
  },
  price: (component, run): Outcome | undefined => {
    const { document } = run.contract;
    const whole = run.output(component.of);
    if (!whole) return undefined;
    const { total: offset, lines } = linesOf(rowsOf(run.given, component.claims), run, (row) =>
      run.combine('*', [run.evaluate(component.amount, row), constant(component.share)]),
    );
    const net = inCents(run.combine('-', [known(whole), known(offset)]), document);
    const [debit, credit] = [capitationIncome(document), receivable(document.parties.payer)];
    return {
      amounts: new Map([
        ['', net],
        ['offset', offset],
      ]),
      lists: new Map([['lines', lines]]),
      transfers: [{ line: component.id, code: 'FEE_OFFSET', debit, credit, ...offset }],
    };
  },
};
