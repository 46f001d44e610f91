import 'reflect-metadata';
import { type RunningIssuer, startIssuer } from '@ariane/auth';
import { ensureTopics, kafkaClient, Relay } from '@ariane/bus';
import { schedulingEvents } from '@ariane/contracts';
import { type RunningService, startService } from '@ariane/service';
import { type Aggregate, ensureIndexes, FileKeyStore, openDatabase, Store } from '@ariane/store';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paymentContracts } from './aggregates.store';
import { escalationOf } from './alert-ladder';
import { alerts } from './alerts.store';
import { duties, dutyIdOf } from './duties.store';
import { uncovered } from './duty-cover';
import { PathwaysModule } from './pathways.module';
import { cover, rostersFor } from './rosters.fixture.store';
import { library } from './protocols.store';

const run = Date.now();
const territory = `a${run}`;
const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
const clockFile = join(folder, 'clock.json');
const setClock = (now: string) => {
  writeFileSync(clockFile, JSON.stringify({ now }));
};

interface Told {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly reason: string;
  readonly code: string;
  readonly alertId?: string;
  readonly tier: number;
  readonly stepKey?: string;
  readonly ownerId?: string;
  readonly ownerRole?: string;
  readonly rung?: number;
  readonly dueAt: string | null;
  readonly heldBack?: string;
  readonly bundledInto?: string;
  readonly signals: number;
  readonly formerOwners?: readonly { readonly ownerId: string; readonly reason: string }[];
}
interface Answer {
  readonly status: number;
  readonly body: Told & { readonly items: readonly Told[]; readonly at: string; readonly total: number };
}
type Fact = 'DutyRosterSet' | 'LeaveRecorded';

