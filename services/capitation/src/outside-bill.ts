import { type Decider, DomainError, isCivilDate, parseMoney } from '@ariane/kernel';
import type { RefusedRow } from './csv-file';

/** What a bill of care outside the team says. Member and provider stand under pseudonyms of the book. */
interface BilledCare {
  readonly member: string;
  /** The civil day of care. */
  readonly careDate: string;
  /** A kind of act, as the payer codes it. */
  readonly act: string;
  readonly provider: string;
  readonly cents: bigint;
}

/** What was known of a bill from a civil day on; null when it was withdrawn. */
interface Revision {
  readonly receivedDate: string;
  readonly care: BilledCare | null;
  /** Who said so: `hand`, or the file. */
  readonly source: string;
  readonly at: string;
}

/** What a month of care came to by bills received in a month, in cents. */
export interface LagCell {
  readonly careMonth: string;
  readonly receivedMonth: string;
  readonly cents: bigint;
}

/** A bill of a member's care by others than the team. What stands is what was received last, whenever it was told. */
export interface OutsideBill {
  readonly book: string;
  /** The payer's number of the bill; sealed. */
  readonly reference: string;
  /** Null while withdrawn. */
  readonly care: BilledCare | null;
  /** Of the care, to list by; null while withdrawn. */
  readonly careMonth: string | null;
  readonly receivedDate: string;
  /** In order of the day they were received, one for a day. */
  readonly revisions: readonly Revision[];
}

/** A bill under its name in the book, as finance may see it. */
export type ShownBill = Pick<OutsideBill, 'care' | 'receivedDate' | 'revisions'> & { readonly id: string };

export interface TellBill {
  readonly type: 'TellBill';
  readonly book: string;
  readonly reference: string;
  readonly receivedDate: string;
  readonly care: BilledCare | null;
  readonly source: string;
  /** The civil day of the book. */
  readonly today: string;
  readonly now: string;
}

export interface BillTold {
  readonly type: 'BillTold';
  readonly data: OutsideBill & {
    /** What the bill adds to the months of care by month of receipt, or takes from them. */
    readonly moves: readonly LagCell[];
  };
}

/**
 * What a bill says from the day it was received on replaces what it said before; another of the same day takes its
 * place. So the order in which bills are told changes nothing.
 *
 * @throws BILL_DAY_INVALID
 */
export const outsideBills: Decider<OutsideBill, TellBill, BillTold> = {
  decide: (state, { book, reference, receivedDate, care, source, today, now }) => {
    if (receivedDate > today || (care !== null && receivedDate < care.careDate)) {
      throw new DomainError('BILL_DAY_INVALID', {}, 'receivedDate');
    }
    const before = state?.revisions ?? [];
    const known = before.find((one) => one.receivedDate === receivedDate);
    if (known && isSameCare(known.care, care)) return [];
    const others = before.filter((one) => one !== known);
    const revisions = [...others, { receivedDate, care, source, at: now }].sort((a, b) =>
      a.receivedDate < b.receivedDate ? -1 : 1,
    );
    const last = revisions.at(-1);
    const stands = last?.care ?? null;
    const moves = movesBetween(cellsOf(before), cellsOf(revisions));
    const careMonth = stands === null ? null : monthIn(stands.careDate);
    const bill = { care: stands, careMonth, receivedDate: last?.receivedDate ?? receivedDate, revisions };
    return [{ type: 'BillTold', data: { book, reference, ...bill, moves } }];
  },
  evolve: (_, { data: { moves: __, ...bill } }) => bill,
};

const monthIn = (day: string): string => day.slice(0, 7);

function isSameCare(a: BilledCare | null, b: BilledCare | null): boolean {
  if (a === null || b === null) return a === b;
  const isSame = (name: 'member' | 'careDate' | 'act' | 'provider'): boolean => a[name] === b[name];
  return a.cents === b.cents && isSame('member') && isSame('careDate') && isSame('act') && isSame('provider');
}

/** What revisions say of months of care by the month in which they were received: each adds its difference. */
function cellsOf(revisions: readonly Revision[]): readonly LagCell[] {
  return revisions.flatMap(({ receivedDate, care }, index) => {
    const receivedMonth = monthIn(receivedDate);
    const replaced = revisions[index - 1]?.care ?? null;
    const cell = (of: BilledCare | null, sign: 1n | -1n): LagCell[] =>
      of === null ? [] : [{ careMonth: monthIn(of.careDate), receivedMonth, cents: sign * of.cents }];
    return [...cell(replaced, -1n), ...cell(care, 1n)];
  });
}

function movesBetween(before: readonly LagCell[], after: readonly LagCell[]): readonly LagCell[] {
  const taken = before.map((cell) => ({ ...cell, cents: -cell.cents }));
  const byPlace = Map.groupBy([...taken, ...after], ({ careMonth, receivedMonth }) => `${careMonth}|${receivedMonth}`);
  return [...byPlace.values()].flatMap((cells) => {
    const cents = cells.reduce((sum, cell) => sum + cell.cents, 0n);
    return cells.slice(0, 1).flatMap((cell) => (cents === 0n ? [] : [{ ...cell, cents }]));
  });
}

/** A row of a file of bills, before member, provider and bill have pseudonyms. Without care it is withdrawn. */
export interface ReadBill {
  readonly bill: string;
  readonly receivedDate: string;
  readonly care: BilledCare | null;
}

const LONGEST_NAME = 64;

/**
 * Reads one row by the names of its columns: `bill`, `member`, `care`, `received`, `act`, `provider`, `amount`
 * (`12.50`), and `withdrawn`, which is `yes` for a bill that falls away: then only `bill` and `received` are read.
 *
 * @param today the civil day of the book: nothing is received after it
 */
export function readBill(
  columns: Readonly<Record<string, string>>,
  line: number,
  today: string,
): ReadBill | RefusedRow {
  const { bill = '', member = '', care = '', received = '', act = '', provider = '', amount = '' } = columns;
  const refused = (column: string, reason: RefusedRow['reason']): RefusedRow => ({ line, column, reason });
  const { withdrawn = '' } = columns;
  if (!['', 'no', 'yes'].includes(withdrawn)) return refused('withdrawn', 'NOT_A_CODE');
  const isWithdrawn = withdrawn === 'yes';
  const names: Readonly<Record<string, string>> = isWithdrawn ? { bill } : { bill, member, provider };
  for (const [column, name] of Object.entries(names)) {
    if (name === '') return refused(column, 'MISSING');
    if (name.length > LONGEST_NAME) return refused(column, 'TOO_LONG');
  }
  const days: Readonly<Record<string, string>> = isWithdrawn ? { received } : { received, care };
  for (const [column, day] of Object.entries(days)) {
    if (!isCivilDate(day)) return refused(column, day === '' ? 'MISSING' : 'NOT_A_DAY');
  }
  if (received > today) return refused('received', 'AFTER_TODAY');
  if (isWithdrawn) return { bill, receivedDate: received, care: null };
  if (received < care) return refused('received', 'BEFORE_CARE');
  if (!/^[\w.:-]{1,64}$/.test(act)) return refused('act', act === '' ? 'MISSING' : 'NOT_A_CODE');
  if (!billedAmount.test(amount)) return refused('amount', amount === '' ? 'MISSING' : 'NOT_AN_AMOUNT');
  const { cents } = parseMoney(`${amount} XXX`);
  return { bill, receivedDate: received, care: { member, careDate: care, act, provider, cents } };
}

/** What a bill comes to: `12.50`, never below zero. */
export const billedAmount = /^\d{1,9}\.\d{2}$/;
