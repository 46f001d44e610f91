import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicOf } from '@ariane/contracts';
import { type Database, ensureIndexes, FileKeyStore, openDatabase, Store } from '@ariane/store';
import { commandOf, speaker, until } from './bus.fixture';
import { ensureTopics, kafkaClient, Relay, Subscriber } from './index';

const run = Date.now();
const territory = `subscriber${run}`;
const kafka = kafkaClient('subscriber-test', (process.env.KAFKA_BROKERS ?? '').split(','));
const SUBJECTS = 40;
/** After so many tries in vain the next one is more than six seconds away. */
const TRIES = 7;
/** Of the ten seconds in which a whole service must have stopped. */
const STOP_MS_MAX = 4_000;

describe('a consumer whose events fail', () => {
  let database: Database;
  let store: Store;
  let relay: Relay;

  beforeAll(async () => {
    database = await openDatabase(process.env.MONGO_URL ?? '', `subscriber_${run}`);
    await ensureIndexes(database, [speaker]);
    store = new Store(database, new FileKeyStore(join(mkdtempSync(join(tmpdir(), 'subscriber-')), 'keys')), 'meetings');
    await ensureTopics(kafka, 1);
    relay = new Relay(store, kafka, 'meetings');
    relay.start();
  });
  afterAll(async () => {
    await relay.stop();
    await database.db.dropDatabase();
    await database.connection.close();
  });

  it('stops when it is asked to, and hears them again when it comes back', async () => {
    const group = `subscriber-${run}`;
    const tries = new Map<string, number>();
    const failing = new Subscriber(kafka, group, [topicOf('meetings')], {
      process: ({ envelope }) => {
        if (envelope.territory !== territory) return Promise.resolve();
        tries.set(envelope.id, (tries.get(envelope.id) ?? 0) + 1);
        return Promise.reject(new Error('MongoDB is away'));
      },
      park: () => Promise.resolve(),
      unreadable: () => undefined,
      isInfrastructure: () => true,
    });
    await failing.start();
    const subjects = Array.from({ length: SUBJECTS }, () => randomUUID());
    await Promise.all(
      subjects.map((subject) => store.handle(speaker, subject, { subject, reason: 'said' }, commandOf(territory))),
    );
    const areTried = (): boolean => tries.size === SUBJECTS && [...tries.values()].every((count) => count >= TRIES);
    await until(() => Promise.resolve(areTried() ? true : undefined), 'the events tried in vain');
    const askedMs = Date.now();
    await failing.stop();
    expect(Date.now() - askedMs).toBeLessThan(STOP_MS_MAX);

    const heard = new Set<string>();
    const back = new Subscriber(kafka, group, [topicOf('meetings')], {
      process: ({ envelope }) => {
        if (envelope.territory === territory) heard.add(envelope.id);
        return Promise.resolve();
      },
      park: () => Promise.resolve(),
      unreadable: () => undefined,
      isInfrastructure: () => true,
    });
    await back.start();
    await until(() => Promise.resolve(heard.size === SUBJECTS ? true : undefined), 'the same events');
    expect([...heard].sort()).toEqual([...tries.keys()].sort());
    await back.stop();
  });
});
