import { formatMoney } from '@ariane/kernel';
import { dayOf } from './book-time';
import type { Statement, StatementLine } from './statement';
import { reasonOf } from './reasons';

/** A cell: a text, a civil day, a whole number, or cents. */
export type Cell =
  | { readonly of: 'text'; readonly value: string }
  | { readonly of: 'day'; readonly value: string }
  | { readonly of: 'count'; readonly value: bigint }
  | { readonly of: 'money'; readonly cents: bigint };

/** What every export of a list is made from, so that a file says what the screen says, to the cent. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export const text = (value: string): Cell => ({ of: 'text', value });
const day = (value: string): Cell => ({ of: 'day', value });
export const count = (value: bigint): Cell => ({ of: 'count', value });
export const money = (cents: bigint): Cell => ({ of: 'money', cents });

/** `1234.57`, whatever the currency. */
export const decimal = (cents: bigint): string => formatMoney({ cents, currency: 'XXX' }).slice(0, -4);

/** A cell as files hold it: ISO days, a decimal point, no grouping. */
export function cellText(cell: Cell): string {
  switch (cell.of) {
    case 'text':
    case 'day':
      return cell.value;
    case 'count':
      return cell.value.toString();
    case 'money':
      return decimal(cell.cents);
  }
}

/**
 * A table as CSV (RFC 4180 with semicolons, as French spreadsheets read it). A text that a spreadsheet would compute is
 * kept a text.
 */
export function csvOf({ columns, rows }: Table): string {
  const lines = [columns.map(quoted), ...rows.map((row) => row.map(csvCell))];
  return `${lines.map((line) => line.join(';')).join('\r\n')}\r\n`;
}

const csvCell = (cell: Cell): string =>
  cell.of === 'text' ? quoted(/^[=+\-@\t]/.test(cell.value) ? `'${cell.value}` : cell.value) : cellText(cell);

const quoted = (value: string): string => (/[";\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** A statement as a table: the opening, its lines, the closing; the amounts of a file add up as those of the screen. */
export function statementTable(
  statement: Statement,
  lines: readonly StatementLine[],
  of: { readonly timeZone: string; readonly language: 'fr' | 'en' },
): Table {
  const { totals, month, throughSeq } = statement;
  const total = (label: string, cents: bigint): readonly Cell[] => [
    ...[text(label), count(throughSeq), text(''), day(`${month}-01`), text(''), text('')],
    money(cents),
  ];
  return {
    name: `${statement.kind.toLowerCase()}-${statement.number}`,
    columns: ['section', 'entry', 'code', 'effective', 'subject', 'reason', 'amount'],
    rows: [
      total('OPENING', totals.opening),
      ...lines.map((line) => [
        ...[text(line.section), count(line.seq), text(line.code), day(dayOf(line.eff, of.timeZone))],
        ...[text(line.subject ?? ''), text(reasonOf(line)[of.language]), money(line.cents)],
      ]),
      total('CLOSING', totals.closing),
    ],
  };
}
