import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { busSettings, databaseOf } from '@ariane/bus';
import { pathwaysEvents, schedulingEvents } from '@ariane/contracts';
import { type Database, openDatabase } from '@ariane/store';
import { speakerOf, until } from '@ariane/testing/integration';
import type { Browser } from './browser.ts';
import { PortalBench } from './portal-bench.ts';

const bench = new PortalBench();
const ADDRESS = 'demo.patiente@exemple.fr';
const [patientId, pathwayId] = [randomUUID(), randomUUID()];
const coordinatorId = 'e6d1da23-1036-5ebf-996c-4b554920de4c';

interface Message {
  readonly purpose: string;
  readonly address: string;
  readonly text: string;
  readonly subject: string;
  readonly url?: string;
  readonly code?: string;
}

const pathways = () => speakerOf('demo', 'pathways', pathwaysEvents);
const scheduling = () => speakerOf('demo', 'scheduling', schedulingEvents);
let care: Awaited<ReturnType<typeof pathways>>;
let agenda: Awaited<ReturnType<typeof scheduling>>;
let database: Database;
let coordinator: Browser;

beforeAll(async () => {
  database = await openDatabase(busSettings(process.env).mongoUrl, databaseOf('portal'));
  await database.db.dropDatabase();
  await bench.start();
  [care, agenda] = [await pathways(), await scheduling()];
  await care.say('PatientRegistered', patientId, {
    ...pathwaysEvents.PatientRegistered.example,
    patientId,
    givenNames: ['Démo', 'Jeanne'],
  });
  const member = { patientId, pathwayId, practitionerId: coordinatorId, role: 'coordinator' };
  await care.say('CareTeamMemberAdded', pathwayId, { ...pathwaysEvents.CareTeamMemberAdded.example, ...member });
  coordinator = bench.browser();
  await coordinator.signIn('coordinator');
  await until(async () => (await list()).status === 200, 'the portal has heard who cares for the patient');
});

afterAll(async () => {
  await Promise.all([care.stop(), agenda.stop()]);
  await database.connection.close();
  await bench.stop();
});

const send = (browser: Browser, path: string, body: object, headers: Record<string, string> = {}) =>
  browser.send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
    body: JSON.stringify(body),
  });
const entry = (name = 'patient') => ({ headers: { 'x-ariane-entry': name } });
const list = () => coordinator.send(`/api/patient-links?patientId=${patientId}`);
const codeIn = async (response: Response): Promise<[number, string]> => {
  const { code = '' } = (await response.json()) as { code?: string }; // as: a problem
  return [response.status, code];
};

async function inbox(): Promise<readonly Message[]> {
  const { items } = (await (await coordinator.send('/api/inbox')).json()) as { items: readonly Message[] }; // as: the route's own
  return items;
}

async function newest(purpose: string): Promise<Message> {
  return until(async () => (await inbox()).find((one) => one.purpose === purpose), `a message about ${purpose}`);
}

/** Makes a link; gives its id and what stands behind the # of the link that was sent. */
async function link(more: object = {}): Promise<{ id: string; token: string }> {
  const id = randomUUID();
  const wanted = { id, patientId, holder: 'patient', channel: 'email', address: ADDRESS, language: 'fr', ...more };
  expect((await send(coordinator, '/api/patient-links', wanted)).status).toBe(201);
  return { id, token: new URL((await newest('link')).url ?? '').hash.slice(1) };
}

async function codeFor(browser: Browser, token: string): Promise<string> {
  expect((await send(browser, '/auth/links/code', { token })).status).toBe(200);
  return (await newest('code')).code ?? '';
}

/** A phone that has come in by a link and a code. */
async function phoneWith(token: string): Promise<Browser> {
  const phone = bench.browser();
  const code = await codeFor(phone, token);
  expect((await send(phone, '/auth/links/verify', { token, code })).status).toBe(200);
  return phone;
}

const isIn = async (phone: Browser): Promise<number> => (await phone.send('/api/patient/me', entry())).status;

