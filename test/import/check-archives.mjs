/**
 * Imports every archive of a folder into the running stack over HTTP, twice, and a broken Bundle, and checks the
 * reports against counts made with nothing of Ariane's:
 *
 *   node test/import/check-archives.mjs FOLDER [--stack FILE] [--no-memory]
 *
 * FOLDER holds .tar.gz, .json or .ndjson; FILE is what `npm start` writes (.ariane/stack.json). The memory of the
 * pathways process is read while 10,000 and then 100,000 generated resources are imported: it leaves 1,100 invented
 * persons in the register. Ends with 1 when a check fails.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  createReadStream,
  mkdtempSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { importClient } from './import-client.mjs';

const here = import.meta.dirname;
const repository = join(here, '..', '..');
/** Memory at 100,000 resources over memory at 10,000. */
const MEMORY_RATIO_MAX = 1.2;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { stack: { type: 'string' }, 'no-memory': { type: 'boolean' } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('Which folder? node test/import/check-archives.mjs FOLDER [--stack FILE] [--no-memory]');
  process.exit(2);
}
const stackFile = values.stack ?? join(repository, '.ariane', 'stack.json');
const { urls, pids, env } = JSON.parse(readFileSync(stackFile, 'utf8'));
const { imported, memory } = importClient({ urls, pids });

// The driver belongs to the store's library: nothing else of the repository is used here.
const { MongoClient } = createRequire(join(repository, 'libs', 'store', 'package.json'))('mongodb');
const mongo = await MongoClient.connect(env.MONGO_URL);
const register = mongo.db('ariane_pathways');
const work = mkdtempSync(join(tmpdir(), 'ariane-archives-'));
let failures = 0;

function check(holds, what) {
  if (!holds) failures += 1;
  console.log(`  ${holds ? 'ok  ' : 'FAIL'} ${what}`);
}

/** All files of an archive as one stream, a file after the other, as they would be sent by hand. */
async function* inARow(files) {
  for (const file of files) {
    yield* createReadStream(file);
    yield Buffer.from('\n');
  }
}

const filesUnder = (path) =>
  readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(json|ndjson)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

function unpacked(path) {
  if (!/\.(tar\.gz|tgz)$/.test(path)) return [path];
  const into = mkdtempSync(join(work, 'archive-'));
  execFileSync('tar', ['xzf', path, '-C', into]);
  return filesUnder(into);
}

/** Patients, and the facts that the service has ever told: a second import must add neither. */
async function kept() {
  const patients = await register.collection('patients').countDocuments();
  const audited = await register.collection('audit').estimatedDocumentCount();
  return { patients, audited };
}

const sum = (report, name) => Object.values(report.kinds).reduce((total, counts) => total + counts[name], 0);
const perKind = ({ taken, refused, notUsed }) => taken + refused + notUsed;
const told = (counts) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';

async function checkArchive(path) {
  const counted = JSON.parse(execFileSync('python3', [join(here, 'count.py'), path], { encoding: 'utf8' }));
  const files = unpacked(path);
  const megabytes = files.reduce((total, file) => total + statSync(file).size, 0) / 1_048_576;
  const mediaType = files.every((file) => file.endsWith('.ndjson'))
    ? 'application/fhir+ndjson'
    : 'application/fhir+json';
  const first = await imported(inARow(files), mediaType);
  const { report, seconds, peak } = first;
  console.log(`\n${basename(path)}: ${files.length} files, ${megabytes.toFixed(1)} MB`);
  console.log(
    `  ${report.resources} resources in ${seconds.toFixed(1)} s (${Math.round(report.resources / seconds)}/s): taken ` +
      `${sum(report, 'taken')}, refused ${sum(report, 'refused')}, not used ${sum(report, 'notUsed')}; ` +
      `known before ${report.alreadyKnown}; memory ${peak.toFixed(0)} MB`,
  );
  console.log(`  refused for: ${told(report.refusedFor)}`);
  console.log(`  not used for: ${told(report.notUsedFor)}`);
  console.log(`  warnings: ${told(report.warnings)}; persons that may be one: ${report.possibleDuplicateCount}`);
  check(
    report.resources === counted.resources,
    `${report.resources} resources told, ${counted.resources} counted apart`,
  );
  const kinds = [...new Set([...Object.keys(report.kinds), ...Object.keys(counted.kinds)])];
  const wrong = kinds.filter(
    (kind) => (report.kinds[kind] === undefined ? 0 : perKind(report.kinds[kind])) !== (counted.kinds[kind] ?? 0),
  );
  check(
    wrong.length === 0,
    `taken + refused + not used is the count of each kind (${kinds.length} kinds) ${wrong.join()}`,
  );
  const before = await kept();
  const again = await imported(inARow(files), mediaType);
  const after = await kept();
  check(
    again.report.alreadyKnown === sum(again.report, 'taken') && sum(again.report, 'taken') === sum(report, 'taken'),
    `twice: all ${sum(again.report, 'taken')} taken were known (${again.seconds.toFixed(1)} s)`,
  );
  check(
    JSON.stringify(before) === JSON.stringify(after),
    `twice: ${after.patients} persons and ${after.audited} lines of audit before and after`,
  );
}

