/**
 * From nothing to the first useful click: a clean clone, empty caches of packages and servers, `npm start`, a browser
 * that signs in as a coordinator and opens the first thing to decide. Then the whole demo, the memory of everything, and
 * a second start. Goals: three minutes to the click, thirty seconds for the second start.
 *
 * BENCH_CACHES=kept leaves the caches of this user in use, as a second clone on a machine has them; BENCH_WHOLE=no does
 * not wait for the whole demo.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { megabytesOf } from './first-contact/memory.ts';

const FIRST_GOAL_S = 180;
const WARM_GOAL_S = 30;
const GIVE_UP_MS = 1_200_000;
const LOOK_EVERY_MS = 100;
const PORT_BASE = Number(process.env.ARIANE_PORT_BASE ?? '6100');

const folder = mkdtempSync(join(tmpdir(), 'ariane-first-contact-'));
const clone = join(folder, 'ariane');
const portal = `http://127.0.0.1:${PORT_BASE}`;
process.env['ARIANE_PORTAL_URL'] = portal; // which the harness reads when it is loaded
const { openBrowser, settled, signedIn } = await import('../web/harness.ts');

const caches = {
  npm_config_cache: join(folder, 'npm'),
  XDG_CACHE_HOME: join(folder, 'cache'),
  MAVEN_ARGS: `-Dmaven.repo.local=${join(folder, 'maven')}`,
};
const env: NodeJS.ProcessEnv = {
  ...withoutNpm(process.env),
  NODE_OPTIONS: '',
  ARIANE_PORT_BASE: String(PORT_BASE),
  ...(process.env['BENCH_CACHES'] === 'kept' ? {} : caches),
};

/** What `npm run bench` has set would be taken for the settings of the clone. */
function withoutNpm(all: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith('npm_')));
}

/** Seconds since a start, of what has been seen, as it is seen. */
class Steps {
  private readonly startedMs = performance.now();

  get seconds(): number {
    return (performance.now() - this.startedMs) / 1000;
  }

  say(what: string): void {
    console.log(`  ${this.seconds.toFixed(1).padStart(6)} s  ${what}`);
  }
}

/** Looks until something is so; throws when it never is. */
async function seen(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  for (const giveUpAt = Date.now() + GIVE_UP_MS; Date.now() < giveUpAt;) {
    if (await look()) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`Was not seen: ${what}`);
}

function start(steps: Steps): ChildProcess {
  const child = spawn('npm', ['start'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      for (const line of String(text).split('\n'))
        if (/installing|downloading|^\[ *[\d.]+ s\]/.test(line)) steps.say(line.replace(/^\[[^\]]*\] /, ''));
    });
  }
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
}

/** Opens the page as soon as it answers, signs in, and clicks on the first thing to decide. */
async function firstClick(browser: Browser, steps: Steps): Promise<number> {
  await seen('the page', () => fetch(`${portal}/`).then((answer) => answer.ok, () => false)); // prettier-ignore
  steps.say('the page answers');
  const page = await signedIn(browser, { person: 'coordinator' }, '/my-day');
  steps.say('signed in as a coordinator');
  const first = page.locator('#content [data-row]').first();
  await first.waitFor({ timeout: GIVE_UP_MS });
  steps.say('the first thing to decide is there');
  await first.click();
  await page.waitForURL(/[?&]item=/);
  await settled(page);
  const seconds = steps.seconds;
  steps.say('its evidence and its acts are shown: the first useful click');
  await page.context().close();
  return seconds;
}

interface Progress {
  readonly state: string;
  readonly done: number;
  readonly total: number;
}

async function wholeDemo(steps: Steps): Promise<void> {
  const file = join(clone, '.ariane', 'demo-progress.json');
  const progress = (): Progress | undefined =>
    existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Progress) : undefined; // as: written by test/demo/progress.ts
  await seen('the whole demo', () => progress()?.state === 'loaded');
  steps.say(`the whole demo is loaded: ${String(progress()?.total ?? 0)} pathways`);
}

const browser = await openBrowser();
let running: ChildProcess | undefined;
try {
  console.log(`From a clean clone, caches ${process.env['BENCH_CACHES'] === 'kept' ? 'kept' : 'empty'}:`);
  const steps = new Steps();
  const root = join(import.meta.dirname, '..', '..');
  execFileSync('git', ['clone', '--quiet', root, clone], { stdio: 'inherit' });
  steps.say('cloned');
  running = start(steps);
  const firstS = await firstClick(browser, steps);
  console.log(`  memory of the whole then: ${megabytesOf(running.pid ?? 0)} MB`);
  if (process.env['BENCH_WHOLE'] !== 'no') {
    await wholeDemo(steps);
    console.log(`  memory of the whole then: ${megabytesOf(running.pid ?? 0)} MB`);
  }
  await stop(running);
  console.log('The second start:');
  const warm = new Steps();
  running = start(warm);
  const warmS = await firstClick(browser, warm);
  console.log(`  memory of the whole then: ${megabytesOf(running.pid ?? 0)} MB`);
  await stop(running);
  running = undefined;
  console.log(`first useful click after ${firstS.toFixed(0)} s (goal ${FIRST_GOAL_S}), second start ${warmS.toFixed(1)} s (goal ${WARM_GOAL_S})`); // prettier-ignore
} finally {
  if (running !== undefined) await stop(running).catch(() => undefined);
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