describe('a patient without an account', () => {
  it('comes in by a link and a code, and stays in under a cookie of their own', async () => {
    const { token } = await link();
    const phone = bench.browser();
    expect(await isIn(phone)).toBe(401);
    const code = await codeFor(phone, token);
    const verified = await send(phone, '/auth/links/verify', { token, code });
    expect(verified.headers.getSetCookie()).toContainEqual(
      expect.stringMatching(
        /^__Host-ariane-patient=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=15552000$/,
      ),
    );
    const me = (await (await phone.send('/api/patient/me', entry())).json()) as object; // as: the route's own
    expect(me).toMatchObject({ patientId, relation: 'patient', to: 'd•••@exemple.fr' });
  });

  it('gets in with no code but the one that was sent, however often others are tried', async () => {
    const { token } = await link();
    const phone = bench.browser();
    const code = await codeFor(phone, token);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let left = 4; left >= 0; left -= 1)
      expect(await codeIn(await send(phone, '/auth/links/verify', { token, code: wrong }))).toEqual([
        422,
        'CODE_WRONG',
      ]);
    expect(await codeIn(await send(phone, '/auth/links/verify', { token, code }))).toEqual([422, 'CODE_ENDED']);
    expect(await isIn(phone)).toBe(401);
  });

  it('uses a code once', async () => {
    const { token } = await link();
    const phone = bench.browser();
    const code = await codeFor(phone, token);
    expect((await send(phone, '/auth/links/verify', { token, code })).status).toBe(200);
    expect(await codeIn(await send(bench.browser(), '/auth/links/verify', { token, code }))).toEqual([
      422,
      'CODE_ENDED',
    ]);
  });

  it('cannot have codes sent without end', async () => {
    const { token } = await link();
    for (let sent = 0; sent < 5; sent += 1)
      expect((await send(bench.browser(), '/auth/links/code', { token })).status).toBe(200);
    expect(await codeIn(await send(bench.browser(), '/auth/links/code', { token }))).toEqual([429, 'CODES_TOO_MANY']);
  });

  it.each(['', 'demo', `demo.${'A'.repeat(43)}`, `elsewhere.${'A'.repeat(43)}`, 'demo.short'])(
    'is told the same of every link that is none: %p',
    async (token) => {
      const [status, code] = await codeIn(await send(bench.browser(), '/auth/links/code', { token }));
      expect([status, code]).toEqual(token === '' ? [400, 'INVALID_INPUT'] : [404, 'LINK_ENDED']);
    },
  );

  it('finds a link of another territory dead', async () => {
    const { token } = await link();
    const [, secret = ''] = token.split('.');
    expect(await codeIn(await send(bench.browser(), '/auth/links/code', { token: `other.${secret}` }))).toEqual([
      404,
      'LINK_ENDED',
    ]);
  });

  it('is out at once when the coordinator ends the link, one device or sends a new link in its place', async () => {
    const { id, token } = await link();
    const [one, other] = [await phoneWith(token), await phoneWith(token)];
    const { items } = (await (await list()).json()) as { items: { id: string; devices: { deviceId: string }[] }[] }; // as: the route's own
    const [first] = items.find((made) => made.id === id)?.devices ?? [];
    await send(coordinator, `/api/patient-links/${id}/devices/${first?.deviceId ?? ''}/revoke`, {});
    expect([await isIn(one), await isIn(other)]).toEqual([401, 200]);
    await send(coordinator, `/api/patient-links/${id}/send`, {});
    expect(await codeIn(await send(one, '/auth/links/code', { token }))).toEqual([404, 'LINK_ENDED']);
    expect(await isIn(other)).toBe(200);
    await send(coordinator, `/api/patient-links/${id}/revoke`, {});
    expect(await isIn(other)).toBe(401);
  });

  it('goes on with what was begun, on another of their devices', async () => {
    const { token } = await link();
    const [one, other] = [await phoneWith(token), await phoneWith(token)];
    const kept = await one.send('/api/patient/drafts/reasons', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...entry().headers },
      body: JSON.stringify({ text: 'Pourquoi attendre' }),
    });
    expect(kept.status).toBe(200);
    const read = await other.send('/api/patient/drafts/reasons', entry());
    expect(await read.json()).toEqual({ text: 'Pourquoi attendre' });
  });

  it('is nobody to the workspace, and the workspace’s people have no such page', async () => {
    const phone = await phoneWith((await link()).token);
    expect((await phone.send('/api/session')).status).toBe(401);
    expect((await phone.send('/api/inbox', entry())).status).toBe(403);
    expect((await coordinator.send('/api/patient/me')).status).toBe(403);
  });
});

