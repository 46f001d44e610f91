import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Given } from './contract';
import { csvOf, decimal, statementTable } from './export-table';
import { append, emptyHead } from './ledger';
import { loadContract } from './load-contract';
import { price } from './price';
import { reasonOf } from './reasons';
import { settle } from './settle';
import { beginStatement, isToldTo, linesOn, type Statement } from './statement';

const load = (file: string) => loadContract(JSON.parse(readFileSync(join(__dirname, '..', file), 'utf8')));
const bundle = load('fixtures/1-bundle.json');
const drug = load('fixtures/4-outcome.json');
const subject = { book: 'b1', id: 'ep-00ff', period: 'once' };
const times = { instants: new Map<string, string>(), fallback: '2026-06-30T21:30:00Z' };
const completed = bundle.document.examples[0]!.given;
const without = (id: string): Given => ({
  ...completed,
  participants: (completed.participants as { id: string }[]).filter((one) => one.id !== id), // as: the fixture's rows
});
const run = (given: Given, before = [] as ReturnType<typeof settle>['lines']) =>
  settle(bundle, subject, given, before, times, ['event']);
const booked = (...runs: ReturnType<typeof settle>[]) =>
  append(
    { timeZone: 'Europe/Paris', head: emptyHead, existing: new Map(), closedThrough: null },
    runs.map(({ drafts }) => drafts),
    '2026-07-02T08:00:00Z',
  ).entries;
const toldTo = (party: string, entries: ReturnType<typeof booked>) =>
  entries.flatMap((entry) => linesOn(entry, isToldTo('PROFESSIONAL', party, 'org:hospital-a')));

describe('what destroys trust', () => {
  it('a total that differs from its export: the file’s lines and closing are the statement’s, to the cent', () => {
    const lines = toldTo('prac:gp-204', booked(run(completed)));
    const fold = beginStatement(100n);
    for (const line of lines) fold.take(line);
    const { totals, ...sealed } = fold.end();
    const head = { book: 'b1', kind: 'PROFESSIONAL' as const, number: 1, party: 'prac:gp-204', month: '2026-06' };
    const about = { isFinal: true, throughSeq: 9n, supersedes: null, issuedAt: '2026-07-02T08:00:00Z' };
    const statement: Statement = { ...head, ...about, ...sealed, totals };
    const file = csvOf(statementTable(statement, lines, { timeZone: 'Europe/Paris', language: 'en' }));
    const amounts = file
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(';').at(-1));
    expect(amounts).toEqual(['1.00', '199.35', decimal(totals.closing)]);
    expect(totals.closing).toBe(200_35n);
  });

  it('a visit never made: evidence withdrawn takes its share back, and gives it to those who worked', () => {
    const before = run(completed);
    const after = run(without('prac:gp-204'), before.lines);
    const posted = (name: string) => after.lines.find((line) => line.name === name)?.posted;
    expect(posted('share/prac:gp-204')).toBe(0n);
    const entries = booked(before, after);
    expect(toldTo('prac:gp-204', entries).reduce((sum, { cents }) => sum + cents, 0n)).toBe(0n);
    const paid = ['prac:nurse-coord-002', 'prac:oncologist-118'].map((one) => posted(`share/${one}`) ?? 0n);
    expect(paid[0]! + paid[1]!).toBe(111_111n);
  });

  it('a line paid twice: the same facts again post nothing', () => {
    expect(run(completed, run(completed).lines).drafts).toEqual([]);
  });

  it('a pathway that did not take place: it pays nothing at all, and what it paid is taken back', () => {
    const cancelled = { ...completed, pathway: { status: 'CANCELLED' } };
    expect(price(bundle, cancelled).amounts).toEqual({});
    expect(run(cancelled, run(completed).lines).lines.every(({ posted }) => posted === 0n)).toBe(true);
  });

  it.each([undefined, null])(
    'missing evidence (%s) read as success or failure: it is pending, and no refund',
    (m12) => {
      const { amounts } = price(drug, { infused: true, m6: 'CR', m12, failureDay: '-1' });
      expect(amounts).toMatchObject({ 'drug.status': { i3: 'pending' }, 'drug.refund': '0.00 EUR' });
      expect(amounts['drug.pending']).toBe('106666.66 EUR');
      expect(price(drug, { infused: true, m6: 'CR', m12: 'PD', failureDay: '-1' }).amounts).toMatchObject({
        'drug.status': { i3: 'not met' },
        'drug.pending': '0.00 EUR',
      });
    },
  );

  it('a negative line without its sentence: what takes money away says why, in both languages, in words of its own', () => {
    const taken = ['WITHHELD', 'FORFEITED', 'REFUND_DUE', 'FEE_OFFSET', 'POOL_SPENT', 'PAYMENT_RETURNED', 'REVERSAL'];
    const due = reasonOf({ code: 'AMOUNT_DUE', rev: null });
    const sentences = taken.map((code) => reasonOf({ code, rev: null }));
    expect(new Set(sentences.map(({ fr }) => fr)).size).toBe(taken.length);
    for (const { fr, en } of sentences) expect([fr, en]).not.toEqual([due.fr, due.en]);
    const late = reasonOf({ code: 'ADJUSTMENT', rev: 2, section: 'PRIOR_PERIOD', effPeriod: '2026-06' });
    expect(late).toEqual({
      fr: 'Correction 2 du mois 2026-06, déjà clos : les faits connus ont changé.',
      en: 'Correction 2 of 2026-06, closed before: the facts known have changed.',
    });
  });

  it('a colleague’s income on a statement: it tells one’s own lines only, and names nobody and no illness', () => {
    const entries = booked(run(completed));
    const own = toldTo('prac:gp-204', entries);
    expect(own.map(({ account }) => account)).toEqual(['liabilities:payable:prac:gp-204']);
    expect(own.map(({ cents }) => cents)).toEqual([199_35n]);
    const told = JSON.stringify(own, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    expect(told).not.toMatch(/nurse|oncologist|hip/);
  });

  it('the month’s border in UTC: half past eleven at night in Paris on 30 June is June, an hour later July', () => {
    const at = (fallback: string) => booked(settle(bundle, subject, completed, [], { ...times, fallback }, ['event']));
    expect(at('2026-06-30T21:30:00Z').map(({ effPeriod }) => effPeriod)).not.toContain('2026-07');
    expect(at('2026-06-30T22:30:00Z').map(({ effPeriod }) => effPeriod)).not.toContain('2026-06');
  });
});
