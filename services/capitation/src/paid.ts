import { accountOfPart, receivable } from './accounts';
import type { Split } from './components';
import type { Amount, Checker, Run, Transfer } from './kind';
import { checkSplit, partsOf } from './parts';

/** An amount that a component may pay out: with a `split` the payer owes it to its parts, without one it is a figure. */
interface Payable {
  readonly id: string;
  readonly split?: Split;
}

export const partNames = ({ split = [] }: Payable): readonly string[] => split.map((part) => part.to);

export function checkPaid({ split }: Payable, checker: Checker): void {
  if (split) checkSplit(split, checker);
}

/** The parts of an amount and the money that moves for them; both empty without a `split`. */
export function paidOut(
  { id, split }: Payable,
  total: Amount,
  run: Run,
): { readonly parts: ReadonlyMap<string, Amount>; readonly transfers: readonly Transfer[] } {
  const { document } = run.contract;
  const parts = split ? partsOf(total, split, document) : new Map<string, Amount>();
  const transfers = [...parts].map(([to, part]) => ({
    line: `${id}.${to}`,
    code: 'AMOUNT_DUE' as const,
    debit: receivable(document.parties.payer),
    credit: accountOfPart(document, to),
    ...part,
  }));
  return { parts, transfers };
}
