import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meetingsEvents, type ReceivedEvent } from '@ariane/contracts';
import { type Aggregate, type Database, effect, ensureIndexes, FileKeyStore, openDatabase, Store } from '@ariane/store';
import type { Kafka } from 'kafkajs';
import { commandOf, speaker, until } from './bus.fixture';
import { ensureTopics, kafkaClient, type Listener, Rebuild, Relay, StoreProcessor, Subscriber } from './index';
import { RebuiltCopies } from './rebuilt-copies';

const run = Date.now();
const territory = `t${run}`;
const keys = new FileKeyStore(join(mkdtempSync(join(tmpdir(), 'rebuild-')), 'keys'));

/** A copy of the last reason that was told of a subject. */
const copies: Aggregate<{ reason: string }, { reason: string }, { type: 'Copied'; data: { reason: string } }> = {
  name: 'copy',
  collection: 'copies',
  facts: {},
  subject: (_state, _event, id) => id,
  sealed: ['reason'],
  decide: (state, { reason }) => (state?.reason === reason ? [] : [{ type: 'Copied', data: { reason } }]),
  evolve: (_, { data }) => data,
};
type Deferred = ReceivedEvent<(typeof meetingsEvents.CaseDeferred)['example']>;
const listener: Listener = (event) => {
  const { data } = event as Deferred; // the only contract that is listened to
  return Promise.resolve([effect(copies, data.pathwayId, { reason: data.reason })]);
};
const listenerOf = (type: string): Listener | undefined =>
  type === meetingsEvents.CaseDeferred.type ? listener : undefined;
const neverNeeded = () => Promise.reject(new Error('Kafka has it all'));

describe('read models built again from Kafka', () => {
  let producing: Database;
  let hearing: Database;
  let speaking: Store;
  let store: Store;
  let relay: Relay;
  let kafka: Kafka;
  let subscriber: Subscriber;
  let rebuild: Rebuild;

  beforeAll(async () => {
    kafka = kafkaClient('test', (process.env.KAFKA_BROKERS ?? '').split(','));
    await ensureTopics(kafka, 1);
    producing = await openDatabase(process.env.MONGO_URL ?? '', `rebuild_producer_${run}`);
    hearing = await openDatabase(process.env.MONGO_URL ?? '', `rebuild_portal_${run}`);
    await ensureIndexes(producing, [speaker]);
    await ensureIndexes(hearing, [copies]);
    speaking = new Store(producing, keys, 'meetings');
    store = new Store(hearing, keys, 'portal');
    relay = new Relay(speaking, kafka, 'meetings');
    relay.start();
    const group = `rebuild-${run}`;
    const options = { service: 'portal', aggregates: [copies], hears: ['meetings'] } as const;
    const processor = new StoreProcessor(store, options, group, listenerOf);
    subscriber = new Subscriber(kafka, group, ['ariane.meetings'], {
      // Facts of other specs are on the topic too, sealed with keys that are not here.
      process: (event) => (event.envelope.territory === territory ? processor.process(event) : Promise.resolve()),
      park: (event, reason) => processor.park(event, reason),
      unreadable: () => undefined,
      isInfrastructure: (error) => processor.isInfrastructure(error),
    });
    await subscriber.start();
    const readModels = { aggregates: [copies], from: ['meetings'] } as const;
    rebuild = new Rebuild(store, kafka, { service: 'portal', readModels }, listenerOf);
  });
  afterAll(async () => {
    await subscriber.stop();
    await relay.stop();
    for (const { db, connection } of [producing, hearing]) {
      await db.dropDatabase();
      await connection.close();
    }
  });

  const say = (subject: string, reason: string) =>
    speaking.handle(speaker, subject, { subject, reason }, commandOf(territory));
  const copyOf = async (subject: string) => (await store.read(copies, territory, subject))?.state.reason;
  const hears = (subject: string, reason: string) =>
    until(async () => ((await copyOf(subject)) === reason ? true : undefined), reason);

  it('are as the facts left them, and hold nothing that no fact says', async () => {
    const [spoilt, lost, invented] = [randomUUID(), randomUUID(), randomUUID()];
    for (const reason of ['first', 'last']) await say(spoilt, reason);
    await say(lost, 'kept');
    await hears(spoilt, 'last');
    await hears(lost, 'kept');
    await store.handle(copies, spoilt, { reason: 'wrong' }, commandOf(territory));
    await store.handle(copies, invented, { reason: 'nobody said so' }, commandOf(territory));
    await hearing.db.collection<{ _id: string }>('copies').deleteOne({ _id: lost });

    await rebuild.begin(neverNeeded);
    await rebuild.idle();

    expect(await Promise.all([spoilt, lost, invented].map(copyOf))).toEqual(['last', 'kept', undefined]);
    const progress = await rebuild.progress();
    expect(progress).toMatchObject({ state: 'done' });
    expect(progress?.read).toBe(progress?.of);
    expect(progress?.read).toBeGreaterThanOrEqual(3);
  });

  it('miss nothing that is said while they are built', async () => {
    const subject = randomUUID();
    const takePlace = jest.spyOn(RebuiltCopies.prototype, 'takePlace');
    takePlace.mockImplementationOnce(async function (this: RebuiltCopies) {
      // All has been read; this goes into the copies that are about to be replaced.
      await say(subject, 'at the last moment');
      await hears(subject, 'at the last moment');
      await this.takePlace();
    });
    await rebuild.begin(neverNeeded);
    await rebuild.idle();

    expect(await rebuild.progress()).toMatchObject({ state: 'done' });
    expect(takePlace).toHaveBeenCalledTimes(2);
    expect(await copyOf(subject)).toBe('at the last moment');
  });

  it('are built by one at a time', async () => {
    await rebuild.begin(neverNeeded);
    const other = new Rebuild(
      store,
      kafka,
      { service: 'portal', readModels: { aggregates: [copies], from: ['meetings'] } },
      listenerOf,
    );
    await expect(rebuild.begin(neverNeeded)).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    await expect(other.begin(neverNeeded)).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    await rebuild.idle();
    expect(await rebuild.progress()).toMatchObject({ state: 'done' });
  });
});
