/**
 * What one question of the workspace costs: each kind that the people of `portal` ask, one after the other, with the
 * processor time that it takes in each process and the commands that MongoDB is given; then what a task done costs until
 * nothing moves any more.
 *
 * Sizes: BENCH_PATIENTS, BENCH_PATHWAYS, BENCH_USERS, BENCH_TIMES (of each kind). BENCH_ONLY names the kinds to ask,
 * which is of use beside a profiler: process ids are printed.
 */
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Database, openDatabase } from '@ariane/store';
import { secondsOf } from './pathways/processor-time.ts';
import { type Asked, BrowserLike } from './portal/browser-like.ts';
import { Figures } from './portal/figures.ts';
import { benchFolder, haltedStack, loaded, number, regionOf } from './portal/loaded.ts';
import type { Worker } from './portal/people.ts';
import {
  fileOf,
  type Item,
  itemOf,
  myDay,
  namesIn,
  type Opinion,
  opinionOf,
  ownTasks,
  type Paged,
  pathwayOf,
  pathwaysList,
  taskDone,
  taskIn,
  tasksOf,
  together,
  toGive,
} from './portal/screens.ts';
import { quantile } from './write-path/measure.ts';

const PATIENTS = number('BENCH_PATIENTS', 16_000);
const PATHWAYS = number('BENCH_PATHWAYS', Math.round(PATIENTS / 16));
const USERS = number('BENCH_USERS', 50);
const TIMES = number('BENCH_TIMES', 300);
const ONLY = process.env.BENCH_ONLY?.split(',');
const WARM_UP = 50;
/** After a command everything that follows from it has come to rest by then. */
const SETTLED_MS = 15_000;
const DONE_TASKS = 40;
const TASKS_OF_ONE = 4;
const PACE_MS = 250;
const COMMANDS = ['find', 'aggregate', 'insert', 'update', 'delete', 'commitTransaction'] as const;

const dir = benchFolder('questions');
const size = regionOf(PATIENTS, PATHWAYS, USERS);
rmSync(dir, { recursive: true, force: true });
const stack = await haltedStack('questions', number('ARIANE_PORT_BASE', 5_900));
const figures = new Figures();
figures.isCounting = true;
try {
  const everybody = await loaded(stack, size, console.log);
  const pids = { ...stack.pids(), asker: process.pid };
  console.log(JSON.stringify(pids));
  const coordinators = await Promise.all(everybody.filter(({ role }) => role === 'coordinator').map(dayOf));
  const specialists = await Promise.all(everybody.filter(({ role }) => role === 'specialist').map(dayOf));
  await pause(SETTLED_MS);
  const { connection, db: admin } = await openDatabase(stack.env['MONGO_URL'] ?? '', 'admin');
  const heading = Object.keys(pids).map((name) => name.slice(0, 9).padStart(9));
  console.log(`${'ms of processor'.padEnd(26)}      all  p50 ms ${heading.join('')}  commands`);
  for (const kind of kindsOf(coordinators, specialists)) {
    if (ONLY?.includes(kind.name) ?? true) await costOf(kind);
  }
  if (ONLY?.includes('task done') ?? true) await costOfDone(coordinators);
  for (const { browser } of [...coordinators, ...specialists]) browser.close();
  await connection.close();
  figures.tellWrong();

  async function costOf({ name, days, askedBy }: Kind): Promise<void> {
    const ask = async (turn: number): Promise<void> => {
      for (const day of nth(days, turn)) for (const asked of askedBy(day, turn)) await day.browser.ask(asked);
    };
    for (let turn = 0; turn < WARM_UP; turn += 1) await ask(turn);
    const spent = await used(async () => {
      for (let turn = 0; turn < TIMES; turn += 1) await ask(turn);
    });
    row(name, TIMES, (what) => spent[what] ?? 0);
  }

  /** Tasks done at an even pace, and all that follows: workflows, facts, whoever reads them. */
  async function costOfDone(days: readonly Day[]): Promise<void> {
    const open = days.flatMap((day) =>
      ownTasks(day.items, day.worker)
        .slice(0, TASKS_OF_ONE)
        .map((item) => ({ day, item })),
    );
    const chosen = open.slice(0, DONE_TASKS);
    const idle = await used(async () => pause(chosen.length * PACE_MS + SETTLED_MS));
    const busy = await used(async () => {
      for (const { day, item } of chosen) {
        await done(day, item);
        await pause(PACE_MS);
      }
      await pause(SETTLED_MS);
    });
    row('task done, and what follows', chosen.length, (name) => (busy[name] ?? 0) - (idle[name] ?? 0));
  }

  function row(name: string, times: number, spent: (what: string) => number): void {
    const each = Object.keys(pids).map((process) => (1_000 * spent(process)) / times);
    const all = each.reduce((sum, one) => sum + one, 0);
    const commands = COMMANDS.map((command) => `${command} ${(spent(command) / times).toFixed(1)}`).join(', ');
    const p50 = quantile(figures.all('api '), 0.5).toFixed(1).padStart(7);
    console.log(
      `${name.padEnd(26)} ${all.toFixed(1).padStart(8)} ${p50} ${each.map((one) => one.toFixed(1).padStart(9)).join('')}  ${commands}`,
    );
  }

  /** Seconds of each process, and how often MongoDB was given each command; times of answers are of this work alone. */
  async function used(work: () => Promise<unknown>): Promise<Record<string, number>> {
    figures.times.clear();
    const before = { ...secondsOf(pids), ...(await commandsOf(admin)) };
    await work();
    const after: Record<string, number> = { ...secondsOf(pids), ...(await commandsOf(admin)) };
    return Object.fromEntries(Object.entries(before).map(([name, was]) => [name, (after[name] ?? 0) - was]));
  }
} finally {
  await stack.stop();
  rmSync(dir, { recursive: true, force: true });
}

