import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicOf } from '@ariane/contracts';
import { type Database, effect, ensureIndexes, FileKeyStore, openDatabase, Store } from '@ariane/store';
import type { Kafka, Producer, ProducerConfig } from 'kafkajs';
import { commandOf, listener, speaker, until } from './bus.fixture';
import { ensureTopics, fromMessage, kafkaClient, Relay, type SealedEvent, StoreProcessor } from './index';

const run = Date.now();
const territory = `relay${run}`;
const mongoUrl = process.env.MONGO_URL ?? '';
const kafka = kafkaClient('relay-test', (process.env.KAFKA_BROKERS ?? '').split(','));
const keys = new FileKeyStore(join(mkdtempSync(join(tmpdir(), 'relay-')), 'keys'));

/** A client whose producer stands still at one call until it is let go: a process paused at the worst moment. */
function pausedAt(call: 'connect' | 'send'): { kafka: Kafka; reached: Promise<void>; letGo: () => void } {
  const reached = Promise.withResolvers<void>(); // eslint-disable-line @typescript-eslint/no-invalid-void-type -- a signal
  const gate = Promise.withResolvers<void>(); // eslint-disable-line @typescript-eslint/no-invalid-void-type -- a signal
  const waiting =
    <A extends unknown[], R>(run: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      reached.resolve();
      await gate.promise;
      return run(...given);
    };
  const producer = (config?: ProducerConfig): Producer => {
    const real = kafka.producer(config);
    return call === 'send' ? { ...real, send: waiting(real.send) } : { ...real, connect: waiting(real.connect) };
  };
  return {
    kafka: Object.assign(Object.create(kafka) as Kafka, { producer }),
    reached: reached.promise,
    letGo: gate.resolve,
  };
}

describe('two relays of one service', () => {
  let database: Database;
  let store: Store;
  const seen: SealedEvent[] = [];
  const reader = kafka.consumer({ groupId: `relay-reader-${run}` });

  beforeAll(async () => {
    database = await openDatabase(mongoUrl, `relay_${run}`);
    await ensureIndexes(database, [speaker, listener]);
    store = new Store(database, keys, 'meetings');
    await ensureTopics(kafka, 1);
    await reader.connect();
    await reader.subscribe({ topics: [topicOf('meetings')], fromBeginning: true });
    await reader.run({
      eachMessage: ({ message }) => {
        const event = fromMessage(message.value);
        if (event?.envelope.territory === territory) seen.push(event);
        return Promise.resolve();
      },
    });
  });
  afterAll(async () => {
    await reader.disconnect();
    await database.db.dropDatabase();
    await database.connection.close();
  });

  const say = (subject: string, reason: string) =>
    store.handle(speaker, subject, { subject, reason }, commandOf(territory));
  const sayMany = async (subject: string, from: number, to: number) => {
    for (let index = from; index <= to; index += 1) await say(subject, `r${index}`);
  };
  const sequencesOf = (subject: string) =>
    seen.filter(({ envelope }) => envelope.subject === subject).map(({ envelope }) => envelope.sequence);
  const untilSent = (subject: string, last: number) =>
    until(() => Promise.resolve(sequencesOf(subject).includes(last) ? true : undefined), `fact ${last} on the topic`);
  const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

  it('send each fact once and in order, though the holder is paused between reading and sending', async () => {
    const subject = randomUUID();
    const pause = pausedAt('connect');
    const paused = new Relay(store, pause.kafka, 'meetings');
    const other = new Relay(store, kafka, 'meetings');
    await sayMany(subject, 1, 5);
    paused.start();
    await pause.reached;
    other.start();
    await sayMany(subject, 6, 8);
    await untilSent(subject, 8);
    pause.letGo();
    await sayMany(subject, 9, 12);
    await untilSent(subject, 12);
    await Promise.all([paused.stop(), other.stop()]);
    expect(sequencesOf(subject)).toEqual(upTo(12));
    expect(await other.unpublished()).toBe(0);
  });

  it('have each fact’s effect once and in order, though the holder wakes amid sending what the other has sent', async () => {
    const subject = randomUUID();
    const pause = pausedAt('send');
    const paused = new Relay(store, pause.kafka, 'meetings');
    const other = new Relay(store, kafka, 'meetings');
    await sayMany(subject, 1, 3);
    paused.start();
    await pause.reached;
    other.start();
    await sayMany(subject, 4, 6);
    await untilSent(subject, 6);
    pause.letGo();
    await until(() => Promise.resolve(sequencesOf(subject).length > 6 ? true : undefined), 'what was sent twice');
    await Promise.all([paused.stop(), other.stop()]);
    expect(sequencesOf(subject)).toEqual([...upTo(6), ...upTo(3)]);

    const options = { service: 'capitation', aggregates: [listener], hears: ['meetings'] } as const;
    const processor = new StoreProcessor(store, options, 'ariane.relay-test', () => (event) => {
      const { reason } = event.data as { reason: string }; // the contract of CaseDeferred, validated by the processor
      return Promise.resolve([effect(listener, event.envelope.subject, { reason })]);
    });
    for (const event of seen.filter(({ envelope }) => envelope.subject === subject)) await processor.process(event);
    const heard = await store.read(listener, territory, subject);
    expect(heard?.state.reasons).toEqual(upTo(6).map((index) => `r${index}`));
  });

  it('hand over at a clean stop without waiting for the lease to end', async () => {
    const [first, second] = [new Relay(store, kafka, 'meetings'), new Relay(store, kafka, 'meetings')];
    const subject = randomUUID();
    first.start();
    await say(subject, 'r1');
    await untilSent(subject, 1);
    await first.stop();
    second.start();
    const startedMs = performance.now();
    await say(subject, 'r2');
    await untilSent(subject, 2);
    expect(performance.now() - startedMs).toBeLessThan(3_000);
    await second.stop();
  });
});
