import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Given } from './contract';
import { newTrial, partUnder, reportOf, trySubject } from './dry-run';
import { loadContract } from './load-contract';
import type { Line } from './recalculate';
import { monthOfParts, withMembers } from './roster-lines';
import { settle } from './settle';

const read = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, '../fixtures', name), 'utf8')) as Record<string, unknown>; // as: our own files
const bundle = read('1a-seed.json');
const contract = loadContract(bundle);
const dearer = loadContract({
  ...bundle,
  version: 2,
  params: { ...(bundle.params as object), price: '200.00 EUR' },
  examples: [{ ...(bundle.examples as object[])[0], expect: {} }],
});
const { given } = (bundle.examples as { given: Given }[])[0]!; // the file has one
const subjectOf = (id: string) => ({ book: 'demo.a', id: `ep-${id}`, period: 'once' });
const times = { instants: new Map<string, string>(), fallback: '2026-03-01T00:00:00Z' };
const paidFor = (id: string): readonly Line[] => settle(contract, subjectOf(id), given, [], times, []).lines;
const total = (of: readonly { readonly difference: { readonly amount: string } }[]) =>
  of.reduce((sum, { difference }) => sum + Math.round(Number(difference.amount) * 100), 0);

function tried(on: ReturnType<typeof loadContract>, subjects: readonly string[], facts: Given = given) {
  const trial = newTrial(on);
  for (const id of subjects) {
    const priced = () => ({ contract: on, given: facts });
    trySubject(trial, { subject: subjectOf(id), version: 1, lines: paidFor(id), priced });
  }
  return reportOf(trial, '2026-03');
}

describe('the dry run of a contract', () => {
  it('on what it was paid on itself changes nothing, and has one hash', () => {
    const { report, sha256 } = tried(contract, ['a', 'b']);
    expect(report).toMatchObject({ subjects: 2, changedLines: 0, changes: [], errors: [], note: null });
    expect(report.parties.every(({ difference }) => difference.amount === '0.00')).toBe(true);
    expect(tried(contract, ['a', 'b']).sha256).toBe(sha256);
    expect(tried(contract, ['a']).sha256).not.toBe(sha256);
  });

  it('at twice the price shows each party with twice the money, whoever the subjects were', () => {
    const { report } = tried(dearer, ['a', 'b', 'c']);
    expect(report.against).toEqual([1]);
    for (const { before, after } of report.parties.filter(({ account }) => !account.includes(':pool:'))) {
      expect(Math.abs(Number(after.amount) - 2 * Number(before.amount))).toBeLessThan(0.06);
    }
    expect(report.parties.map(({ account }) => account).join(' ')).not.toContain('ep-');
  });

  it('counts every change and shows the largest, largest first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), (count) => {
        const { report } = tried(
          dearer,
          Array.from({ length: count }, (_, index) => String(index)),
        );
        expect(report.subjects).toBe(count);
        expect(report.changes).toHaveLength(Math.min(20, report.changedLines));
        const sizes = report.changes.map(({ difference }) => Math.abs(Number(difference.amount)));
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
        expect(report.note === null).toBe(count > 0);
      }),
      { numRuns: 20 },
    );
  });

  it('says of each subject that it cannot price where and why, and goes on with the others', () => {
    const { report } = tried(dearer, ['a', 'b'], { unknown: true });
    expect(report).toMatchObject({ subjects: 2, failedSubjects: 2, lines: 0 });
    expect(report.errors[0]).toMatchObject({ subject: 'ep-a', code: 'FACT_MISSING', place: 'components.share' });
  });

  it('says where there is no earlier period that there is nothing to compare', () => {
    expect(reportOf(newTrial(contract), null).report).toMatchObject({
      note: 'no earlier period: nothing to compare',
      subjects: 0,
    });
  });

  it('of a roster in parts comes to what the whole month comes to', () => {
    const pmpm = loadContract(read('2-pmpm.json'));
    const [example] = pmpm.document.examples;
    const members = (example?.given.members ?? []) as { id: string; days: string; raw: string }[]; // as: the file’s rows
    const rows = members.map(({ id, days, ...values }) => ({ id, days: Number(days), values }));
    const facts: Given = { ...example?.given, members: [] };
    const whole = withMembers([], '2026-06', example?.given ?? {}, () => []);
    const parts = [rows.slice(0, 2), rows.slice(2)].map((some, index) =>
      partUnder(pmpm, '2026-06', facts, { bucket: String(index), rows: some }),
    );
    const roster = { book: 'demo.a', id: 'ep-roster', period: '2026-06' };
    const paid = settle(pmpm, roster, whole, [], times, []).lines;
    const trial = newTrial(pmpm);
    const priced = () => monthOfParts(pmpm, '2026-06', facts, parts);
    trySubject(trial, { subject: roster, version: 1, lines: paid, priced });
    expect(total(reportOf(trial, '2026-06').report.parties)).toBe(0);
    expect(trial.changed).toBe(0);
  });
});
