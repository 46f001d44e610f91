/**
 * A coordinator's day by keys alone, in a real browser: 60 pathways, 25 items decided, 5 bookings, 2 escalations. Every
 * key is counted and every wait timed; the keystroke-level model makes seconds of them. On the portal that
 * ARIANE_PORTAL_URL names, or on a stack of its own with a demo of BENCH_PATHWAYS, whose load takes minutes.
 */
import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { ChildRunner } from '../../deploy/child-runner.ts';
import { startStack, type Stack } from '../../deploy/stack.ts';
import { DEMO_STARTS_AT } from '../../deploy/start-arguments.ts';
import { type Figures, figuresOf, GOAL, OPERATOR_SECONDS } from './keyboard-day/keystroke-model.ts';

/** Not all that begin are still under way. */
const PATHWAYS = process.env.BENCH_PATHWAYS ?? '96';
const PORT_BASE = Number(process.env.ARIANE_PORT_BASE ?? '5800');
const root = join(import.meta.dirname, '..', '..');

const stack = process.env.ARIANE_PORTAL_URL === undefined ? await ownStack() : undefined;
try {
  process.env.ARIANE_PORTAL_URL ??= stack?.urls['portal'] ?? '';
  await measure();
} finally {
  await stack?.stop();
}
process.exit();

async function ownStack(): Promise<Stack> {
  const dir = join(root, '.ariane', 'bench', 'keyboard-day');
  rmSync(dir, { recursive: true, force: true });
  const started = await startStack({
    ...{ mode: 'processes', dir, portBase: PORT_BASE, services: true, arianeMode: 'demo', log: console.log },
    demoClock: DEMO_STARTS_AT,
  });
  const env = { ...process.env, ...started.env };
  const loader = join(root, 'test', 'demo', 'load.ts');
  const code = await new ChildRunner().runScript(loader, ['--pathways', PATHWAYS], { env });
  if (code === 0) return started;
  await started.stop();
  throw new Error(`The demo could not be loaded (code ${String(code)}).`);
}

async function measure(): Promise<void> {
  // The harness reads the portal's address when it is loaded.
  const { openBrowser, signedIn } = await import('../web/harness.ts');
  const { between, DAY, pathwaysOf, prepare, workedDay } = await import('./keyboard-day/worked-day.ts');
  const browser = await openBrowser();
  try {
    const page = await signedIn(browser, { person: 'coordinator' });
    const pathways = await pathwaysOf(page);
    if (pathways < DAY.pathways)
      throw new Error(
        `The coordinator has ${String(pathways)} pathways under way; ${String(DAY.pathways)} are needed.`,
      );
    await prepare(page);
    await page.reload();
    const decisions = await workedDay(page);
    const { K, M } = OPERATOR_SECONDS;
    console.log(`\nA day by keys alone: ${String(pathways)} pathways under way`);
    console.log(
      `operators of 1980: K ${String(K)} s, M ${String(M)} s before each unit and for each line read; waits as measured`,
    );
    console.log(
      `load of the machine: ${loadavg()
        .map((one) => one.toFixed(1))
        .join(' ')}`,
    );
    for (const figures of figuresOf(decisions)) row(figures);
    const wanted = DAY.items + DAY.bookings + DAY.escalations;
    const made = decisions.filter(({ kind }) => !between.includes(kind)).length;
    if (made < wanted) missed(`only ${String(made)} of ${String(wanted)} could be decided`);
  } finally {
    await browser.close();
  }
}

function row({ kind, count, keystrokes, seconds, waitedSeconds, isWithinGoal }: Figures): void {
  const keys = `keys ${String(keystrokes.median)} (at most ${String(keystrokes.max)})`;
  const time = `seconds ${seconds.median.toFixed(1)} (at most ${seconds.max.toFixed(1)})`;
  const waits = `of them waiting ${waitedSeconds.median.toFixed(1)} (at most ${waitedSeconds.max.toFixed(1)})`;
  console.log(`  ${kind.padEnd(30)} ${String(count).padStart(3)} times  ${keys}  ${time}  ${waits}`);
  if (!isWithinGoal)
    missed(`${kind}: at most ${String(GOAL.keystrokes)} keys and ${String(GOAL.seconds)} s are promised`);
}

function missed(what: string): void {
  console.log(`  MISSED: ${what}`);
  process.exitCode = 1;
}
