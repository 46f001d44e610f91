import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '@ariane/store';
import { memoryOf } from '../one-service.ts';
import { secondsOf } from '../pathways/processor-time.ts';
import { chanceFrom } from '../worklist/register.ts';
import { quantile } from '../write-path/measure.ts';
import { Figures, line } from './figures.ts';
import type { Worker } from './people.ts';
import { territory } from './region.ts';
import { WorkDay } from './work-day.ts';

/** p95 that is promised, in milliseconds. */
const API_MS = 200;
const STREAM_MS = 1_000;
/** People come one after the other within this time. */
const COMING_MS = 20_000;

/** The stack, as far as it is asked for something here. */
export interface Running {
  readonly env: Readonly<Record<string, string>>;
  readonly urls: Readonly<Record<string, string>>;
  pids(): Record<string, number>;
  halt(name: string): Promise<void>;
  restart(name: string): Promise<void>;
}

export interface Setting {
  readonly portal: string;
  readonly thinkMs: number;
  readonly patients: number;
  readonly log: (what: string) => void;
}

/** Has people work while something is done; counts nothing before they have come and thought once. */
export async function atWork(
  workers: readonly Worker[],
  { portal, thinkMs, patients, log }: Setting,
  meanwhile: (figures: Figures) => Promise<void>,
): Promise<void> {
  const figures = new Figures();
  const over = { isOver: false };
  const chance = chanceFrom(20_261_129);
  const days = workers.map(
    (worker) => new WorkDay(worker, { portal, figures, chance, thinkMs, patients, isOver: () => over.isOver }),
  );
  const coming = days.map(async (day, index) => {
    await pause((index * COMING_MS) / days.length);
    await day.begin();
  });
  await Promise.all(coming);
  log(`${days.length} people have their stream and their screen`);
  const working = Promise.all(days.map((day) => day.work()));
  await pause(thinkMs);
  figures.isCounting = true;
  await meanwhile(figures);
  figures.isCounting = false;
  over.isOver = true;
  await working;
  for (const day of days) day.end();
}

/** What people at work wait for, and what it costs. */
export async function measured(
  stack: Running,
  workers: readonly Worker[],
  setting: Setting,
  seconds: number,
): Promise<void> {
  await atWork(workers, setting, async (figures) => {
    const pids = { ...stack.pids(), 'the people themselves': process.pid };
    const before = secondsOf(pids);
    const from = performance.now();
    await pause(seconds * 1_000);
    const took = (performance.now() - from) / 1_000;
    const isWhole = Object.entries(stack.pids()).every(([name, pid]) => pids[name as keyof typeof pids] === pid);
    if (!isWhole) throw new Error('a part of the stack was started again while it was measured: see its log');
    const after = secondsOf(pids);
    const questions = answers(figures, took);
    console.log('\nProcessor: hundredths of one core, and ms for each question; memory');
    for (const [name, pid] of Object.entries(pids)) {
      const used = (after[name] ?? 0) - (before[name] ?? 0);
      const each = ((1_000 * used) / questions).toFixed(1).padStart(5);
      console.log(
        `  ${name.padEnd(22)} ${((100 * used) / took).toFixed(0).padStart(4)} %  ${each} ms  ${memoryOf(pid)}`,
      );
    }
  });
  await parked(stack);
}

function answers(figures: Figures, seconds: number): number {
  const every = figures.all('api ');
  console.log(`\n${(every.length / seconds).toFixed(0)} questions a second, ms, p95 promised ≤ ${API_MS}`);
  for (const [kind, times] of [...figures.times].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (kind.startsWith('api ')) console.log(line(kind.slice(4), times));
  console.log(line('ALL', every) + verdict(every, API_MS));
  console.log(`\nFrom a commit to the screens, ms, p95 promised ≤ ${STREAM_MS}`);
  const told = figures.all('stream from the answer');
  console.log(line('from the answer to its command', told) + verdict(told, STREAM_MS));
  console.log(line('from the click', figures.all('stream from the click')));
  figures.tellWrong();
  return every.length;
}

function verdict(times: readonly number[], promised: number): string {
  const isKept = times.length > 0 && quantile(times, 0.95) <= promised;
  if (!isKept) process.exitCode = 1;
  return isKept ? '   kept' : '   MISSED';
}

/** What is refused in passing stands still: nothing may be. */
async function parked({ env }: Running): Promise<void> {
  const names = ['pathways', 'scheduling', 'tele_expertise', 'meetings', 'capitation', 'portal'];
  const counts = await Promise.all(
    names.map(async (name) => {
      const { connection, db } = await openDatabase(env['MONGO_URL'] ?? '', `ariane_${name}`);
      const count = await db.collection('parked').countDocuments({ territory });
      await connection.close();
      if (count > 0) process.exitCode = 1;
      return `${name} ${count}`;
    }),
  );
  console.log(`\nparked events: ${counts.join(', ')}`);
}
