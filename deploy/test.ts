import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from './build.mjs';
import { ensureKeycloak, ensureTestServer } from './downloads.ts';
import { onStopSignal } from './on-stop-signal.ts';
import { putFile } from './put-file.ts';
import { repositoryRoot } from './service-processes.ts';
import { describeFailure, StackError } from './stack-error.ts';
import { workFolder } from './stack-file.ts';
import { startStack, type Stack } from './stack.ts';
import { DEMO_STARTS_AT, portBaseOf, stackMode } from './start-arguments.ts';
import { check, children, logFolder, PhaseFailed } from './test-command.ts';
import {
  cachedTasks,
  chosenPhases,
  countsInJestOutput,
  duration,
  namedPhases,
  noTests,
  sumCounts,
  triedAgain,
  type Counts,
  type PhaseName,
} from './test-summary.ts';

/** `npm test`: every check, cheapest first, and the first that fails ends it. `npm test -- unit stories` runs some. */

const TEST_PORT_BASE = 5100;
/** Away from the stacks of the stories, of which a killed one may still be ending. */
const WEB_PORT_OFFSET = 300;
/** How many pathways the browser's specs work on: enough for every screen to have something on it. */
const WEB_PATHWAYS = '24';
const PIDS_EVERY_MS = 500;
/** The story that also runs on containers, when Docker answers. */
const CONTAINERS_STORY = 'test/breast-cancer.e2e.spec.ts';
const JEST_ENV = { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' };

interface Outcome {
  readonly counts: Counts;
  readonly note?: string;
  /** What this phase left out, and why: said loudly at the end. */
  readonly notRun?: string;
}

let servers: Stack | undefined;

async function nxPhase(target: string): Promise<Outcome> {
  const output = await check(target, 'nx', ['run-many', '-t', target, '--parallel', '2', '--output-style', 'static']);
  const cached = cachedTasks(output);
  return {
    counts: target === 'test' ? countsInJestOutput(output) : noTests,
    ...(cached > 0 && { note: `${cached} from Nx's cache` }),
  };
}

/** Tests that need servers run one file after the other: they share the servers and the two cores. */
async function jestPhase(name: PhaseName, match: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
  // The integration tests close all they open, and must go on doing so. A story's calls to parts that it kills may keep
  // sockets open, which must not hold up the run after its last test.
  const end = name === 'integration' ? [] : ['--forceExit'];
  const args = ['--config', 'deploy/jest.servers.config.cjs', '--runInBand', '--ci', ...end, '--testMatch', match];
  const output = await check(name, 'jest', args, { ...JEST_ENV, ...env });
  const again = triedAgain(output);
  return {
    counts: countsInJestOutput(output),
    ...(again > 0 && { note: `${again} at the second try: see ${name}.log` }),
  };
}

/** Runs what needs the three servers and no service of ours. */
async function onServers(name: PhaseName, phase: (env: Stack['env']) => Promise<Outcome>): Promise<Outcome> {
  const dir = join(workFolder, 'test', name);
  await rm(dir, { recursive: true, force: true });
  const mode = stackMode(process.env);
  const portBase = portBaseOf(process.env, TEST_PORT_BASE);
  servers = await startStack({ mode, dir, portBase, services: false, failPoints: true, log: indented });
  try {
    return await phase(servers.env);
  } finally {
    await servers.stop();
    servers = undefined;
  }
}

const indented = (line: string): void => {
  console.log(`  ${line}`);
};

const integration = (): Promise<Outcome> =>
  onServers('integration', async (env) =>
    jestPhase('integration', '**/*.int.spec.ts', { ...env, TEMPORAL_TEST_SERVER: await ensureTestServer(indented) }),
  );

/** The portal with an OpenID provider of another maker. */
const keycloak = (): Promise<Outcome> =>
  onServers('keycloak', async (env) =>
    jestPhase('keycloak', '**/*.idp.spec.ts', { ...env, KEYCLOAK_HOME: await ensureKeycloak(indented) }),
  );

/** Each story starts the stack that it needs: its course may kill parts of it. */
async function stories(name: PhaseName, match: string, mode: 'processes' | 'containers'): Promise<Outcome> {
  await build(indented);
  return jestPhase(name, match, { STACK: mode, ARIANE_PORT_BASE: String(portBaseOf(process.env, TEST_PORT_BASE)) });
}

/** One stack with the demo's people for all specs that open a browser, since each looks at what people see after a while. */
async function inBrowser(name: 'web' | 'looks'): Promise<Outcome> {
  await build(indented);
  const dir = join(workFolder, 'test', name);
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const portBase = portBaseOf(process.env, TEST_PORT_BASE) + WEB_PORT_OFFSET;
  servers = await startStack({
    ...{ mode: stackMode(process.env), dir, portBase, services: true, arianeMode: 'demo', log: indented },
    demoClock: DEMO_STARTS_AT,
  });
  const stack = servers;
  const pidsFile = join(dir, 'pids.json');
  const keepPids = setInterval(() => void putFile(pidsFile, JSON.stringify(stack.pids())), PIDS_EVERY_MS);
  try {
    const loader = join(repositoryRoot, 'test', 'demo', 'load.ts');
    const code = await children.runScript(loader, ['--pathways', WEB_PATHWAYS], {
      env: { ...process.env, ...stack.env, ARIANE_DEMO_PORTAL: stack.urls['portal'] },
    });
    if (code !== 0) throw new StackError(`the demo could not be loaded (code ${code})`);
    return await jestPhase(name, `**/test/web/*.${name}.spec.ts`, {
      ...stack.env,
      ARIANE_PORTAL_URL: stack.urls['portal'] ?? '',
      ARIANE_PIDS_FILE: pidsFile,
    });
  } finally {
    clearInterval(keepPids);
    await stack.stop();
    servers = undefined;
  }
}

async function containers(): Promise<Outcome> {
  if (stackMode(process.env) === 'containers') return { counts: noTests, note: 'all stories ran on containers above' };
  const answers = await promisify(execFile)('docker', ['info']).then(
    () => true,
    () => false,
  );
  if (!answers) return { counts: noTests, note: 'not run', notRun: 'containers story: Docker does not answer' };
  const all = globSync('test/*.e2e.spec.ts', { cwd: repositoryRoot });
  return stories(
    'containers',
    `**/${basename(all.includes(CONTAINERS_STORY) ? CONTAINERS_STORY : (all[0] ?? CONTAINERS_STORY))}`,
    'containers',
  );
}

const phases: Readonly<Record<PhaseName, () => Promise<Outcome>>> = {
  format: async () => {
    await check('format', 'prettier', ['--check', '.']);
    return { counts: noTests };
  },
  lint: () => nxPhase('lint'),
  types: () => nxPhase('typecheck'),
  unit: () => nxPhase('test'),
  unused: async () => {
    await check('unused', 'knip', []);
    return { counts: noTests };
  },
  integration,
  stories: () => stories('stories', '**/test/*.e2e.spec.ts', stackMode(process.env)),
  /** What people do, by mouse and by keyboard. */
  web: () => inBrowser('web'),
  /** Every screen, state, dialog and form before axe-core and at every width. */
  looks: () => inBrowser('looks'),
  keycloak,
  containers,
};

const withTests: readonly PhaseName[] = ['unit', 'integration', 'stories', 'web', 'looks'];

/** Runs one phase and prints its line. */
async function runPhase(name: PhaseName): Promise<Outcome> {
  const startedMs = performance.now();
  const outcome = await phases[name]();
  const { passed, skipped } = outcome.counts;
  const tests = passed > 0 ? `${passed} passed${skipped > 0 ? `, ${skipped} skipped` : ''}` : 'ok';
  const remarks = outcome.note === undefined ? tests : `${tests}; ${outcome.note}`;
  console.log(`${name.padEnd(12)}${duration(performance.now() - startedMs).padStart(14)}  ${remarks}`);
  if (withTests.includes(name) && passed === 0) {
    const reason = 'either its specs were not found, or all of them were skipped';
    throw new PhaseFailed(`${name} ran no test at all: ${reason}.`, outcome.counts);
  }
  return outcome;
}

async function main(): Promise<number> {
  const startedMs = performance.now();
  const chosen = chosenPhases(process.argv.slice(2));
  await mkdir(logFolder, { recursive: true });
  onStopSignal(async () => {
    children.stop();
    await servers?.stop();
  });
  const counts: Counts[] = [];
  const notRun: string[] = [];
  let failure: string | undefined;
  for (const name of namedPhases.filter((one) => !chosen.includes(one)))
    notRun.push(`${name}: runs when it is asked for by name, npm test -- ${name}`);
  for (const name of chosen) {
    if (failure !== undefined) {
      notRun.push(`${name}: an earlier phase failed`);
      continue;
    }
    try {
      const outcome = await runPhase(name);
      counts.push(outcome.counts);
      if (outcome.notRun !== undefined) notRun.push(outcome.notRun);
    } catch (error) {
      failure = describeFailure(error);
      if (error instanceof PhaseFailed) counts.push(error.counts);
    }
  }
  for (const line of notRun) console.log(`*** NOT RUN: ${line} ***`);
  if (failure !== undefined) console.log(`*** FAILED: ${failure} ***`);
  const { passed, failed, skipped } = sumCounts(counts);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped in ${duration(performance.now() - startedMs)}`);
  return failure === undefined ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(describeFailure(error));
    process.exit(1);
  },
);