async function until<T>(look: () => Promise<T | undefined | false>, what: string): Promise<T> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Did not happen in 20 s: ${what}`);
}

/** Stands for scheduling: publishes what it is told to. */
async function scheduling() {
  const type: Aggregate<{ times: number }, { fact: Fact; data: object }, { type: string; data: object }> = {
    name: 'speaker',
    collection: 'speakers',
    facts: schedulingEvents,
    subject: (_state, _event, id) => id,
    decide: (_state, { fact, data }) => [{ type: fact, data }],
    evolve: (state) => ({ times: (state?.times ?? 0) + 1 }),
  };
  const database = await openDatabase(process.env.MONGO_URL ?? '', `speaker_alerts_${run}`);
  await ensureIndexes(database, [type]);
  const store = new Store(database, new FileKeyStore(join(folder, 'keys')), 'scheduling');
  const relay = new Relay(store, kafkaClient('test', (process.env.KAFKA_BROKERS ?? '').split(',')), 'scheduling');
  relay.start();
  return {
    async say(fact: Fact, data: object) {
      const id = randomUUID();
      const ids = { messageId: id, correlationId: id, causationId: id };
      const context = { ...ids, consumer: 'http', territory, actor: 'person:tester', now: '2026-03-02T08:00:00Z' };
      await store.handle(type, randomUUID(), { fact, data }, context);
    },
    async stop() {
      await relay.stop();
      await database.db.dropDatabase();
      await database.connection.close();
    },
  };
}

describe('alerts on real servers', () => {
  let issuer: RunningIssuer;
  let service: RunningService;
  let speaking: Awaited<ReturnType<typeof scheduling>>;
  const tokens = new Map<string, string>();
  const who: Record<string, string> = {};
  const patientId = randomUUID();
  const pathwayId = randomUUID();
  const careTeam = () => [
    { practitionerId: who['nurse'], role: 'IDEC', ground: 'same-establishment' },
    { practitionerId: who['deputy'], role: 'coordinator', ground: 'same-establishment' },
    { practitionerId: who['surgeon'], role: 'SUR', ground: 'same-establishment' },
  ];

  beforeAll(async () => {
    setClock('2026-03-02T08:00:00.000Z');
    const serviceSecretFile = join(folder, 'secrets.json');
    const keysFile = join(folder, 'jwks.json');
    issuer = await startIssuer({ port: 0, keysFile, serviceSecretFile, mode: 'test', territory });
    Object.assign(process.env, { ARIANE_KEYS_DIR: join(folder, 'keys'), ARIANE_CLOCK_FILE: clockFile });
    const env = {
      PORT: '0',
      ARIANE_MODE: 'test',
      ARIANE_ISSUER_URL: issuer.url,
      ARIANE_SERVICE_SECRET_FILE: serviceSecretFile,
    };
    await ensureTopics(kafkaClient('test', (process.env.KAFKA_BROKERS ?? '').split(',')), 1);
    service = await startService({ module: PathwaysModule, name: 'pathways', env: { ...process.env, ...env } });
    speaking = await scheduling();
    const secret = (await import(serviceSecretFile)) as Record<string, string>; // as: what the issuer wrote there
    const body = JSON.stringify({ service: 'workflows', secret: secret['workflows'], territory });
    tokens.set('worker', await tokenFrom('service-token', body));
    tokens.set('administrator', await tokenFor({ role: 'territory-administrator' }));
    for (const [name, rpps] of [
      ['nurse', '99700218896'],
      ['surgeon', '99700218904'],
      ['deputy', '99700218912'],
      ['stranger', '99700000013'],
    ] as const) {
      const made = await post('administrator', '/practitioners', { rpps, name: `Dr ${name}`, exercises: [] });
      who[name] = made.body.id;
      const role = name === 'surgeon' || name === 'stranger' ? 'specialist' : 'coordinator';
      tokens.set(name, await tokenFor({ role, practitionerId: made.body.id }));
    }
    const contract = { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) };
    const protocols = ['breast-cancer', 'ckd-4-5', 'colorectal-metastatic', 'rare-disease'];
    const copy = { type: 'CopyPaymentContract', contract, activatedAt: '2026-01-01T00:00:00Z', protocols } as const;
    await service.app.get(Store).handle(paymentContracts, contract.id, copy, contextAt('2026-03-01T00:00:00Z'));
    await cover(
      service.app.get(Store),
      rostersFor('breast-cancer', who['nurse'] ?? ''),
      contextAt('2026-03-01T00:00:00Z'),
    );
    const traits = { familyName: 'ESSAI', givenNames: ['Anne'], birthDate: '1961-02-03', sex: 'female', language: 'fr' };
    await post('nurse', '/patients', { id: patientId, ...traits, identifiers: [] });
    expect(await enrol(pathwayId, 'breast-cancer')).toMatchObject({ status: 201 });
    await post('worker', `/pathways/${pathwayId}/advance`);
  }); // prettier-ignore
  afterAll(async () => {
    await service.stop();
    await speaking.stop();
    await issuer.stop();
    const database = await openDatabase(process.env.MONGO_URL ?? '', 'ariane_pathways');
    await database.db.dropDatabase();
    await database.connection.close();
  });

  async function tokenFrom(path: string, body: string): Promise<string> {
    const response = await fetch(`${issuer.url}/${path}`, { method: 'POST', body });
    return ((await response.json()) as { token: string }).token; // as: the issuer's own answer
  }
  const tokenFor = (asked: object) => tokenFrom('demo-token', JSON.stringify({ territory, ...asked }));
  function contextAt(now: string) {
    const id = randomUUID();
    const ids = { messageId: id, correlationId: id, causationId: id };
    return { ...ids, consumer: 'test', territory, actor: 'service:test', now };
  }
  async function send(name: string, method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokens.get(name) ?? ''}`,
        'idempotency-key': randomUUID(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] }; // as: what the route answers
  }
  const post = (name: string, path: string, body: object = {}) => send(name, 'POST', path, body);
  const get = (name: string, path: string) => send(name, 'GET', path);
  const enrol = (id: string, protocolId: string) => {
    const roles = ['coordinator', ...Object.keys(library.find(protocolId)?.document.roles ?? {})];
    const team = careTeam().filter(({ role }) => roles.includes(role));
    return post('nurse', '/pathways', { id, patientId, protocolId, careTeam: team });
  };
  const listed = async (query: string) =>
    (await get('nurse', `/alerts?pathwayId=${pathwayId}&${query}&limit=200`)).body.items;
  const alertOf = async (id: string) => (await listed('')).find((one) => one.id === id);
  const wake = () => post('worker', '/internal/wake');

  /** An alert as a pathway raises it, of a step of its own unless one is named. */
  async function raise(tier: 1 | 2 | 3, at: string, more: { stepKey?: string; ownerId?: string } = {}) {
    const id = randomUUID();
    const team = careTeam().map(({ practitionerId = '', role }) => ({ practitionerId, role }));
    const { ladder } = escalationOf({ tier });
    const watch = {
      clock: { ladder, timeZone: 'Europe/Paris', holidays: 'FR' },
      placement: { team, roles: ['IDEC'], at },
    } as const;
    const about = { reason: 'step-late', stepKey: `made-up-${id}`, ownerId: who['nurse'] ?? '', ...more };
    const command = { type: 'RaiseAlert', id, pathwayId, patientId, tier, raisedAt: at, ownerRole: 'IDEC', watch, ...about } as const; // prettier-ignore
    await service.app.get(Store).handle(alerts, id, command, contextAt(at));
    return id;
  }

  it('H4: an alert that nobody acknowledges climbs to somebody else, by the clock, once', async () => {
    setClock('2026-03-04T23:00:00.000Z');
    await post('worker', `/pathways/${pathwayId}/advance`);
    const [late] = await listed('status=open');
    expect(late).toMatchObject({ reason: 'step-late', stepKey: 'entry', ownerId: who['nurse'], tier: 3, rung: 0 });
    const dueAt = late?.dueAt ?? '';
    expect(Date.parse((await get('worker', '/internal/next-due')).body.at)).toBeLessThanOrEqual(Date.parse(dueAt));
    setClock(new Date(Date.parse(dueAt) - 1000).toISOString());
    await wake();
    expect(await alertOf(late?.id ?? '')).toMatchObject({ ownerId: who['nurse'], rung: 0 });
    setClock(dueAt);
    await wake();
    await wake();
    expect(await alertOf(late?.id ?? '')).toMatchObject({
      ownerId: who['deputy'],
      rung: 1,
      formerOwners: [{ ownerId: who['nurse'], reason: 'unacknowledged' }],
    });
    const acknowledged = await post('deputy', `/alerts/${late?.id ?? ''}/acknowledge`);
    expect(acknowledged).toMatchObject({ body: { status: 'acknowledged' } });
    expect(Date.parse(acknowledged.body.dueAt ?? '')).toBeGreaterThan(Date.parse(dueAt));
    expect(await post('deputy', `/alerts/${late?.id ?? ''}/handle`, { outcome: 'patient-called' })).toMatchObject({
      body: { status: 'closed', dueAt: null },
    });
  });

  it('H4: above the last rung is who is on call, who may open the pathway, and then the administrator', async () => {
    const at = '2026-03-09T09:00:00Z';
    setClock(at);
    const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));
    const about = { rosterId: randomUUID(), role: 'on-call', practitionerId: who['stranger'] ?? '' };
    const roster = { ...about, from: '2026-01-01', timeZone: 'Europe/Paris', hours };
    await cover(service.app.get(Store), [roster], contextAt(at));
    const id = await raise(1, at);
    const climbTo = async (role: string) => {
      for (let rung = 0; rung < 6; rung += 1) {
        const alert = await alertOf(id);
        if (alert?.ownerRole === role) return alert;
        setClock(alert?.dueAt ?? at);
        await wake();
      }
      throw new Error(`It never came to ${role}.`);
    };
    expect((await get('stranger', `/pathways/${pathwayId}`)).status).toBe(404);
    expect(await climbTo('on-call')).toMatchObject({ ownerId: who['stranger'] });
    expect((await get('stranger', `/pathways/${pathwayId}`)).status).toBe(200);
    expect((await get('stranger', `/pathways/${pathwayId}/timeline`)).status).toBe(200);
    const written = await service.app.get(Store).database.db.collection('audit').find({ territory }).toArray();
    expect(JSON.stringify(written).match(/PathwayOpened/g)).toHaveLength(1);
    expect(await alertOf(id)).toMatchObject({ openings: [{ by: who['stranger'] }] });
    expect((await get('administrator', '/alerts/unanswered')).body.items).toEqual([]);
    await climbTo('territory-administrator');
    expect((await get('stranger', `/pathways/${pathwayId}`)).status).toBe(404);
    const [seen] = (await get('administrator', '/alerts/unanswered')).body.items;
    expect(seen).toMatchObject({ id, tier: 1, pathwayId });
    expect(seen).not.toHaveProperty('patientId');
    expect((await get('nurse', '/alerts/unanswered')).status).toBe(403);
    await post('nurse', `/alerts/${id}/handle`, { outcome: 'patient-called' });
    expect((await get('administrator', '/alerts/unanswered')).body.items).toEqual([]);
  });

  it('H5: the sixth alert of a day is held back and listed with its reason; an urgent one never is', async () => {
    const at = '2026-03-10T09:00:00Z';
    setClock(at);
    const ids: string[] = [];
    for (let count = 0; count < 6; count += 1) ids.push(await raise(2, at));
    const held = await listed('view=held-back');
    expect(held.map(({ id, heldBack }) => [id, heldBack])).toEqual([[ids[5], 'budget']]);
    const shown = (await get('nurse', '/worklist?reason=alert&limit=200')).body.items;
    expect(shown.map(({ alertId }) => alertId)).toEqual(expect.arrayContaining(ids));
    const urgent = await raise(1, at);
    expect((await listed('view=interrupting')).map(({ id }) => id)).toContain(urgent);
    const later = { reason: 'later', until: '2026-03-10T12:00:00Z' };
    for (const deferral of ['snooze', 'pause']) {
      expect(await post('nurse', `/alerts/${urgent}/${deferral}`, later)).toMatchObject({
        status: 422,
        body: { code: 'ALERT_URGENT' },
      });
    }
    const tomorrow = await raise(2, '2026-03-11T09:00:00Z');
    expect(await alertOf(tomorrow)).not.toHaveProperty('heldBack');
  });

  it('repeats for one reason are one item that counts them, and worse raises it anew', async () => {
    const at = '2026-03-12T09:00:00Z';
    setClock(at);
    const first = await raise(3, at, { stepKey: 'cycle#1' });
    const second = await raise(3, at, { stepKey: 'cycle#2' });
    expect(await alertOf(second)).toMatchObject({ bundledInto: first, dueAt: null });
    expect(await alertOf(first)).toMatchObject({ signals: 2, tier: 3 });
    await post('nurse', `/alerts/${first}/snooze`, { reason: 'patient-called', until: '2026-03-16T09:00:00Z' });
    await raise(2, at, { stepKey: 'cycle#3' });
    expect(await alertOf(first)).toMatchObject({ signals: 3, tier: 2, status: 'open' });
    expect(await alertOf(first)).not.toHaveProperty('snoozedUntil');
    const handled = await post('nurse', `/alerts/${first}/handle`, { outcome: 'appointment-booked' });
    expect(handled).toMatchObject({ body: { status: 'closed' } });
    expect(await alertOf(second)).toMatchObject({ status: 'closed' });
  });

  it('H4: a colleague’s leave gives their open tasks and alerts to who is there, and keeps who had them', async () => {
    const at = '2026-03-16T09:00:00Z';
    setClock(at);
    const before = await raise(2, at);
    const tasks = async () => (await get('nurse', `/tasks?pathwayId=${pathwayId}&status=open`)).body.items;
    expect((await tasks()).some(({ ownerId }) => ownerId === who['nurse'])).toBe(true);
    const leave = {
      leaveId: randomUUID(),
      practitionerId: who['nurse'],
      from: '2026-03-16',
      until: '2026-03-20',
      timeZone: 'Europe/Paris',
      recordedAt: at,
    };
    await speaking.say('LeaveRecorded', leave);
    const isTheirs = ({ ownerId }: Told) => ownerId === who['nurse'];
    const left = async () => [...(await tasks()), ...(await listed('status=open'))].filter(isTheirs);
    await until(async () => (await left()).length === 0, 'all of it is somebody else’s');
    const had = { formerOwners: [{ ownerId: who['nurse'], reason: 'leave' }] };
    expect(await alertOf(before)).toMatchObject({ ownerId: who['deputy'], ...had });
    expect(await tasks()).toContainEqual(expect.objectContaining({ formerOwners: [expect.objectContaining(had.formerOwners[0])] })); // prettier-ignore
    expect(await alertOf(await raise(2, at))).toMatchObject({ ownerId: who['deputy'] });
  });

  it.each(['ckd-4-5', 'colorectal-metastatic', 'rare-disease'])(
    'H4: %s, which must be watched, takes nobody until a roster covers each hour that it asks for',
    async (protocolId) => {
      setClock('2026-03-16T09:00:00Z');
      const document = library.find(protocolId)?.document;
      const store = service.app.get(Store);
      const known = (await store.read(duties, territory, dutyIdOf(territory)))?.state.rosters ?? [];
      const gaps = document === undefined ? [] : uncovered(document, known, '2026-03-16');
      const refused = await enrol(randomUUID(), protocolId);
      expect(refused).toMatchObject({ status: 422, body: { code: 'PROTOCOL_NOT_WATCHED' } });
      expect(JSON.stringify(refused.body)).toContain(gaps[0]?.role);
      for (const { role, hours } of gaps) {
        const line = { rosterId: randomUUID(), role, practitionerId: who['deputy'], from: '2026-03-01', hours };
        await speaking.say('DutyRosterSet', { ...line, timeZone: 'Europe/Paris' });
      }
      const id = randomUUID();
      await until(async () => (await enrol(id, protocolId)).status === 201, 'the rosters are heard');
    },
  );

  it('H4: a roster that ends under a running pathway is told to its coordinator, until another goes on', async () => {
    setClock('2026-03-17T09:00:00Z');
    const rosters = rostersFor('breast-cancer', who['nurse'] ?? '');
    await cover(
      service.app.get(Store),
      rosters.map((roster) => ({ ...roster, until: '2026-03-29' })),
      contextAt('2026-03-17T09:00:00Z'),
    );
    const told = async () => (await listed('status=open')).filter(({ reason }) => reason === 'cover-ends');
    const [ending] = await until(async () => {
      await wake();
      const found = await told();
      return found.length > 0 && found;
    }, 'the end is told');
    expect(ending).toMatchObject({ tier: 2, ownerId: who['deputy'] });
    await wake();
    expect(await told()).toHaveLength(1);
    await cover(service.app.get(Store), rosters, contextAt('2026-03-17T10:00:00Z'));
    await until(async () => {
      await wake();
      return (await told()).length === 0;
    }, 'it is lifted');
    expect(await alertOf(ending?.id ?? '')).toMatchObject({ status: 'closed' });
  });
});
