import 'reflect-metadata';
import { type RunningIssuer, startIssuer } from '@ariane/auth';
import { busSettings, ensureTopics, kafkaClient, Relay } from '@ariane/bus';
import { capitationEvents, type EventContract, schedulingEvents, type Service } from '@ariane/contracts';
import { localIdentifier, localSystem } from '@ariane/kernel';
import { type RunningService, startService } from '@ariane/service';
import {
  type Aggregate,
  type Database,
  ensureIndexes,
  FileKeyStore,
  openDatabase,
  publishAgain,
  Store,
} from '@ariane/store';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stepIdFor } from './asks';
import { PathwaysModule } from './pathways.module';
import { rostersFor } from './rosters.fixture.store';

const run = Date.now();
const territory = `t${run}`;
const folder = mkdtempSync(join(tmpdir(), 'pathways-'));
const clockFile = join(folder, 'clock.json');
const setClock = (now: string) => {
  writeFileSync(clockFile, JSON.stringify({ now }));
};

/** Stands for another service: publishes whatever fact it is told to. */
interface Speaking {
  say(contract: EventContract, subject: string, data: object): Promise<void>;
  again(subject: string): Promise<void>;
  stop(): Promise<void>;
}
interface Said {
  readonly times: number;
}
interface Say {
  readonly fact: string;
  readonly data: object;
}

async function speaker(service: Service, facts: Record<string, EventContract>): Promise<Speaking> {
  const type: Aggregate<Said, Say, { type: string; data: object }> = {
    name: 'speaker',
    collection: 'speakers',
    facts,
    subject: (_state, _event, id) => id,
    decide: (_state, { fact, data }) => [{ type: fact, data }],
    evolve: (state) => ({ times: (state?.times ?? 0) + 1 }),
  };
  const database: Database = await openDatabase(process.env.MONGO_URL ?? '', `speaker_${service}_${run}`);
  await ensureIndexes(database, [type]);
  const store = new Store(database, new FileKeyStore(busSettings(process.env).keysFolder), service);
  const relay = new Relay(store, kafkaClient('test', (process.env.KAFKA_BROKERS ?? '').split(',')), service);
  relay.start();
  return {
    async say(contract, subject, data) {
      const id = randomUUID();
      const context = {
        messageId: id,
        consumer: 'http',
        territory,
        actor: 'person:tester',
        correlationId: id,
        causationId: id,
      };
      await store.handle(type, subject, { fact: contract.fact, data }, { ...context, now: '2026-03-02T08:00:00Z' });
    },
    async again(subject) {
      await publishAgain(database, { subject });
      relay.wakeNow();
    },
    async stop() {
      await relay.stop();
      await database.db.dropDatabase();
      await database.connection.close();
    },
  };
}

/** What the answers hold, of which each test reads what its route gives. */
interface Told {
  readonly id: string;
  readonly key: string;
  readonly code: string;
  readonly stepKey: string;
  readonly status: string;
  readonly reason: string;
  readonly ownerId: string;
  readonly tier: number;
}
interface Answer {
  readonly status: number;
  readonly body: Told & { readonly items: readonly Told[]; readonly next: string; readonly steps: readonly Told[] };
}

