import { checkClauses, due, isTrue, notDue } from './clause';
import type { GatedForfaitComponent } from './components';
import type { Known } from './expression';
import { type Row, rowsOf } from './facts';
import type { Kind, Outcome, Run } from './kind';
import { linesOf, reasonsOf } from './lines-of';
import { checkPaid, paidOut, partNames } from './paid';

/**
 * A flat amount per patient and period that is due only where every gate holds: adherence above a half, consent, a
 * declared operator. A line that is not due is zero and names the first gate that did not hold. (Télésurveillance
 * médicale, L. 162-48 CSS and its orders.)
 */
export const gatedForfait: Kind<GatedForfaitComponent> = {
  outputs: (component) => ['', 'lines', ...partNames(component)],
  speaks: ({ amount, gates }) => [amount, ...gates.map(({ when }) => when)],
  check: (component, checker) => {
    checker.expression('amount', component.amount, ['money'], component.patients);
    checkClauses('gates', component.gates, checker, component.patients);
    checkPaid(component, checker);
  },
  price: (component, run): Outcome => {
    const { total, lines } = linesOf(rowsOf(run.given, component.patients), run, (row) => gated(component, row, run));
    const { parts, transfers } = paidOut(component, total, run);
    return {
      amounts: new Map([['', total], ...parts]),
      lists: new Map([['lines', lines]]),
      words: reasonsOf(lines),
      transfers,
    };
  },
};

function gated({ amount, gates }: GatedForfaitComponent, row: Row, run: Run): Known {
  const { currency } = run.contract.document;
  const passed: Known[] = [];
  for (const { id, when } of gates) {
    const gate = run.evaluate(when, row);
    if (!isTrue(gate)) return notDue(currency, [gate], id);
    passed.push(gate);
  }
  return due(run.evaluate(amount, row), passed, run);
}
