import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningIssuer, startIssuer } from '@ariane/auth';
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
import { MeetingsModule } from './meetings.module';

const run = Date.now();
const territory = `t${run}`;
const folder = mkdtempSync(join(tmpdir(), 'meetings-'));
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
  readonly id?: string;
  readonly version?: number;
  readonly status?: string;
  readonly meetingId?: string;
  readonly signedSha256?: string;
  readonly detail?: string;
  readonly agenda?: readonly { readonly id: string }[];
}
interface Answer {
  readonly status: number;
  readonly body: Body;
}

async function call(token: string, method: string, path: string, body?: object, version?: number): Promise<Answer> {
  const response = await fetch(`${service.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    },
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
          source: '/ariane/meetings',
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

const database = () => producing.database.connection.getClient().db(databaseOf('meetings'));
const [surgeon, oncologist, radiotherapist, nurse, retired] = [
  randomUUID(),
  randomUUID(),
  randomUUID(),
  randomUUID(),
  randomUUID(),
];
const required = ['surgery', 'oncology', 'radiotherapy'];
let types = 0;
/** A type of meeting of its own for each test, so that none meets another's cases. */
const newType = (): string => `rcp-test-${(types += 1)}`;

const asking = (meetingType: string, more: object = {}) => ({
  caseId: randomUUID(),
  pathwayId: randomUUID(),
  patientId: randomUUID(),
  stepKey: 'meeting-1',
  meetingType,
  question: 'Chirurgie première ?',
  earliest: '2026-04-01T08:00:00Z',
  ...more,
});

async function schedule(meetingType: string, startsAt = '2026-04-07T12:00:00Z'): Promise<string> {
  const body = { meetingId: randomUUID(), meetingType, startsAt, requiredSpecialties: required };
  expect((await call(await tokenFor('meeting-secretary'), 'POST', '/meetings', body)).status).toBe(201);
  return body.meetingId;
}

async function attend(caseId: string, ...ids: string[]): Promise<Answer> {
  const attendees = ids.map((practitionerId) => ({ practitionerId, mode: 'present' }));
  return call(await tokenFor('meeting-secretary'), 'POST', `/cases/${caseId}/attendance`, { attendees });
}

/** A case on an agenda, with those who took part; the meeting has begun. */
async function discussed(more: object, ...ids: string[]) {
  setClock('2026-04-01T08:00:00.000Z');
  const meetingType = newType();
  await schedule(meetingType);
  const body = asking(meetingType, more);
  expect((await call(await tokenFor('coordinator'), 'POST', '/cases', body)).body.status).toBe('planned');
  const attended = await attend(body.caseId, ...ids);
  expect(attended).toMatchObject({ status: 200, body: { version: 2 } });
  setClock('2026-04-07T12:10:00.000Z');
  return body;
}

const proposal = { decision: 'THERAPEUTIC_PROPOSAL', orientation: 'SURGERY_FIRST', text: 'Tumorectomie.' };

beforeAll(async () => {
  setClock('2026-04-01T08:00:00.000Z');
  // Shared with the other suites on these servers, so that what they published can be opened.
  const keysDir = process.env.ARIANE_KEYS_DIR ?? join(folder, 'keys');
  const serviceSecretFile = join(folder, 'secrets.json');
  issuer = await startIssuer({ port: 0, keysFile: join(folder, 'issuer.json'), serviceSecretFile, mode: 'test' });
  Object.assign(process.env, {
    ARIANE_KEYS_DIR: keysDir,
    ARIANE_CLOCK_FILE: clockFile,
    ARIANE_MODE: 'test',
    ARIANE_ISSUER_URL: issuer.url,
    ARIANE_SERVICE_SECRET_FILE: serviceSecretFile,
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
  service = await startService({ module: MeetingsModule, name: 'meetings' });
  const register = (practitionerId: string, role: string, specialty: string, to?: string): Promise<void> =>
    tell(practitionerId, {
      type: 'PractitionerRegistered',
      data: {
        practitionerId,
        rpps: '99700000001',
        name: 'Dr Essai',
        exercises: [{ role, specialty, from: '2020-01-01', ...(to === undefined ? {} : { to }) }],
      },
    });
  await register(surgeon, 'doctor', 'surgery');
  await register(oncologist, 'doctor', 'oncology');
  await register(radiotherapist, 'doctor', 'radiotherapy');
  await register(nurse, 'nurse', 'radiotherapy');
  await register(retired, 'doctor', 'radiotherapy', '2026-04-06');
  await until(async () => {
    const known = await database().collection('practitioners').countDocuments({ territory });
    return known === 5 ? true : undefined;
  }, 'the directory was copied');
}, 60_000);

afterAll(async () => {
  await service.stop();
  await relay.stop();
  await producing.database.connection.dropDatabase();
  await producing.database.connection.close();
  await issuer.stop();
});

describe('meetings on real servers', () => {
  it('puts a case on the first meeting of its type from its earliest instant', async () => {
    setClock('2026-04-01T08:00:00.000Z');
    const meetingType = newType();
    const second = await schedule(meetingType, '2026-04-14T12:00:00Z');
    await schedule(meetingType, '2026-04-07T12:00:00Z');
    const body = asking(meetingType, { earliest: '2026-04-08T08:00:00Z' });
    const asked = await call(await tokenFor('coordinator'), 'POST', '/cases', body);
    expect(asked).toMatchObject({ status: 201, body: { version: 1, status: 'planned', meetingId: second } });
    expect((await factsOf(body.pathwayId)).map(({ data }) => data)).toMatchObject([{ meetingId: second }]);
  });

  it('places waiting cases in the transaction that schedules their meeting', async () => {
    setClock('2026-04-01T08:00:00.000Z');
    const meetingType = newType();
    const token = await tokenFor('coordinator');
    const bodies = [asking(meetingType), asking(meetingType)];
    for (const body of bodies) {
      const asked = await call(token, 'POST', '/cases', body);
      expect(asked.body).toMatchObject({ version: 1, status: 'waiting' });
    }
    const meetingId = await schedule(meetingType);
    const { body } = await call(token, 'GET', `/meetings/${meetingId}`);
    expect(body.agenda?.map(({ id }) => id).sort()).toEqual(bodies.map(({ caseId }) => caseId).sort());
    const facts = await factsOf(bodies[0]?.pathwayId ?? '');
    expect(facts.map(({ fact, data }) => [fact, (data as { meetingId?: string }).meetingId])).toEqual([
      ['CaseRegistered', undefined],
      ['CaseRegistered', meetingId],
    ]);
  });

  it('leaves no case waiting when cases and their meeting come at the same moment', async () => {
    setClock('2026-04-01T08:00:00.000Z');
    const meetingType = newType();
    const token = await tokenFor('coordinator');
    const bodies = Array.from({ length: 12 }, () => asking(meetingType));
    const asks = bodies.map((body) => call(token, 'POST', '/cases', body));
    const [meetingId, ...asked] = await Promise.all([schedule(meetingType), ...asks]);
    expect(asked.map(({ status }) => status)).toEqual(bodies.map(() => 201));
    const { body } = await call(token, 'GET', `/meetings/${meetingId}`);
    expect(body.agenda).toHaveLength(bodies.length);
  });

  it('decides with quorum, signs, and never changes the decision', async () => {
    const { caseId, pathwayId } = await discussed({ side: 'left' }, surgeon, oncologist, radiotherapist, nurse);
    const signer = await tokenFor('chair', oncologist);
    const path = `/cases/${caseId}/decision`;
    expect((await call(signer, 'POST', path, { ...proposal, side: 'left' })).status).toBe(428);
    const sideless = await call(signer, 'POST', path, proposal, 2);
    expect(sideless).toMatchObject({ status: 422, body: { code: 'SIDE_REQUIRED', field: 'side' } });
    const decided = await call(signer, 'POST', path, { ...proposal, side: 'left' }, 2);
    expect(decided).toMatchObject({ status: 200, body: { version: 3, status: 'decided' } });
    const again = await call(signer, 'POST', path, { ...proposal, side: 'left', orientation: 'NEOADJUVANT' }, 3);
    expect(again).toMatchObject({ status: 409, body: { code: 'DECISION_SIGNED' } });
    const facts = await factsOf(pathwayId);
    expect(facts.map(({ fact }) => fact)).toEqual(['CaseRegistered', 'AttendanceRecorded', 'CaseDecided']);
    expect(facts[2]?.data).toMatchObject({
      orientation: 'SURGERY_FIRST',
      signedBy: oncologist,
      meetingDay: '2026-04-07',
      signedSha256: decided.body.signedSha256,
      participants: [
        { practitionerId: surgeon, specialty: 'surgery' },
        { practitionerId: oncologist, specialty: 'oncology' },
        { practitionerId: radiotherapist, specialty: 'radiotherapy' },
        { practitionerId: nurse, specialty: 'nurse' },
      ],
    });
    const stored = JSON.stringify(await database().collection('meeting_cases').findOne({ pathwayId }));
    expect(stored).not.toMatch(/Tumorectomie|Chirurgie première/);
    expect((await call(signer, 'GET', `/cases/${caseId}`)).body).toMatchObject({ text: 'Tumorectomie.', version: 3 });
  });

  it('refuses without quorum, naming what is missing: a specialty that ended, a person named twice (H12)', async () => {
    const { caseId, pathwayId } = await discussed({}, surgeon, oncologist, retired, surgeon);
    const refused = await call(await tokenFor('chair', surgeon), 'POST', `/cases/${caseId}/decision`, proposal, 2);
    expect(refused).toMatchObject({ status: 422, body: { code: 'QUORUM_MISSING' } });
    expect(refused.body.detail).toContain('radiotherapy');
    const shown = await call(await tokenFor('coordinator'), 'GET', `/cases/${caseId}`);
    expect(shown.body).toMatchObject({ quorum: { met: false, missing: ['radiotherapy'] } });
    const secretary = await tokenFor('meeting-secretary');
    const deferred = await call(secretary, 'POST', `/cases/${caseId}/defer`, { reason: 'DEFERRED_NO_QUORUM' });
    expect(deferred).toMatchObject({ status: 200, body: { status: 'deferred' } });
    const facts = await factsOf(pathwayId);
    expect(facts.at(-1)).toMatchObject({
      fact: 'CaseDeferred',
      data: { reason: 'DEFERRED_NO_QUORUM', missing: ['radiotherapy'] },
    });
  });

  it('lets one of two who sign the same case at once decide it (H11)', async () => {
    const { caseId, pathwayId } = await discussed({}, surgeon, oncologist, radiotherapist);
    const [first, second] = await Promise.all([tokenFor('chair', surgeon), tokenFor('chair', oncologist)]);
    const path = `/cases/${caseId}/decision`;
    const outcomes = await Promise.all([
      call(first, 'POST', path, proposal, 2),
      call(second, 'POST', path, { ...proposal, orientation: 'NEOADJUVANT' }, 2),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await factsOf(pathwayId)).filter(({ fact }) => fact === 'CaseDecided')).toHaveLength(1);
  });

  it('refuses a decision on a version read before attendance changed (H11)', async () => {
    const { caseId } = await discussed({}, surgeon, oncologist, radiotherapist);
    await attend(caseId, surgeon, oncologist, radiotherapist, nurse);
    const stale = await call(await tokenFor('chair', surgeon), 'POST', `/cases/${caseId}/decision`, proposal, 2);
    expect(stale).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
  });

  it('takes no signature from a secretary', async () => {
    const { caseId } = await discussed({}, surgeon, oncologist, radiotherapist);
    const refused = await call(await tokenFor('meeting-secretary'), 'POST', `/cases/${caseId}/decision`, proposal, 2);
    expect(refused.status).toBe(403);
  });

  it('keeps the deviation of a treatment begun before the meeting with its decision', async () => {
    const deviation = 'STARTED_BEFORE_MEETING';
    const { caseId, pathwayId } = await discussed({ deviation }, surgeon, oncologist, radiotherapist);
    await call(await tokenFor('chair', surgeon), 'POST', `/cases/${caseId}/decision`, proposal, 2);
    const decided = (await factsOf(pathwayId)).find(({ fact }) => fact === 'CaseDecided');
    expect(decided?.data).toMatchObject({ deviation });
  });

  it('withdraws open cases when the pathway ends, planned or waiting, and takes no more', async () => {
    setClock('2026-04-01T08:00:00.000Z');
    const meetingType = newType();
    const token = await tokenFor('coordinator');
    const body = asking(meetingType);
    await call(token, 'POST', '/cases', body);
    const { pathwayId, patientId } = body;
    const closed = { pathwayId, patientId, status: 'REFUSED', closedAt: '2026-04-02T08:00:00Z' };
    await tell(pathwayId, { type: 'PathwayClosed', data: closed });
    await until(async () => {
      const { body: read } = await call(token, 'GET', `/cases/${body.caseId}`);
      return read.status === 'withdrawn' ? true : undefined;
    }, 'the case was withdrawn');
    const meetingId = await schedule(meetingType);
    expect((await call(token, 'GET', `/meetings/${meetingId}`)).body.agenda).toEqual([]);
    const late = await call(token, 'POST', '/cases', { ...body, caseId: randomUUID() });
    expect(late).toMatchObject({ status: 409, body: { code: 'PATHWAY_CLOSED' } });
  });

  it('lists meetings by type and start, and cases by pathway', async () => {
    setClock('2026-04-01T08:00:00.000Z');
    const meetingType = newType();
    const [late, early] = [await schedule(meetingType, '2026-04-21T12:00:00Z'), await schedule(meetingType)];
    const token = await tokenFor('coordinator');
    const first = await call(token, 'GET', `/meetings?type=${meetingType}&limit=1`);
    expect(first.body).toMatchObject({ items: [{ id: early }] });
    const { next } = first.body as { next?: string };
    const rest = await call(token, 'GET', `/meetings?type=${meetingType}&cursor=${next ?? ''}`);
    expect(rest.body).toMatchObject({ items: [{ id: late }] });
    const body = asking(meetingType);
    await call(token, 'POST', '/cases', body);
    const listed = await call(token, 'GET', `/cases?pathwayId=${body.pathwayId}&status=planned`);
    expect(listed.body).toMatchObject({ items: [{ id: body.caseId, meetingId: early }] });
  });
});
