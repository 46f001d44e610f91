import { totalOf } from './clause';
import type { Explanation } from './explanation';
import type { Known } from './expression';
import type { Row } from './facts';
import type { Amount, Outcome, Run } from './kind';
import { inCents } from './rounded';

/**
 * One amount per row, each rounded to cents, and their sum: lines are rounded and totals add them, so that a statement
 * foots.
 */
export function linesOf(
  rows: readonly Row[],
  run: Run,
  amountOf: (row: Row) => Known,
): { readonly total: Amount; readonly lines: ReadonlyMap<string, Amount> } {
  const { document } = run.contract;
  const lines = new Map(rows.map((row) => [row.id, inCents(amountOf(row), document)]));
  return { total: totalOf([...lines.values()], document.currency), lines };
}

/** Why lines are zero, by the clause that made them so; nothing when none is. */
export function reasonsOf(lines: ReadonlyMap<string, Amount>): NonNullable<Outcome['words']> {
  const reasons = [...lines].flatMap(([id, { because }]) => {
    const clause = clauseOf(because);
    return clause === undefined ? [] : [[id, clause] as const];
  });
  return new Map(reasons.length === 0 ? [] : [['reasons', new Map(reasons)]]);
}

function clauseOf(tree: Explanation): string | undefined {
  if (tree.of !== 'operation') return undefined;
  if (tree.operator === 'not due') return tree.clause;
  const [first] = tree.from;
  return tree.operator.startsWith('cents ') && first ? clauseOf(first) : undefined;
}
