import 'reflect-metadata';
import { capitationEvents } from '@ariane/contracts';
import { type Answer, type Speaker, TestedService, until } from '@ariane/testing/integration';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PathwaysModule } from './pathways.module';
import { cover, rostersFor } from './rosters.fixture.store';

const PATIENTS = 200;

interface Step {
  readonly id: string;
  readonly window?: { readonly target?: string; readonly latest: string };
}
interface Document {
  readonly id: string;
  readonly version: number;
  readonly steps: readonly Step[];
}
const first = JSON.parse(readFileSync(join(__dirname, '..', 'protocols', 'breast-cancer.json'), 'utf8')) as Document;

const step = (id: string): object => first.steps.find((one) => one.id === id) ?? {};

/** Imaging sooner, one call added: no example of the first version speaks of these. */
const second = {
  ...first,
  version: 2,
  examples: [],
  steps: [
    ...first.steps.map((step) =>
      step.id === 'imaging' ? { ...step, window: { target: '3wd', latest: '4wd' } } : step,
    ),
    {
      ...step('entry'),
      id: 'welcome-call',
      label: { fr: 'Appel d’accueil', en: 'Welcome call' },
    },
  ],
};

/** What the answers hold, of which each test reads what its route gives. */
interface Item {
  readonly id: string;
  readonly pathwayId: string;
  readonly status: string;
  readonly version: number;
  readonly withdrawn?: object;
  readonly code?: string;
  readonly factId?: string;
}
interface Ask {
  readonly path: string;
  readonly body: { readonly id: string };
  readonly idempotencyKey: string;
}
interface Told {
  readonly id: string;
  readonly patientId: string;
  readonly items: readonly Item[];
  readonly asks: readonly Ask[];
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly steps: readonly { readonly key: string; readonly status: string; readonly latest?: string }[];
  readonly next?: string;
  readonly total: number;
}

const service = new TestedService<Told>('pathways');
const { get, post, signIn, territory } = service;

