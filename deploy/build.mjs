// Compiles every project with SWC in one process: only what changed, so it runs at every start (17 files in 20 ms).
// `node deploy/build.mjs` builds; `build(log)` does the same for other scripts. All lines go to standard error.
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Folders with a `src`, in the order of the workspaces. */
function projects() {
  const folders = (parent) =>
    readdirSync(join(root, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${parent}/${entry.name}`);
  return ['contracts', ...folders('libs'), ...folders('services'), 'workflows'].filter((folder) =>
    existsSync(join(root, folder, 'src')),
  );
}

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
const isCode = (name) => name.endsWith('.ts') && !name.endsWith('.d.ts');
const isBuilt = (name) => !/\.spec\.ts$|\.d\.ts$/.test(name);
const targetOf = (name) => (isCode(name) ? name.replace(/\.ts$/, '.js') : name);

/** What must be written into one project's dist, and what in it has no source any more. */
function plan(project, configAt) {
  const src = join(root, project, 'src');
  const dist = join(root, project, 'dist');
  const sources = files(src).filter(isBuilt);
  const kept = new Set(sources.flatMap((name) => [targetOf(name), `${targetOf(name)}.map`]));
  const stale = sources.filter((name) => {
    const target = changedAt(join(dist, targetOf(name)));
    return target < changedAt(join(src, name)) || (isCode(name) && target < configAt);
  });
  // The worker's bundle is made by its own script and lies beside the compiled files.
  const orphans = files(dist).filter((name) => !kept.has(name) && !name.startsWith('.') && !/bundle/.test(name));
  return { src, dist, stale, orphans };
}

/**
 * Brings every dist folder up to date.
 * @param {(line: string) => void} [log]
 * @returns {Promise<number>} how many files were written
 */
export async function build(log = (line) => console.error(line)) {
  const started = performance.now();
  const configFile = join(root, '.swcrc');
  const plans = projects().map((project) => ({ project, ...plan(project, changedAt(configFile)) }));
  let written = 0;
  let swc;
  for (const { src, dist, stale, orphans } of plans) {
    for (const name of orphans) rmSync(join(dist, name), { force: true });
    for (const name of stale) {
      const target = join(dist, targetOf(name));
      mkdirSync(dirname(target), { recursive: true });
      if (isCode(name)) {
        swc ??= await import('@swc/core');
        compile(swc, join(src, name), target, configFile);
      } else copyFileSync(join(src, name), target);
      written += 1;
    }
  }
  if (written > 0) log(`built ${written} files in ${Math.round(performance.now() - started)} ms`);
  const touched = plans.filter(({ stale, orphans }) => stale.length + orphans.length > 0).map(({ project }) => project);
  await bundleWorkflows(touched, log);
  await buildWeb(log);
  return written;
}

function compile(swc, source, target, configFile) {
  const config = JSON.parse(readFileSync(configFile, 'utf8'));
  const { code, map } = swc.transformSync(readFileSync(source, 'utf8'), {
    ...config,
    swcrc: false,
    filename: source,
    sourceFileName: relative(dirname(target), source),
  });
  writeFileSync(`${target}.map`, map ?? '');
  writeFileSync(target, `${code}\n//# sourceMappingURL=${target.split('/').at(-1)}.map\n`);
}

/** Temporal's webpack bundle takes seconds, so it is made anew only when code that can be in it has changed. */
async function bundleWorkflows(touched, log) {
  const script = join(root, 'workflows', 'bundle.mjs');
  if (!existsSync(script)) return;
  const stamp = join(root, 'workflows', 'dist', '.bundled');
  const relevant = touched.filter((project) => !project.startsWith('services/'));
  if (relevant.length === 0 && changedAt(stamp) > changedAt(script)) return;
  log('bundling the workflows ...');
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { cwd: join(root, 'workflows'), stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`workflows/bundle.mjs ended with code ${code}`)),
    );
  });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
}

/** The page takes seconds too: it is made anew when one of its files has changed. */
async function buildWeb(log) {
  const web = join(root, 'services', 'portal', 'web');
  const made = changedAt(join(web, 'dist', 'index.html'));
  const changed = files(web).filter((name) => !/^(dist|out-tsc|node_modules)\//.test(name));
  if (changed.every((name) => changedAt(join(web, name)) < made)) return;
  const started = performance.now();
  const { build: bundle } = await import('vite');
  await bundle({ root: web, configFile: join(web, 'vite.config.ts'), logLevel: 'warn' });
  log(`built the web workspace in ${Math.round(performance.now() - started)} ms`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const written = await build();
  if (written === 0) console.error('everything is built');
}
