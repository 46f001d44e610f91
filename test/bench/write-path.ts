/**
 * The write path beside bare MongoDB. Five interleaved runs on one mongod: acknowledged commands per second of `Store`,
 * of a bare transaction of the same documents one by one, and of a bare insertMany of them in batches; then how long a
 * fact takes to be durable in another service at half the greatest rate, beside a bare Kafka send and a bare Temporal
 * signal; then what an idle stack costs. All loads go to loopback addresses and are bounded in time.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureTopics, kafkaClient, Relay } from '@ariane/bus';
import { ensureIndexes, FileKeyStore, openDatabase, Store } from '@ariane/store';
import { Client, Connection } from '@temporalio/client';
import { startStack } from '../../deploy/stack.ts';
import { benchCases, benchContext, registerCommand, sentAtMs } from './write-path/case.ts';
import { type Documents, inBatches, oneByOne } from './write-path/baselines.ts';
import { median, quantile, rate, spread } from './write-path/measure.ts';

const RUNS = Number(process.env.BENCH_RUNS ?? '5');
const SLICE_MS = Number(process.env.BENCH_MS ?? '3000');
const CALLERS = [1, 8, 32, 128] as const;
const BATCH = 256;
const PORT_BASE = 5600;
const root = join(import.meta.dirname, '..', '..');
const dir = join(root, '.ariane', 'bench', 'write-path');

rmSync(dir, { recursive: true, force: true });
const stack = await startStack({ mode: 'processes', dir, portBase: PORT_BASE, services: false, log: console.log });
try {
  const env = stack.env;
  const keys = join(dir, 'keys');
  const database = await openDatabase(env.MONGO_URL ?? '', 'bench_store');
  await ensureIndexes(database, [benchCases]);
  const store = new Store(database, new FileKeyStore(keys), 'meetings');
  const ours = (index: number) => register(store, index);
  const documents = await documentsOfOneCommand();

  const bareDatabase = await openDatabase(env.MONGO_URL ?? '', 'bench_bare');
  await ensureIndexes(bareDatabase, [benchCases]);
  const bare = oneByOne(bareDatabase.connection);
  const bulk = inBatches(bareDatabase.connection);
  const figures = new Map<string, number[]>();
  const note = (name: string, value: number) => figures.set(name, [...(figures.get(name) ?? []), value]);

  for (let run = 1; run <= RUNS; run += 1) {
    for (const callers of CALLERS) {
      note(`ours ${callers}`, await rate(callers, SLICE_MS, (index) => ours(index)));
      note(`bare ${callers}`, await rate(callers, SLICE_MS, async () => bare(copies(documents, 1)).then(() => 1)));
    }
    note('bulk', await rate(2, SLICE_MS, async () => bulk(copies(documents, BATCH)).then(() => BATCH)));
    console.log(`run ${run} of ${RUNS} done`);
  }
  console.log('\nAcknowledged commands per second, median [least, greatest] of', RUNS, 'interleaved runs');
  for (const callers of CALLERS) {
    console.log(
      `${String(callers).padStart(4)} callers  ours ${spread(figures.get(`ours ${callers}`)!)}  bare transaction ${spread(figures.get(`bare ${callers}`)!)}`,
    );
  }
  console.log(`insertMany in batches of ${BATCH} (ceiling): ${spread(figures.get('bulk')!)}`);
  const greatest = median(figures.get('ours 128')!);
  console.log(
    `at 128 callers: ${(greatest / median(figures.get('bare 128')!)).toFixed(2)} x the bare transaction (goal 2), ${((100 * greatest) / median(figures.get('bulk')!)).toFixed(0)} % of insertMany (goal 40 %)`,
  );

  await eventToEffect(greatest / 2);
  await bareServers();

  /** What a command really leaves, read back: the baselines write documents of exactly these sizes. */
  async function documentsOfOneCommand(): Promise<Documents> {
    await ours(0);
    const found: Record<string, object[]> = {};
    for (const name of ['benchCases', 'inboxes', 'outbox', 'audit', 'sequences']) {
      const rows = await database.db.collection(name).find().limit(1).toArray();
      if (rows.length > 0) found[name] = rows;
    }
    return found;
  }

  async function eventToEffect(perSecond: number): Promise<void> {
    const kafka = kafkaClient('bench', (env.KAFKA_BROKERS ?? '').split(','));
    await ensureTopics(kafka, 1);
    // A database of its own: the one above holds more unpublished facts than a year's outage would leave.
    const database = await openDatabase(env.MONGO_URL ?? '', 'bench_effect');
    await ensureIndexes(database, [benchCases]);
    const store = new Store(database, new FileKeyStore(keys), 'meetings');
    const child = fork(
      join(import.meta.dirname, 'write-path', 'hearing.ts'),
      [env.MONGO_URL ?? '', env.KAFKA_BROKERS ?? '', keys, 'ariane.meetings'],
      { env: { ...process.env, ...env } },
    );
    const effects = new Map<string, number>();
    await new Promise<void>((resolve) => {
      child.on('message', ({ ready, heard = [] }: { ready?: true; heard?: [of: string, at: number][] }) => {
        if (ready) resolve();
        for (const [of, at] of heard) if (!effects.has(of)) effects.set(of, at);
      });
    });
    const relay = new Relay(store, kafka, 'meetings');
    relay.start();
    await pause(3_000);
    const figures = { event: { p50: [], p99: [] }, command: { p50: [], p99: [] } } as Record<
      'event' | 'command',
      { p50: number[]; p99: number[] }
    >;
    // The first slice warms the other process up and is not counted.
    for (let run = 0; run <= RUNS; run += 1) {
      effects.clear();
      const acknowledged = new Map<string, number>();
      const sent: Promise<void>[] = [];
      const from = performance.now();
      while (performance.now() - from < SLICE_MS) {
        while (sent.length < ((performance.now() - from) / 1000) * perSecond) {
          const context = benchContext();
          const done = register(store, sent.length, context).then(() =>
            acknowledged.set(context.correlationId, Date.now()),
          );
          sent.push(done.then(() => undefined));
        }
        await pause(1);
      }
      await Promise.all(sent);
      for (const giveUp = Date.now() + 15_000; effects.size < sent.length && Date.now() < giveUp;) await pause(20);
      if (effects.size < sent.length) throw new Error(`only ${effects.size} of ${sent.length} facts arrived`);
      if (run === 0) continue;
      const agesFrom = (begun: (id: string) => number) => [...effects].map(([id, at]) => Math.max(0, at - begun(id)));
      const ages = { event: agesFrom((id) => acknowledged.get(id) ?? 0), command: agesFrom(sentAtMs) };
      for (const what of ['event', 'command'] as const) {
        figures[what].p50.push(quantile(ages[what], 0.5));
        figures[what].p99.push(quantile(ages[what], 0.99));
      }
    }
    console.log(
      `\nAt ${perSecond.toFixed(0)} commands/s, until the effect is durable in another service:
from the event (its command acknowledged): p50 ${spread(figures.event.p50)} ms (goal 50), p99 ${spread(figures.event.p99)} ms (goal 250)
from the command: p50 ${spread(figures.command.p50)} ms, p99 ${spread(figures.command.p99)} ms`,
    );
    child.disconnect();
    await relay.stop();
    await database.connection.close();
  }

  async function bareServers(): Promise<void> {
    const producer = kafkaClient('bench-bare', (env.KAFKA_BROKERS ?? '').split(',')).producer({ idempotent: true });
    await producer.connect();
    const connection = await Connection.connect({ address: env.TEMPORAL_ADDRESS ?? '' });
    const client = new Client({ connection });
    const handle = await client.workflow.start('nobody', { taskQueue: 'nobody', workflowId: `bench-${randomUUID()}` });
    const sends: number[] = [];
    const signals: number[] = [];
    for (let index = 0; index < 200; index += 1) {
      sends.push(
        await timed(() =>
          producer.send({ topic: 'ariane.meetings', acks: -1, messages: [{ value: 'x'.repeat(900) }] }),
        ),
      );
      signals.push(await timed(() => handle.signal('ring', { sequence: index })));
    }
    console.log(
      `bare kafkajs send: p50 ${quantile(sends, 0.5).toFixed(1)} ms, p99 ${quantile(sends, 0.99).toFixed(1)} ms; bare Temporal signal: p50 ${quantile(signals, 0.5).toFixed(1)} ms, p99 ${quantile(signals, 0.99).toFixed(1)} ms`,
    );
    await handle.terminate();
    await producer.disconnect();
    await connection.close();
  }
  await database.connection.close();
  await bareDatabase.connection.close();
} finally {
  await stack.stop();
}

async function register(store: Store, index: number, context = benchContext()): Promise<number> {
  await store.handleMany([{ type: benchCases as never, id: randomUUID(), command: registerCommand(index) }], context);
  return 1;
}

/** The same documents with ids of their own. */
function copies(documents: Documents, count: number): Documents {
  return Object.fromEntries(
    Object.entries(documents).map(([name, rows]) => [
      name,
      Array.from({ length: count }, () => rows.map((row) => ({ ...row, _id: randomUUID(), ...ownOf(name) }))).flat(),
    ]),
  );
}

/** What is unique in a collection beside the id. */
function ownOf(name: string): object {
  if (name === 'outbox') return { subject: randomUUID() };
  return name === 'inboxes' ? { messages: [{ _id: randomUUID(), hash: randomUUID(), results: [] }] } : {};
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