async function until<T>(look: () => Promise<T | undefined | false>, what: string): Promise<T> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Did not happen in 20 s: ${what}`);
}

describe('pathways on real servers', () => {
  let issuer: RunningIssuer;
  let service: RunningService;
  let capitation: Speaking;
  let scheduling: Speaking;
  const tokens = new Map<string, string>();
  const practitioner: Record<string, string> = {};
  const patientId = randomUUID();
  const pathwayId = randomUUID();
  const identifier = { system: localSystem, value: localIdentifier(run % 1_000_000) };
  const traits = {
    familyName: 'CANARI',
    givenNames: ['Élodie'],
    birthDate: '1948-05-17',
    sex: 'female',
    language: 'fr',
  };

  beforeAll(async () => {
    setClock('2026-03-02T08:00:00.000Z');
    const serviceSecretFile = join(folder, 'secrets.json');
    issuer = await startIssuer({
      port: 0,
      keysFile: join(folder, 'jwks.json'),
      serviceSecretFile,
      mode: 'test',
      territory,
    });
    Object.assign(process.env, {
      ARIANE_CLOCK_FILE: clockFile,
      ARIANE_CLINICAL_RULES: 'on',
    });
    const env = {
      PORT: '0',
      ARIANE_MODE: 'test',
      ARIANE_ISSUER_URL: issuer.url,
      ARIANE_SERVICE_SECRET_FILE: serviceSecretFile,
    };
    await ensureTopics(kafkaClient('test', (process.env.KAFKA_BROKERS ?? '').split(',')), 1);
    service = await startService({ module: PathwaysModule, name: 'pathways', env: { ...process.env, ...env } });
    capitation = await speaker('capitation', capitationEvents);
    scheduling = await speaker('scheduling', schedulingEvents);
    const secret = (await import(serviceSecretFile)) as Record<string, string>;
    const response = await fetch(`${issuer.url}/service-token`, {
      method: 'POST',
      body: JSON.stringify({ service: 'workflows', secret: secret['workflows'], territory }),
    });
    tokens.set('worker', ((await response.json()) as { token: string }).token);
    tokens.set('administrator', await tokenFor({ role: 'territory-administrator' }));
  });
  afterAll(async () => {
    await service.stop();
    await capitation.stop();
    await scheduling.stop();
    await issuer.stop();
    const database = await openDatabase(process.env.MONGO_URL ?? '', 'ariane_pathways');
    await database.db.dropDatabase();
    await database.connection.close();
  });

  async function tokenFor(asked: object): Promise<string> {
    const response = await fetch(`${issuer.url}/demo-token`, {
      method: 'POST',
      body: JSON.stringify({ territory, ...asked }),
    });
    return ((await response.json()) as { token: string }).token;
  }
  async function send(who: string, method: string, path: string, body?: object, key = randomUUID()): Promise<Answer> {
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokens.get(who) ?? ''}`,
        'idempotency-key': key,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  }
  const post = (who: string, path: string, body: object = {}, key = randomUUID()) => send(who, 'POST', path, body, key);
  const get = (who: string, path: string) => send(who, 'GET', path);
  const advance = async () =>
    (await post('worker', `/pathways/${pathwayId}/advance`)).body as unknown as Record<string, unknown>;
  const record = (code: string, at: string, more: object = {}) =>
    post('surgeon', `/pathways/${pathwayId}/facts`, { factId: randomUUID(), code, at, ...more });
  const stepOf = async (key: string) => {
    const { body } = await get('nurse', `/pathways/${pathwayId}`);
    return body.steps.find((step) => step.key === key);
  };

  it('keeps a directory in which an RPPS with a wrong key is refused', async () => {
    const wrong = await post('administrator', '/practitioners', {
      rpps: '99700218897',
      name: 'Dr Faux',
      exercises: [],
    });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'IDENTIFIER_INVALID', field: 'rpps' } });
    for (const [name, rpps] of [
      ['nurse', '99700218896'],
      ['surgeon', '99700218904'],
      ['stranger', '99700218912'],
    ] as const) {
      const exercises = [{ role: 'doctor', specialty: 'surgery', from: '2020-01-01' }];
      const made = await post('administrator', '/practitioners', { rpps, name: `Dr ${name}`, exercises });
      expect(made).toMatchObject({ status: 201, body: { version: 1 } });
      practitioner[name] = made.body.id;
      const role = name === 'nurse' ? 'coordinator' : 'specialist';
      tokens.set(name, await tokenFor({ role, practitionerId: practitioner[name] }));
    }
    tokens.set('patient', await tokenFor({ role: 'patient', patientId }));
    const { body } = await get('nurse', '/practitioners?specialty=surgery&limit=2');
    expect(body.items).toHaveLength(2);
    expect((await get('nurse', `/practitioners?limit=2&cursor=${body.next}`)).body.items).toHaveLength(1);
  });

  it('registers a person once, refuses their identifier to another, and the same key replays', async () => {
    const key = randomUUID();
    const input = { id: patientId, ...traits, identifiers: [identifier] };
    expect(await post('nurse', '/patients', input, key)).toMatchObject({
      status: 201,
      body: { id: patientId, version: 1 },
    });
    expect(await post('nurse', '/patients', input, key)).toMatchObject({ status: 201, body: { version: 1 } });
    expect(await post('nurse', '/patients', { ...input, familyName: 'AUTRE' }, key)).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_CONFLICT' },
    });
    const twin = { ...input, id: randomUUID(), givenNames: ['Jumelle'] };
    expect(await post('nurse', '/patients', twin)).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_EXISTS', field: 'identifiers.0.value' },
    });
    const wrongKey = { ...twin, identifiers: [{ system: localSystem, value: 'A-0001-01' }] };
    expect(await post('nurse', '/patients', wrongKey)).toMatchObject({
      status: 422,
      body: { code: 'IDENTIFIER_INVALID' },
    });
    expect((await post('nurse', '/patients', { ...twin, identifiers: [] })).status).toBe(201);
    expect((await post('nurse', '/patients', { ...twin, id: randomUUID(), identifiers: [] })).status).toBe(201);
  });

  it('leaves neither name, birth date nor identifier in MongoDB’s documents', async () => {
    const store = service.app.get(Store);
    const names = await store.database.db.listCollections({}, { nameOnly: true }).toArray();
    for (const { name } of names) {
      const text = JSON.stringify(await store.database.db.collection(name).find({ territory }).toArray());
      for (const canary of ['CANARI', 'lodie', '1948-05-17', identifier.value])
        expect(`${name} ${text}`).not.toContain(canary);
    }
  });

  it('finds a person by a fragment without accents, or by a whole identifier; others have no search', async () => {
    const found = await until(async () => {
      const { body } = await post('nurse', '/patients/search', { name: 'cana elod' });
      return body.items.length > 0 && body.items;
    }, 'the name index');
    expect(found).toMatchObject([{ id: patientId, familyName: 'CANARI' }]);
    expect((await post('nurse', '/patients/search', { identifier })).body.items).toMatchObject([{ id: patientId }]);
    expect((await post('surgeon', '/patients/search', { name: 'cana' })).status).toBe(403);
    expect((await get('surgeon', `/patients/${patientId}`)).status).toBe(404);
  });

  const enrolment = () => ({
    id: pathwayId,
    patientId,
    protocolId: 'breast-cancer',
    careTeam: [
      { practitionerId: practitioner['nurse'], role: 'IDEC', ground: 'same-establishment' },
      { practitionerId: practitioner['surgeon'], role: 'SUR', ground: 'same-establishment' },
    ],
  });

  it('enrols once a contract that pays the protocol is active, and once per patient and protocol', async () => {
    expect(await post('nurse', '/pathways', enrolment())).toMatchObject({
      status: 422,
      body: { code: 'PROTOCOL_NOT_COVERED' },
    });
    const contract = { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) };
    const data = { contract, activatedAt: '2026-01-01T00:00:00Z', protocols: ['breast-cancer'] };
    await capitation.say(capitationEvents.PaymentContractActivated, 'onco-pathway-a', data);
    for (const roster of rostersFor('breast-cancer', practitioner['surgeon'] ?? '')) {
      await scheduling.say(schedulingEvents.DutyRosterSet, roster.rosterId, roster);
    }
    const key = randomUUID();
    const made = await until(async () => {
      const answer = await post('nurse', '/pathways', enrolment(), key);
      return answer.status === 201 && answer;
    }, 'the contract’s copy and the rosters');
    expect(made.body).toMatchObject({ id: pathwayId, contract, protocol: { id: 'breast-cancer' } });
    expect((await post('nurse', '/pathways', enrolment(), key)).status).toBe(201);
    expect(await post('nurse', '/pathways', { ...enrolment(), id: randomUUID() })).toMatchObject({
      status: 409,
      body: { code: 'PATHWAY_ALREADY_ACTIVE' },
    });
  });

  it('lists the protocols that may be entered, with the roles of their teams', async () => {
    const { body } = await get('nurse', '/protocols');
    expect(body.items.filter(({ id }) => id === 'breast-cancer')).toMatchObject([
      { version: 1, status: 'active', roles: { SUR: expect.any(String) as string } },
    ]);
  });

  it('is not there for who is outside the care team', async () => {
    expect((await get('stranger', `/pathways/${pathwayId}`)).status).toBe(404);
    expect((await get('stranger', `/pathways/${pathwayId}/timeline`)).status).toBe(404);
    expect((await get('stranger', `/tasks?pathwayId=${pathwayId}`)).status).toBe(404);
    expect((await get('stranger', '/pathways')).body.items).toEqual([]);
    expect((await get('surgeon', '/pathways')).body.items).toMatchObject([{ id: pathwayId, settled: false }]);
  });

  it('is rung for until it has been read, and then opens the first task for its owner', async () => {
    const due = await get('worker', '/internal/pathways/due?limit=10');
    expect(due.body.items).toContainEqual({ id: pathwayId, territory });
    expect(await advance()).toMatchObject({ asks: [], settled: true, status: 'ACTIVE' });
    expect((await get('worker', '/internal/pathways/due?limit=10')).body.items).toEqual([]);
    // The rosters that were heard are looked at with the next sweep.
    await post('worker', '/internal/wake');
    expect((await get('worker', '/internal/quiet')).body).toMatchObject({ due: 0 });
    const { body } = await get('nurse', `/tasks?ownerId=${practitioner['nurse']}&status=open`);
    expect(body.items).toMatchObject([{ stepKey: 'entry', pathwayId, id: stepIdFor(pathwayId, 'entry', 1) }]);
    expect((await get('surgeon', `/tasks?ownerId=${practitioner['nurse']}`)).status).toBe(404);
  });

  it('tells several parts of a file at once as each one’s own route does, to whom it would tell each', async () => {
    const own = {
      plan: `/pathways/${pathwayId}`,
      timeline: `/pathways/${pathwayId}/timeline`,
      tasks: `/tasks?pathwayId=${pathwayId}&status=open&limit=200`,
      alerts: `/alerts?pathwayId=${pathwayId}&limit=200`,
      requests: `/pathways/${pathwayId}/patient-requests`,
    };
    const query = Object.keys(own)
      .map((part) => `part=${part}`)
      .join('&');
    const file = await get('nurse', `/pathways/${pathwayId}/file?${query}`);
    const each = Object.entries(own).map(async ([part, path]) => [part, (await get('nurse', path)).body] as const);
    expect(file).toEqual({ status: 200, body: Object.fromEntries(await Promise.all(each)) });
    expect(file.body).toMatchObject({ tasks: { items: [{ stepKey: 'entry' }] } });
    expect((await get('stranger', `/pathways/${pathwayId}/file?${query}`)).status).toBe(404);
    expect((await get('nurse', `/pathways/${pathwayId}/file`)).status).toBe(400);
    const refused = await get('nurse', `/pathways/${pathwayId}/file?part=secrets`);
    expect(refused.body).toMatchObject({ errors: [{ field: 'part' }] });
  });

  it('turns a done task into a fact, and asks scheduling until it answers', async () => {
    const taskId = stepIdFor(pathwayId, 'entry', 1);
    expect(await post('nurse', `/tasks/${taskId}/done`)).toMatchObject({ status: 200, body: { status: 'done' } });
    expect(await post('nurse', `/tasks/${taskId}/done`)).toMatchObject({
      status: 409,
      body: { code: 'STATE_CONFLICT' },
    });
    const { asks } = await advance();
    const appointmentId = stepIdFor(pathwayId, 'imaging', 1);
    expect(asks).toMatchObject([{ id: appointmentId, service: 'scheduling', body: { stepKey: 'imaging', pathwayId } }]);
    expect((await advance()).asks).toEqual(asks);
    expect((await get('worker', '/internal/quiet')).body).toMatchObject({ quiet: false, due: 1 });
    const booked = { ...schedulingEvents.AppointmentBooked.example, appointmentId, pathwayId, patientId };
    await scheduling.say(schedulingEvents.AppointmentBooked, pathwayId, booked);
    await until(async () => ((await advance()).asks as object[]).length === 0, 'the answer');
    expect(await stepOf('imaging')).toMatchObject({ status: 'due', booking: { status: 'booked', appointmentId } });
  });

  it('folds a visit that took place once, however often it is delivered', async () => {
    setClock('2026-03-09T10:00:00.000Z');
    const attended = { ...schedulingEvents.AppointmentAttended.example, pathwayId, patientId };
    await scheduling.say(schedulingEvents.AppointmentAttended, pathwayId, attended);
    const facts = async () =>
      (await get('nurse', `/pathways/${pathwayId}/timeline`)).body.items.filter(
        ({ code }) => code === 'appointment.attended',
      );
    await until(async () => (await facts()).length === 1, 'the visit');
    await scheduling.again(pathwayId);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await facts()).toHaveLength(1);
  });

  it('H3: tells the coordinator of a fact that another service could not apply', async () => {
    const parked = {
      ...schedulingEvents.KeyParked.example,
      parkedSubject: pathwayId,
      producer: 'pathways',
      consumer: 'scheduling',
    };
    await scheduling.say(schedulingEvents.KeyParked, pathwayId, parked);
    const alert = await until(async () => {
      const { body } = await get('nurse', `/alerts?ownerId=${practitioner['nurse']}&status=open`);
      return body.items[0];
    }, 'the alert');
    expect(alert).toMatchObject({ reason: 'event-parked', tier: 2, ownerRole: 'IDEC' });
    expect(await post('nurse', `/alerts/${alert.id}/acknowledge`)).toMatchObject({ body: { status: 'acknowledged' } });
    expect(await post('nurse', `/alerts/${alert.id}/close`, { reason: 'replayed' })).toMatchObject({
      body: { status: 'closed' },
    });
  });

  it('H6: takes the patient’s measurements into the pathway with their unit, and answers for the kidney', async () => {
    const measured = { code: '14682-9', value: 118, unit: 'umol/L', measuredAt: '2026-03-09T08:00:00Z' };
    expect(
      (await post('surgeon', `/patients/${patientId}/measurements`, { id: randomUUID(), ...measured })).status,
    ).toBe(201);
    const { body } = await get('nurse', `/pathways/${pathwayId}/timeline`);
    expect(body.items).toContainEqual(expect.objectContaining({ code: 'creatinine', value: 118, unit: 'umol/L' }));
    expect((await get('nurse', '/pathways')).body.items).toMatchObject([{ settled: false }]);
  });

  it('H2: names nothing to the patient before the announcement, and names it afterwards', async () => {
    expect((await record('imaging.acr', '2026-03-09T09:30:00Z', { value: 5, stepKey: 'imaging' })).status).toBe(201);
    const wrong = await record('imaging.acr', '2026-03-09T09:30:00Z', { value: 'cinq' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'FACT_MALFORMED', field: 'value' } });
    await advance();
    expect(await stepOf('biopsy')).toMatchObject({ status: 'due' });
    const before = (await get('patient', `/pathways/${pathwayId}`)).body;
    const words = /cancer|biops|tumeur|sein|oncolog|chimio|mammo|malin|breast|imaging/i;
    expect(JSON.stringify(before)).not.toMatch(words);
    expect(JSON.stringify((await get('patient', `/pathways/${pathwayId}/timeline`)).body)).not.toMatch(words);
    expect(JSON.stringify((await get('patient', '/pathways')).body)).not.toMatch(words);
    expect(JSON.stringify((await get('patient', `/patients/${patientId}`)).body)).not.toMatch(words);
    expect(before.steps).not.toHaveLength(0);
    await record('disclosure.announced', '2026-03-09T10:00:00Z', { stepKey: 'announcement' });
    await advance();
    expect((await get('nurse', `/pathways/${pathwayId}`)).body).toMatchObject({ disclosure: 'ANNOUNCED' });
    expect(JSON.stringify((await get('patient', `/pathways/${pathwayId}`)).body)).toMatch(words);
  });

  it('raises one alert to a named owner when a step is late, and lifts it once the step is done', async () => {
    setClock('2026-03-25T10:00:00.000Z');
    await advance();
    await advance();
    const late = async (status: string) =>
      (await get('nurse', `/alerts?pathwayId=${pathwayId}&status=${status}`)).body.items;
    const biopsy = (await late('open')).filter(({ stepKey }) => stepKey === 'biopsy');
    expect(biopsy).toMatchObject([{ reason: 'step-late', ownerId: practitioner['nurse'] }]);
    const attended = { ...schedulingEvents.AppointmentAttended.example, pathwayId, patientId, stepKey: 'biopsy' };
    await scheduling.say(schedulingEvents.AppointmentAttended, pathwayId, {
      ...attended,
      attendedAt: '2026-03-25T09:00:00Z',
    });
    await until(async () => {
      await advance();
      return (await stepOf('biopsy'))?.status === 'done';
    }, 'the biopsy');
    expect((await late('closed')).map(({ stepKey }) => stepKey)).toContain('biopsy');
  });

  it('closes at a refusal, asks for nothing more, and lets the patient enter again: once, however often at once', async () => {
    await record('patient.refused', '2026-03-25T09:30:00Z');
    expect(await advance()).toMatchObject({ status: 'REFUSED', asks: [], wakeAt: null });
    expect((await get('nurse', `/tasks?pathwayId=${pathwayId}&status=open`)).body.items).toEqual([]);
    expect((await get('worker', '/internal/next-due')).body).toEqual({ at: null });
    const again = () => post('nurse', '/pathways', { ...enrolment(), id: randomUUID() });
    const answers = await Promise.all(Array.from({ length: 8 }, again));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'PATHWAY_ALREADY_ACTIVE')).toHaveLength(7);
  });
});