/** All that all services asked of MongoDB until now. */
async function commandsOf(admin: Database['db']): Promise<Record<string, number>> {
  const { metrics } = await admin.command({ serverStatus: 1 });
  const totals = (metrics as { commands: Record<string, { total: bigint | number }> }).commands; // MongoDB's own
  return Object.fromEntries(COMMANDS.map((command) => [command, Number(totals[command]?.total ?? 0)]));
}

interface Day {
  readonly worker: Worker;
  readonly browser: BrowserLike;
  readonly items: readonly Item[];
  readonly opinions: readonly Opinion[];
}

interface Kind {
  readonly name: string;
  readonly days: readonly Day[];
  readonly askedBy: (day: Day, nth: number) => readonly Asked[];
}

async function dayOf(worker: Worker): Promise<Day> {
  const browser = new BrowserLike(stack.urls['portal'] ?? '', worker.cookie, figures);
  const read = async (asked: Asked | undefined): Promise<readonly never[]> =>
    asked === undefined ? [] : ((await browser.ask<Paged<never>>(asked))?.items ?? []);
  const isCoordinator = worker.role === 'coordinator';
  const items: readonly Item[] = isCoordinator
    ? [...(await read(myDay(worker, 'decide')[0])), ...(await read(myDay(worker, 'do')[0]))]
    : [];
  return { worker, browser, items, opinions: isCoordinator ? [] : await read(toGive(worker)[0]) };
}

/** In the order of their rows. */
function kindsOf(coordinators: readonly Day[], specialists: readonly Day[]): readonly Kind[] {
  const [someone] = coordinators;
  if (someone === undefined) throw new Error('nobody coordinates');
  const byAll = (name: string, askedBy: Kind['askedBy']): Kind => ({ name, days: coordinators, askedBy });
  const byExperts = (name: string, askedBy: Kind['askedBy']): Kind => ({ name, days: specialists, askedBy });
  return [
    byAll('session', () => [{ kind: 'session', path: '/api/session' }]),
    ...myDay(someone.worker, 'decide').map(({ kind }, place) =>
      byAll(kind, ({ worker }) => nth(myDay(worker, 'decide'), place)),
    ),
    byAll('pathway', ({ items }, turn) => nth(items, turn).map(({ pathwayId }) => pathwayOf(pathwayId))),
    byAll('a file', ({ items }, turn) => nth(items, turn).flatMap(({ pathwayId }) => together(fileOf(pathwayId)))),
    byAll('an item', ({ items }, turn) => nth(items, turn).flatMap((item) => together(itemOf(item)))),
    byAll('tasks of a pathway', ({ items }, turn) => nth(items, turn).map(({ pathwayId }) => tasksOf(pathwayId))),
    byAll('names', ({ items }, turn) => [namesIn(items.slice(turn % 5, (turn % 5) + 10), new Set())].flatMap(some)),
    byAll('pathways, a page', () => [pathwaysList]),
    byExperts('opinions', ({ worker }) => toGive(worker)),
    byExperts('opinion', ({ opinions }, turn) => nth(opinions, turn).map(({ id }) => opinionOf(id))),
  ];
}

function some<T>(one: T | undefined): readonly T[] {
  return one === undefined ? [] : [one];
}

function nth<T>(all: readonly T[], turn: number): readonly T[] {
  return some(all[turn % all.length]);
}

/** @throws Error where the task is not there: what it costs would be told of fewer than were done */
async function done({ browser }: Day, item: Item): Promise<void> {
  const answers = await Promise.all(together(itemOf(item)).map((asked) => browser.ask<object>(asked)));
  const task = taskIn(answers, item);
  if (task === undefined) throw new Error('a task of the list is not in its file');
  await browser.ask(taskDone(task.id, task.outcomes[0]));
}
