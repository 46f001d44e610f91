import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '@ariane/simulation';
import { run } from './run';

const services = join(__dirname, '../../../services');
const breast = join(services, 'pathways/protocols/breast-cancer.json');
const contract = join(services, 'capitation/payment-contracts/onco-pathway-a.json');
const otherContract = join(services, 'capitation/fixtures/1a-seed.json');

describe('ariane protocol simulate', () => {
  let folder: string;
  let stopped: boolean;

  beforeEach(() => {
    stopped = false;
    folder = mkdtempSync(join(tmpdir(), 'ariane-simulate-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const simulate = async (...argv: string[]) => {
    let out = '';
    let told = '';
    const code = await run(['protocol', 'simulate', ...argv], {
      folder,
      stackFile: join(folder, 'stack.json'),
      token: undefined,
      write: (more) => (out += more),
      tell: (more) => (told += more),
      interrupted: () => (stopped ? AbortSignal.abort() : new AbortController().signal),
    });
    return { code, out, told };
  };

  const report = async (...argv: string[]): Promise<Report> =>
    JSON.parse((await simulate(...argv, '--json')).out) as Report; // as: what the command writes

  it('shows delays, load, waiting lists and ends, and says whose assumptions they rest on', async () => {
    const { code, out } = await simulate(breast, '--patients', '40', '--years', '2');
    expect(code).toBe(0);
    expect(out).toContain('40 invented patients, 2 years from 2026-01-05, seed 1. Assumptions: built in');
    expect(out).toMatch(/^Step +done +on target +late +missed +to do +stopped +median days +90 % within$/m);
    expect(out).toMatch(/^mammograph +\d+ /m);
    expect(out).not.toContain('cost');
  });

  it('says how many patients are done, how fast, and how long the rest takes', async () => {
    const { told } = await simulate(breast, '--patients', '200', '--years', '1', '--threads', '1');
    expect(told).toMatch(/^ 50 % {2}100 of 200 patients, [\d,]+ a second, \d+ s left *\r/);
    expect(told).toMatch(/\r100 % {2}200 of 200 patients, [\d,]+ a second, 0 s left *\r\n$/);
  });

  it('ends when it is interrupted, says how far it was, and writes nothing', async () => {
    stopped = true;
    const { code, out, told } = await simulate(breast, '--patients', '200', '--csv', 'figures.csv');
    expect([code, out]).toEqual([1, '']);
    expect(told).toContain('Interrupted after 0 of 200 patients. Nothing was written.');
    expect(existsSync(join(folder, 'figures.csv'))).toBe(false);
  });

  it('gives the same table for the same seed and another for another', async () => {
    const [one, again, other] = [
      await simulate(breast, '--patients', '30', '--seed', 'a'),
      await simulate(breast, '--patients', '30', '--seed', 'a'),
      await simulate(breast, '--patients', '30', '--seed', 'b'),
    ];
    expect(again.out).toBe(one.out);
    expect(other.out).not.toBe(one.out);
  });

  it('prices each pathway by the contract that is given, and refuses one that does not pay the protocol', async () => {
    const { sides } = await report(breast, '--patients', '40', '--contract', contract);
    const cost = sides[0]!.measures['cost (EUR)']!;
    expect(cost.n).toBe(40);
    expect(cost.mean).toBeGreaterThan(0);
    // No pathway is paid above the sum of its milestones and the cap of its exit.
    expect(cost.mean).toBeLessThanOrEqual(1200 + 1800 + 2400 + 600 + 1800);
    const refused = await simulate(breast, '--patients', '1', '--contract', otherContract);
    expect(refused.code).toBe(2);
    expect(refused.told).toContain('does not pay pathways of the protocol breast-cancer');
  });

  it('shows two protocols side by side with the interval of their difference, nought for the same twice', async () => {
    const { out } = await simulate(breast, '--patients', '30', '--against', breast);
    expect(out).toMatch(/^Per patient +breast-cancer v1 +breast-cancer v1 +difference +95 % interval +patients$/m);
    expect(out).toMatch(/^steps late +[\d.]+ +[\d.]+ +0\.00 +\[0\.00, 0\.00\] +30$/m);
  });

  it('takes what a file assumes, and refuses a file that is wrong by its place', async () => {
    writeFileSync(join(folder, 'scarce.yaml'), 'source: a guess\ncentres: 2\ncapacity: { mammograph: 1 }\n');
    writeFileSync(join(folder, 'wrong.yaml'), 'source: a guess\ncapacity: { mammograph: -1 }\n');
    const { sides, assumptions } = await report(breast, '--patients', '150', '--assumptions', 'scarce.yaml');
    expect(assumptions).toBe('a guess');
    expect(sides[0]!.resources['mammograph']!.peakPerWeek).toBe(1);
    expect(sides[0]!.resources['mammograph']!.meanQueuedWeeks).toBeGreaterThan(1);
    const refused = await simulate(breast, '--assumptions', 'wrong.yaml');
    expect([refused.code, refused.told]).toEqual([2, 'wrong.yaml /capacity/mammograph: must be >= 0\n']);
  });

  it('writes every figure as a table and the main ones as a drawing', async () => {
    const { code } = await simulate(breast, '--patients', '30', '--csv', 'figures.csv', '--svg', 'figures.svg');
    expect(code).toBe(0);
    const rows = readFileSync(join(folder, 'figures.csv'), 'utf8').split('\r\n');
    expect(rows[0]).toBe('protocol,section,name,week,measure,value,low,high');
    expect(rows).toContainEqual('breast-cancer v1,step,entry,,done,30,,');
    const visits = rows.filter((row) => row.startsWith('breast-cancer v1,resource,mri,') && row.includes(',load,'));
    expect(visits.length).toBeGreaterThan(10);
    const drawing = readFileSync(join(folder, 'figures.svg'), 'utf8');
    expect(drawing).toMatch(/^<svg .*>[\s\S]*<\/svg>\s*$/);
    expect(drawing).toContain('imaging-control');
  });

  it.each([
    ['--patients', '0', '--patients is a whole number from 1 to 10000000.'],
    ['--years', '2.5', '--years is a whole number from 1 to 30.'],
    ['--from', '5 January', '--from is a civil day: 2026-01-05.'],
    ['--csv', 'no/such/folder.csv', 'no/such/folder.csv cannot be written: ENOENT.'],
  ])('refuses %s %s', async (option, value, sentence) => {
    const { code, told } = await simulate(breast, '--patients', '1', option, value);
    expect([code, told.trim().split('\n').at(-1)]).toEqual([2, sentence]);
  });
});
