import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Given, loadContract, price } from '@ariane/capitation';
import { cohortOf, next, scaled } from './contract-cohort';
import { order, quantile, studyOf, sumOf } from './contract-study';
import { partyRows } from './contract-tables';
import { formatMoney, rational } from '@ariane/kernel';
import { run } from './run';

const capitation = join(__dirname, '../../../services/capitation');
const load = (file: string, change: object = {}) =>
  loadContract({ ...(JSON.parse(readFileSync(join(capitation, file), 'utf8')) as object), ...change });
const savings = load('fixtures/3-savings.json');
const outcome = load('fixtures/4-outcome.json');
const capitationContract = load('payment-contracts/territory-capitation.json');
const settings = { cases: 60, seed: '1', months: ['2026-02'] };
const folder = mkdtempSync(join(tmpdir(), 'contract-simulate-'));

const simulate = (...argv: string[]) => simulateOn(join(folder, 'none.json'), ...argv);

async function simulateOn(stackFile: string, ...argv: string[]) {
  const [out, told] = [[] as string[], [] as string[]];
  const code = await run(['contract', 'simulate', ...argv], {
    folder,
    stackFile,
    token: 'a token',
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

  const example = capitationContract.document.examples[0]!.given;
  const recordedFile = (name: string, lines: readonly unknown[]): string => {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    writeFileSync(join(folder, name), text);
    return name;
  };
  const own = join(capitation, 'payment-contracts/territory-capitation.json');
  const postedFor = (given: Given) =>
    Object.fromEntries(
      price(capitationContract, given).transfers.map(({ line, cents }) => [
        line,
        formatMoney({ cents, currency: 'EUR' }),
      ]),
    );

  it('21: replays recorded inputs, and under the same contract comes to what stands in the books', async () => {
    const line = { subject: 'ep-1', month: '2026-06', given: example, posted: postedFor(example) };
    const other = { ...line, month: '2026-07' };
    const file = recordedFile('in.jsonl', [line, other, '']);
    const { code, out, told } = await simulate(own, '--period', '2026-06', '--inputs', file);
    expect([code, told]).toEqual([0, '']);
    expect(out).toMatch(/^1 recorded inputs, 2026-06; refused 0\. 1 of 1 come to what stands in the books\./);
    expect(out).toContain('nothing is posted');
    const [name = ''] = Object.keys(line.posted);
    const wrong = recordedFile('wrong.jsonl', [{ ...line, posted: { ...line.posted, [name]: '0.01 EUR' } }]);
    expect((await simulate(own, '--period', '2026-06', '--inputs', wrong)).out).toContain('0 of 1 come to what stands');
  });

  it.each([
    ['a line that is no JSON', [{ given: {} }, '{'], 'bad.jsonl, line 2: not an input'],
    ['a line without facts', [{ month: '2026-06' }], 'bad.jsonl, line 1: not an input'],
    ['a file of other months', [{ month: '2026-05', given: {} }], 'Nothing is recorded for 2026-06'],
    ['facts that the contract cannot price', [{ given: {} }], 'No case can be priced'],
  ])('refuses %s with code 2, its place and nothing on standard output', async (_, lines, sentence) => {
    const { code, out, told } = await simulate(
      own,
      '--period',
      '2026-06',
      '--inputs',
      recordedFile('bad.jsonl', lines),
    );
    expect([code, out]).toEqual([2, '']);
    expect(told).toContain(sentence);
  });

  it('reads what the running stack recorded, month by month, and tells its refusal as it is', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      if (request.url?.includes('2026-08')) {
        response.writeHead(404, { 'content-type': 'application/problem+json' });
        response.end(JSON.stringify({ code: 'NOT_FOUND', detail: 'Nothing there.' }));
        return;
      }
      response.end(`${JSON.stringify({ given: example, posted: postedFor(example) })}\n`.repeat(2));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // as: it listens on a port
    const stackFile = join(folder, 'stack.json');
    writeFileSync(stackFile, JSON.stringify({ pid: process.pid, urls: { capitation: `http://127.0.0.1:${port}` } }));
    const good = await simulateOn(stackFile, own, '--period', '2026-06/2026-07', '--recorded');
    expect([good.code, good.told]).toEqual([0, '']);
    expect(good.out).toMatch(/^4 recorded inputs, 2026-06, 2026-07; refused 0\. 4 of 4 come to what stands/);
    const refused = await simulateOn(stackFile, own, '--period', '2026-08', '--recorded');
    expect([refused.code, refused.out, refused.told]).toEqual([1, '', expect.stringContaining('NOT_FOUND')]);
    server.close();
    const path = `GET /payment-contracts/${capitationContract.document.contract}/recorded-inputs?month=2026-`;
    // It only reads: nothing is posted.
    expect(asked).toEqual(['06', '07', '08'].map((month) => `${path}${month}`));
  });

  it('takes its cases from one place: a file, the running stack, or chance', async () => {
    const file = recordedFile('in.jsonl', [{ given: example }]);
    const both = await simulate(own, '--period', '2026-06', '--inputs', file, '--cases', '5');
    expect([both.code, both.told]).toEqual([2, expect.stringContaining('exclude each other')]);
    const none = await simulate(own, '--period', '2026-06', '--inputs', 'nowhere.jsonl');
    expect([none.code, none.told]).toEqual([2, expect.stringContaining('there is no such file')]);
    const idle = await simulate(own, '--period', '2026-06', '--recorded');
    expect([idle.code, idle.told]).toEqual([1, expect.stringContaining('No stack is running')]);
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
