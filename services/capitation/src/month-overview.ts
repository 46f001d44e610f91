import { outsideCareAccrued, payee } from './accounts';
import { bankCodes } from './statement';

/** What a month came to at a glance, in cents: what payers and professionals settle is beside what is due. */
export interface MonthOverview {
  /** What payers owe for the month, and what came of it by the bank. */
  readonly expected: bigint;
  readonly received: bigint;
  /** What professionals and other payees are owed for the month, and what the bank paid them. */
  readonly due: bigint;
  readonly paid: bigint;
  /** What stays with the holder: its income less its expenses. */
  readonly kept: bigint;
  /** Withheld by payers until quality is known. */
  readonly withheld: bigint;
  /** Care outside the team that is estimated and not billed yet. */
  readonly accrued: bigint;
}

interface Row {
  readonly account: string;
  readonly code: string;
  readonly dr: bigint;
  readonly cr: bigint;
}

const nothing: MonthOverview = {
  ...{ expected: 0n, received: 0n, due: 0n, paid: 0n },
  ...{ kept: 0n, withheld: 0n, accrued: 0n },
};

/** Folds what each account moved by for each reason into the figures of the month's first screen. */
export const overviewOf = (rows: readonly Row[]): MonthOverview =>
  rows.reduce<MonthOverview>((sum, row) => {
    const place = placeOf(row);
    if (place === undefined) return sum;
    const [name, sign] = place;
    return { ...sum, [name]: sum[name] + sign * (row.dr - row.cr) };
  }, nothing);

/** The figure a row counts in, and whether debits add to it. */
function placeOf({ account, code }: Row): readonly [keyof MonthOverview, 1n | -1n] | undefined {
  const isBank = bankCodes.has(code);
  if (account.startsWith('assets:receivable:')) return isBank ? ['received', -1n] : ['expected', 1n];
  if (payee(account) !== undefined) return isBank ? ['paid', 1n] : ['due', -1n];
  if (account.startsWith('assets:withheld:')) return ['withheld', 1n];
  if (account === outsideCareAccrued) return ['accrued', -1n];
  return /^(income|expenses):/.test(account) ? ['kept', -1n] : undefined;
}
