import { setTimeout as pause } from 'node:timers/promises';
import { uuidv5 } from '@ariane/kernel';
import { mongo } from 'mongoose';
import { keyOf } from '../../story/api.ts';
import { type DrillStack, enrolRegistered, registerOne } from '../../faults/watch-stack.ts';
import { STEPS } from '../../faults/twelve-steps.ts';

/** How often people look whether their task is open: one look for all of them, by the tasks' own ids. */
const LOOK_MS = 20;
const GIVE_UP_MS = 180_000;

/** What a side of the comparison does besides: nothing on ours, where facts ring; a signal on the bare one. */
export interface Side {
  readonly enrolled: (pathwayId: string) => Promise<void>;
  readonly done: (pathwayId: string) => Promise<void>;
}

interface Waiting {
  readonly pathwayId: string;
  readonly step: number;
}

/** How long the pathways took from the first enrolment to the end of the last one. */
export interface Driven {
  readonly pathwayIds: readonly string[];
  readonly seconds: number;
}

/** Enrols patients registered beforehand, `callers` at once, and does each of their tasks as soon as it opens. */
export async function drive(
  drill: DrillStack,
  side: Side,
  { seed, pathways, callers }: { readonly seed: string; readonly pathways: number; readonly callers: number },
): Promise<Driven> {
  const seeds = Array.from({ length: pathways }, (_, index) => `${seed}-${index}`);
  await atOnce(callers, seeds, (one) => registerOne(drill, one));
  const client = await mongo.MongoClient.connect(drill.stack.env['MONGO_URL'] ?? '', {
    // What the service itself would not see yet is nobody's task yet.
    readConcernLevel: 'majority',
  });
  try {
    const people = new People(drill, side, client.db('ariane_pathways'));
    const from = performance.now();
    const ended = people.untilAllEnded(pathways);
    const pathwayIds: string[] = [];
    await atOnce(callers, seeds, async (one) => {
      const pathwayId = await enrolRegistered(drill, one);
      pathwayIds.push(pathwayId);
      people.await({ pathwayId, step: 1 });
      await side.enrolled(pathwayId);
    });
    await ended;
    return { pathwayIds, seconds: (performance.now() - from) / 1000 };
  } finally {
    await client.close();
  }
}

class People {
  /** By the id of the task that is to open, and by pathway once its last task is done. */
  private readonly waiting = new Map<string, Waiting>();
  private readonly ending = new Set<string>();
  private readonly acts: Promise<void>[] = [];
  private ended = 0;
  private failure: Error | undefined;
  private readonly drill: DrillStack;
  private readonly side: Side;
  private readonly db: mongo.Db;

  constructor(drill: DrillStack, side: Side, db: mongo.Db) {
    this.drill = drill;
    this.side = side;
    this.db = db;
  }

  await({ pathwayId, step }: Waiting): void {
    if (step > STEPS) this.ending.add(pathwayId);
    else this.waiting.set(uuidv5(pathwayId, `step-${step}/1`), { pathwayId, step });
  }

  async untilAllEnded(pathways: number): Promise<void> {
    for (const giveUp = Date.now() + GIVE_UP_MS; this.ended < pathways;) {
      if (this.failure !== undefined) throw this.failure;
      if (Date.now() > giveUp) throw new Error(`only ${this.ended} of ${pathways} pathways ended`);
      await Promise.all([this.doOpenTasks(), this.seeEnds()]);
      await pause(LOOK_MS);
    }
    await Promise.all(this.acts);
  }

  private async doOpenTasks(): Promise<void> {
    for (const id of await this.found('tasks', [...this.waiting.keys()], { status: 'open' })) {
      const task = this.waiting.get(id);
      if (task === undefined) continue;
      this.waiting.delete(id);
      const act = this.doTask(id, task);
      this.acts.push(act);
      act.catch((error: unknown) => {
        this.failure ??= error instanceof Error ? error : new Error('an act failed', { cause: error });
      });
    }
  }

  private async doTask(id: string, { pathwayId, step }: Waiting): Promise<void> {
    await this.drill.api.post({ role: 'coordinator' }, 'pathways', `/tasks/${id}/done`, {}, keyOf(id, 'done'));
    this.await({ pathwayId, step: step + 1 });
    await this.side.done(pathwayId);
  }

  private async seeEnds(): Promise<void> {
    for (const id of await this.found('pathways', [...this.ending], { status: 'COMPLETED' })) {
      if (this.ending.delete(id)) this.ended += 1;
    }
  }

  private async found(collection: string, ids: readonly string[], filter: object): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    const rows = this.db.collection<{ _id: string }>(collection).find({ _id: { $in: ids }, ...filter });
    return (await rows.project<{ _id: string }>({ _id: 1 }).toArray()).map(({ _id }) => _id);
  }
}

/** Works through all, so many at once. */
async function atOnce<T>(callers: number, all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const rest = [...all];
  const caller = async (): Promise<void> => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: callers }, caller));
}
