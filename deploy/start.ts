import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from './build.mjs';
import { ChildRunner } from './child-runner.ts';
import { onStopSignal } from './on-stop-signal.ts';
import { lastProcessesEnded } from './process-record.ts';
import { hasOwnProvider, repositoryRoot } from './service-processes.ts';
import { describeFailure } from './stack-error.ts';
import { releaseWorkFolder, takeWorkFolder, workFolder, writeStackFile } from './stack-file.ts';
import { recordIn, startStack, type Stack } from './stack.ts';
import { DEMO_STARTS_AT, parseStartArguments, type StartArguments } from './start-arguments.ts';
import { welcome } from './welcome.ts';

const demoLoaded = join(workFolder, 'demo-loaded');
/** How far the load is, for whoever shows it: {state, done, total, etaSeconds}. */
const demoProgress = join(workFolder, 'demo-progress.json');
const PROGRESS_EVERY_MS = 200;
const LOAD_TRIES = 3;
/** Exit codes from here on are of a process that was told to stop. */
const STOPPED_FROM = 128;
/** How often the stack file is brought up to date after a part was started again. */
const STACK_FILE_EVERY_MS = 2_000;

const startedMs = performance.now();
const log = (line: string): void => {
  console.log(`[${((performance.now() - startedMs) / 1000).toFixed(1).padStart(5)} s] ${line}`);
};

async function main(): Promise<void> {
  const asked = parseStartArguments(process.argv.slice(2), process.env);
  const giveUp = new AbortController();
  const children = new ChildRunner();
  let starting: Promise<Stack> | undefined;
  onStopSignal(async () => {
    log('stopping ...');
    giveUp.abort();
    children.stop();
    await starting?.then(
      (stack) => stack.stop(),
      () => undefined,
    );
    releaseWorkFolder();
    log('stopped');
  });
  await takeWorkFolder();
  try {
    await lastProcessesEnded(recordIn(workFolder), log);
    // A container takes its data with it, so each start on containers begins anew.
    if (asked.reset || asked.mode === 'containers') await reset();
    await build(log);
    starting = start(asked, giveUp.signal);
    await settle(await starting, asked, children);
  } catch (error) {
    // Ctrl-C during the start: the stop above is under way and ends this process.
    if (giveUp.signal.aborted) await new Promise(() => undefined);
    await starting?.then(
      (stack) => stack.stop(),
      () => undefined,
    );
    releaseWorkFolder();
    throw error;
  }
}

/** What follows once the stack is ready. */
async function settle(stack: Stack, { mode, without }: StartArguments, children: ChildRunner): Promise<void> {
  writeStackFile(stack, mode);
  keepStackFile(stack, mode);
  // The load waits until every service is at rest, which one that is left out never is.
  if (without.length === 0) await loadDemo(stack, children);
  for (const line of await welcome(stack)) console.log(line);
  log('ready; Ctrl-C stops everything and keeps the data');
}

/** What is left out: production has no demo sign-in, so that the portal waits until a provider is named. */
function haltedIn({ without, production }: StartArguments): readonly string[] {
  if (!production || without.includes('portal') || hasOwnProvider(process.env)) return without;
  log('the portal is not started: name your OpenID provider in ARIANE_OIDC_ISSUER (docs/running.md)');
  return [...without, 'portal'];
}

async function start(asked: StartArguments, signal: AbortSignal): Promise<Stack> {
  log(
    `starting ${asked.mode === 'containers' ? 'MongoDB, Kafka and Temporal in containers' : 'MongoDB, Kafka and Temporal'} and the services ...`,
  );
  return startStack({
    mode: asked.mode,
    dir: workFolder,
    portBase: asked.portBase,
    services: true,
    halted: haltedIn(asked),
    demoClock: asked.production ? undefined : DEMO_STARTS_AT,
    arianeMode: asked.production ? 'production' : 'demo',
    log,
    signal,
  });
}

async function reset(): Promise<void> {
  log('beginning anew: the data of the last run is removed');
  for (const path of [join(workFolder, 'data'), join(workFolder, 'logs'), demoLoaded, demoProgress])
    await rm(path, { recursive: true, force: true });
}

function keepStackFile(stack: Stack, mode: StartArguments['mode']): void {
  let known = JSON.stringify(stack.pids());
  setInterval(() => {
    const pids = JSON.stringify(stack.pids());
    if (pids === known) return;
    known = pids;
    writeStackFile(stack, mode);
  }, STACK_FILE_EVERY_MS).unref();
}

/**
 * Once per data folder: resolves when the first people are there, while the others follow. A load that failed or was
 * cut off is taken up by the next start, since its commands are idempotent.
 */
async function loadDemo(stack: Stack, children: ChildRunner): Promise<void> {
  const loader = join(repositoryRoot, 'test', 'demo', 'load.ts');
  if (existsSync(demoLoaded) || !existsSync(loader) || stack.env['ARIANE_MODE'] === 'production') return;
  log('loading the demo cohort ...');
  await rm(demoProgress, { force: true });
  // Nobody can be signed in for at a provider of the deployer's.
  const portal = hasOwnProvider(process.env) ? undefined : stack.urls['portal'];
  const demo = {
    ...{ ARIANE_DEMO_PROGRESS: demoProgress, ARIANE_DEMO_TODAY: DEMO_STARTS_AT },
    ...(portal === undefined ? {} : { ARIANE_DEMO_PORTAL: portal }),
  };
  const load = { hasEnded: false };
  const run = () => children.runScript(loader, [], { env: { ...process.env, ...stack.env, ...demo } });
  const loaded = triedAgain(run).then(async (code) => {
    load.hasEnded = true;
    if (code === 0) await writeFile(demoLoaded, '');
    else log(`the demo cohort could not be loaded (code ${code}); see the lines above; the next start tries again`);
  });
  while (!load.hasEnded && (await progressState()) === 'opening')
    await Promise.race([loaded, sleep(PROGRESS_EVERY_MS)]);
  if (!load.hasEnded) log('the first people of the demo are there; the others follow while you look around');
}

/** A busy machine may have a service started anew meanwhile; what was loaded before costs the next try little. */
async function triedAgain(load: () => Promise<number>): Promise<number> {
  let code = 0;
  for (let tries = 0; tries < LOAD_TRIES; tries += 1) {
    code = await load();
    if (code === 0 || code >= STOPPED_FROM) return code;
  }
  return code;
}

/** A loader that has not said anything yet is about to open. */
async function progressState(): Promise<string> {
  const text = await readFile(demoProgress, 'utf8').catch(() => '{"state":"opening"}');
  return (JSON.parse(text) as { state: string }).state; // as: written by test/demo/progress.ts, whole or not at all
}

main().catch((error: unknown) => {
  console.error(describeFailure(error));
  process.exit(1);
});
