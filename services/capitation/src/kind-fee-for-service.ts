import { rational } from '@ariane/kernel';
import { payable, receivable } from './accounts';
import { checkClauses, checkNames, due, isTrue, notDue } from './clause';
import type { FeeForServiceComponent, Limit } from './components';
import type { Known } from './expression';
import { type Row, rowsOf } from './facts';
import type { Amount, Kind, Outcome, Run, Transfer } from './kind';
import { linesOf, reasonsOf } from './lines-of';
import { checkPaid, paidOut, partNames } from './paid';
import { checkKeys, checkTable, lookedUp } from './table-lookup';
import { num, showValue } from './value';

/**
 * Acts at dated tariffs: each is priced by the tariff of its own day, at most so many a civil year for the same patient
 * and professional. An act that is covered by a forfait or beyond its limit stays, as a line of zero with its reason.
 */
export const feeForService: Kind<FeeForServiceComponent> = {
  outputs: (component) => ['', 'lines', ...partNames(component)],
  speaks: ({ on, exclusions = [] }) => [on, ...exclusions.map(({ when }) => when)],
  check: (component, checker) => {
    const { acts, exclusions = [], limits = [], payee } = component;
    checkTable(component.table, component.by, checker);
    checkKeys(component.by, checker, acts);
    checker.expression('on', component.on, ['date'], acts);
    checkClauses('exclusions', exclusions, checker, acts);
    checkNames('limits', limits, checker);
    for (const name of [...(payee === undefined ? [] : [payee]), ...limits.flatMap(({ per }) => per)]) {
      checker.expression('limits', name, ['str', 'num', 'date', 'bool'], acts);
    }
    if (payee !== undefined && component.split) checker.refuse('split', 'the payee has the whole', 'Keep one of them.');
    checkPaid(component, checker);
  },
  price: (component, run): Outcome => {
    const day = (row: Row): string => showValue(run.evaluate(component.on, row).value, '');
    // Limits count acts in the order of their days, whatever the order in which they were heard.
    const inOrder = [...rowsOf(run.given, component.acts)].sort((a, b) => {
      const [one, other] = [`${day(a)} ${a.id}`, `${day(b)} ${b.id}`];
      return one < other ? -1 : one > other ? 1 : 0;
    });
    const counted = new Map<string, number>();
    const { total, lines } = linesOf(inOrder, run, (row) => feeOf(component, row, run, counted));
    const { parts, transfers } = paidOut(component, total, run);
    return {
      amounts: new Map([['', total], ...parts]),
      lists: new Map([['lines', lines]]),
      words: reasonsOf(lines),
      transfers: [...transfers, ...feesTo(component, inOrder, lines, run)],
    };
  },
};

/** The fee of an act, after those before it in `counted`. */
function feeOf(component: FeeForServiceComponent, row: Row, run: Run, counted: Map<string, number>): Known {
  const { currency } = run.contract.document;
  const { exclusions = [], limits = [], by, on } = component;
  const passed: Known[] = [];
  for (const { id, when } of exclusions) {
    const excluded = run.evaluate(when, row);
    if (isTrue(excluded)) return notDue(currency, [excluded], id);
    passed.push(excluded);
  }
  const code = by.map((key) => run.evaluate(key, row));
  const binding = limits.filter(({ codes }) => code.some(({ value }) => codes.includes(showValue(value, ''))));
  const keyed = binding.map((limit) => ({ limit, ...countOf(limit, on, row, run, counted) }));
  const reached = keyed.find(({ limit, count }) => count >= limit.count);
  if (reached) return notDue(currency, reached.facts, reached.limit.id);
  for (const { key, count } of keyed) counted.set(key, count + 1);
  return due(lookedUp(component.table, by, on, run, row), passed, run);
}

/** How many acts a limit has counted for the year and the persons of this one, with the facts that say so. */
function countOf(
  { id, per, count: most }: Limit,
  on: string,
  row: Row,
  run: Run,
  counted: ReadonlyMap<string, number>,
) {
  const facts = [on, ...per].map((name) => run.evaluate(name, row));
  const [year = '', ...persons] = facts.map(({ value }) => showValue(value, ''));
  const key = JSON.stringify([id, year.slice(0, 4), ...persons]);
  const count = counted.get(key) ?? 0;
  const limit = num(rational(BigInt(most)));
  return { key, count, facts: [{ value: limit, because: { of: 'constant' as const, value: String(most) } }, ...facts] };
}

function feesTo(
  { id, payee }: FeeForServiceComponent,
  rows: readonly Row[],
  lines: ReadonlyMap<string, Amount>,
  run: Run,
): readonly Transfer[] {
  if (payee === undefined) return [];
  const debit = receivable(run.contract.document.parties.payer);
  return rows.flatMap((row) => {
    const line = lines.get(row.id);
    const credit = payable(showValue(run.evaluate(payee, row).value, ''));
    return line ? [{ line: `${id}/${row.id}`, code: 'FEE_DUE' as const, debit, credit, ...line }] : [];
  });
}
