import { rational, type Rational } from '@ariane/kernel';
import { payee } from './accounts';
import { monthOf } from './book-time';
import type { Contract } from './contract';
import { type Equivalent, equivalentOf, merged } from './equivalent';
import type { PathwayAccount } from './pathway-account';

/** What was received and paid out by capitation, in cents; what is left is the margin. */
export interface Flows {
  /** What payers owe for it, withheld parts included. */
  readonly receivedCents: bigint;
  readonly paidOutCents: bigint;
  /** In pools, reserves and accruals: neither paid out nor earned yet. */
  readonly accruedCents: bigint;
}

/** A pathway, or several: what capitation paid beside what fee for service would have. */
export interface Compared extends Flows {
  readonly equivalent: Equivalent;
}

/** A pathway under its name in the book. */
export interface ComparedPathway extends Compared {
  readonly subject: string;
}

/** What is left of what was received: what was earned less what was spent, since every entry balances. */
export const marginOf = ({ receivedCents, paidOutCents, accruedCents }: Flows): bigint =>
  receivedCents - paidOutCents - accruedCents;

export const noFlows: Flows = { receivedCents: 0n, paidOutCents: 0n, accruedCents: 0n };

/** What an amount that a debit and a credit move between two accounts does to the flows. */
export function flowOf(debit: string, credit: string, cents: bigint): Flows {
  const [of, against] = [placeOf(debit), placeOf(credit)];
  const moved = (name: keyof Flows, grows: 1n | -1n): bigint =>
    (of === name ? grows * cents : 0n) - (against === name ? grows * cents : 0n);
  return {
    receivedCents: moved('receivedCents', 1n),
    paidOutCents: moved('paidOutCents', -1n),
    accruedCents: moved('accruedCents', -1n),
  };
}

/** Where an account stands in the flows; undefined for income, expenses and memo. */
function placeOf(account: string): keyof Flows | undefined {
  if (payee(account) !== undefined) return 'paidOutCents';
  if (account.startsWith('liabilities:')) return 'accruedCents';
  return account.startsWith('assets:') ? 'receivedCents' : undefined;
}

/** What is posted on an account does to the flows. */
export const flowsOfBalance = (account: string, dr: bigint, cr: bigint): Flows =>
  addFlows(flowOf(account, '', dr), flowOf('', account, cr));

export const addFlows = (a: Flows, b: Flows): Flows => ({
  receivedCents: a.receivedCents + b.receivedCents,
  paidOutCents: a.paidOutCents + b.paidOutCents,
  accruedCents: a.accruedCents + b.accruedCents,
});

/**
 * A pathway's comparison from what capitation heard and posted, in a month or over its life.
 *
 * @param month acts of its days and lines effective in it count; all of them without
 */
export function comparedPathway(
  subject: string,
  account: Pick<PathwayAccount, 'evidence' | 'lines'>,
  contract: Contract | undefined,
  { timeZone, month }: { readonly timeZone: string; readonly month: string | undefined },
): ComparedPathway {
  const isIn = (instant: string): boolean => month === undefined || monthOf(instant, timeZone) === month;
  const flows = account.lines
    .filter(({ eff }) => isIn(eff))
    .map(({ debit, credit, posted }) => flowOf(debit, credit, posted))
    .reduce(addFlows, noFlows);
  return { subject, ...flows, equivalent: equivalentOf(account.evidence, subject, contract, timeZone, isIn) };
}

export const nothingCompared: Compared = { ...noFlows, equivalent: { cents: 0n, priced: 0, notPriced: [] } };

/** Totals are the lines' sums, to the cent. */
export function addCompared(a: Compared, b: Compared): Compared {
  return {
    ...addFlows(a, b),
    equivalent: {
      cents: a.equivalent.cents + b.equivalent.cents,
      priced: a.equivalent.priced + b.equivalent.priced,
      notPriced: merged([...a.equivalent.notPriced, ...b.equivalent.notPriced]),
    },
  };
}

/** Exact share of a whole; undefined of nothing. */
export const shareOf = (part: bigint, whole: bigint): Rational | undefined =>
  whole === 0n ? undefined : rational(part, whole);

/** What bills of a month of care come to, by provider or by kind of act. */
export interface Leak {
  readonly key: string;
  readonly cents: bigint;
  readonly bills: number;
}