describe('whoever cares for the patient', () => {
  it('alone makes links: for everybody else the patient is not there', async () => {
    const other = { id: randomUUID(), patientId: randomUUID(), holder: 'patient', channel: 'sms', language: 'fr' };
    const asked = { ...other, address: '+33600000012' };
    expect(await codeIn(await send(coordinator, '/api/patient-links', asked))).toEqual([404, 'NOT_FOUND']);
    const finance = bench.browser();
    await finance.signIn('finance');
    expect((await send(finance, '/api/patient-links', { ...asked, patientId })).status).toBe(403);
  });

  it('never sees the link, and the database holds neither it nor the code nor the address', async () => {
    const { id, token } = await link();
    await codeFor(bench.browser(), token);
    const shown = await (await list()).text();
    const [, secret = ''] = token.split('.');
    expect(shown).toContain(id);
    expect(shown).not.toMatch(new RegExp(`${secret}|${ADDRESS}`));
    const stored = await database.db.collection<{ _id: string }>('patientLinks').findOne({ _id: id });
    expect(JSON.stringify(stored)).not.toMatch(new RegExp(`${secret}|${ADDRESS}`));
  });

  it.each([
    ['address', { address: 'nobody' }],
    ['name', { holder: 'carer' }],
    ['practitionerId', { holder: 'practitioner' }],
    ['until', { until: '2001-01-01T00:00:00Z' }],
    ['pathwayId', { holder: 'carer', name: 'Démo Ada', pathwayId: randomUUID() }],
    ['practitionerId', { holder: 'practitioner', practitionerId: randomUUID(), pathwayId }],
  ])('is told at the field what is wrong with %s', async (field, more) => {
    const wanted = {
      id: randomUUID(),
      patientId,
      holder: 'patient',
      channel: 'email',
      address: ADDRESS,
      language: 'fr',
    };
    const response = await send(coordinator, '/api/patient-links', { ...wanted, ...more });
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain(`"${field}"`);
  });
});

describe('what is written to a patient', () => {
  const appointment = (what: 'AppointmentBooked' | 'AppointmentCancelled') =>
    agenda.say(what, pathwayId, { ...schedulingEvents[what].example, patientId, pathwayId });

  it('tells of an appointment once they have asked for it, and nothing of why', async () => {
    const phone = await phoneWith((await link()).token);
    await appointment('AppointmentBooked');
    const heard = { _id: { $regex: `scheduling.${pathwayId}$` } };
    const cursors = database.db.collection<{ _id: string }>('cursors');
    await until(async () => (await cursors.findOne(heard)) ?? undefined, 'the portal hears of the appointment');
    const body = { channel: 'email', language: 'fr', wantsReminders: true };
    const chosen = await phone.send('/api/patient/preferences', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...entry().headers },
      body: JSON.stringify(body),
    });
    expect(await chosen.json()).toEqual(body);
    await appointment('AppointmentCancelled');
    const { subject, text } = await newest('appointment');
    expect(subject).toBe('Rendez-vous annulé');
    expect(`${subject} ${text}`).not.toMatch(/imaging|breast|cancer/i);
    expect((await inbox()).filter(({ purpose }) => purpose === 'appointment')).toHaveLength(1);
  });
});