async function checkBroken() {
  const made = spawnSync(process.execPath, [join(here, 'make-broken.ts')], { encoding: 'utf8' });
  const expected = JSON.parse(made.stderr.trim().split('\n').at(-1));
  const { report } = await imported([Buffer.from(made.stdout)], 'application/fhir+json');
  console.log(`\nA broken Bundle: ${report.resources} resources`);
  console.log(`  refused for: ${told(report.refusedFor)}`);
  check(report.resources === expected.resources, `every one of ${expected.resources} is counted`);
  check(sum(report, 'taken') === expected.taken, `${expected.taken} good ones are taken`);
  const sorted = (counts) => JSON.stringify(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
  check(
    sorted(report.refusedFor) === sorted(expected.refusedFor),
    'each broken one is refused alone, for its own reason',
  );
}

async function generated(count, first) {
  const file = join(work, `${count}.json`);
  const out = openSync(file, 'w');
  const maker = spawn(process.execPath, [join(here, 'make-bundle.ts'), String(count), String(first)], {
    stdio: ['ignore', out, 'inherit'],
  });
  await once(maker, 'exit');
  closeSync(out);
  return file;
}

async function checkMemory() {
  if (memory() === undefined) {
    console.log('\nMemory: this system does not tell it; not measured.');
    return;
  }
  console.log(`\nMemory of pathways, ${memory().toFixed(0)} MB before`);
  const peaks = [];
  for (const [count, first] of [
    [10_000, 0],
    [100_000, 1_000_000],
  ]) {
    const file = await generated(count, first);
    const { report, seconds, sendSeconds, peak } = await imported(inARow([file]), 'application/fhir+json');
    peaks.push(peak);
    console.log(
      `  ${report.resources} resources, ${(statSync(file).size / 1_048_576).toFixed(1)} MB: ${peak.toFixed(0)} MB at most, ` +
        `${seconds.toFixed(1)} s, of which ${sendSeconds.toFixed(1)} s to send`,
    );
    check(report.resources === count && sum(report, 'refused') === 0, `all ${count} are counted and none is refused`);
    rmSync(file);
  }
  const ratio = peaks[1] / peaks[0];
  check(
    ratio <= MEMORY_RATIO_MAX,
    `memory at 100,000 is ${ratio.toFixed(2)} times that at 10,000 (at most ${MEMORY_RATIO_MAX})`,
  );
}

try {
  // First: a process that has read the archives has grown already, and would make the ratio look better.
  if (values['no-memory'] !== true) await checkMemory();
  const archives = readdirSync(folder).filter((name) => /\.(tar\.gz|tgz|json|ndjson)$/.test(name));
  for (const name of archives.sort()) await checkArchive(join(folder, name));
  await checkBroken();
} finally {
  rmSync(work, { recursive: true, force: true });
  await mongo.close();
}
console.log(failures === 0 ? '\nEverything holds.' : `\n${failures} checks fail.`);
process.exit(failures === 0 ? 0 : 1);
