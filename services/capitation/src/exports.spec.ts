import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import readXlsxFile from 'read-excel-file/node';
import type { EntryDraft } from './entry';
import { csvOf, decimal, statementTable, type Table } from './export-table';
import { pdfOf, xlsxOf } from './exports.store';
import { fecEntry, fecFields, fecHead, fecName } from './fec';
import { hledgerEntry, hledgerHead } from './hledger';
import { append, emptyHead, incrementsOf } from './ledger';
import { beginStatement, isToldTo, linesOn, type Statement } from './statement';

const timeZone = 'Europe/Paris';
const draft = (id: string, cents: bigint, code = 'SHARE_DUE'): EntryDraft => ({
  ...{ id, book: 'b1', code, eff: '2026-06-30T21:30:00Z', contract: null, line: null, reverses: null },
  legs: [
    { a: 'liabilities:pool:bundle:ep-00ff', d: cents > 0n ? 1 : -1, amt: cents > 0n ? cents : -cents },
    { a: 'liabilities:payable:prac:gp-204', d: cents > 0n ? -1 : 1, amt: cents > 0n ? cents : -cents },
  ],
  cause: { eventIds: ['event'] },
});
const booked = (amounts: readonly bigint[]) =>
  append(
    { timeZone, head: emptyHead, existing: new Map(), closedThrough: null },
    [amounts.map((cents, index) => draft(`e-${index}`, cents))],
    '2026-07-02T08:00:00Z',
  ).entries;

function statementOf(amounts: readonly bigint[], opening = 12_34n): { statement: Statement; table: Table } {
  const fold = beginStatement(opening);
  const lines = booked(amounts).flatMap((entry) => linesOn(entry, isToldTo('PROFESSIONAL', 'prac:gp-204', 'org:h')));
  for (const line of lines) fold.take(line);
  const statement: Statement = {
    ...{ book: 'b1', kind: 'PROFESSIONAL', number: 7, party: 'prac:gp-204', month: '2026-06', isFinal: true },
    ...{ throughSeq: BigInt(amounts.length), supersedes: null, issuedAt: '2026-07-07T08:00:00Z', ...fold.end() },
  };
  return { statement, table: statementTable(statement, lines, { timeZone, language: 'fr' }) };
}

const amounts = fc.array(
  fc.bigInt(-(10n ** 9n), 10n ** 9n).filter((cents) => cents !== 0n),
  { minLength: 1, maxLength: 12 },
);
const cents = (written: unknown): bigint => BigInt(String(written).replace('.', ''));

describe('a file of a statement says what the screen says, to the cent', () => {
  it('as CSV, read back by another program’s parser', () => {
    fc.assert(
      fc.property(amounts, (list) => {
        const { statement, table } = statementOf(list);
        const rows: string[][] = parse(csvOf(table), { delimiter: ';' });
        expect(rows[0]).toEqual(table.columns);
        const told = rows.slice(1).map((row) => cents(row.at(-1)));
        expect(told).toEqual([statement.totals.opening, ...list, statement.totals.closing]);
        expect(told.slice(0, -1).reduce((sum, one) => sum + one, 0n)).toBe(told.at(-1));
      }),
      { numRuns: 40 },
    );
  });

  it('as a spreadsheet, with real numbers and days, read back', async () => {
    await fc.assert(
      fc.asyncProperty(amounts, async (list) => {
        const { statement, table } = statementOf(list);
        const [sheet] = await readXlsxFile(await xlsxOf(table));
        const rows = sheet?.data.slice(1) ?? [];
        const told = rows.map((row) => cents(Number(row.at(-1)).toFixed(2)));
        expect(told).toEqual([statement.totals.opening, ...list, statement.totals.closing]);
        expect(rows[1]?.[3]).toEqual(new Date('2026-06-30T00:00:00Z'));
      }),
      { numRuns: 15 },
    );
  });

  it('as a PDF, the same bytes each time, its amounts read back from the page', async () => {
    const { statement, table } = statementOf([12_34n, -5_00n, 1_234_567_89n]);
    const file = await pdfOf(statement, table, 'EUR');
    expect((await pdfOf(statement, table, 'EUR')).equals(file)).toBe(true);
    const page = [...file.toString('latin1').matchAll(/\[([^\]]*)\] TJ/g)]
      .map(([, parts = '']) =>
        [...parts.matchAll(/<([0-9a-f]+)>/g)]
          .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
          .join(''),
      )
      .join('\n');
    for (const amount of [12_34n, -5_00n, 1_234_567_89n, statement.totals.closing])
      expect(page).toContain(decimal(amount));
    expect(page).toContain(statement.sha256);
  });

  it('and a text that a spreadsheet would compute stays a text', () => {
    const table: Table = {
      name: 't',
      columns: ['a'],
      rows: [[{ of: 'text', value: '=1+1' }], [{ of: 'text', value: 'a;"b"' }]],
    };
    expect(csvOf(table)).toBe('a\r\n\'=1+1\r\n"a;""b"""\r\n');
  });
});

