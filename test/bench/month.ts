/**
 * A month of a territory on a real stack: roster and acts are loaded by file, then the month is computed, posted, closed
 * and its statements are made by a capitation process of its own; the same again with a kill -9 in the middle, and 5 %
 * of the evidence corrected. BENCH_MEMBERS (320,000, 100,000 and 32,000 are shown by default) and BENCH_PARTICIPATIONS
 * (1,000,000 of the greatest; the others in proportion) choose the sizes; BENCH_PROF=1 writes a profile of the service.
 */
import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { startIssuer } from '@ariane/auth';
import { newId } from '@ariane/store';
import { startStack } from '../../deploy/stack.ts';
import { type Told, watched } from './month/bar.ts';
import { type People, peopleOf } from './month/people.ts';
import {
  actsFile,
  contractNamed,
  CORRECTED_PERCENT,
  correctionsFile,
  LATER,
  MONTH,
  NOW,
  rosterFile,
  type Size,
} from './month/territory.ts';
import { type OneService, startOneService } from './one-service.ts';
import { secondsOf } from './pathways/processor-time.ts';

const MEMBERS = (process.env.BENCH_MEMBERS ?? '32000,100000,320000').split(',').map(Number);
const PARTICIPATIONS = Number(process.env.BENCH_PARTICIPATIONS ?? '1000000');
const PORT_BASE = Number(process.env.ARIANE_PORT_BASE ?? '5850');
const MEMBERS_OF_PRACTITIONER = 800;
const ACTS = '/rosters/territory/acts/files';
const SEND_ATTEMPTS = 5;
const PROMISED_SECONDS = 300;
const PROMISED_MB = 2_048;

interface Account {
  readonly amounts: Readonly<Record<string, unknown>>;
  readonly lines: readonly unknown[];
  readonly members: number;
}

const dir = join(import.meta.dirname, '..', '..', '.ariane', 'bench', 'month');
rmSync(dir, { recursive: true, force: true });
const stack = await startStack({ mode: 'processes', dir, portBase: PORT_BASE, services: false, log: console.log });
const secretFile = join(dir, 'secrets.json');
const issuer = await startIssuer({
  ...{ port: 0, keysFile: join(dir, 'jwks.json'), serviceSecretFile: secretFile, mode: 'test', territory: 'bench' },
});
const env = { ...stack.env, ARIANE_KEYS_DIR: join(dir, 'store-keys'), ARIANE_SERVICE_SECRET_FILE: secretFile };
const flags = process.env.BENCH_PROF === '1' ? ['--cpu-prof', `--cpu-prof-dir=${dir}`] : [];
const greatest = Math.max(...MEMBERS);
let service = await started(NOW);
try {
  for (const members of MEMBERS) {
    const acts = Math.round((PARTICIPATIONS * members) / greatest);
    const practitioners = Math.max(2, Math.round(members / MEMBERS_OF_PRACTITIONER));
    await measure({ members, acts, practitioners });
  }
} finally {
  service.stop();
  // A profile is written at the end.
  await pause(flags.length > 0 ? 5_000 : 0);
  await issuer.stop();
  await stack.stop();
}

async function started(now: string): Promise<OneService> {
  const one = startOneService('capitation', { dir, port: PORT_BASE + 1, now, env, issuerUrl: issuer.url, flags });
  await one.ready();
  return one;
}

async function measure(size: Size): Promise<void> {
  console.log(`\n${size.members} members, ${size.acts} acts, ${size.practitioners} practitioners`);
  service.stop();
  await pause(2_000);
  service = await started(NOW);
  const people = peopleOf(issuer.url, `m${size.members}`, () => service.url);
  await load(people, size);
  // The measured month has a process of its own: what loading needed is not counted.
  service.stop();
  await pause(2_000);
  service = await started(NOW);
  const whole = await month(people, size);
  await killedAndResumed(people, whole);
  await corrected(people, size);
  const { good, entries } = await people.get<{ good: boolean; entries: number }>('/books/territory/verify');
  const { difference } = await people.get<{ difference: { amount: string } }>('/books/territory/trial-balance');
  console.log(
    `  verify: ${good ? 'good' : 'NOT GOOD'}, ${entries} entries; the book's difference is ${difference.amount}`,
  );
  if (!good || difference.amount !== '0.00') process.exitCode = 1;
}

async function load(people: People, size: Size): Promise<void> {
  await activate(people, 'month-a');
  const roster = `/rosters/territory/files?as=ours&month=${MONTH}`;
  await timed('roster loaded', size.members, () => sent(people, roster, () => rosterFile(size)));
  await timed('acts loaded', size.acts, () => sent(people, ACTS, () => actsFile(size)));
}

/** A server ends a request that lasts longer than five minutes: the file goes on under its key where it was cut off. */
async function sent(people: People, path: string, file: () => Readable): Promise<void> {
  const key = newId();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { refused } = await people.post<{ refused: number }>(path, file(), 'preparer', key);
      if (refused > 0) throw new Error(`${refused} rows of ${path} were refused`);
      return;
    } catch (error) {
      const isCut = error instanceof Error && 'code' in error;
      if (!isCut || attempt >= SEND_ATTEMPTS) throw error;
      console.log(`  cut off (${String(error.code)}): the file is sent again under its key`);
    }
  }
}

