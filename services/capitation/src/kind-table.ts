import type { TableComponent } from './components';
import type { Known } from './expression';
import { type Row, rowsOf } from './facts';
import type { Kind, Outcome, Run } from './kind';
import { linesOf } from './lines-of';
import { checkPaid, paidOut, partNames } from './paid';
import { inCents } from './rounded';
import { checkKeys, checkTable, lookedUp } from './table-lookup';

/** Rates by stage, age band, territory: an amount looked up by facts, for one subject or for each row of a list. */
export const table: Kind<TableComponent> = {
  outputs: (component) => ['', ...(component.among === undefined ? [] : ['lines']), ...partNames(component)],
  speaks: ({ times, on }) => [times ?? [], on ?? []].flat(),
  check: (component, checker) => {
    checkKeys(component.by, checker, component.among);
    checkTable(component.table, component.by, checker);
    if (component.times !== undefined) checker.expression('times', component.times, ['num'], component.among);
    if (component.on !== undefined) checker.expression('on', component.on, ['date'], component.among);
    checkPaid(component, checker);
  },
  price: (component, run): Outcome => {
    const amountOf = (row?: Row): Known => amountFor(component, run, row);
    const { total, lines } =
      component.among === undefined
        ? { total: inCents(amountOf(), run.contract.document), lines: undefined }
        : linesOf(rowsOf(run.given, component.among), run, amountOf);
    const { parts, transfers } = paidOut(component, total, run);
    return { amounts: new Map([['', total], ...parts]), lists: new Map(lines ? [['lines', lines]] : []), transfers };
  },
};

function amountFor(component: TableComponent, run: Run, row: Row | undefined): Known {
  const rate = lookedUp(component.table, component.by, component.on, run, row);
  return component.times === undefined ? rate : run.combine('*', [rate, run.evaluate(component.times, row)]);
}
