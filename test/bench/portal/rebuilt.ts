import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { kafkaClient } from '@ariane/bus';
import { services as producers, topicOf } from '@ariane/contracts';
import { openDatabase } from '@ariane/store';
import type { Kafka } from 'kafkajs';
import { memoryOf } from '../one-service.ts';
import { secondsOf } from '../pathways/processor-time.ts';
import { BrowserLike } from './browser-like.ts';
import { Figures, line } from './figures.ts';
import type { Worker } from './people.ts';
import type { Size } from './region.ts';
import { sayAll } from './said.ts';
import type { Running } from './working.ts';

/** What is told of when fewer are read. */
const WHOLE_EVENTS = 2_000_000;
const LOOK_MS = 250;
/** As often somebody asks for names while they are built again. */
const NAMES_MS = 100;
const PATH = '/api/ops/read-models';

interface ReadModels {
  readonly lag: number;
  readonly rebuild: {
    readonly state: string;
    readonly read: number;
    readonly of: number;
    readonly passedOver: number;
  } | null;
}

/** Fills Kafka while all services stand still, and has the portal build its copies, while somebody asks it for names. */
export async function rebuilt(stack: Running, size: Size, events: number, administrator: Worker): Promise<void> {
  const kafka = kafkaClient('bench', (stack.env['KAFKA_BROKERS'] ?? '').split(','));
  const from = performance.now();
  await sayAll(kafka, size, events);
  const filledSeconds = (performance.now() - from) / 1_000;
  await passOver(kafka);
  await stack.restart('portal');
  const figures = new Figures();
  figures.isCounting = true;
  const browser = new BrowserLike(stack.urls['portal'] ?? '', administrator.cookie, figures);
  const pids = { portal: stack.pids()['portal'] ?? 0 };
  const before = secondsOf(pids);
  const begun = performance.now();
  await browser.ask({ kind: 'begin', path: `${PATH}/rebuild`, method: 'POST', body: {}, idempotencyKey: randomUUID() });
  const over = { isOver: false };
  const asking = askNames(browser, over);
  const last = await untilBuilt(browser);
  const seconds = (performance.now() - begun) / 1_000;
  const processor = (secondsOf(pids)['portal'] ?? 0) - (before['portal'] ?? 0);
  over.isOver = true;
  await asking;
  const { read = 0, passedOver = 0, state = 'never begun' } = last ?? {};
  const perSecond = read / seconds;
  console.log(
    `\nRead models built again from Kafka (${filledSeconds.toFixed(0)} s to fill it): ${state}, ${read} facts in ${seconds.toFixed(1)} s, ${perSecond.toFixed(0)} a second; ${WHOLE_EVENTS} facts take ${(WHOLE_EVENTS / perSecond).toFixed(0)} s${read < WHOLE_EVENTS ? ' at this rate' : ''}; ${passedOver} could not be opened`,
  );
  console.log(line('names asked for meanwhile', figures.all('api names')));
  const each = ((1_000_000 * processor) / Math.max(1, read)).toFixed(0);
  console.log(`  processor time of the portal: ${processor.toFixed(1)} s, ${each} µs a fact; ${memoryOf(pids.portal)}`);
  console.log(`  copies: ${await counted(stack)}; errors: ${[...figures.wrong.keys()].join(', ') || 'none'}`);
  if (state !== 'done' || figures.wrong.size > 0) process.exitCode = 1;
  browser.close();
}

async function untilBuilt(browser: BrowserLike): Promise<ReadModels['rebuild'] | undefined> {
  for (;;) {
    await pause(LOOK_MS);
    const told = await browser.ask<ReadModels>({ kind: 'progress', path: PATH });
    if (told?.rebuild?.state !== 'running') return told?.rebuild;
  }
}

async function askNames(browser: BrowserLike, over: { readonly isOver: boolean }): Promise<void> {
  while (!over.isOver) {
    const body = { patients: [], practitioners: [randomUUID()], organisations: [] };
    await browser.ask({ kind: 'names', path: '/api/names', method: 'POST', body });
    await pause(NAMES_MS);
  }
}

/** The portal has heard all this before, as far as its own group knows. */
async function passOver(kafka: Kafka): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  for (const topic of producers.map(topicOf)) {
    const ends = await admin.fetchTopicOffsets(topic);
    const partitions = ends.map(({ partition, high }) => ({ partition, offset: high }));
    await admin.setOffsets({ groupId: 'ariane.portal', topic, partitions });
  }
  await admin.disconnect();
}

async function counted({ env }: Running): Promise<string> {
  const { connection, db } = await openDatabase(env['MONGO_URL'] ?? '', 'ariane_portal');
  const names = ['patient_copies', 'acquaintances', 'pathway_readers'];
  const counts = await Promise.all(
    names.map(async (name) => `${String(await db.collection(name).countDocuments())} ${name}`),
  );
  await connection.close();
  return counts.join(', ');
}
