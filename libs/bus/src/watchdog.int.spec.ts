import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicOf } from '@ariane/contracts';
import { type Database, ensureIndexes, FileKeyStore, openDatabase, Store } from '@ariane/store';
import { commandOf, speaker, until } from './bus.fixture';
import { ensureTopics, kafkaClient, Relay, type SealedEvent, Subscriber, watch } from './index';

const run = Date.now();
const territory = `watchdog${run}`;
const kafka = kafkaClient('watchdog-test', (process.env.KAFKA_BROKERS ?? '').split(','));
const LOOK_MS = 50;
const STALL_MS = 400;

describe('the watchdog', () => {
  let database: Database;
  let store: Store;
  let relay: Relay;
  let letGo: () => void;
  const taken: SealedEvent[] = [];
  const subscriber = new Subscriber(kafka, `watchdog-${run}`, [topicOf('meetings')], {
    process: async (event) => {
      if (event.envelope.territory !== territory) return;
      taken.push(event);
      await new Promise<void>((resolve) => (letGo = resolve));
    },
    park: () => Promise.resolve(),
    unreadable: () => undefined,
    isInfrastructure: () => false,
  });

  beforeAll(async () => {
    database = await openDatabase(process.env.MONGO_URL ?? '', `watchdog_${run}`);
    await ensureIndexes(database, [speaker]);
    const keys = new FileKeyStore(join(mkdtempSync(join(tmpdir(), 'watchdog-')), 'keys'));
    store = new Store(database, keys, 'meetings');
    await ensureTopics(kafka, 1);
    relay = new Relay(store, kafka, 'meetings');
    relay.start();
    await subscriber.start();
  });
  afterAll(async () => {
    letGo();
    await subscriber.stop();
    await relay.stop();
    await database.db.dropDatabase();
    await database.connection.close();
  });

  it('lets a consumer without work be, and ends the process of one whose event does not come to an end', async () => {
    const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
    const callOff = watch(() => subscriber, LOOK_MS, STALL_MS);
    await until(() => Promise.resolve(subscriber.stalled(Date.now(), 0) === undefined ? true : undefined), 'rest');
    await new Promise((resolve) => setTimeout(resolve, 2 * STALL_MS));
    expect(exit).not.toHaveBeenCalled();
    const subject = randomUUID();
    await store.handle(speaker, subject, { subject, reason: 'stuck' }, commandOf(territory));
    await until(() => Promise.resolve(taken[0]), 'the event in hand');
    const inHandMs = Date.now();
    await until(() => Promise.resolve(exit.mock.calls[0]), 'the end of the process');
    callOff();
    expect(exit).toHaveBeenCalledWith(1);
    expect(Date.now() - inHandMs).toBeGreaterThanOrEqual(STALL_MS - LOOK_MS);
    exit.mockRestore();
  });

  it('ends the process of a consumer that kafkajs has given up for good', async () => {
    const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
    const callOff = watch(() => ({ stalled: () => 'consumer-crashed' }), LOOK_MS, STALL_MS);
    await until(() => Promise.resolve(exit.mock.calls[0]), 'the end of the process');
    callOff();
    exit.mockRestore();
  });
});