describe('the file of accounting entries', () => {
  it('has the 18 fields in their order, balances entry by entry, and names nobody’s illness', () => {
    const entries = booked([12_34n, -5_00n]);
    const file = fecHead + entries.map((entry, index) => fecEntry(entry, index + 1, timeZone)).join('');
    const rows: Record<string, string>[] = parse(file, { delimiter: '\t', columns: true, quote: null });
    expect(Object.keys(rows[0] ?? {})).toEqual([...fecFields]);
    expect(fecFields).toHaveLength(18);
    const amount = (written = ''): bigint => BigInt(written.replace(',', ''));
    for (const number of ['1', '2']) {
      const own = rows.filter((row) => row.EcritureNum === number);
      expect(own.reduce((sum, row) => sum + amount(row.Debit) - amount(row.Credit), 0n)).toBe(0n);
    }
    expect(rows.map((row) => [row.CompteNum, row.CompAuxNum, row.Debit, row.Credit])).toEqual([
      ['46720000', 'bundle:ep-00ff', '12,34', '0,00'],
      ['46710000', 'prac:gp-204', '0,00', '12,34'],
      ['46720000', 'bundle:ep-00ff', '0,00', '5,00'],
      ['46710000', 'prac:gp-204', '5,00', '0,00'],
    ]);
    // 23:30 in Paris is still June.
    expect(rows[0]).toMatchObject({ EcritureDate: '20260630', PieceDate: '20260630', ValidDate: '20260702' });
  });

  it('is named by the company’s number and the end of its year', () => {
    expect(fecName('123456789', '2026')).toBe('123456789FEC20261231.txt');
    expect(() => fecName('12345678', '2026')).toThrow('INVALID_INPUT');
  });
});

describe('invariant 25', () => {
  const hledger = spawnSync('hledger', ['--version']);

  it('hledger accepts the exported journal in strict form, and its balances are ours, account by account', () => {
    if (hledger.error !== undefined) {
      process.stderr.write('not run: hledger is not installed\n');
      return;
    }
    const entries = booked(
      Array.from({ length: 200 }, (_, index) => BigInt(index % 7 === 0 ? -index - 1 : index * 37 + 1)),
    );
    const balances = incrementsOf(entries);
    const accounts = balances.map(({ account }) => account);
    const journal =
      hledgerHead('EUR', accounts) + entries.map((entry) => hledgerEntry(entry, 'EUR', timeZone)).join('');
    const file = join(mkdtempSync(join(tmpdir(), 'journal-')), 'book.journal');
    writeFileSync(file, journal);
    const checked = spawnSync('hledger', ['check', '-s', '-f', file], { encoding: 'utf8' });
    expect(checked.stderr).toBe('');
    expect(checked.status).toBe(0);
    const asked = ['balance', '-f', file, '--flat', '--no-total', '-E', '-O', 'csv'];
    const told: string[][] = parse(spawnSync('hledger', asked, { encoding: 'utf8' }).stdout);
    const theirs = new Map(told.slice(1).map(([account = '', balance = '']) => [account, balance]));
    for (const { account, dr, cr } of balances) {
      expect(theirs.get(account)?.replace(' EUR', '') ?? '0').toBe(dr === cr ? '0' : decimal(dr - cr));
    }
    expect(theirs.size).toBe(balances.length);
  });
});
