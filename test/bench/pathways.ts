/**
 * Pathways started and advanced per second, beside a bare workflow of as many signals and activities whose activities
 * make the same HTTP commands. Interleaved runs on one stack: the same people enrol and do twelve tasks of each pathway;
 * on our side facts ring through outbox, Kafka and worker, on the bare side the people signal the workflow themselves.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { workflowIdOf } from '@ariane/workflows';
import { Client, Connection } from '@temporalio/client';
import { mongo } from 'mongoose';
import type { Stack } from '../../deploy/stack.ts';
import { type DrillStack, startDrillStack } from '../faults/watch-stack.ts';
import { STEPS } from '../faults/twelve-steps.ts';
import { Bare, bareIdOf, workerToken } from './pathways/bare.ts';
import { type Counts, countsPerPathway } from './pathways/histories.ts';
import { type Driven, drive, type Side } from './pathways/people.ts';
import { secondsOf } from './pathways/processor-time.ts';
import { median, spread } from './write-path/measure.ts';

const RUNS = Number(process.env['BENCH_RUNS'] ?? '5');
const PATHWAYS = Number(process.env['BENCH_PATHWAYS'] ?? '60');
const PORT_BASE = Number(process.env['ARIANE_PORT_BASE'] ?? '7900');
const CALLERS = 8;
/** Before each slice, uncounted: both workers were started just then. */
const WARM_UP = 4;
const PROMISED_PERCENT = 80;

const rung: Side = { enrolled: () => Promise.resolve(), done: () => Promise.resolve() };
const figures = { ours: [] as number[], bare: [] as number[] };
const processorTime = { ours: new Map<string, number>(), bare: new Map<string, number>() };
type SideName = keyof typeof figures;

const dir = mkdtempSync(join(tmpdir(), 'ariane-bench-'));
let stack: Stack | undefined;
try {
  const drill = await startDrillStack(dir, PORT_BASE, console.log, (started) => {
    stack = started;
  });
  await compare(drill);
} finally {
  await stack?.stop();
  rmSync(dir, { recursive: true, force: true });
}

async function compare(drill: DrillStack): Promise<void> {
  const { env } = drill.stack;
  const connection = await Connection.connect({ address: env['TEMPORAL_ADDRESS'] ?? '' });
  const client = new Client({ connection });
  let ours: Counts | undefined;
  let bare: Counts | undefined;
  for (let run = 1; run <= RUNS; run += 1) {
    if (run > 1) await drill.stack.restart('workflows');
    await drive(drill, rung, { seed: `warm-ours-${run}`, pathways: WARM_UP, callers: CALLERS });
    const territory = await territoryOf(drill.stack);
    await heard(drill.stack, territory);
    const { pathwayIds } = await slice(drill, 'ours', run, rung, drill.stack.pids());
    await heard(drill.stack, territory);
    ours ??= await countsPerPathway(
      client,
      pathwayIds.map((id) => workflowIdOf(territory, id)),
    );
    await drill.stack.halt('workflows');

    const side = await Bare.start(drill.stack, territory, client, ours);
    await drive(drill, side, { seed: `warm-bare-${run}`, pathways: WARM_UP, callers: CALLERS });
    const driven = await slice(drill, 'bare', run, side, { ...drill.stack.pids(), workflows: side.pid });
    await pause(1_000);
    bare ??= await countsPerPathway(client, driven.pathwayIds.map(bareIdOf));
    await side.stop();
  }
  await connection.close();
  report(ours, bare);
}

async function slice(
  drill: DrillStack,
  name: SideName,
  run: number,
  side: Side,
  pids: Readonly<Record<string, number>>,
): Promise<Driven> {
  const all = { ...pids, bench: process.pid };
  const before = secondsOf(all);
  const driven = await drive(drill, side, { seed: `${name}-${run}`, pathways: PATHWAYS, callers: CALLERS });
  const after = secondsOf(all);
  for (const part of Object.keys(all)) {
    const used = (after[part] ?? 0) - (before[part] ?? 0);
    processorTime[name].set(part, (processorTime[name].get(part) ?? 0) + used);
  }
  figures[name].push(PATHWAYS / driven.seconds);
  console.log(
    `run ${run}: ${name} ${last(name)} pathways completed per second, load ${loadavg()[0]?.toFixed(1) ?? ''}`,
  );
  return driven;
}

function report(ours: Counts | undefined, bare: Counts | undefined): void {
  console.log(`\nMedian [least, greatest] of ${RUNS} interleaved runs of ${PATHWAYS} pathways, ${CALLERS} callers`);
  for (const name of ['ours', 'bare'] as const) {
    const steps = figures[name].map((rate) => rate * STEPS);
    console.log(`  ${name}  ${spread(figures[name], 2)} pathways completed/s, ${spread(steps, 1)} steps advanced/s`);
  }
  const ratios = figures.ours.map((rate, index) => (100 * rate) / (figures.bare[index] ?? Number.NaN));
  const ratio = (100 * median(figures.ours)) / median(figures.bare);
  console.log(
    `  ${ratio.toFixed(0)} % of the bare workflow (by run ${spread(ratios)} %); promised: at least ${PROMISED_PERCENT} %`,
  );
  console.log('\nTemporal events per pathway, seen in the histories of the first run');
  for (const [name, counts] of Object.entries({ ours, bare })) {
    const told = Object.entries(counts ?? {}).map(([what, count]) => `${count.toFixed(1)} ${what}`);
    console.log(`  ${name}  ${told.join(', ')}`);
  }
  console.log('\nProcessor time per pathway, ms (the bare worker stands under workflows)');
  const line = (label: string, used: (name: SideName) => number): void => {
    const [mine, other] = (['ours', 'bare'] as const).map((name) =>
      ((1000 * used(name)) / (RUNS * PATHWAYS)).toFixed(0).padStart(5),
    );
    console.log(`  ${label.padEnd(16)} ours ${mine}  bare ${other}`);
  };
  for (const part of processorTime.ours.keys()) line(part, (name) => processorTime[name].get(part) ?? 0);
  line('together', sumOf);
  console.log(`  so on a saturated machine ${((100 * sumOf('bare')) / sumOf('ours')).toFixed(0)} % of the bare rate`);
}

function sumOf(name: SideName): number {
  return [...processorTime[name].values()].reduce((sum, used) => sum + used, 0);
}

function last(name: SideName): string {
  return figures[name].at(-1)?.toFixed(2) ?? '';
}

/** Waits until our worker has heard every fact, those of the bare side included, and advances nothing more. */
async function heard({ urls }: Stack, territory: string): Promise<void> {
  if (stack === undefined) return;
  const headers = { authorization: `Bearer ${await workerToken(stack, territory)}` };
  for (let quiet = 0; quiet < 3;) {
    await pause(500);
    const response = await fetch(`${urls['workflows'] ?? ''}/internal/quiet`, { headers });
    const answer = (await response.json()) as { quiet?: boolean }; // the route's own answer
    quiet = answer.quiet === true ? quiet + 1 : 0;
  }
}

async function territoryOf({ env }: Stack): Promise<string> {
  const client = await mongo.MongoClient.connect(env['MONGO_URL'] ?? '');
  try {
    const found = await client.db('ariane_pathways').collection<{ territory: string }>('pathways').findOne({});
    return found?.territory ?? '';
  } finally {
    await client.close();
  }
}
