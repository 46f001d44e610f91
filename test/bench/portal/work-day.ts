import { setTimeout as pause } from 'node:timers/promises';
import { personAt } from '../worklist/register.ts';
import { type Asked, BrowserLike, type Change } from './browser-like.ts';
import type { Figures } from './figures.ts';
import type { Worker } from './people.ts';
import {
  fileOf,
  isConcerned,
  type Item,
  itemOf,
  myDay,
  namesIn,
  type Opinion,
  opinionAccepted,
  opinionOf,
  ownTasks,
  type Paged,
  pathwayOf,
  pathwaysList,
  taskDone,
  taskIn,
  together,
  toGive,
} from './screens.ts';

/** As `services/portal/web/src/shell/stream.tsx` has them. */
const GATHER_MS = 250;
const PACE_MS = 1_500;
/** As `shell/session-context.tsx` has it: each minute a page asks whether its session lasts. */
const AGAIN_MS = 60_000;
/** And `screens/my-day/my-day.tsx`: every third time the lists are read, for what no event tells of. */
const LISTS_EVERY = 3;
/** A change that is not told in this time was not told. */
const TOLD_WITHIN_MS = 20_000;
export interface Setting {
  readonly portal: string;
  readonly figures: Figures;
  readonly chance: () => number;
  /** Between what one person does and does next, on average. */
  readonly thinkMs: number;
  /** How many patients the register has. */
  readonly patients: number;
  /** Whether it is over. */
  readonly isOver: () => boolean;
}

/**
 * One person at work, as the page would have them: what a screen reads is read when it is opened, again after a command
 * of theirs, and again, a moment later, when the stream tells of a change.
 */
export class WorkDay {
  private readonly browser: BrowserLike;
  private readonly named = new Set<string>();
  private items: readonly Item[] = [];
  private opinions: readonly Opinion[] = [];
  /** What the open screen shows, to be read again when it changes. */
  private screen: readonly Asked[] = [];
  /** By path, the pathway that what stands there says it is of. */
  private readonly pathwayOf = new Map<string, string>();
  private gathering: NodeJS.Timeout | undefined;
  private told: (Change | 'reset')[] = [];
  private readAt = 0;
  /** At which of its looks it is; the lists are read at another one by each. */
  private looks: number;
  private readonly awaited = new Map<string, { readonly sentMs: number; committedMs: number }>();
  private readonly worker: Worker;
  private readonly setting: Setting;

  constructor(worker: Worker, setting: Setting) {
    this.worker = worker;
    this.setting = setting;
    this.looks = Math.floor(setting.chance() * LISTS_EVERY);
    this.browser = new BrowserLike(setting.portal, worker.cookie, setting.figures);
  }

  /** Opens the page: who one is, the stream, and the day. */
  async begin(): Promise<void> {
    await this.browser.ask({ kind: 'session', path: '/api/session' });
    await this.browser.listen((told) => {
      this.hear(told);
    });
    await this.open(this.worker.role === 'coordinator' ? myDay(this.worker, 'decide') : toGive(this.worker));
  }

  /** Works until it is over. */
  async work(): Promise<void> {
    const { chance, thinkMs, isOver } = this.setting;
    // Pages were opened at any time of the day: they do not all look at the same moment.
    let again: NodeJS.Timeout | undefined;
    const begun = setTimeout(() => {
      again = setInterval(() => void this.lookAgain(), AGAIN_MS);
      void this.lookAgain();
    }, chance() * AGAIN_MS);
    await pause(chance() * thinkMs);
    while (!isOver()) {
      if (this.worker.role === 'coordinator') await this.coordinate();
      else await this.answer();
      await pause(thinkMs * (0.5 + chance()));
    }
    clearTimeout(begun);
    clearInterval(again);
    clearTimeout(this.gathering);
  }

  end(): void {
    this.browser.close();
  }

  private async coordinate(): Promise<void> {
    const luck = this.setting.chance();
    const item = this.any(this.items);
    if (luck < 0.1 || item === undefined) await this.open(myDay(this.worker, luck < 0.05 ? 'do' : 'decide'));
    else if (luck < 0.5) await this.lookAt(item);
    else if (luck < 0.62) await this.decide();
    else if (luck < 0.8) await this.open(fileOf(item.pathwayId));
    else if (luck < 0.93) await this.search();
    else await this.open([pathwaysList]);
  }

  private async answer(): Promise<void> {
    const luck = this.setting.chance();
    const opinion = this.any(this.opinions);
    if (luck < 0.3 || opinion === undefined) await this.open(toGive(this.worker));
    else if (luck < 0.75) await this.open([opinionOf(opinion.id), pathwayOf(opinion.pathwayId)]);
    else if (luck < 0.9) await this.accept(opinion);
    else await this.open([pathwaysList]);
  }

  /** Reads a screen and, as the page does, the names of whom it shows. */
  private async open(screen: readonly Asked[]): Promise<void> {
    this.screen = screen;
    await this.read(screen);
  }

