import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Given, loadContract, price } from '@ariane/capitation';
import { cohortOf, next, scaled } from './contract-cohort';
import { order, quantile, studyOf, sumOf } from './contract-study';
import { partyRows } from './contract-tables';
import { rational } from '@ariane/kernel';
import { run } from './run';

const capitation = join(__dirname, '../../../services/capitation');
const load = (file: string, change: object = {}) =>
  loadContract({ ...(JSON.parse(readFileSync(join(capitation, file), 'utf8')) as object), ...change });
const savings = load('fixtures/3-savings.json');
const outcome = load('fixtures/4-outcome.json');
const capitationContract = load('payment-contracts/territory-capitation.json');
const settings = { cases: 60, seed: '1', months: ['2026-02'] };
const folder = mkdtempSync(join(tmpdir(), 'contract-simulate-'));

async function simulate(...argv: string[]) {
  const [out, told] = [[] as string[], [] as string[]];
  const code = await run(['contract', 'simulate', ...argv], {
    folder,
    stackFile: join(folder, 'none.json'),
    token: undefined,
    write: (text) => out.push(text),
    tell: (text) => told.push(text),
    interrupted: () => new AbortController().signal,
  });
  return { code, out: out.join(''), told: told.join('') };
}

describe('an invented cohort', () => {
  it('is the same for the same seed, another for another, and a longer one begins like a shorter one', () => {
    const cohort = cohortOf(savings, settings);
    expect(cohortOf(savings, settings)).toEqual(cohort);
    expect(cohortOf(savings, { ...settings, seed: '2' })).not.toEqual(cohort);
    expect(cohortOf(savings, { ...settings, cases: 100 }).slice(0, 60)).toEqual(cohort);
  });

  it('stays within what the examples show, and moves facts of a month to the month asked for', () => {
    for (const given of cohortOf(savings, settings)) {
      const score = Number(given.qualityScore);
      expect(score >= 0.25 && score <= 0.87).toBe(true);
    }
    for (const given of cohortOf(capitationContract, settings)) {
      expect(given.period).toEqual({ from: '2026-02-01', to: '2026-03-01' });
      for (const { from, to } of given.members as { from?: string; to?: string }[]) {
        for (const day of [from, to]) expect(day ?? '2026-02-01').toMatch(/^2026-(02|03-01)/);
      }
    }
    expect([next('2026-12'), next('2026-02')]).toEqual(['2027-01-01', '2026-03-01']);
  });

  it('has figures turned by a tenth: whole ones stay whole, shares stay within one, money has cents', () => {
    const up = rational(11n, 10n);
    expect(['-1', '30', '0.95', '2%', '100.05 EUR', '1.045'].map((text) => scaled(text, up))).toEqual([
      ...['-1', '33', '1.0000', '2%', '110.06 EUR', '1.14950'],
    ]);
  });
});

