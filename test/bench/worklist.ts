/**
 * The worklist at a region's size: 320,000 patients and 1,500,000 tasks in one territory, loaded in the shape that the
 * service writes, then read by HTTP from a pathways process. The ten commonest queries and the searches come in turn,
 * each for another coordinator; then every counter is compared with its list, paged to its end. Loading takes minutes:
 * with BENCH_KEEP=1 what an earlier run has loaded, of the same size, is measured again.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startIssuer } from '@ariane/auth';
import { openDatabase } from '@ariane/store';
import { startStack } from '../../deploy/stack.ts';
import { coordinatorAt, coordinatorsFor, heavyCoordinators, TODAY } from './worklist/caseload.ts';
import { type OneService, startOneService } from './one-service.ts';
import { load, territory } from './worklist/load.ts';
import { chanceFrom, personAt } from './worklist/register.ts';
import { quantile } from './write-path/measure.ts';

const PATIENTS = Number(process.env.BENCH_PATIENTS ?? '320000');
const TASKS = Math.round((PATIENTS * 1_500_000) / 320_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? '250');
const PORT_BASE = Number(process.env.ARIANE_PORT_BASE ?? '5800');
/** p95 that is promised, in milliseconds. */
const LIST_MS = 100;
const SEARCH_MS = 150;
/** One query in five is a coordinator's with a caseload of thousands. */
const HEAVY_SHARE = 0.2;
/** Coordinators whose every counter is compared with its list. */
const COMPARED = 12;

const root = join(import.meta.dirname, '..', '..');
const dir = join(root, '.ariane', 'bench', 'worklist');
const loadedFile = join(dir, 'loaded.json');
const isKept = process.env.BENCH_KEEP === '1' && existsSync(loadedFile) && readFileSync(loadedFile, 'utf8') === size();
if (!isKept) rmSync(dir, { recursive: true, force: true });
const stack = await startStack({ mode: 'processes', dir, portBase: PORT_BASE, services: false, log: console.log });
const keysFolder = join(dir, 'store-keys');
const chance = chanceFrom(20_261_124);
try {
  console.log(
    `load of the machine at the start: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}`,
  );
  if (isKept) console.log('what an earlier run has loaded is measured again');
  else await loadAll();

  const secretFile = join(dir, 'secrets.json');
  const keysFile = join(dir, 'jwks.json');
  const issuer = await startIssuer({ port: 0, keysFile, serviceSecretFile: secretFile, mode: 'test', territory });
  const env = { ...stack.env, ARIANE_KEYS_DIR: keysFolder, ARIANE_SERVICE_SECRET_FILE: secretFile };
  const service = startOneService('pathways', { dir, port: PORT_BASE + 1, now: TODAY, env, issuerUrl: issuer.url });
  try {
    await service.ready();
    await measure(issuer.url, service);
  } finally {
    service.stop();
    await issuer.stop();
  }
} finally {
  await stack.stop();
}

function size(): string {
  return JSON.stringify({ patients: PATIENTS, tasks: TASKS });
}

async function loadAll(): Promise<void> {
  const database = await openDatabase(stack.env.MONGO_URL ?? '', 'ariane_pathways');
  const loaded = await load(database, keysFolder, PATIENTS, TASKS);
  await database.connection.close();
  writeFileSync(loadedFile, size());
  console.log(`loaded in ${loaded.seconds.toFixed(0)} s: ${JSON.stringify(loaded.counts)}`);
}

