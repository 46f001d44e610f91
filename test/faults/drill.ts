import { mongo } from 'mongoose';
import { startStack, type Stack } from '../../deploy/stack.ts';
import { stackMode } from '../../deploy/start-arguments.ts';
import { type Digest, digestOf } from '../digest/digest.ts';
import { faultsOfStores } from '../digest/faults-of-stores.ts';
import { keyOf } from '../story/api.ts';
import { type CourseName, courses } from '../story/courses.ts';
import { playStory, type Told } from '../story/player.ts';
import { chanceOf, type Fault, type FaultPlan, planFaults, producers } from './fault-plan.ts';
import { FaultyApi } from './faulty-api.ts';
import { Redelivery } from './redelivery.ts';

const STORY_STARTS_AT = '2026-03-02T08:00:00.000Z';
/** A story that stalls under fault is taken up again where it stands, this often. */
const RESUMES = 3;

export interface DrillSettings {
  readonly course: CourseName;
  /** A new folder: data, logs and keys go into it. */
  readonly dir: string;
  readonly portBase: number;
  readonly log: (line: string) => void;
  /** Told of the stack, so that whoever ends the run early can stop it in order. */
  readonly started: (stack: Stack) => void;
}

/** What one run of the story came to. */
export interface DrillResult {
  readonly digest: Digest;
  /** Commands that people gave, from the patient's registration on. */
  readonly commands: number;
  /** What does not hold, one sentence each. */
  readonly violations: readonly string[];
  /** How many faults struck, by kind. */
  readonly struck: Readonly<Record<string, number>>;
}

/** The story of a course without a fault: what every run under faults must come to as well. */
export async function referenceRun(settings: DrillSettings): Promise<DrillResult> {
  const stack = await start(settings);
  try {
    const api = new FaultyApi(stack.urls);
    await tell(api, settings);
    return await result(stack, api, {}, []);
  } finally {
    await stack.stop();
  }
}

/** @param seed of the faults; the story's own ids are those of the reference */
export async function faultyRun(settings: DrillSettings, seed: number, commands: number): Promise<DrillResult> {
  const stack = await start(settings);
  const chance = chanceOf(seed ^ 0x5eed);
  const redelivery = new Redelivery(stack.env['KAFKA_BROKERS'] ?? '', chance);
  const storm = new Storm(stack, redelivery, planFaults(seed, commands), settings.log);
  try {
    await redelivery.start();
    const api = new FaultyApi(stack.urls, chance, (index) => {
      storm.at(index, api);
    });
    await tell(api, settings);
    await storm.passed();
    await api.settled();
    await rest(stack, api);
    const facts = await factsOf(stack);
    await redelivery.flush(facts);
    settings.log('every event was delivered again; now once more to every group, after a restart');
    await restartAll(stack, redelivery);
    await rest(stack, api);
    const more = (await factsOf(stack)).length - facts.length;
    const violations = [
      ...api.discrepancies,
      ...storm.leftOver(),
      ...(more === 0 ? [] : [`hearing everything again after a restart made ${more} new facts`]),
    ];
    const { duplicates, stalls } = api;
    const struck = { ...storm.struck, duplicates, stalls, redelivered: redelivery.redelivered.size };
    return await result(stack, api, struck, violations);
  } finally {
    await redelivery.stop();
    await stack.stop();
  }
}

/** Strikes when its command leaves. */
class Storm {
  readonly struck: Record<string, number> = { kills: 0, republished: 0, rewound: 0 };
  private readonly stack: Stack;
  private readonly redelivery: Redelivery;
  private readonly log: (line: string) => void;
  private waiting: Fault[];
  private readonly under: Promise<void>[] = [];
  private readonly failed: string[] = [];

  constructor(stack: Stack, redelivery: Redelivery, plan: FaultPlan, log: (line: string) => void) {
    this.stack = stack;
    this.redelivery = redelivery;
    this.waiting = [...plan.faults];
    this.log = log;
  }

