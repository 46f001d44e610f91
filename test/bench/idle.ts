/**
 * What a stack costs that has nothing to do: processor time of each process, read from /proc, after it has come to
 * rest. The promise of all services together is 5 % of one core; the three servers are shown beside them.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serverNames, startStack } from '../../deploy/stack.ts';

const PORT_BASE = Number(process.env.ARIANE_PORT_BASE ?? '5700');
/** Compilers and garbage collectors are busy for a while after a start. */
const REST_MS = Number(process.env.BENCH_REST_MS ?? '20000');
const MEASURE_MS = Number(process.env.BENCH_MS ?? '60000');
const PROMISED_PERCENT = 5;
/** Linux counts processor time in hundredths of a second for everyone who reads /proc. */
const TICKS_PER_SECOND = 100;

const dir = join(import.meta.dirname, '..', '..', '.ariane', 'bench', 'idle');
rmSync(dir, { recursive: true, force: true });
const stack = await startStack({
  mode: 'processes',
  dir,
  portBase: PORT_BASE,
  services: true,
  demoClock: '2026-03-02T08:00:00.000Z',
  log: console.log,
});
try {
  await pause(REST_MS);
  const pids = stack.pids();
  const before = secondsOf(pids);
  const startedMs = performance.now();
  await pause(MEASURE_MS);
  const tookSeconds = (performance.now() - startedMs) / 1000;
  const after = secondsOf(pids);
  console.log(`\nProcessor time of an idle stack over ${tookSeconds.toFixed(0)} s, in % of one core`);
  let services = 0;
  for (const name of Object.keys(pids)) {
    const percent = (((after[name] ?? 0) - (before[name] ?? 0)) / tookSeconds) * 100;
    const isServer = serverNames.some((server) => server === name);
    if (!isServer) services += percent;
    console.log(`  ${name.padEnd(16)} ${percent.toFixed(2).padStart(6)}${isServer ? '   (server)' : ''}`);
  }
  console.log(`  ${'services'.padEnd(16)} ${services.toFixed(2).padStart(6)}   promised: at most ${PROMISED_PERCENT}`);
} finally {
  await stack.stop();
}

/** Seconds of processor time each process has used so far, its kernel's work for it included. */
function secondsOf(pids: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The second field is the command in parentheses, which may hold spaces: count from behind it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [name, (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND];
    }),
  );
}
