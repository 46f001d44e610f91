/**
 * Whether every pathway stays watched, and none is advanced twice, whatever happens to the worker and to Temporal.
 *
 *   node test/faults/watch-drill.ts [--kills 100] [--pathways 1000] [--port-base 6900]
 *
 * `--kills`: the worker is killed so often while one patient's twelve steps are done. `--pathways`: so many patients are
 * enrolled, Temporal's data is wiped, and the time is taken until as many workflows run again. 0 leaves a drill out.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { onStopSignal } from '../../deploy/on-stop-signal.ts';
import type { Stack } from '../../deploy/stack.ts';
import { keyOf, Refused } from '../story/api.ts';
import { chanceOf } from './fault-plan.ts';
import { countIn, type DrillStack, enrolOne, startDrillStack } from './watch-stack.ts';
import { STEPS } from './twelve-steps.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    pathways: { type: 'string', default: '1000' },
    'port-base': { type: 'string', default: process.env['ARIANE_PORT_BASE'] ?? '6900' },
    seed: { type: 'string', default: '1' },
  },
});
/** The promise: a thousand workflows are rebuilt within this time. */
const REBUILT_WITHIN_MS = 120_000;
/** A worker needs three to four seconds to start: some kills strike while it starts, some while it works. */
const LONGEST_LIFE_MS = 6_000;
const ENROLLED_AT_ONCE = 12;

const STEP_DUE = { type: 'ariane.pathways.StepDue.v1' };
let running: Stack | undefined;

interface Watched {
  readonly expected: number;
  readonly watched: number;
}

async function main(): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'ariane-watch-'));
  onStopSignal(async () => {
    await running?.stop();
  });
  try {
    const drill = await startDrillStack(
      dir,
      Number(values['port-base']),
      () => undefined,
      (stack) => {
        running = stack;
      },
    );
    const faults = [
      ...(await worker(drill, Number(values.kills))),
      ...(await rebuild(drill, Number(values.pathways), dir)),
    ];
    for (const fault of faults) console.log(`FAIL: ${fault}`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await running?.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Twelve steps are done while the worker is killed. */
async function worker(drill: DrillStack, kills: number): Promise<string[]> {
  if (kills === 0) return [];
  const startedMs = performance.now();
  const chance = chanceOf(Number(values.seed));
  const pathwayId = await enrolOne(drill, 'worker-kills');
  let killed = 0;
  const killing = (async () => {
    while (killed < kills) {
      await pause(chance() * LONGEST_LIFE_MS);
      await drill.stack.kill('workflows');
      killed += 1;
    }
  })();
  for (let step = 1; step <= STEPS; step += 1) {
    // The kills are spread over the steps: a step is done once its share of them has struck.
    while (killed < Math.floor((kills * (step - 1)) / STEPS)) await pause(100);
    await doOpenTask(drill, pathwayId);
  }
  await killing;
  await until(async () => (await statusOf(drill, pathwayId)) === 'COMPLETED', 120_000, 'the pathway is completed');
  const subject = { subject: pathwayId };
  const due = await countIn(drill.stack, 'outbox', { ...subject, ...STEP_DUE });
  const done = await countIn(drill.stack, 'outbox', { ...subject, type: 'ariane.pathways.StepDone.v1' });
  const tasks = await countIn(drill.stack, 'tasks', { pathwayId });
  console.log(
    `worker killed ${killed} times in ${seconds(startedMs)}: ${due} steps due, ${tasks} tasks, ${done} steps done (expected ${STEPS})`,
  );
  return due === STEPS && done === STEPS && tasks === STEPS ? [] : ['steps were lost or came twice'];
}

/** Temporal loses everything; MongoDB says what there should be. */
async function rebuild(drill: DrillStack, pathways: number, dir: string): Promise<string[]> {
  if (pathways === 0) return [];
  const { stack } = drill;
  const enrolling = Array.from({ length: pathways }, (_, index) => `rebuild-${String(index)}`);
  const workers = Array.from({ length: ENROLLED_AT_ONCE }, async () => {
    for (let seed = enrolling.pop(); seed !== undefined; seed = enrolling.pop()) await enrolOne(drill, seed);
  });
  await Promise.all(workers);
  const active = () => countIn(stack, 'pathways', { status: 'ACTIVE' });
  await until(async () => allWatched(await watched(drill), pathways), 300_000, 'all pathways are watched');
  const settled = () => countIn(stack, 'pathways', { status: 'ACTIVE', settled: true });
  // Enrolment outruns the worker, which reads some ten plans a second while all these are new.
  await until(async () => (await settled()) === pathways, 300_000, 'all plans have been read');
  const dueBefore = await countIn(stack, 'outbox', STEP_DUE);
  await stack.halt('temporal');
  const data = join(dir, 'data', 'temporal');
  for (const file of readdirSync(data)) rmSync(join(data, file), { recursive: true });
  const startedMs = performance.now();
  await stack.restart('temporal');
  await until(async () => allWatched(await watched(drill), pathways), 2 * REBUILT_WITHIN_MS, 'all are watched again');
  const tookMs = performance.now() - startedMs;
  // What was rebuilt looks at its plan once more; nothing may come of it.
  await pause(5_000);
  const dueAfter = await countIn(stack, 'outbox', STEP_DUE);
  console.log(
    `Temporal wiped: ${await active()} active pathways, all watched again ${(tookMs / 1000).toFixed(1)} s after its restart; ${dueAfter - dueBefore} steps told twice`,
  );
  return [
    ...(tookMs <= REBUILT_WITHIN_MS ? [] : [`rebuilding took ${(tookMs / 1000).toFixed(0)} s`]),
    ...(dueAfter === dueBefore ? [] : ['steps were advanced twice']),
  ];
}

const allWatched = ({ expected, watched: now }: Watched, pathways: number): boolean =>
  expected === pathways && now === pathways;

const watched = ({ api }: DrillStack): Promise<Watched> =>
  api.get<Watched>('territory-administrator', 'workflows', '/internal/watched');

async function statusOf({ api }: DrillStack, pathwayId: string): Promise<string> {
  return (await api.get<{ status: string }>('coordinator', 'pathways', `/pathways/${pathwayId}`)).status;
}

/** Waits for the task that the workflow opens, and does it. */
async function doOpenTask({ api }: DrillStack, pathwayId: string): Promise<void> {
  const list = `/tasks?pathwayId=${pathwayId}&status=open&limit=200`;
  let found: { readonly id: string } | undefined;
  await until(
    async () => {
      [found] = await api.all<{ id: string }>('coordinator', 'pathways', list);
      return found !== undefined;
    },
    120_000,
    'a task is open',
  );
  if (found === undefined) return;
  await api.post({ role: 'coordinator' }, 'pathways', `/tasks/${found.id}/done`, {}, keyOf(found.id, 'done'));
}

/** Looks until it holds. Throws an Error that says what does not. */
async function until(holds: () => Promise<boolean>, withinMs: number, what: string): Promise<void> {
  for (const giveUp = Date.now() + withinMs; ;) {
    if (await holds().catch(toFalse)) return;
    if (Date.now() > giveUp) throw new Error(`not within ${withinMs / 1000} s: ${what}`);
    await pause(250);
  }
}

/** A part that is down answers later; what is refused will not become true. */
function toFalse(error: unknown): false {
  if (error instanceof Refused && error.status < 500) throw error;
  return false;
}

const seconds = (fromMs: number): string => `${((performance.now() - fromMs) / 1000).toFixed(0)} s`;

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
