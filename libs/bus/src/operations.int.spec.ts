import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningIssuer, ServiceTokens, startIssuer } from '@ariane/auth';
import { type Quiet, type RunningService, startService } from '@ariane/service';
import {
  AUDIT,
  type AuditDocument,
  type Database,
  ensureIndexes,
  FileKeyStore,
  openDatabase,
  PARKED,
  Store,
} from '@ariane/store';
import { Module } from '@nestjs/common';
import { commandOf, listener, MeetingsConsumer, mood, speaker, until } from './bus.fixture';
import { databaseOf, EventStrategy, kafkaClient, Relay, StoreModule } from './index';
import { parkedKeysOf } from './parked-key';

const run = Date.now();
const territory = `ops${run}`;
const folder = mkdtempSync(join(tmpdir(), 'operations-'));
const SERVICE = 'tele-expertise';

@Module({
  imports: [StoreModule.forService({ service: SERVICE, aggregates: [listener], hears: ['meetings'] })],
  controllers: [MeetingsConsumer],
})
class HearingModule {}

describe('operating a service over HTTP', () => {
  let producing: Database;
  let speaking: Store;
  let relay: Relay;
  let issuer: RunningIssuer;
  let service: RunningService;
  let hearing: Store;
  let administrator: string;
  let tokens: ServiceTokens;

  beforeAll(async () => {
    const secretFile = join(folder, 'secrets.json');
    issuer = await startIssuer({
      port: 0,
      keysFile: join(folder, 'issuer.json'),
      serviceSecretFile: secretFile,
      mode: 'test',
    });
    tokens = new ServiceTokens({ issuer: issuer.url, service: 'pathways', secretFile });
    administrator = await demoToken('territory-administrator');
    process.env.ARIANE_KEYS_DIR = join(folder, 'keys');
    producing = await openDatabase(process.env.MONGO_URL ?? '', `operations_${run}`);
    await ensureIndexes(producing, [speaker]);
    speaking = new Store(producing, new FileKeyStore(join(folder, 'keys')), 'meetings');
    const env = {
      ARIANE_MODE: 'test',
      ARIANE_ISSUER_URL: issuer.url,
      ARIANE_SERVICE_SECRET_FILE: secretFile,
      PORT: '0',
    };
    service = await startService({ module: HearingModule, name: SERVICE, env: { ...process.env, ...env } });
    hearing = service.app.get(Store, { strict: false });
    relay = new Relay(speaking, kafkaClient('test', (process.env.KAFKA_BROKERS ?? '').split(',')), 'meetings');
    relay.start();
  });
  afterAll(async () => {
    const strategy = service.app.get(EventStrategy, { strict: false });
    await service.stop();
    // The last test closed it, which is done once only, and then asked for the lag, which connects again.
    await strategy.current()?.stop();
    await relay.stop();
    await issuer.stop();
    await producing.db.dropDatabase();
    await producing.connection.close();
    const heard = await openDatabase(process.env.MONGO_URL ?? '', databaseOf(SERVICE));
    await heard.db.dropDatabase();
    await heard.connection.close();
  });

  async function demoToken(role: string): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ role, territory });
    const response = await fetch(`${issuer.url}/demo-token`, { method: 'POST', headers, body });
    return ((await response.json()) as { token: string }).token; // the issuer's own answer
  }

  async function call(method: string, path: string, token: string): Promise<{ status: number; body: unknown }> {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() };
    const response = await fetch(`${service.url}${path}`, { method, headers });
    return { status: response.status, body: await response.json() };
  }

  const say = (subject: string, reason: string) =>
    speaking.handle(speaker, subject, { subject, reason }, commandOf(territory));
  const heardBy = async (subject: string) => (await hearing.read(listener, territory, subject))?.state.reasons ?? [];
  const parkedOf = (subject: string) => hearing.database.db.collection(PARKED).countDocuments({ subject });
  const quiet = async () => (await call('GET', '/internal/quiet', await tokens.tokenFor(territory))).body as Quiet; // the route's own answer
  const untilQuiet = () => until(async () => ((await quiet()).quiet ? true : undefined), 'calm');
  const replay = (key: string, token = administrator) =>
    call('POST', `/internal/parked/${encodeURIComponent(key)}/replay`, token);

  describe('a parked subject', () => {
    const subject = randomUUID();
    const key = `meetings|${subject}`;

    it('is listed with its reason, to whoever may replay it', async () => {
      for (const reason of ['before', 'refused', 'behind', 'last']) await say(subject, reason);
      await until(async () => ((await parkedOf(subject)) === 3 ? true : undefined), 'three parked facts');
      const { body } = await call('GET', '/internal/parked', administrator);
      expect(body).toMatchObject({ items: [{ id: key, reason: 'STATE_CONFLICT', status: 'parked' }], next: null });
      expect((await call('GET', '/internal/parked', await demoToken('coordinator'))).status).toBe(403);
    });

    it('stays parked, and loses nothing, when it is replayed before its cause is mended', async () => {
      expect(await replay(key)).toMatchObject({ status: 409, body: { code: 'STATE_CONFLICT' } });
      expect(await heardBy(subject)).toEqual(['before']);
      expect(await parkedOf(subject)).toBe(3);
    });

    it('applies its facts in order when it is replayed, names who did it, and flows again', async () => {
      mood.refusing = false;
      expect(await replay(key)).toEqual({ status: 200, body: { replayed: 3 } });
      expect(await heardBy(subject)).toEqual(['before', 'refused', 'behind', 'last']);
      expect(await parkedOf(subject)).toBe(0);
      const replayed = { entries: { $elemMatch: { target: `parked-key/${key}`, action: 'KeyReplayed' } } };
      const audited = await hearing.database.db.collection<AuditDocument>(AUDIT).findOne(replayed);
      expect(audited?.entries[0]?.actor).toMatch(/^person:/);
      await say(subject, 'again');
      await until(async () => ((await heardBy(subject)).length === 5 ? true : undefined), 'what comes after');
      expect((await heardBy(subject)).at(-1)).toBe('again');
    });

    it('is not taken for mended while one of its facts is missing', async () => {
      const holed = randomUUID();
      const copy = { producer: 'meetings', subject: holed, territory, sequence: 2, reason: 'GAP' };
      await hearing.database.db.collection<{ _id: string }>(PARKED).insertOne({ _id: `gap-${holed}`, ...copy });
      await hearing.handle(
        parkedKeysOf(SERVICE),
        `meetings|${holed}`,
        {
          type: 'ParkKey',
          producer: 'meetings',
          parkedSubject: holed,
          consumer: SERVICE,
          eventId: randomUUID(),
          eventType: 'ariane.meetings.CaseRegistered.v1',
          reason: 'GAP',
          now: '2026-03-02T08:00:00.000Z',
        },
        commandOf(territory),
      );
      expect(await replay(`meetings|${holed}`)).toMatchObject({ status: 409, body: { code: 'STATE_CONFLICT' } });
      expect(await parkedOf(holed)).toBe(1);
    });

    it('is not there to be replayed twice, nor by another territory', async () => {
      expect((await replay(key)).status).toBe(409);
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ role: 'territory-administrator', territory: 'elsewhere' });
      const response = await fetch(`${issuer.url}/demo-token`, { method: 'POST', headers, body });
      const { token } = (await response.json()) as { token: string }; // the issuer's own answer
      expect((await replay(key, token)).status).toBe(404);
    });
  });

  describe('calm', () => {
    it('is denied while facts wait in the outbox, and by the name of what is busy', async () => {
      await untilQuiet();
      await service.app.get(Relay, { strict: false }).stop();
      mood.refusing = true;
      await say(randomUUID(), 'refused');
      const busy = await until(async () => {
        const answer = await quiet();
        return answer.outbox > 0 ? answer : undefined;
      }, 'a fact in the outbox');
      expect(busy).toMatchObject({ quiet: false, outbox: 1 });
      expect(busy.why).toContain('outbox');
    });

    it('is denied while facts on the topics are not yet heard', async () => {
      await service.app.get(EventStrategy, { strict: false }).close();
      const subject = randomUUID();
      for (const reason of ['one', 'two', 'three']) await say(subject, reason);
      // The group's coordinator may be busy with the consumer that leaves: an answer that fails is no calm either.
      const { quiet: calm, why } = await until(async () => {
        const answer = await quiet();
        return answer.lag === 3 ? answer : undefined;
      }, 'three facts not heard');
      expect(calm).toBe(false);
      expect(why).toContain('lag');
    });
  });
});
