/**
 * `npm run bench -- protocol`: how many plans a core judges in a second, whole and after one fact more, on every protocol
 * of the repository; then simulations of growing cohorts on all cores by the very command that users run, with time,
 * memory and whether one thread gives the same figures. BENCH_RUNS, BENCH_MS and BENCH_PATIENTS (10000,100000,320000)
 * change its size, BENCH_PROTOCOL (breast-cancer) what is simulated.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Fact, loadProtocol, next, plannerOf, type Protocol } from '@ariane/protocol';
import { median, spread } from './write-path/measure.ts';

const RUNS = Number(process.env.BENCH_RUNS ?? '5');
const SLICE_MS = Number(process.env.BENCH_MS ?? '1000');
const SIZES = (process.env.BENCH_PATIENTS ?? '10000,100000,320000').split(',').map(Number);
const YEARS = 5;
const GOAL_MINUTES = 10;
const GOAL_GIB = 4;
const place = { timeZone: 'Europe/Paris', holidays: 'FR' } as const;
const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'services', 'pathways', 'protocols');

/** A patient of a protocol's own examples: all that is told of them, oldest first. */
interface Patient {
  readonly enrolledAt: string;
  readonly now: string;
  readonly facts: readonly Fact[];
}

const protocols = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, protocol: loadProtocol(readFileSync(join(folder, file), 'utf8')) }));
const figures = new Map<string, number[]>();
const note = (name: string, value: number) => figures.set(name, [...(figures.get(name) ?? []), value]);

for (let run = 1; run <= RUNS; run += 1) {
  for (const { protocol } of protocols) {
    const patients = patientsOf(protocol);
    note(
      `whole ${protocol.document.id}`,
      perSecond(SLICE_MS, () => whole(protocol, patients)),
    );
    note(
      `fact ${protocol.document.id}`,
      perSecond(SLICE_MS, () => afterEachFact(protocol, patients)),
    );
  }
  console.log(`run ${run} of ${RUNS} done`);
}
console.log(
  `Plans per second and core, median [least, greatest] of ${RUNS} interleaved runs, patients of the examples`,
);
for (const { protocol } of protocols) {
  const { id, steps, examples } = protocol.document;
  const [all, one] = [figures.get(`whole ${id}`)!, figures.get(`fact ${id}`)!];
  console.log(
    `${id.padEnd(28)} steps ${String(steps.length).padStart(3)}, examples ${String(examples.length).padStart(3)}  whole ${spread(all)}  after one fact ${spread(one)}  (${(1e6 / median(one)).toFixed(0)} µs)`,
  );
}

const [{ file: simulated } = { file: '' }] = protocols.filter(({ file }) =>
  file.startsWith(process.env.BENCH_PROTOCOL ?? 'breast-cancer'),
);
console.log(`\nSimulations of ${simulated} over ${YEARS} years on ${availableParallelism()} cores`);
for (const patients of SIZES) {
  const { seconds, cpuSeconds, gib } = await simulation(patients, availableParallelism());
  console.log(
    `${String(patients).padStart(8)} patients  ${seconds.toFixed(1).padStart(7)} s  ${((1000 * seconds) / patients).toFixed(3)} ms a patient  (${((1000 * cpuSeconds) / patients).toFixed(3)} ms of processor)  peak ${gib.toFixed(2)} GiB` +
      (patients === 320_000 ? `  (goals: ${GOAL_MINUTES * 60} s, ${GOAL_GIB} GiB)` : ''),
  );
}
const [smallest = 1000] = SIZES;
const [one, all] = [await simulation(smallest, 1), await simulation(smallest, availableParallelism())];
console.log(`one thread and all cores give the same figures: ${one.sha256 === all.sha256 ? 'yes' : 'NO'}`);
if (one.sha256 !== all.sha256) process.exitCode = 1;

function patientsOf({ document }: Protocol): readonly Patient[] {
  type Example = (typeof document.examples)[number];
  const told = ({ given }: Example): Example['given']['facts'] => {
    const before = document.examples.find(({ name }) => name === given.like);
    return before ? [...told(before), ...given.facts] : given.facts;
  };
  return document.examples.map((example) => ({
    enrolledAt: example.given.enrolledAt,
    now: example.given.now,
    facts: told(example)
      .map((fact, index) => ({ ...fact, id: `f${index}`, seq: index }))
      .filter(({ at }) => at <= example.given.now)
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  }));
}

function whole(protocol: Protocol, patients: readonly Patient[]): number {
  for (const { facts, enrolledAt, now } of patients) next(protocol, facts, { ...place, enrolledAt, now });
  return patients.length;
}

/** Begins each patient, which counts as a plan too, and tells the facts one at a time. */
function afterEachFact(protocol: Protocol, patients: readonly Patient[]): number {
  const planner = plannerOf(protocol, place);
  let plans = 0;
  for (let round = 0; round < 5; round += 1) {
    for (const { facts, enrolledAt } of patients) {
      const followed = planner.enrol(enrolledAt);
      followed.advance(enrolledAt, []);
      let ended = false;
      plans += 1;
      for (const fact of facts) {
        if (ended) break;
        ended = followed.advance(fact.at > enrolledAt ? fact.at : enrolledAt, [fact]).end !== undefined;
        plans += 1;
      }
    }
  }
  return plans;
}

function perSecond(milliseconds: number, work: () => number): number {
  const from = performance.now();
  let done = 0;
  while (performance.now() - from < milliseconds) done += work();
  return (done / (performance.now() - from)) * 1000;
}

interface Played {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly gib: number;
  readonly sha256: string;
}

/** Runs the command as a user would. Processor time and memory, which Linux alone tells, are as last seen before its end. */
async function simulation(patients: number, threads: number): Promise<Played> {
  const from = performance.now();
  const words = ['protocol', 'simulate', join(folder, simulated), '--json', '--patients', String(patients)];
  const command = spawn(
    process.execPath,
    [join(root, 'libs', 'cli', 'dist', 'main.js'), ...words, '--years', String(YEARS), '--threads', String(threads)],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const hash = createHash('sha256');
  command.stdout.on('data', (data: Buffer) => hash.update(data));
  let seen = { cpuSeconds: 0, gib: 0 };
  const watch = setInterval(() => {
    seen = usageOf(command.pid ?? 0) ?? seen;
  }, 200);
  const code = await new Promise<number | null>((resolve) => command.once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`the simulation of ${patients} patients ended with code ${code}`);
  return { seconds: (performance.now() - from) / 1000, ...seen, sha256: hash.digest('hex') };
}

function usageOf(pid: number): { cpuSeconds: number; gib: number } | undefined {
  try {
    const [, kib = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    // The name of the program, in parentheses, is the only field that may hold spaces; ticks are hundredths of a second.
    const [, fields = ''] = /\) (.*)$/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').trim()) ?? [];
    const [user = '0', system = '0'] = fields.split(' ').slice(11, 13);
    return { cpuSeconds: (Number(user) + Number(system)) / 100, gib: Number(kib) / 1024 ** 2 };
  } catch {
    return undefined; // The process has ended, or this is not Linux.
  }
}
