import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningIssuer, ServiceTokens, startIssuer } from '@ariane/auth';
import { databaseOf, ensureTopics, kafkaClient, openEvent, Relay } from '@ariane/bus';
import { contractOf, pathwaysEvents, type ReceivedEvent } from '@ariane/contracts';
import { type RunningService, startService } from '@ariane/service';
import {
  type Aggregate,
  type DomainEvent,
  ensureIndexes,
  FileKeyStore,
  type KeyStore,
  openDatabase,
  OUTBOX,
  type OutboxDocument,
  Store,
} from '@ariane/store';
import { TeleExpertiseModule } from './tele-expertise.module';

const run = Date.now();
const territory = `t${run}`;
const folder = mkdtempSync(join(tmpdir(), 'tele-expertise-'));
const clockFile = join(folder, 'clock.json');
const setClock = (now: string): void => {
  writeFileSync(clockFile, JSON.stringify({ now }));
};
const brokers = (process.env.KAFKA_BROKERS ?? '').split(',');
const mongoUrl = process.env.MONGO_URL ?? '';

/** Stands for pathways: publishes what it is told to. */
const pathways: Aggregate<object, DomainEvent, DomainEvent> = {
  name: 'told',
  collection: 'told',
  facts: pathwaysEvents,
  subject: (_state, { data }, id) => ('pathwayId' in data ? String(data.pathwayId) : id),
  decide: (_state, event) => [event],
  evolve: () => ({}),
};

let service: RunningService;
let issuer: RunningIssuer;
let producing: Store;
let relay: Relay;
let keys: KeyStore;

/** The fields of the answers that the tests look at one by one. */
interface Body {
  readonly status?: string;
  readonly expertId?: string;
  readonly signedSha256?: string;
  readonly at?: string;
  readonly items?: readonly object[];
}
interface Answer {
  readonly status: number;
  readonly body: Body;
}

async function call(token: string, method: string, path: string, body?: object, key = randomUUID()): Promise<Answer> {
  const response = await fetch(`${service.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body }; // each test knows its route
}

async function tokenFor(role: string, practitionerId?: string): Promise<string> {
  const response = await fetch(`${issuer.url}/demo-token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role, territory, ...(practitionerId === undefined ? {} : { practitionerId }) }),
  });
  return ((await response.json()) as { token: string }).token; // the issuer's own answer
}

async function tell(id: string, event: DomainEvent): Promise<void> {
  const messageId = randomUUID();
  await producing.handle(pathways, id, event, {
    messageId,
    consumer: 'test',
    territory,
    actor: 'service:pathways',
    now: '2026-03-01T08:00:00.000Z',
    correlationId: messageId,
    causationId: messageId,
  });
}