async function measure(issuerUrl: string, service: OneService): Promise<void> {
  const tokens = new Map<string, string>();
  const tokenOf = async (practitionerId: string): Promise<string> => {
    const known = tokens.get(practitionerId);
    if (known !== undefined) return known;
    const body = JSON.stringify({ territory, role: 'coordinator', practitionerId });
    const response = await fetch(`${issuerUrl}/demo-token`, { method: 'POST', body });
    const { token } = (await response.json()) as { token: string };
    tokens.set(practitionerId, token);
    return token;
  };
  const ask: Ask = async (who, path, body) => {
    const authorization = `Bearer ${await tokenOf(who)}`;
    const from = performance.now();
    const response = await fetch(`${service.url}${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    });
    const told = (await response.json()) as Told;
    if (!response.ok) throw new Error(`${path.split('?')[0]} answered ${response.status}: ${JSON.stringify(told)}`);
    return { told, ms: performance.now() - from };
  };
  const ordinary = coordinatorsFor(PATIENTS) - heavyCoordinators.length;
  const heavy = () => heavyCoordinators[Math.floor(chance() * heavyCoordinators.length)] ?? '';
  const anybody = () =>
    chance() < HEAVY_SHARE ? heavy() : coordinatorAt(heavyCoordinators.length + Math.floor(chance() * ordinary));

  await namesRead(ask);
  await lists(ask, anybody);
  await searches(ask);
  console.log(`memory of pathways: ${service.memory()}`);
  await compared(ask, anybody);
  console.log(
    `load of the machine at the end: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}`,
  );
}

/** What the answers hold, of which each query reads what its route gives. */
interface Told {
  readonly items: readonly { readonly id: string }[];
  readonly next?: string;
  readonly total: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly tiers: Readonly<Record<string, number>>;
  readonly owners: Readonly<Record<string, number>>;
}
type Ask = (who: string, path: string, body?: object) => Promise<{ told: Told; ms: number }>;

/** A search is refused while names are still being read. */
async function namesRead(ask: Ask): Promise<void> {
  const from = performance.now();
  const isRead = () =>
    ask(coordinatorAt(0), '/patients/search', { name: 'martin' }).then(
      () => true,
      () => false,
    );
  while (!(await isRead())) await pause(250);
  console.log(`names read ${((performance.now() - from) / 1_000).toFixed(0)} s after the service was ready`);
}

async function lists(ask: Ask, anybody: () => string): Promise<void> {
  const queries: Readonly<Record<string, string>> = {
    'all, by rank': '/worklist?limit=50',
    counters: '/worklist/counters',
    late: '/worklist?reason=late',
    'my own to do': '/worklist?reason=to-do&owner=me',
    'waiting, oldest first': '/worklist?reason=waiting-for&sort=since',
    'coming in 7 days': '/worklist?reason=coming&withinDays=7&sort=deadline',
    'results to acknowledge': '/worklist?reason=result-unacknowledged',
    'alerts, most urgent': '/worklist?reason=alert',
    'one protocol and phase': '/worklist?protocol=breast-cancer&phase=treatment',
    'nobody’s': '/worklist?owner=nobody',
  };
  const figures = new Map<string, { all: number[]; heavy: number[] }>();
  for (let round = -10; round < ROUNDS; round += 1) {
    for (const [name, path] of Object.entries(queries)) {
      const who = anybody();
      const { told, ms } = await ask(who, path);
      // The first rounds warm the process up and are not counted.
      if (round < 0) continue;
      const { all, heavy } = figures.get(name) ?? { all: [], heavy: [] };
      figures.set(name, { all: [...all, ms], heavy: heavyCoordinators.includes(who) ? [...heavy, ms] : heavy });
      if (name !== 'all, by rank' || told.next === undefined) continue;
      const second = await ask(who, `${path}&cursor=${encodeURIComponent(told.next)}`);
      const before = figures.get('its second page') ?? { all: [], heavy: [] };
      figures.set('its second page', { all: [...before.all, second.ms], heavy: before.heavy });
    }
  }
  console.log(`\nWorklist of ${PATIENTS} patients and ${TASKS} tasks: ms by HTTP, p95 promised ≤ ${LIST_MS}`);
  for (const [name, { all, heavy }] of figures) row(name, all, LIST_MS, heavy);
}

async function searches(ask: Ask): Promise<void> {
  const kinds: Readonly<Record<string, (index: number) => object>> = {
    'whole name': (index) => ({ name: `${personAt(index).familyName} ${personAt(index).givenNames[0]}` }),
    'two fragments, reversed': (index) => {
      const { familyName, givenNames } = personAt(index);
      return { name: `${(givenNames[0] ?? '').slice(0, 3)} ${familyName.slice(1, 5).toLowerCase()}` };
    },
    'three letters': (index) => ({ name: personAt(index).familyName.slice(0, 3) }),
    'two letters': (index) => ({ name: personAt(index).familyName.slice(1, 3) }),
    'birth date': (index) => ({ birthDate: personAt(index).birthDate }),
    'name and birth date': (index) => ({
      name: personAt(index).familyName.slice(0, 4),
      birthDate: personAt(index).birthDate,
    }),
    identifier: (index) => ({ identifier: personAt(index).identifier }),
  };
  const figures = new Map<string, number[]>();
  let found = 0;
  let asked = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, body] of Object.entries(kinds)) {
      const index = Math.floor(chance() * PATIENTS);
      const { told, ms } = await ask(coordinatorAt(0), '/patients/search', body(index));
      figures.set(name, [...(figures.get(name) ?? []), ms]);
      if (name !== 'identifier' && name !== 'name and birth date') continue;
      asked += 1;
      if (told.items.some(({ id }) => id === personAt(index).id)) found += 1;
    }
  }
  console.log(`\nSearch among ${PATIENTS} patients: ms by HTTP, p95 promised ≤ ${SEARCH_MS}`);
  for (const [name, all] of figures) row(name, all, SEARCH_MS);
  console.log(`  found by identifier, or name and birth date: ${found} of ${asked}`);
  if (found !== asked) process.exitCode = 1;
}

/** Each counter against its list, paged to its end. */
async function compared(ask: Ask, anybody: () => string): Promise<void> {
  let lists = 0;
  let items = 0;
  let wrong = 0;
  for (let number = 0; number < COMPARED; number += 1) {
    const who = number < 2 ? (heavyCoordinators[number] ?? '') : anybody();
    const { told } = await ask(who, '/worklist/counters');
    const wanted: [string, number][] = [
      ['', told.total],
      ...Object.entries(told.reasons).map(([name, count]): [string, number] => [`&reason=${name}`, count]),
      ...Object.entries(told.tiers).map(([name, count]): [string, number] => [`&tier=${name}`, count]),
      ...Object.entries(told.owners).map(([name, count]): [string, number] => [`&owner=${name}`, count]),
    ];
    for (const [query, count] of wanted) {
      let length = 0;
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        const at = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const { told: page } = await ask(who, `/worklist?limit=200${query}${at}`);
        length += page.items.length;
        cursor = page.next;
      }
      lists += 1;
      items += length;
      if (length !== count) wrong += 1;
    }
  }
  console.log(`\ncounters and lists: ${lists} compared, ${items} items paged, ${wrong} different`);
  if (wrong > 0) process.exitCode = 1;
}

function row(name: string, all: readonly number[], promised: number, heavy: readonly number[] = []): void {
  const [p50, p95] = [quantile(all, 0.5), quantile(all, 0.95)];
  const large = heavy.length === 0 ? '' : `   ten largest caseloads: p95 ${quantile(heavy, 0.95).toFixed(1)}`;
  const verdict = p95 <= promised ? '' : '   MISSED';
  console.log(
    `  ${name.padEnd(26)} ${String(all.length).padStart(4)} times  p50 ${p50.toFixed(1).padStart(6)}  p95 ${p95.toFixed(1).padStart(6)}${large}${verdict}`,
  );
  if (p95 > promised) process.exitCode = 1;
}