  private async read(screen: readonly Asked[], suffix = ''): Promise<readonly (object | undefined)[]> {
    const questions = together(screen);
    const answers = await Promise.all(
      questions.map((one) => this.browser.ask<object>({ ...one, kind: `${one.kind}${suffix}` })),
    );
    answers.forEach((answer, index) => {
      const asked = questions[index];
      if (answer !== undefined && asked !== undefined) this.keep(asked, answer);
    });
    await this.name(answers);
    return answers;
  }

  private keep({ kind, path }: Asked, answer: object): void {
    if ('pathwayId' in answer && typeof answer.pathwayId === 'string') this.pathwayOf.set(path, answer.pathwayId);
    if (kind === 'worklist') this.items = (answer as Paged<Item>).items; // the route's own answer, as below
    if (kind === 'opinions') this.opinions = (answer as Paged<Opinion>).items;
  }

  private async name(answers: readonly unknown[]): Promise<void> {
    const asked = namesIn(answers, this.named);
    if (asked !== undefined) await this.browser.ask(asked);
  }

  private async lookAt(item: Item): Promise<readonly (object | undefined)[]> {
    const isList = ({ kind }: Asked): boolean => kind === 'worklist' || kind === 'counters';
    const list = this.screen.filter(isList);
    this.screen = [...(list.length > 0 ? list : myDay(this.worker, 'decide').filter(isList)), ...itemOf(item)];
    return this.read(itemOf(item));
  }

  /** A task that is done: its fact leaves, and is told to whoever shows the pathway. */
  private async decide(): Promise<void> {
    const item = this.any(ownTasks(this.items, this.worker));
    if (item === undefined) {
      await this.open(myDay(this.worker, 'do'));
      return;
    }
    const task = taskIn(await this.lookAt(item), item);
    if (task === undefined) return;
    await this.command(taskDone(task.id, this.any(task.outcomes)), item.pathwayId);
    this.items = this.items.filter(({ id }) => id !== item.id);
  }

  private async accept({ id, status, pathwayId }: Opinion): Promise<void> {
    if (status !== 'asked') return this.open([opinionOf(id), pathwayOf(pathwayId)]);
    await this.command(opinionAccepted(id), pathwayId);
    await this.open(toGive(this.worker));
  }

  private async command(asked: Asked, pathwayId: string): Promise<void> {
    const sentMs = performance.now();
    const waits = { sentMs, committedMs: Number.NaN };
    this.awaited.set(pathwayId, waits);
    const answer = await this.browser.ask(asked);
    waits.committedMs = performance.now();
    if (answer === undefined) this.awaited.delete(pathwayId);
    await this.read(this.screen, ' (again)');
  }

  private hear(told: Change | 'reset'): void {
    const { figures } = this.setting;
    if (told === 'reset') figures.fail('stream: reset');
    else if (told.pathwayId !== undefined) this.measure(told.pathwayId);
    this.told.push(told);
    this.gathering ??= setTimeout(
      () => {
        const changes = this.told;
        this.told = [];
        this.gathering = undefined;
        this.readAt = performance.now();
        const concerned = this.screen.filter((one) =>
          changes.some((change) => isConcerned(one, change, this.pathwayOf.get(one.path))),
        );
        if (!this.setting.isOver()) void this.read(concerned, ' (again)');
      },
      Math.max(GATHER_MS, this.readAt + PACE_MS - performance.now()),
    );
  }

  private measure(pathwayId: string): void {
    const waits = this.awaited.get(pathwayId);
    if (waits === undefined) return;
    this.awaited.delete(pathwayId);
    const now = performance.now();
    // The change may be told before its command is answered.
    this.setting.figures.time('stream from the answer', Number.isNaN(waits.committedMs) ? 0 : now - waits.committedMs);
    this.setting.figures.time('stream from the click', now - waits.sentMs);
  }

  /** What a page that nobody touches reads by itself. */
  private async lookAgain(): Promise<void> {
    const late = [...this.awaited].filter(([, { sentMs }]) => performance.now() - sentMs > TOLD_WITHIN_MS);
    for (const [pathwayId] of late) {
      this.awaited.delete(pathwayId);
      this.setting.figures.fail('stream: a change was not told');
    }
    await this.browser.ask({ kind: 'session', path: '/api/session' });
    this.looks += 1;
    if (this.looks % LISTS_EVERY !== 0) return;
    await this.read(
      this.screen.filter(({ kind }) => kind === 'worklist' || kind === 'counters'),
      ' (again)',
    );
  }

  private async search(): Promise<void> {
    const { familyName, givenNames } = personAt(Math.floor(this.setting.chance() * this.setting.patients));
    const name = `${familyName.slice(0, 5)} ${(givenNames[0] ?? '').slice(0, 3)}`;
    const asked: Asked = { kind: 'search', path: '/api/pathways/patients/search', method: 'POST', body: { name } };
    const found = await this.browser.ask<Paged<{ id: string }>>(asked);
    const one = this.any(found?.items ?? []);
    if (one === undefined) return;
    const ofPatient = `/api/pathways/pathways?patientId=${one.id}&status=ACTIVE`;
    await this.open([
      { kind: 'patient', path: `/api/pathways/patients/${one.id}` },
      { kind: 'pathways of a patient', path: ofPatient },
    ]);
  }

  private any<T>(all: readonly T[]): T | undefined {
    return all[Math.floor(this.setting.chance() * all.length)];
  }
}