async function activate(people: People, contract: string): Promise<void> {
  await people.post('/payment-contracts', contractNamed(contract));
  const version = `/payment-contracts/${contract}/versions/1`;
  const { sha256: dryRun } = await people.post<{ sha256: string }>(`${version}/dry-runs`, {}, 'approver');
  await people.post(`${version}/activate`, { dryRun }, 'approver');
}

function runOf(contract: string): string {
  return `/rosters/territory/contracts/${contract}/months/${MONTH}`;
}

function run(people: People, contract: string, key = newId()): Promise<Account> {
  const account = people.post<Account>(`${runOf(contract)}/runs`, {}, 'preparer', key);
  return watched(account, () => toldOf(people, contract));
}

async function toldOf(people: People, contract: string): Promise<Told | null> {
  return (await people.get<{ running: Told | null }>(`${runOf(contract)}/progress`)).running;
}

/** Computed, posted, closed and told: what the goal is about. */
async function month(people: People, size: Size): Promise<Account> {
  const from = performance.now();
  const period = `/books/territory/periods/${MONTH}`;
  const account = await timed('computed and posted', size.members, () => run(people, 'month-a'));
  await timed('closed', 1, async () => {
    await people.post(`${period}/closing`, {});
    await people.post(`${period}/approvals`, {}, 'approver');
    await people.post(`${period}/approvals`, {}, 'second');
  });
  await timed('statements made', 1, async () => {
    for (const kind of ['PAYER', 'HOLDER', 'PROFESSIONAL', 'PATHWAY']) {
      const { issued } = await people.post<{ issued: number }>(`${period}/statements`, { kind });
      console.log(`    ${issued} ${kind}`);
    }
  });
  const seconds = (performance.now() - from) / 1_000;
  const perMember = (seconds * 1_000) / size.members;
  const most = Number(/(\d+) MB at most/.exec(service.memory())?.[1]);
  const verdict = seconds <= PROMISED_SECONDS && most <= PROMISED_MB ? '' : '   MISSED';
  console.log(
    `  THE MONTH: ${seconds.toFixed(1)} s, ${perMember.toFixed(2)} ms a member, ${service.memory()}, load ${loadavg()[0]?.toFixed(1) ?? ''}${verdict}`,
  );
  if (verdict !== '') process.exitCode = 1;
  return account;
}

/** The same month under a contract of the same terms, killed in its middle and asked for again. */
async function killedAndResumed(people: People, whole: Account): Promise<void> {
  await activate(people, 'month-b');
  const key = newId();
  const first = people.post<Account>(`${runOf('month-b')}/runs`, {}, 'preparer', key).catch(() => undefined);
  let told: Told | null = null;
  while ((told?.done ?? 0) < whole.members / 2) {
    await pause(20);
    told = await toldOf(people, 'month-b');
  }
  await service.kill();
  await first;
  service = await started(NOW);
  const resumed = await timed(`resumed after kill -9 at ${told?.done ?? 0} members`, whole.members, () =>
    run(people, 'month-b', key),
  );
  const isSame = JSON.stringify(resumed.amounts) === JSON.stringify(whole.amounts);
  console.log(`  the same totals: ${isSame ? 'yes' : 'NO'}`);
  if (!isSame) process.exitCode = 1;
}

async function corrected(people: People, size: Size): Promise<void> {
  service.stop();
  await pause(2_000);
  service = await started(LATER);
  const count = Math.ceil((size.acts * CORRECTED_PERCENT) / 100);
  await timed('acts corrected', count, () => sent(people, ACTS, () => correctionsFile(size)));
  const before = await entriesOf(people);
  await timed('computed and posted after the correction', size.members, () => run(people, 'month-a'));
  const posted = (await entriesOf(people)) - before;
  console.log(`  ${posted} entries of differences, among ${size.practitioners} practitioners`);
}

async function entriesOf(people: People): Promise<number> {
  return (await people.get<{ entries: number }>('/books/territory/verify')).entries;
}

/** Wall time beside processor time: others load the machine. */
async function timed<T>(what: string, units: number, work: () => Promise<T>): Promise<T> {
  const pids = { ...stack.pids(), capitation: service.pid };
  const before = secondsOf(pids);
  const from = performance.now();
  const result = await work();
  const seconds = (performance.now() - from) / 1_000;
  const after = secondsOf(pids);
  const used = (name: string): string => `${name} ${((after[name] ?? 0) - (before[name] ?? 0)).toFixed(1)}`;
  const names = Object.keys(pids).filter((name) => name === 'capitation' || name.startsWith('mongo'));
  const rate = units > 1 ? `, ${Math.round(units / seconds)} a second` : '';
  console.log(`  ${what}: ${seconds.toFixed(1)} s${rate}; processor seconds: ${names.map(used).join(', ')}`);
  return result;
}
