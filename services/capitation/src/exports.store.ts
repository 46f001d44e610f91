import { DomainError } from '@ariane/kernel';
import { Store } from '@ariane/store';
import { Injectable, StreamableFile } from '@nestjs/common';
import PDFDocument from 'pdfkit';
import writeXlsxFile from 'write-excel-file/node';
import { type Cell, cellText, csvOf, decimal, type Table } from './export-table';
import { fecEntry, fecHead } from './fec';
import { hledgerEntry, hledgerHead } from './hledger';
import { ENTRIES, type EntryDocument, entryOf } from './ledger-documents.store';
import { LedgerReads } from './ledger-reads.store';
import type { Statement } from './statement';

/** A spreadsheet's numbers are doubles: above this many cents they would lose the last one. */
const LARGEST_EXACT_CENTS = 10n ** 13n;

/** Files of what the screen shows, made from the same lines. */
@Injectable()
export class Exports {
  constructor(
    private readonly store: Store,
    private readonly reads: LedgerReads,
  ) {}

  /** A book as a journal of hledger, entry by entry. */
  async *hledger(territory: string, book: string): AsyncGenerator<string> {
    const { currency, tz } = await this.reads.book(territory, book);
    const accounts = (await this.reads.balances(territory, book)).map(({ account }) => account);
    yield hledgerHead(currency, accounts);
    for await (const document of this.entries(territory, book, {})) yield hledgerEntry(entryOf(document), currency, tz);
  }

  /** A year of a book as the file of accounting entries, entry by entry, numbered without gap. */
  async *fec(territory: string, book: string, year: string): AsyncGenerator<string> {
    const { tz } = await this.reads.book(territory, book);
    yield fecHead;
    let number = 0;
    const inYear = { period: { $gte: `${year}-01`, $lte: `${year}-12` }, status: { $in: ['POSTED', 'POST'] } };
    for await (const document of this.entries(territory, book, inYear)) {
      number += 1;
      yield fecEntry(entryOf(document), number, tz);
    }
  }

  private entries(territory: string, book: string, filter: object) {
    return this.store.database.db
      .collection<EntryDocument>(ENTRIES)
      .find({ territory, book, ...filter })
      .sort({ seq: 1 });
  }
}

/** Most lines a file of a table holds; a longer one is read page by page, or from the journal. */
export const LINES_MAX = 100_000;

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** A table as a file under its own name. */
export async function tableFile(table: Table, format: keyof typeof mediaTypes): Promise<StreamableFile> {
  const bytes = format === 'csv' ? Buffer.from(csvOf(table)) : await xlsxOf(table);
  const disposition = `attachment; filename="${table.name}.${format}"`;
  return new StreamableFile(bytes, { type: mediaTypes[format], disposition });
}

/** A table as a spreadsheet: real numbers and days, the header frozen. */
export async function xlsxOf(table: Table): Promise<Buffer> {
  const header = table.columns.map((value) => ({ value, fontWeight: 'bold' as const }));
  const rows = table.rows.map((row) => row.map(xlsxCell));
  return writeXlsxFile([header, ...rows], { sheet: table.name.slice(0, 31), stickyRowsCount: 1 }).toBuffer();
}

function xlsxCell(cell: Cell) {
  switch (cell.of) {
    case 'text':
      return { type: String, value: cell.value };
    case 'day':
      return { type: Date, value: new Date(`${cell.value}T00:00:00Z`), format: 'yyyy-mm-dd' };
    case 'count':
      return { type: Number, value: Number(cell.value), format: '0' };
    case 'money': {
      const size = cell.cents < 0n ? -cell.cents : cell.cents;
      if (size > LARGEST_EXACT_CENTS) throw new DomainError('MONEY_MALFORMED', { text: decimal(cell.cents) });
      return { type: Number, value: Number(decimal(cell.cents)), format: '#,##0.00' };
    }
  }
}

/** A statement as a page or more: who, which month, the totals, each line with its reason, and the seal. */
export function pdfOf(statement: Statement, table: Table, currency: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The file is the same for the same statement: no clock in it, and text that others can read back.
    const created = new Date(statement.issuedAt);
    const document = new PDFDocument({ size: 'A4', margin: 48, compress: false, info: { CreationDate: created } });
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    document.on('error', reject);
    const { kind, number, party, month, sha256, totals } = statement;
    document.fontSize(14).text(`${kind} ${number}`);
    document.fontSize(9).text(`${party}  ${month}  ${currency}`).moveDown();
    for (const [name, cents] of Object.entries(totals)) document.text(`${name}  ${decimal(cents as bigint)}`); // as: totals are cents
    document.moveDown();
    for (const row of table.rows) document.text(row.map(cellText).join('  '));
    document.moveDown().text(`sha256 ${sha256}`);
    document.end();
  });
}
