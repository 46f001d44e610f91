/**
 * The workspace at a region's size: patients and pathways loaded in bulk into MongoDB in the services' own form, then
 * people at work through the real portal and services, each with a session and a live stream: the times of the API by
 * kind of question, and how long a change takes from its commit to the screens. Then, while a few people work, visits in
 * a browser on a slow processor; at last the portal builds its read models again from Kafka.
 *
 * Sizes: BENCH_PATIENTS, BENCH_PATHWAYS, BENCH_USERS, BENCH_SECONDS, BENCH_THINK_MS, BENCH_VISITS, BENCH_EVENTS.
 */
import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { services } from '../../deploy/topology.ts';
import { benchFolder, haltedStack, loaded, number, regionOf } from './portal/loaded.ts';
import type { Worker } from './portal/people.ts';
import { rebuilt } from './portal/rebuilt.ts';
import { visited } from './portal/visits.ts';
import { atWork, measured } from './portal/working.ts';

const PATIENTS = number('BENCH_PATIENTS', 320_000);
const PATHWAYS = number('BENCH_PATHWAYS', Math.round(PATIENTS / 16));
/** One after the other, so that it shows how many people a machine serves as promised. */
const USERS = (process.env.BENCH_USERS ?? '125,250,500').split(',').map(Number);
const MOST = Math.max(...USERS);
const SECONDS = number('BENCH_SECONDS', 60);
const THINK_MS = number('BENCH_THINK_MS', 15_000);
const VISITS = number('BENCH_VISITS', 5);
const EVENTS = number('BENCH_EVENTS', 500_000);
const PORT_BASE = number('ARIANE_PORT_BASE', 5_900);
/** Who works while a browser is looked at. */
const FEW = 20;

const size = regionOf(PATIENTS, PATHWAYS, MOST);
const dir = benchFolder('portal');
const log = (what: string): void => {
  console.log(`[${(performance.now() / 1_000).toFixed(0).padStart(4)} s] ${what}`);
};
const loads = (): string =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');

rmSync(dir, { recursive: true, force: true });
const stack = await haltedStack('portal', PORT_BASE);
try {
  log(`load of the machine at the start: ${loads()}`);
  const everybody = await loaded(stack, size, log);
  const workers = everybody.filter(({ role }) => role !== 'territory-administrator').slice(0, MOST);
  const setting = { portal: stack.urls['portal'] ?? '', thinkMs: THINK_MS, patients: PATIENTS, log };
  for (const users of USERS) {
    console.log(`\n${PATIENTS} patients, ${PATHWAYS} pathways, ${users} people, ${THINK_MS / 1_000} s between acts`);
    await measured(stack, someOf(workers, users), setting, SECONDS);
  }
  if (VISITS > 0) {
    const few = workers.slice(0, FEW);
    const visiting = () => visited(setting.portal, workers.slice(0, size.coordinators), VISITS);
    await atWork(few, setting, visiting);
  }
  const administrator = everybody.find(({ role }) => role === 'territory-administrator');
  for (const { name } of services) await stack.halt(name);
  if (EVENTS > 0 && administrator !== undefined) await rebuilt(stack, size, EVENTS, administrator);
  log(`done; load of the machine ${loads()}`);
} finally {
  await stack.stop();
  // What was loaded is large; where something went wrong the logs tell why.
  rmSync(join(dir, 'data'), { recursive: true, force: true });
}

/** So many of all, of each role as many as its share. */
function someOf(workers: readonly Worker[], many: number): readonly Worker[] {
  const upTo = (index: number): number => Math.floor((index * many) / MOST);
  return workers.filter((_, index) => upTo(index) < upTo(index + 1));
}