async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Did not happen in 20 s: ${what}`);
}

/** The facts that left about a pathway, opened. */
async function factsOf(pathwayId: string): Promise<ReceivedEvent[]> {
  const stored = await database()
    .collection<OutboxDocument>(OUTBOX)
    .find({ subject: pathwayId })
    .sort({ sequence: 1 })
    .toArray();
  return Promise.all(
    stored.map(async (entry) => {
      const { data } = await openEvent(keys, {
        envelope: {
          specversion: '1.0',
          id: entry._id,
          source: '/ariane/tele-expertise',
          type: entry.type,
          subject: entry.subject,
          time: entry.time,
          datacontenttype: 'application/json',
          sequence: entry.sequence,
          correlationid: entry.correlationid,
          causationid: entry.causationid,
          territory: entry.territory,
          keyid: entry.keyid,
        },
        data: Buffer.from(entry.data.buffer),
      });
      const fact = contractOf(entry.type)?.fact ?? '';
      return { envelope: { time: entry.time } as ReceivedEvent['envelope'], fact, data }; // only the time is looked at
    }),
  );
}

const database = () => producing.database.connection.getClient().db(databaseOf('tele-expertise'));
const [requester, expert, colleague, surgeon] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

const asking = (more: object = {}) => ({
  requestId: randomUUID(),
  pathwayId: randomUUID(),
  patientId: randomUUID(),
  stepKey: 'second-reading',
  specialty: 'pathology',
  expertId: expert,
  requesterId: requester,
  question: 'Lésion papillaire ambiguë : maligne ?',
  dueAt: '2026-03-23T08:00:00Z',
  attachments: [{ kind: 'slide', sha256: 'c'.repeat(64), bytes: 1024 }],
  ...more,
});

beforeAll(async () => {
  setClock('2026-03-16T08:00:00.000Z');
  // Shared with the other suites on these servers, so that what they published can be opened.
  const keysDir = process.env.ARIANE_KEYS_DIR ?? join(folder, 'keys');
  const secretFile = join(folder, 'secrets.json');
  issuer = await startIssuer({
    port: 0,
    keysFile: join(folder, 'issuer.json'),
    serviceSecretFile: secretFile,
    mode: 'test',
  });
  Object.assign(process.env, {
    ARIANE_KEYS_DIR: keysDir,
    ARIANE_CLOCK_FILE: clockFile,
    ARIANE_MODE: 'test',
    ARIANE_ISSUER_URL: issuer.url,
    ARIANE_SERVICE_SECRET_FILE: secretFile,
    PORT: '0',
  });
  keys = new FileKeyStore(keysDir);
  const kafka = kafkaClient('test', brokers);
  await ensureTopics(kafka, 1);
  const opened = await openDatabase(mongoUrl, `told_${run}`);
  await ensureIndexes(opened, [pathways]);
  producing = new Store(opened, keys, 'pathways');
  relay = new Relay(producing, kafka, 'pathways');
  relay.start();
  // What an earlier run left open would fall due under this one's clock.
  await database()
    .collection('opinion_requests')
    .deleteMany({ territory: /^t\d+$/ });
  service = await startService({ module: TeleExpertiseModule, name: 'tele-expertise' });
  const doctor = (practitionerId: string, specialty: string): Promise<void> =>
    tell(practitionerId, {
      type: 'PractitionerRegistered',
      data: {
        practitionerId,
        rpps: '99700000001',
        name: 'Dr Essai',
        exercises: [{ role: 'doctor', specialty, from: '2020-01-01' }],
      },
    });
  for (const one of [expert, colleague]) await doctor(one, 'pathology');
  await doctor(surgeon, 'surgery');
  await until(async () => {
    const known = await database().collection('practitioners').countDocuments({ territory });
    return known === 3 ? true : undefined;
  }, 'the directory was copied');
}, 60_000);

afterAll(async () => {
  await service.stop();
  await relay.stop();
  await producing.database.connection.dropDatabase();
  await producing.database.connection.close();
  await issuer.stop();
});

describe('tele-expertise on real servers', () => {
  it('carries a request from question to signed opinion, whose texts never stand in clear', async () => {
    const body = asking();
    const path = `/opinion-requests/${body.requestId}`;
    const asked = await call(await tokenFor('requester', requester), 'POST', '/opinion-requests', body);
    expect(asked).toMatchObject({ status: 201, body: { id: body.requestId, status: 'asked', expertId: expert } });
    const token = await tokenFor('specialist', expert);
    expect((await call(token, 'POST', `${path}/accept`)).status).toBe(200);
    const answered = await call(token, 'POST', `${path}/answer`, {
      conclusion: 'malignant',
      text: 'Carcinome papillaire.',
    });
    expect(answered).toMatchObject({ status: 200, body: { status: 'given' } });
    const second = await call(token, 'POST', `${path}/answer`, { conclusion: 'benign', text: 'Finalement bénin.' });
    expect(second).toMatchObject({ status: 409, body: { code: 'OPINION_SIGNED' } });
    const read = await call(await tokenFor('requester', requester), 'GET', path);
    expect(read.body).toMatchObject({
      conclusion: 'malignant',
      opinion: 'Carcinome papillaire.',
      question: body.question,
    });
    const facts = await factsOf(body.pathwayId);
    expect(facts.map(({ fact }) => fact)).toEqual(['OpinionRequested', 'OpinionAccepted', 'OpinionGiven']);
    expect(facts[2]?.data).toMatchObject({ signedSha256: read.body.signedSha256, stepKey: 'second-reading' });
    const stored = JSON.stringify(
      await database().collection('opinion_requests').findOne({ pathwayId: body.pathwayId }),
    );
    expect(stored).not.toMatch(/papillaire|Carcinome/);
  });

  it('answers the same request twice alike, though it would choose another expert the second time', async () => {
    const body = asking({ expertId: undefined });
    const key = randomUUID();
    const token = await tokenFor('coordinator');
    const first = await call(token, 'POST', '/opinion-requests', body, key);
    setClock('2026-03-16T09:00:00.000Z');
    const again = await call(token, 'POST', '/opinion-requests', body, key);
    expect(first.status).toBe(201);
    expect(again).toEqual(first);
    const other = await call(token, 'POST', '/opinion-requests', { ...body, requestId: randomUUID() }, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_CONFLICT' } });
  });

  it('gives the next request to the colleague who has fewer open ones', async () => {
    const body = asking({ expertId: undefined });
    const first = await call(await tokenFor('coordinator'), 'POST', '/opinion-requests', body);
    const second = await call(await tokenFor('coordinator'), 'POST', '/opinion-requests', {
      ...body,
      requestId: randomUUID(),
    });
    expect([first.body.expertId, second.body.expertId].sort()).toEqual([expert, colleague].sort());
  });

  it('refuses an expert who has no such exercise in the directory', async () => {
    const refused = await call(
      await tokenFor('coordinator'),
      'POST',
      '/opinion-requests',
      asking({ expertId: surgeon }),
    );
    expect(refused).toMatchObject({ status: 422, body: { code: 'EXPERT_NOT_QUALIFIED', field: 'expertId' } });
  });

  it('does not exist for who has no part in it, and lets only the expert answer', async () => {
    const body = asking();
    const path = `/opinion-requests/${body.requestId}`;
    await call(await tokenFor('requester', requester), 'POST', '/opinion-requests', body);
    const stranger = await tokenFor('specialist', surgeon);
    expect((await call(stranger, 'GET', path)).status).toBe(404);
    expect((await call(stranger, 'POST', `${path}/accept`)).status).toBe(404);
    expect((await call(stranger, 'GET', `/opinion-requests?pathwayId=${body.pathwayId}`)).body).toEqual({ items: [] });
    const asker = await tokenFor('specialist', requester);
    expect(await call(asker, 'POST', `${path}/answer`, { conclusion: 'benign', text: 'Rien.' })).toMatchObject({
      status: 403,
      body: { code: 'NOT_THE_EXPERT' },
    });
    const line = (await call(asker, 'GET', `/opinion-requests?pathwayId=${body.pathwayId}&status=asked`)).body
      .items?.[0];
    expect(line).toMatchObject({ id: body.requestId });
    expect(line).not.toHaveProperty('question');
  });

  it('refuses a file name, which may tell a diagnosis', async () => {
    const body = asking({ attachments: [{ kind: 'slide', sha256: 'c'.repeat(64), bytes: 1, name: 'cancer.svs' }] });
    const refused = await call(await tokenFor('coordinator'), 'POST', '/opinion-requests', body);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'attachments.0.name' }] } });
  });

  it('cancels what is open when the pathway ends, and takes nothing more for it', async () => {
    const body = asking();
    const token = await tokenFor('coordinator');
    await call(token, 'POST', '/opinion-requests', body);
    const { pathwayId, patientId } = body;
    await tell(pathwayId, {
      type: 'PathwayClosed',
      data: { pathwayId, patientId, status: 'DIED', closedAt: '2026-03-17T08:00:00Z' },
    });
    await until(async () => {
      const { body: read } = await call(token, 'GET', `/opinion-requests/${body.requestId}`);
      return read.status === 'cancelled' ? true : undefined;
    }, 'the request was cancelled');
    expect((await factsOf(pathwayId)).map(({ fact }) => fact)).toEqual(['OpinionRequested', 'OpinionCancelled']);
    const late = await call(token, 'POST', '/opinion-requests', { ...body, requestId: randomUUID() });
    expect(late).toMatchObject({ status: 409, body: { code: 'PATHWAY_CLOSED' } });
  });

  it('expires at the deadline of its virtual clock, once, and not before', async () => {
    setClock('2026-03-16T08:00:00.000Z');
    const body = asking({ dueAt: '2026-03-20T08:00:00Z' });
    const token = await tokenFor('coordinator');
    await call(token, 'POST', '/opinion-requests', body);
    setClock('2026-03-20T07:59:59.000Z');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await call(token, 'GET', `/opinion-requests/${body.requestId}`)).body.status).toBe('asked');
    setClock('2026-03-20T08:00:00.000Z');
    await until(async () => {
      const { body: read } = await call(token, 'GET', `/opinion-requests/${body.requestId}`);
      return read.status === 'expired' ? true : undefined;
    }, 'the request expired');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await factsOf(body.pathwayId)).map(({ fact }) => fact)).toEqual(['OpinionRequested', 'OpinionExpired']);
  });

  it('tells the stepped clock what is due next, and expires it when woken', async () => {
    setClock('2026-03-20T08:00:00.000Z');
    const body = asking({ dueAt: '2026-03-20T09:00:00Z' });
    await call(await tokenFor('coordinator'), 'POST', '/opinion-requests', body);
    const settings = { issuer: issuer.url, service: 'operator', secretFile: join(folder, 'secrets.json') };
    const token = await new ServiceTokens(settings).tokenFor(territory);
    const due = await call(token, 'GET', '/internal/next-due');
    expect(Date.parse(due.body.at ?? '')).toBeLessThanOrEqual(Date.parse('2026-03-20T09:00:00Z'));
    setClock('2026-03-20T09:00:00.000Z');
    expect(await call(token, 'POST', '/internal/wake')).toMatchObject({ status: 200, body: { woken: ['deadlines'] } });
    expect((await call(token, 'GET', `/opinion-requests/${body.requestId}`)).body.status).toBe('expired');
  });

  it('keeps the deadline when a request is redirected', async () => {
    setClock('2026-03-21T08:00:00.000Z');
    const body = asking();
    await call(await tokenFor('coordinator'), 'POST', '/opinion-requests', body);
    const redirected = await call(
      await tokenFor('specialist', expert),
      'POST',
      `/opinion-requests/${body.requestId}/redirect`,
      {
        toExpertId: colleague,
        reason: 'other-network',
      },
    );
    expect(redirected).toMatchObject({ status: 200, body: { expertId: colleague, dueAt: '2026-03-23T08:00:00.000Z' } });
  });
});
