import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceivedEvent } from '@ariane/contracts';
import { type RunningService, startService } from '@ariane/service';
import {
  type Database,
  ensureIndexes,
  FileKeyStore,
  openDatabase,
  OUTBOX,
  type OutboxDocument,
  PARKED,
  publishAgain,
  Store,
  UNSENT,
  type UnsentDocument,
} from '@ariane/store';
import { Module } from '@nestjs/common';
import { commandOf, listener, MeetingsConsumer, speaker, until } from './bus.fixture';
import { databaseOf, ensureTopics, kafkaClient, Relay, StoreModule } from './index';

const run = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'bus-'));
const brokers = (process.env.KAFKA_BROKERS ?? '').split(',');

@Module({
  imports: [StoreModule.forService({ service: 'scheduling', aggregates: [listener], hears: ['meetings'] })],
  controllers: [MeetingsConsumer],
})
class HearingModule {}

describe('the bus on real servers', () => {
  let producing: Database;
  let speaking: Store;
  let relay: Relay;
  let service: RunningService;
  let hearing: Store;

  beforeAll(async () => {
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'test-secret');
    process.env.ARIANE_KEYS_DIR = join(folder, 'keys');
    producing = await openDatabase(process.env.MONGO_URL ?? '', `producer_${run}`);
    await ensureIndexes(producing, [speaker]);
    speaking = new Store(producing, new FileKeyStore(join(folder, 'keys')), 'meetings');
    const kafka = kafkaClient('test', brokers);
    await ensureTopics(kafka, 1);
    relay = new Relay(speaking, kafka, 'meetings');
    service = await startService({
      module: HearingModule,
      name: 'scheduling',
      env: {
        ...process.env,
        PORT: '0',
        ARIANE_MODE: 'test',
        ARIANE_ISSUER_URL: 'http://127.0.0.1:1',
        ARIANE_SERVICE_SECRET_FILE: secret,
      },
    });
    hearing = service.app.get(Store);
    relay.start();
  });
  afterAll(async () => {
    await service.stop();
    await relay.stop();
    await producing.db.dropDatabase();
    await producing.connection.close();
    const hearingDatabase = await openDatabase(process.env.MONGO_URL ?? '', databaseOf('scheduling'));
    await hearingDatabase.db.dropDatabase();
    await hearingDatabase.connection.close();
  });

  const say = (subject: string, reason: string) =>
    speaking.handle(speaker, subject, { subject, reason }, commandOf(`t${run}`));
  const heardBy = async (subject: string) => (await hearing.read(listener, `t${run}`, subject))?.state.reasons ?? [];
  const hears = (subject: string, reasons: string[]) =>
    until(
      async () => ((await heardBy(subject)).length >= reasons.length ? await heardBy(subject) : undefined),
      reasons.join(),
    ).then((heard) => {
      expect(heard).toEqual(reasons);
    });

  it('carries a subject’s facts to another service once each and in order', async () => {
    const subject = randomUUID();
    const reasons = Array.from({ length: 30 }, (_, index) => `r${index}`);
    for (const reason of reasons) await say(subject, reason);
    await hears(subject, reasons);
  });

  it('does nothing twice when everything is published again', async () => {
    const subject = randomUUID();
    await say(subject, 'once');
    await hears(subject, ['once']);
    await publishAgain(producing, { subject });
    relay.wakeNow();
    await say(subject, 'after');
    await hears(subject, ['once', 'after']);
  });

  it('parks only the subject whose fact is refused, keeps its order and tells it once', async () => {
    const [bad, good] = [randomUUID(), randomUUID()];
    for (const reason of ['before', 'refused', 'behind']) await say(bad, reason);
    await say(good, 'flows');
    await hears(good, ['flows']);
    const parked = await until(async () => {
      const found = await hearing.database.db.collection(PARKED).find({ subject: bad }).sort({ sequence: 1 }).toArray();
      return found.length === 2 ? found : undefined;
    }, 'two parked');
    expect(parked.map((one) => one['reason'] as string)).toEqual(['STATE_CONFLICT', 'BEHIND']);
    expect(await heardBy(bad)).toEqual(['before']);
    const told = await hearing.database.db
      .collection<OutboxDocument>(OUTBOX)
      .countDocuments({ subject: bad, type: 'ariane.scheduling.KeyParked.v1' });
    expect(told).toBe(1);
  });

  it('stands still at a hole, tells a human once, and goes on when the missing fact comes', async () => {
    const subject = randomUUID();
    await say(subject, 'first');
    await hears(subject, ['first']);
    await relay.stop();
    await say(subject, 'second');
    await say(subject, 'third');
    // The second fact is lost on the way, as if somebody had taken it out by mistake.
    const lost = await producing.db.collection<OutboxDocument>(OUTBOX).findOne({ subject, sequence: 2 });
    await producing.db.collection<UnsentDocument>(UNSENT).deleteOne({ facts: lost?._id ?? '' });
    relay = new Relay(speaking, kafkaClient('test', brokers), 'meetings');
    relay.start();
    await until(
      async () => (await hearing.database.db.collection(PARKED).findOne({ subject, reason: 'GAP' })) ?? undefined,
      'the gap',
    );
    expect(await heardBy(subject)).toEqual(['first']);
    const told = { subject, type: 'ariane.scheduling.KeyParked.v1' };
    await until(
      async () => (await hearing.database.db.collection<OutboxDocument>(OUTBOX).findOne(told)) ?? undefined,
      'the fact that tells of it',
    );
    await publishAgain(producing, { subject, sequence: { $gte: 2 } });
    relay.wakeNow();
    await hears(subject, ['first', 'second', 'third']);
  });

  it('says nothing of a person in the clear part of a message', async () => {
    const subject = randomUUID();
    await say(subject, 'canary-reason');
    await hears(subject, ['canary-reason']);
    const kafka = kafkaClient('reader', brokers);
    const reader = kafka.consumer({ groupId: `reader-${run}` });
    const seen: string[] = [];
    await reader.connect();
    await reader.subscribe({ topics: ['ariane.meetings'], fromBeginning: true });
    await reader.run({
      eachMessage: ({ message }) => {
        seen.push(message.value?.toString() ?? '');
        return Promise.resolve();
      },
    });
    const mine = await until(() => Promise.resolve(seen.find((text) => text.includes(subject))), 'the message');
    await reader.disconnect();
    expect(mine).not.toContain('canary-reason');
    expect((JSON.parse(mine) as ReceivedEvent['envelope']).subject).toBe(subject);
  });
});