describe('a plan that is shared', () => {
  it('is read by its link about that one patient, and by it nothing else is asked of the services', async () => {
    const asked: string[] = [];
    bench.handler = (request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', 'application/json');
      const steps = [{ key: 's1', label: 'Visite', status: 'due', latest: '2026-12-01' }];
      const task = { id: randomUUID(), pathwayId, title: 'Pansement', status: 'open', outcomes: [] };
      const items = [
        { ...task, ownerId: coordinatorId },
        { ...task, ownerId: randomUUID() },
      ];
      response.end(JSON.stringify(request.url?.startsWith('/tasks') === true ? { items } : { steps }));
    };
    const nurse = { holder: 'practitioner', practitionerId: coordinatorId, pathwayId };
    const { token } = await link(nurse);
    const phone = bench.browser();
    const code = await codeFor(phone, token);
    expect(await (await send(phone, '/auth/links/verify', { token, code })).json()).toEqual({ page: 'shared' });
    const plan = (await (await phone.send('/api/shared/plan', entry('shared'))).json()) as { tasks: object[] }; // as: the route's own
    expect(plan).toMatchObject({ steps: [{ label: 'Visite', status: 'to-come' }] });
    expect(plan.tasks).toHaveLength(1);
    expect(asked.every((path) => path.includes(pathwayId))).toBe(true);
    for (const path of ['/api/pathways/pathways', '/api/session', '/api/patient-links?patientId=x', '/api/patient/me'])
      expect((await phone.send(path, entry('shared'))).status).toBe(404);
    expect((await phone.send('/api/shared/plan', entry('patient'))).status).toBe(401);
  });
});

describe('the patient reads', () => {
  /** What the portal tells the patient of who saw what, as their page asks it. */
  async function told(): Promise<readonly { readonly who: { id: string }; readonly acts: readonly object[] }[]> {
    const phone = await phoneWith((await link()).token);
    const path = `/api/portal/audit/patients/${patientId}/accesses?limit=100`;
    const { items } = (await (await phone.send(path, entry())).json()) as { items: Awaited<ReturnType<typeof told>> }; // as: the route's own
    return items;
  }

  it('who saw their name on a screen and why, and nothing of professionals’ names', async () => {
    const before = await database.db.collection('audit').countDocuments();
    const nobody = { patients: [randomUUID()], practitioners: [coordinatorId], organisations: [] };
    expect((await send(coordinator, '/api/names', nobody)).status).toBe(200);
    expect(await database.db.collection('audit').countDocuments()).toBe(before);
    expect(await (await send(coordinator, '/api/names', { patients: [patientId] })).json()).toMatchObject({
      patients: { [patientId]: { givenNames: ['Démo', 'Jeanne'] } },
    });
    const acts = (await told()).flatMap((line) => (line.who.id === coordinatorId ? line.acts : []));
    expect(acts).toContainEqual({
      what: 'a vu votre nom à l’écran',
      why: 'fait partie de votre équipe de soins',
      count: 1,
    });
    expect(JSON.stringify(await database.db.collection('audit').find().toArray())).not.toContain('Jeanne');
  });

  it('nothing of who is behind an account, and neither does who stands by them', async () => {
    const accounts = [coordinatorId];
    expect(await (await send(coordinator, '/api/names', { accounts })).json()).toMatchObject({
      accounts: { [coordinatorId]: { name: 'Démo Inès Coordination' } },
    });
    for (const holder of [{}, { holder: 'trusted-person', name: 'Paul Essai' }]) {
      const phone = await phoneWith((await link(holder)).token);
      const answer = await send(phone, '/api/names', { accounts }, { 'x-ariane-entry': 'patient' });
      expect([answer.status, await answer.json()]).toMatchObject([200, { accounts: {} }]);
      expect(JSON.stringify(await (await phone.send('/api/patient/me', entry())).json())).not.toContain('Inès');
    }
  });

  it('that a shared plan was read, and by whom', async () => {
    const nurse = { holder: 'practitioner', practitionerId: coordinatorId, pathwayId };
    bench.handler = (request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.url?.startsWith('/tasks') === true ? { items: [] } : { steps: [] }));
    };
    const phone = bench.browser();
    const { token } = await link(nurse);
    const code = await codeFor(phone, token);
    await send(phone, '/auth/links/verify', { token, code });
    expect((await phone.send('/api/shared/plan', entry('shared'))).status).toBe(200);
    const acts = (await told()).flatMap(({ acts: ofLine }) => ofLine);
    expect(acts).toContainEqual(expect.objectContaining({ what: 'a consulté votre calendrier de soins' }));
  });
});