describe('versions of a protocol, on real servers', () => {
  let capitation: Speaker<typeof capitationEvents>;
  const practitioner: Record<string, string> = {};
  const pathwayIds = Array.from({ length: PATIENTS }, () => randomUUID()).sort();
  let both: readonly string[] = [];
  const chosen = [0, 70, 110, 150, 199].map((index) => pathwayIds[index] ?? '');

  beforeAll(async () => {
    await service.start({ module: PathwaysModule, documentPaths: ['/protocols'], largePaths: ['/protocols'] });
    capitation = await service.speaker('capitation', capitationEvents);
    const contract = { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) };
    const protocols = ['breast-cancer', 'after-care'];
    const activated = { contract, activatedAt: '2026-01-01T00:00:00Z', protocols };
    await capitation.say('PaymentContractActivated', contract.id, activated);
    await service.signInService('worker', 'workflows');
    await signIn('administrator', { role: 'territory-administrator', subject: 'administrator-1' });
    await signIn('editor', { role: 'protocol-editor', subject: 'editor-1' });
    for (const [name, rpps] of [
      ['nurse', '99700218896'],
      ['surgeon', '99700218904'],
      ['stranger', '99700218912'],
    ] as const) {
      const exercises = [{ role: 'doctor', specialty: 'surgery', from: '2020-01-01' }];
      const made = await post('administrator', '/practitioners', { rpps, name: `Dr ${name}`, exercises });
      practitioner[name] = made.body.id;
      const role = name === 'nurse' ? 'coordinator' : 'specialist';
      await signIn(name, { role, practitionerId: practitioner[name] });
    }
    const id = randomUUID();
    const about = { messageId: id, consumer: 'test', actor: 'service:test', correlationId: id, causationId: id };
    const rosters = rostersFor('breast-cancer', practitioner['nurse'] ?? '');
    await cover(service.store, rosters, { ...about, territory, now: '2026-03-01T00:00:00Z' });
  });
  afterAll(() => service.stop());

  const plan = async (id: string) => (await get('nurse', `/pathways/${id}`)).body;
  const versionPath = '/protocols/breast-cancer/versions/2';

  async function enrol(id: string, protocolVersion?: number): Promise<Answer<Told>> {
    const patientId = randomUUID();
    const traits = { givenNames: ['Test'], birthDate: '1960-05-17', sex: 'female', language: 'fr', identifiers: [] };
    await post('nurse', '/patients', { id: patientId, familyName: 'ESSAI', ...traits });
    return post('nurse', '/pathways', {
      id,
      patientId,
      protocolId: 'breast-cancer',
      ...(protocolVersion === undefined ? {} : { protocolVersion }),
      careTeam: [
        { practitionerId: practitioner['nurse'], role: 'IDEC', ground: 'same-establishment' },
        { practitionerId: practitioner['surgeon'], role: 'SUR', ground: 'same-establishment' },
      ],
    });
  }

  it('has 200 patients under way in the first version', async () => {
    const enrolled = async () => (await enrol(pathwayIds[0] ?? '')).status === 201;
    await until(enrolled, 'the contract that pays the protocol is heard');
    const rest = pathwayIds.slice(1);
    for (let from = 0; from < rest.length; from += 20) {
      const made = await Promise.all(rest.slice(from, from + 20).map((id) => enrol(id)));
      expect(made.map(({ status }) => status)).toEqual(made.map(() => 201));
    }
    const advanced = chosen.map((id) => post('worker', `/pathways/${id}/advance`));
    expect((await Promise.all(advanced)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  it('refuses a faulty version with every fault, where it stands and what to write instead', async () => {
    const faulty = {
      ...second,
      steps: [...second.steps, { ...second.steps[0], id: 'lost', start: { all: [{ after: 'imagng' }] } }],
    };
    const refused = await post('editor', '/protocols', { document: faulty });
    expect(refused).toMatchObject({ status: 422, body: { code: 'PROTOCOL_INVALID' } });
    expect(refused.body.errors[0]?.field).toMatch(/^document\.steps\.\d+\.start/);
    expect(refused.body.errors[0]?.message).toContain('imagng');
    const text = await post('editor', '/protocols', { text: JSON.stringify(faulty, null, 2) });
    expect(text.body.errors[0]?.message).toMatch(/line \d+/);
    expect((await post('nurse', '/protocols', { document: second })).status).toBe(403);
  });

  it('publishes a version once, which a second person activates; until then it takes nobody', async () => {
    const key = randomUUID();
    const made = await post('editor', '/protocols', { document: second }, { key });
    expect(made).toMatchObject({ status: 201, body: { id: 'breast-cancer', version: 2, status: 'published' } });
    expect(await post('editor', '/protocols', { document: second }, { key })).toEqual(made);
    const otherwise = { ...second, title: { fr: 'Autre', en: 'Other' } };
    expect(await post('editor', '/protocols', { document: otherwise })).toMatchObject({
      status: 409,
      body: { code: 'PROTOCOL_IMMUTABLE' },
    });
    expect(await post('editor', '/protocols', { document: first })).toMatchObject({ status: 409 });
    expect(await enrol(randomUUID(), 2)).toMatchObject({ status: 422, body: { code: 'PROTOCOL_NOT_ACTIVE' } });
    expect(await post('editor', `${versionPath}/activate`)).toMatchObject({
      status: 422,
      body: { code: 'SECOND_PERSON_REQUIRED' },
    });
    expect(await post('administrator', `${versionPath}/activate`)).toMatchObject({ body: { status: 'active' } });
    const { body } = await get('nurse', '/protocols');
    const own = body.items.filter(({ id }) => id === 'breast-cancer');
    expect(own.map(({ version, status }) => [version, status])).toEqual([
      [2, 'active'],
      [1, 'active'],
    ]);
    expect((await get('nurse', versionPath)).body).toMatchObject({ document: { version: 2 } });
  });

  it('says in words what the version does otherwise', async () => {
    const { body } = await get('nurse', `${versionPath}/difference/1`);
    expect(body).toMatchObject({
      steps: [
        { change: 'changed', stepId: 'imaging' },
        { change: 'added', stepId: 'welcome-call' },
      ],
    });
    expect(JSON.stringify(body)).toContain('4wd');
  });

  it('lists the 200 affected patients, each with a readable difference, to who cares for them', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { status, body } = await get('surgeon', `${versionPath}/affected?limit=60${cursor && `&cursor=${cursor}`}`);
      expect([status, body.total]).toEqual([200, PATIENTS]);
      for (const item of body.items) {
        seen.push(item.pathwayId);
        expect(item).toMatchObject({ pinned: 1, difference: { added: [{ stepKey: 'welcome-call' }], newlyLate: [] } });
      }
      cursor = body.next ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(pathwayIds);
    expect((await get('stranger', `${versionPath}/affected`)).body).toMatchObject({ items: [], total: PATIENTS });
  });

  it('foresees the move of one patient and changes nothing', async () => {
    const [one = ''] = chosen;
    const before = await plan(one);
    const foreseen = await post('nurse', `/pathways/${one}/migrate`, { toVersion: 2, reason: 'À voir.', dryRun: true });
    expect(foreseen).toMatchObject({ status: 200, body: { dryRun: true, pinned: 1 } });
    expect(JSON.stringify(foreseen.body)).toContain('Appel d’accueil');
    expect(await plan(one)).toEqual(before);
    expect(await post('nurse', `/pathways/${one}/migrate`, { toVersion: 2, reason: 'Sans clinicien.' })).toMatchObject({
      status: 403,
    });
    expect(await post('surgeon', `/pathways/${one}/migrate`, { toVersion: 9, reason: 'Inconnue.' })).toMatchObject({
      status: 404,
      body: { field: 'toVersion' },
    });
    expect(await post('surgeon', `/pathways/${one}/migrate`, { toVersion: 2 })).toMatchObject({
      status: 400,
      body: { field: 'reason' },
    });
  });

  it('moves the 3 of 5 that a named clinician approves; the others and the 195 stay as they were', async () => {
    const [a = '', b = '', c = '', d = '', e = ''] = chosen;
    const [wasD, wasE] = [await plan(d), await plan(e)];
    const wanted = { pathwayIds: [a, b, c, randomUUID()], reason: 'Imagerie plus tôt : approuvé.' };
    const key = randomUUID();
    const moved = await post('surgeon', `${versionPath}/migrations`, wanted, { key });
    expect(moved.body.items.map(({ status }) => status)).toEqual(['migrated', 'migrated', 'migrated', 'refused']);
    const again = await post('surgeon', `${versionPath}/migrations`, wanted, { key });
    expect(again.body.items.map(({ status }) => status)).toEqual(['migrated', 'migrated', 'migrated', 'refused']);
    for (const id of [a, b, c]) {
      await post('worker', `/pathways/${id}/advance`);
      const now = await plan(id);
      expect(now).toMatchObject({
        protocol: { version: 2 },
        migrations: [{ from: { version: 1 }, to: { version: 2 }, by: practitioner['surgeon'] }],
      });
      expect(now.steps.find((one) => one.key === 'welcome-call')).toMatchObject({ status: 'due' });
    }
    expect([await plan(d), await plan(e)]).toEqual([wasD, wasE]);
    const { body } = await get('surgeon', `${versionPath}/affected?limit=1`);
    expect(body.total).toBe(PATIENTS - 3);
    expect((await enrol(randomUUID())).body).toMatchObject({ protocol: { version: 2 } });
  });

  it('keeps the steps that people add, move and skip, with their reasons, and takes them back', async () => {
    const id = chosen[3] ?? '';
    const [added, skipped, moved] = [randomUUID(), randomUUID(), randomUUID()];
    const visit = { kind: 'appointment', label: 'Diététicienne', role: 'IDEC', visitKind: 'dietetics' };
    const wrong = await post('nurse', `/pathways/${id}/steps`, {
      changeId: added,
      reason: 'Demandé.',
      latest: '2026-03-10',
      ...visit,
    });
    expect(wrong).toMatchObject({ status: 400, body: { field: 'durationMinutes' } });
    const days = { latest: '2026-03-10', reason: 'Demandé par la patiente.' };
    const made = await post('nurse', `/pathways/${id}/steps`, {
      changeId: added,
      ...days,
      ...visit,
      durationMinutes: 30,
    });
    expect(made).toMatchObject({ status: 201, body: { stepKey: 'added#1' } });
    const past = { changeId: moved, stepKey: 'entry', reason: 'Congés.', latest: '2026-03-01' };
    expect(await post('nurse', `/pathways/${id}/steps/move`, past)).toMatchObject({
      status: 422,
      body: { code: 'STEP_DAYS_INVALID', field: 'latest' },
    });
    await post('nurse', `/pathways/${id}/steps/move`, { ...past, latest: '2026-03-20' });
    await post('surgeon', `/pathways/${id}/steps/skip`, {
      changeId: skipped,
      stepKey: 'imaging',
      reason: 'Déjà faite ailleurs.',
    });
    const { body: advanced } = await post('worker', `/pathways/${id}/advance`);
    expect(JSON.stringify(advanced)).toContain('dietetics');
    const view = await plan(id);
    expect(view.steps).toContainEqual(
      expect.objectContaining({
        key: 'added#1',
        origin: expect.objectContaining({ from: 'person', by: practitioner['nurse'] }) as object,
      }),
    );
    expect(view.steps).toContainEqual(
      expect.objectContaining({
        key: 'imaging',
        status: 'not-applicable',
        changes: [expect.objectContaining({ change: 'skipped', reason: 'Déjà faite ailleurs.' })],
      }),
    );
    expect(view.steps).toContainEqual(expect.objectContaining({ key: 'entry', latest: '2026-03-20T22:59:59Z' }));
    for (const changeId of [added, skipped, moved]) {
      const undone = await post('nurse', `/pathways/${id}/changes/${changeId}/withdraw`, {
        reason: 'Erreur de saisie.',
      });
      expect(undone.status).toBe(200);
    }
    await post('worker', `/pathways/${id}/advance`);
    const plain = (await plan(chosen[4] ?? '')).steps.map(({ key, status, latest }) => [key, status, latest]);
    expect((await plan(id)).steps.map(({ key, status, latest }) => [key, status, latest])).toEqual(plain);
    const { body } = await get('nurse', `/pathways/${id}/changes`);
    expect(body.items.map(({ withdrawn }) => withdrawn)).toEqual(
      [0, 1, 2].map(() => expect.objectContaining({ reason: 'Erreur de saisie.' }) as object),
    );
  });

  it('H14: lets a named person take back a mistaken death, and the plan goes on as it was', async () => {
    const id = chosen[4] ?? '';
    const before = (await plan(id)).steps.map(({ key, status, latest }) => [key, status, latest]);
    const factId = randomUUID();
    await post('surgeon', `/pathways/${id}/facts`, { factId, code: 'patient.died', at: '2026-03-02T07:30:00Z' });
    await post('worker', `/pathways/${id}/advance`);
    expect(await plan(id)).toMatchObject({ status: 'DIED' });
    const undone = await post('nurse', `/pathways/${id}/facts/${factId}/withdraw`, { reason: 'Homonyme.' });
    expect(undone).toMatchObject({ status: 200, body: { status: 'ACTIVE' } });
    await post('worker', `/pathways/${id}/advance`);
    const after = await plan(id);
    expect(after).toMatchObject({ status: 'ACTIVE', withdrawn: [{ by: practitioner['nurse'], reason: 'Homonyme.' }] });
    expect(after.steps.map(({ key, status, latest }) => [key, status, latest])).toEqual(before);
    const tasks = await get('nurse', `/tasks?pathwayId=${id}&status=open`);
    expect(tasks.body.items).toMatchObject([{ stepKey: 'entry' }]);
  });

  it('enrols in the other protocol that a step names, and shows both as one plan in which a visit is asked for once', async () => {
    const other = { ...first, id: 'after-care', examples: [] };
    const sending = {
      ...second,
      version: 3,
      steps: [
        ...second.steps,
        { ...step('entry'), id: 'after-care', kind: 'sub-protocol', protocol: 'after-care', until: 'enrolled' },
      ],
    };
    expect(await post('editor', '/protocols', { document: sending })).toMatchObject({ status: 422 });
    for (const document of [other, sending]) {
      expect((await post('editor', '/protocols', { document })).status).toBe(201);
      const path = `/protocols/${document.id}/versions/${document.version}/activate`;
      expect((await post('administrator', path)).status).toBe(200);
    }
    const id = randomUUID();
    expect(await enrol(id)).toMatchObject({ status: 201, body: { protocol: { version: 3 } } });
    const [ask] = (await post('worker', `/pathways/${id}/advance`)).body.asks;
    expect(ask).toMatchObject({ path: '/sub-pathways', body: { protocolId: 'after-care', pathwayId: id } });
    const put = () => post('worker', ask?.path ?? '', ask?.body, { key: ask?.idempotencyKey });
    const made = await put();
    expect(made.status).toBe(201);
    expect(await put()).toEqual(made);
    expect((await post('worker', `/pathways/${id}/advance`)).body.asks).toEqual([]);
    const parent = await plan(id);
    expect(parent.steps).toContainEqual(expect.objectContaining({ key: 'after-care', status: 'done' }));
    for (const pathwayId of [id, made.body.id]) {
      await post('worker', `/pathways/${pathwayId}/advance`);
      const { body } = await get('nurse', `/tasks?pathwayId=${pathwayId}&status=open`);
      for (const task of body.items) await post('nurse', `/tasks/${task.id}/done`);
      await post('worker', `/pathways/${pathwayId}/advance`);
    }
    const merged = await get('nurse', `/patients/${parent.patientId}/plan?perWeek=2`);
    expect(merged.body).toMatchObject({ perWeek: 2, conflicts: [] });
    expect(merged.body).toMatchObject({
      visits: [{ what: 'breast-imaging', origins: [{ stepKey: 'imaging' }, { stepKey: 'imaging' }] }],
    });
    expect((await get('stranger', `/patients/${parent.patientId}/plan`)).status).toBe(404);
    both = [id, made.body.id];
  });

  it('has a visit of two pathways asked for once, as a named person decides, and takes that back', async () => {
    const [host = '', guest = ''] = both;
    const share = (stepKey: string, more: object = {}) => {
      const body = { changeId, stepKey, with: { pathwayId: host, stepKey: 'imaging' }, reason: 'Un seul examen.' };
      return post('nurse', `/pathways/${guest}/steps/share`, { ...body, ...more });
    };
    const changeId = randomUUID();
    expect(await share('imaging', { with: { pathwayId: chosen[4], stepKey: 'imaging' } })).toMatchObject({
      status: 404,
      body: { field: 'with.pathwayId' },
    });
    expect(await share('entry')).toMatchObject({ status: 409, body: { field: 'stepKey' } });
    expect(await share('imaging')).toMatchObject({ status: 200, body: { changeId, stepKey: 'imaging' } });
    expect((await share('imaging')).status).toBe(200);
    // Under a decision that stands, no other patient's visit can be named.
    const named = await share('imaging', { with: { pathwayId: chosen[4], stepKey: 'imaging' } });
    expect(named).toMatchObject({ status: 409, body: { code: 'ALREADY_EXISTS' } });
    const asked = await Promise.all(
      both.map(async (id) => (await post('worker', `/pathways/${id}/advance`)).body.asks),
    );
    expect(asked).toMatchObject([[{ path: '/appointment-requests', body: { stepKey: 'imaging' } }], []]);
    const { body } = await get('nurse', `/patients/${(await plan(guest)).patientId}/plan`);
    expect(body).toMatchObject({ visits: [{ origins: [{ stepKey: 'imaging' }, { stepKey: 'imaging' }] }] });
    expect(JSON.stringify(body)).toContain(`"sharedWith":{"pathwayId":"${host}","stepKey":"imaging"}`);
    const back = await post('nurse', `/pathways/${guest}/changes/${changeId}/withdraw`, { reason: 'Deux examens.' });
    expect(back.status).toBe(200);
    const again = (await post('worker', `/pathways/${guest}/advance`)).body.asks;
    expect(again).toMatchObject([{ path: '/appointment-requests', body: { stepKey: 'imaging', pathwayId: guest } }]);
  });

  it('H14: closes every pathway of a patient at a death that one of them was told, until each is taken back', async () => {
    const [one = '', other = ''] = both;
    const factId = randomUUID();
    await post('surgeon', `/pathways/${one}/facts`, { factId, code: 'patient.died', at: '2026-03-02T07:30:00Z' });
    for (const id of both) await post('worker', `/pathways/${id}/advance`);
    expect([await plan(one), await plan(other)]).toMatchObject([{ status: 'DIED' }, { status: 'DIED' }]);
    const undo = (id: string, fact: string) =>
      post('nurse', `/pathways/${id}/facts/${fact}/withdraw`, { reason: 'Homonyme.' });
    expect(await undo(one, factId)).toMatchObject({ status: 200, body: { status: 'ACTIVE' } });
    const told = (await get('nurse', `/pathways/${other}/timeline`)).body.items.find(
      ({ code }) => code === 'patient.died',
    );
    expect(await undo(other, told?.factId ?? '')).toMatchObject({ status: 200, body: { status: 'ACTIVE' } });
    const again = await post('surgeon', `/pathways/${one}/facts`, {
      factId: randomUUID(),
      code: 'patient.died',
      at: '2026-03-02T07:45:00Z',
    });
    expect(again.status).toBe(201);
    for (const id of both) await post('worker', `/pathways/${id}/advance`);
    expect([await plan(one), await plan(other)]).toMatchObject([{ status: 'DIED' }, { status: 'DIED' }]);
  });

  it('leaves no reason in clear in MongoDB', async () => {
    const { store } = service;
    const names = await store.database.db.listCollections({}, { nameOnly: true }).toArray();
    for (const { name } of names) {
      const text = JSON.stringify(await store.database.db.collection(name).find({ territory }).toArray());
      for (const canary of ['Demandé par la patiente', 'Homonyme.', 'Imagerie plus tôt', 'Diététicienne'])
        expect(`${name} ${text.includes(canary)}`).toBe(`${name} false`);
    }
  });
});