  at(index: number, api: FaultyApi): void {
    const due = this.waiting.filter((fault) => fault.atCommand <= index);
    this.waiting = this.waiting.filter((fault) => fault.atCommand > index);
    for (const fault of due) {
      const struck = this.strike(fault, api).catch((error: unknown) => {
        this.failed.push(`a fault could not be made: ${JSON.stringify(fault)}: ${String(error)}`);
      });
      this.under.push(struck);
    }
  }

  async passed(): Promise<void> {
    await Promise.all(this.under);
    await this.stack.whenReady();
  }

  leftOver(): string[] {
    return [...this.failed, ...this.waiting.map((fault) => `a planned fault did not strike: ${JSON.stringify(fault)}`)];
  }

  private async strike(fault: Fault, api: FaultyApi): Promise<void> {
    switch (fault.kind) {
      case 'kill':
        await new Promise((resolve) => setTimeout(resolve, fault.afterMs));
        // The command was faster: the next one is struck.
        if (api.inFlight === 0) {
          this.waiting.push({ ...fault, afterMs: Math.floor(fault.afterMs / 2) });
          return;
        }
        this.log(`kill -9 ${fault.victim} at command ${fault.atCommand}, ${api.inFlight} in flight`);
        await this.stack.kill(fault.victim);
        this.struck['kills'] = (this.struck['kills'] ?? 0) + 1;
        return;
      case 'republish': {
        const { producer, atCommand } = fault;
        this.log(`${producer} publishes its outbox again at command ${atCommand}`);
        const key = keyOf('storm', producer, String(atCommand), String(this.struck['republished']));
        await api.operate(producer, '/internal/republish', { fromSequence: 1 }, key);
        this.struck['republished'] = (this.struck['republished'] ?? 0) + 1;
        return;
      }
      case 'rewind':
        this.log(`${fault.consumer} begins anew at the first event, at command ${fault.atCommand}`);
        await this.stack.halt(fault.consumer);
        await this.redelivery.rewind([`ariane.${fault.consumer}`]);
        await this.stack.restart(fault.consumer);
        this.struck['rewound'] = (this.struck['rewound'] ?? 0) + 1;
    }
  }
}

async function start({ dir, portBase, log, started }: DrillSettings): Promise<Stack> {
  const mode = stackMode(process.env);
  const stack = await startStack({ mode, dir, portBase, services: true, demoClock: STORY_STARTS_AT, log });
  started(stack);
  return stack;
}

async function tell(api: FaultyApi, { course, log }: DrillSettings): Promise<Told> {
  const plot = { course: courses[course], seed: `storm-${course}`, log };
  for (let resumes = 0; ; resumes += 1) {
    try {
      return await playStory(api, plot);
    } catch (error) {
      if (resumes === RESUMES) throw error;
      log(`the story stops and is taken up again: ${String(error)}`);
    }
  }
}

/** Everything runs and nothing is under way; the clock stands still. */
async function rest(stack: Stack, api: FaultyApi): Promise<void> {
  await stack.whenReady();
  await api.step(await api.now());
}

/** Every event comes once more, after a restart, to every group. */
async function restartAll(stack: Stack, redelivery: Redelivery): Promise<void> {
  const parts = [...producers, 'workflows'];
  await Promise.all(parts.map((part) => stack.halt(part)));
  await redelivery.rewind(await redelivery.groups());
  await Promise.all(parts.map((part) => stack.restart(part)));
}

async function factsOf(stack: Stack): Promise<string[]> {
  const client = await mongo.MongoClient.connect(stack.env['MONGO_URL'] ?? '');
  try {
    const read = producers.map((name) =>
      client
        .db(`ariane_${name.replaceAll('-', '_')}`)
        .collection<{ _id: string }>('outbox')
        .find({}, { projection: { _id: 1 } })
        .toArray(),
    );
    return (await Promise.all(read)).flat().map(({ _id }) => _id);
  } finally {
    await client.close();
  }
}

async function result(
  stack: Stack,
  api: FaultyApi,
  struck: Readonly<Record<string, number>>,
  violations: readonly string[],
): Promise<DrillResult> {
  const url = stack.env['MONGO_URL'] ?? '';
  const faults = await faultsOfStores(url, api.acknowledged);
  return { digest: await digestOf(url), commands: api.commands, violations: [...violations, ...faults], struck };
}