describe('a study of contracts', () => {
  it('of a contract against itself has neither winners nor losers: a simulation is the real run', () => {
    for (const contract of [savings, outcome, capitationContract]) {
      const cohort = cohortOf(contract, settings);
      const study = studyOf([contract, contract], cohort);
      expect(partyRows(study).every(({ wins, loses, totals: [a, b] }) => wins + loses === 0 && a === b)).toBe(true);
      const first = price(contract, cohort[0]!);
      expect(study.sides[0]!.components.get(contract.document.components[0]!.id)?.length).toBeGreaterThan(0);
      expect(price(contract, cohort[0]!)).toEqual(first);
    }
  });

  it('gives to the parties what the payer pays, to the cent', () => {
    for (const contract of [savings, outcome, capitationContract]) {
      const [side] = studyOf([contract], cohortOf(contract, settings)).sides;
      expect(sumOf([...side!.parties.values()].map(sumOf))).toBe(0n);
      expect(sumOf(side!.parties.get('org:payer-75')!)).toBe(-sumOf(side!.costs));
    }
  });

  it('names who wins and who loses, by party, under another contract', () => {
    const dearer = load('fixtures/4-outcome.json', { version: 2, params: { price: '350000.00 EUR' } });
    const rows = partyRows(studyOf([outcome, dearer], cohortOf(outcome, settings)));
    const of = (name: string) => rows.find((row) => row.name === name)!;
    expect(of('org:pharma-x')).toMatchObject({ wins: 60, loses: 0 });
    expect(of('org:payer-75')).toMatchObject({ wins: 0, loses: 60 });
  });

  it('shows the spread of an outcome contract, not only its mean: least, quantiles and most are amounts it can pay', () => {
    const [side] = studyOf([outcome], cohortOf(outcome, { ...settings, cases: 300 })).sides;
    const spread = side!.components.get('drug')!;
    const levels = [5, 25, 50, 75, 95].map((percent) => quantile(spread, percent));
    expect(levels).toEqual([...levels].sort(order));
    expect(new Set(spread).size).toBeGreaterThan(2);
    for (const level of levels) expect(spread).toContain(level);
    expect([quantile([1n, 2n, 3n, 4n], 50), quantile([1n, 2n, 3n, 4n], 95), quantile([], 50)]).toEqual([2n, 4n, 0n]);
  });

  it('finds how risk and quality move the payer’s total, the strongest first', () => {
    const { turns } = studyOf([savings], cohortOf(savings, settings));
    const names = turns.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['qualityScore', 'grossActual', 'perPersonYear (parameter)']));
    const quality = turns.find(({ name }) => name === 'qualityScore')!;
    expect(quality.lower <= 0n && quality.higher >= 0n).toBe(true);
    const sizes = turns.map(({ lower, higher }) => (higher > lower ? higher - lower : lower - higher));
    expect(sizes).toEqual([...sizes].sort((a, b) => order(b, a)));
    const risk = studyOf([capitationContract], cohortOf(capitationContract, settings)).turns.find(
      ({ name }) => name === 'members.raw',
    );
    expect(risk!.higher > 0n && risk!.lower < 0n).toBe(true);
  });

  it('is refused when no case fits the other contract, with the first refusal', () => {
    const cohort: readonly Given[] = cohortOf(outcome, settings);
    expect(() => studyOf([outcome, savings], cohort)).toThrow('is missing');
  });
});

describe('ariane contract simulate', () => {
  const file = join(capitation, 'fixtures/3-savings.json');
  const other = join(folder, 'other.json');
  writeFileSync(
    other,
    JSON.stringify({ ...savings.document, version: 2, params: { ...savings.document.params, maxShare: '75%' } }),
  );

  it('prints a table and writes CSV and SVG, of two contracts on the same cases', async () => {
    const files = ['--csv', 'out.csv', '--svg', 'out.svg'];
    const { code, out, told } = await simulate(
      file,
      '--period',
      '2026-01/2026-03',
      '--against',
      other,
      '--cases',
      '50',
      ...files,
    );
    expect([code, told]).toEqual([0, '']);
    expect(out).toMatch(/^50 invented cases, seed 1, 2026-01, 2026-02, 2026-03; refused 0\./);
    expect(out).toMatch(/^Party +territory-savings v1 +territory-savings v2 +difference +wins +loses$/m);
    expect(out).toContain('grp:north');
    const csv = readFileSync(join(folder, 'out.csv'), 'utf8').split('\r\n');
    expect(csv[0]).toBe('contract,section,name,measure,value');
    expect(csv.some((line) => /^territory-savings v2,per case,settlement,95 %,\d+\.\d\d$/.test(line))).toBe(true);
    expect(readFileSync(join(folder, 'out.svg'), 'utf8')).toMatch(/^<svg .*qualityScore/s);
  });

  it.each([
    [['--period', 'June'], '--period is a month, or two'],
    [['--period', '2026-03/2026-01'], '--period is a month, or two'],
    [['--period', '2027-01'], 'territory-savings is not valid in 2027-01'],
    [['--period', '2026-01', '--cases', '0'], '--cases is a whole number'],
    [['--period', '2026-01', '--svg', 'no/such/folder.svg'], 'cannot be written'],
    [[], '--period is missing'],
  ])('refuses %p with code 2', async (argv, sentence) => {
    const { code, told } = await simulate(file, ...argv, ...(argv.includes('--cases') ? [] : ['--cases', '5']));
    expect(code).toBe(2);
    expect(told).toContain(sentence);
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });
});
