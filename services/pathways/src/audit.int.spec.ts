import 'reflect-metadata';
import { AuditSealer } from '@ariane/audit';
import { AUDIT, type AuditDocument, type AuditEntry } from '@ariane/store';
import { TestedService, until } from '@ariane/testing/integration';
import { mongo } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { paymentContracts } from './aggregates.store';
import { PathwaysModule } from './pathways.module';
import { cover, rostersFor } from './rosters.fixture.store';

/** Faults that mongod makes on demand, for this test's connections only: the servers run with fail points. */
const APP = `audit-${randomUUID().slice(0, 8)}`;
const HOUR_MS = 3_600_000;

interface Line {
  readonly id: string;
  readonly who: { readonly id: string; readonly name?: string; readonly role?: string };
  readonly day: string;
  readonly count: number;
  readonly acts: readonly { readonly what: string; readonly why: string; readonly count: number }[];
  readonly reason: string;
  readonly ownerRole: string;
  readonly text: string;
  readonly actor: string;
  readonly grounds: readonly string[];
  readonly overdue: boolean;
  readonly seq: number;
}
interface Answered {
  readonly id: string;
  readonly code: string;
  readonly field: string;
  readonly items: readonly Line[];
  readonly next?: string;
  readonly good: boolean;
  readonly documents: number;
  readonly heads: number;
  readonly fault?: { readonly seq: number; readonly id: string | null; readonly reason: string };
  readonly publicKey: string;
  readonly until: string;
  readonly pathways: readonly string[];
  readonly status: string;
}

const service = new TestedService<Answered>('pathways');
const { get, post, setClock, territory } = service;

describe('the audit on real servers', () => {
  const who: Record<string, string> = {};
  const patientId = randomUUID();
  const pathwayId = randomUUID();
  const begun = '2026-03-02T08:00:00.000Z';
  const admin = new mongo.MongoClient(process.env['MONGO_URL'] ?? '');

  beforeAll(async () => {
    await admin.connect();
    process.env['MONGO_URL'] = `${process.env['MONGO_URL'] ?? ''}&appName=${APP}`;
    await service.start({ module: PathwaysModule });
    await service.signInService('worker', 'workflows');
    await service.signIn('administrator', { role: 'territory-administrator' });
    await service.signIn('auditor', { role: 'auditor' });
    await service.signIn('patient', { role: 'patient', patientId });
    await service.signIn('another', { role: 'patient', patientId: randomUUID() });
    for (const [name, rpps] of [
      ['nurse', '99700218896'],
      ['surgeon', '99700218904'],
      ['stranger', '99700000013'],
    ] as const) {
      const made = await post('administrator', '/practitioners', { rpps, name: `Dr ${name}`, exercises: [] });
      who[name] = made.body.id;
      const role = name === 'nurse' ? 'coordinator' : 'specialist';
      await service.signIn(name, { role, practitionerId: made.body.id });
    }
    const contract = { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) };
    const copy = { type: 'CopyPaymentContract', contract, activatedAt: begun, protocols: ['breast-cancer'] } as const;
    await service.store.handle(paymentContracts, contract.id, copy, context());
    await cover(service.store, rostersFor('breast-cancer', who['nurse'] ?? ''), context());
    const traits = {
      familyName: 'ESSAI',
      givenNames: ['Anne'],
      birthDate: '1961-02-03',
      sex: 'female',
      language: 'fr',
    };
    await post('nurse', '/patients', { id: patientId, ...traits, identifiers: [] });
    const careTeam = [
      { practitionerId: who['nurse'], role: 'IDEC', ground: 'same-establishment' },
      { practitionerId: who['surgeon'], role: 'SUR', ground: 'same-establishment' },
    ];
    const enrolled = { id: pathwayId, patientId, protocolId: 'breast-cancer', careTeam };
    expect(await post('nurse', '/pathways', enrolled)).toMatchObject({ status: 201 });
    await post('worker', `/pathways/${pathwayId}/advance`);
  });
  afterEach(async () => {
    await fail('off', {});
  });
  afterAll(async () => {
    await service.stop();
    await admin.close();
  });

  function context() {
    const id = randomUUID();
    const ids = { messageId: id, correlationId: id, causationId: id };
    return { ...ids, consumer: 'test', territory, actor: 'service:test', now: begun };
  }
  const documents = () => service.store.database.db.collection<AuditDocument>(AUDIT);
  const entriesOf = async (path: string): Promise<AuditEntry[]> =>
    (await documents().find({ territory }).sort({ _id: 1 }).toArray())
      .flatMap(({ entries }) => entries)
      .filter(({ target }) => target.includes(path));
  const fail = (mode: 'off' | 'alwaysOn' | { times: number }, data: object) =>
    admin.db('admin').command({
      configureFailPoint: 'failCommand',
      mode,
      ...(mode === 'off' ? {} : { data: { appName: APP, namespace: `ariane_pathways.${AUDIT}`, ...data } }),
    });
  const seal = () => service.app.get(AuditSealer, { strict: false }).seal();
  const verify = async () => (await get('auditor', '/audit/verify')).body;
  const after = (ms: number): void => {
    setClock(new Date(Date.parse(begun) + ms).toISOString());
  };

  it('writes of every read who, in which role, on which ground, when and whose data, and no content', async () => {
    const path = `/pathways/${pathwayId}`;
    expect(await get('surgeon', path)).toMatchObject({ status: 200 });
    const [entry, ...others] = await entriesOf(path);
    expect(others).toEqual([]);
    expect(entry).toEqual({
      ...{ at: begun, actor: `person:${who['surgeon'] ?? ''}`, practitionerId: who['surgeon'], roles: ['specialist'] },
      ...{ grounds: ['care-team'], action: ['read-pathway'], target: [path], consumer: 'read' },
      ...{ messageId: entry?.messageId, patients: [patientId], pathways: [pathwayId] },
    });
  });

  it('writes of a list and of a search by name each patient who was disclosed, and not what was searched', async () => {
    await post('nurse', '/patients/search', { name: 'essai' });
    expect(await entriesOf('/patients/search')).toMatchObject([{ action: ['search-patients'], patients: [patientId] }]);
    expect(JSON.stringify(await documents().find({ territory }).toArray())).not.toMatch(/essai/i);
    await get('nurse', '/worklist');
    expect(await entriesOf('/worklist')).toMatchObject([{ patients: [patientId], pathways: [pathwayId] }]);
  });

  it('writes nothing of what is refused, and nothing of what our own services read', async () => {
    const path = `/pathways/${pathwayId}/timeline`;
    expect(await get('stranger', path)).toMatchObject({ status: 404 });
    expect(await get('worker', path)).toMatchObject({ status: 200 });
    expect(await entriesOf(path)).toEqual([]);
  });

  it('H18: discloses nothing while the audit cannot be written', async () => {
    const path = `/pathways/${pathwayId}/changes`;
    await fail('alwaysOn', { failCommands: ['insert'], errorCode: 96 });
    const refused = await get('nurse', path);
    expect(refused).toMatchObject({ status: 503, body: { code: 'NOT_READY' } });
    expect(refused.body.items).toBeUndefined();
    await fail('off', {});
    expect(await entriesOf(path)).toEqual([]);
    expect(await get('nurse', path)).toMatchObject({ status: 200 });
    expect(await entriesOf(path)).toHaveLength(1);
  });

  it('has an entry for every answer: a fault in between may lose an answer, never an entry', async () => {
    const path = `/patients/${patientId}`;
    let answered = 0;
    for (const fault of [
      // Written, and what says so is lost: the read is refused though its entry stands.
      { failCommands: ['insert'], writeConcernError: { code: 64, errmsg: 'lost' } },
      { failCommands: ['insert'], closeConnection: true },
      { failCommands: ['insert'], errorCode: 8 },
    ]) {
      await fail({ times: 2 }, fault);
      const answers = await Promise.all(Array.from({ length: 6 }, () => get('nurse', path)));
      answers.push(await get('nurse', path), await get('nurse', path), await get('nurse', path));
      expect(answers.every(({ status }) => status === 200 || status >= 500)).toBe(true);
      answered += answers.filter(({ status }) => status === 200).length;
    }
    const written = (await entriesOf(path)).length;
    expect(answered).toBeGreaterThan(3);
    expect(written).toBeGreaterThanOrEqual(answered);
    expect(answered).toBeLessThan(27); // some answers were lost, or nothing was tried
    expect(written).toBeGreaterThan(answered); // the first fault left entries whose answers were lost
  });

  it('writes reads of one moment together', async () => {
    const before = await documents().countDocuments({ territory });
    const path = `/pathways/${pathwayId}/timeline`;
    await Promise.all(Array.from({ length: 40 }, () => get('nurse', path)));
    expect(await entriesOf(path)).toHaveLength(40);
    expect((await documents().countDocuments({ territory })) - before).toBeLessThan(40);
  });

  it('tells the patient in plain words who saw their file, by day and person', async () => {
    const { status, body } = await get('patient', `/audit/patients/${patientId}/accesses`);
    expect(status).toBe(200);
    const nurse = body.items.find((line) => line.who.name === 'Dr nurse');
    expect(nurse).toMatchObject({ day: '2026-03-02', who: { role: 'coordination des parcours' } });
    expect(nurse?.acts).toContainEqual({
      ...{
        what: 'a consulté le déroulement de votre parcours',
        why: 'fait partie de votre équipe de soins',
        count: 40,
      },
    });
    expect(nurse?.acts).toContainEqual(expect.objectContaining({ what: 'a ouvert votre parcours' }));
    expect(nurse?.count).toBe(nurse?.acts.reduce((sum, { count }) => sum + count, 0));
    expect(new Set(body.items.map(({ day, who: { id } }) => `${day} ${id}`)).size).toBe(body.items.length);
    expect(JSON.stringify(body)).not.toMatch(/breast|cancer|sein/i);
  });

  it('pages “who saw my file” so that each line comes once', async () => {
    const all = (await get('patient', `/audit/patients/${patientId}/accesses`)).body.items;
    const paged: Line[] = [];
    for (let cursor = '', more = true; more;) {
      const { body } = await get('patient', `/audit/patients/${patientId}/accesses?limit=1${cursor}`);
      paged.push(...body.items);
      more = body.next !== undefined;
      cursor = `&cursor=${encodeURIComponent(body.next ?? '')}`;
    }
    expect(paged.map(({ who: { id } }) => id)).toEqual(expect.arrayContaining(all.map(({ who: { id } }) => id)));
    expect(paged).toHaveLength(new Set(paged.map(({ day, who: { id } }) => `${day} ${id}`)).size);
  });

  it('shows the accesses to the patient, their coordinator and an auditor, and to nobody else', async () => {
    const path = `/audit/patients/${patientId}/accesses`;
    expect(await get('nurse', path)).toMatchObject({ status: 200 });
    expect(await get('auditor', path)).toMatchObject({ status: 200 });
    expect(await get('another', path)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await get('surgeon', path)).toMatchObject({ status: 403 });
    await service.signIn('elsewhere', { role: 'auditor', territory: 'elsewhere' });
    expect((await get('elsewhere', path)).body.items).toEqual([]);
  });

  it('answers an auditor by person, patient and time, newest first, and says which part of the query is wrong', async () => {
    const mine = await get('auditor', `/audit/entries?actor=${who['surgeon'] ?? ''}&patient=${patientId}&limit=1`);
    expect(mine.body.items).toMatchObject([{ actor: `person:${who['surgeon'] ?? ''}`, grounds: ['care-team'] }]);
    const none = await get('auditor', `/audit/entries?from=2026-03-03T00:00:00Z`);
    expect(none.body.items).toEqual([]);
    const all: string[] = [];
    for (let cursor = '', more = true; more;) {
      const { body } = await get(
        'auditor',
        `/audit/entries?patient=${patientId}&limit=7&to=2026-03-03T00:00:00Z${cursor}`,
      );
      all.push(...body.items.map((entry) => (entry as unknown as AuditEntry).messageId)); // as: entries have one
      more = body.next !== undefined;
      cursor = `&cursor=${encodeURIComponent(body.next ?? '')}`;
    }
    expect(all.length).toBeGreaterThan(50);
    expect(new Set(all).size).toBe(all.length);
    expect(await get('nurse', '/audit/entries')).toMatchObject({ status: 403 });
    expect(await get('auditor', '/audit/entries?from=yesterday')).toMatchObject({
      status: 400,
      body: { field: 'from' },
    });
  });

  it('seals by itself what was written, and finds it good', async () => {
    await until(async () => (await documents().countDocuments({ territory, unsealed: true })) === 0, 'it is sealed');
    const { good, documents: count } = await verify();
    expect({ good, count }).toMatchObject({ good: true });
    expect(count).toBeGreaterThan(10);
    expect(await get('auditor', '/audit/verify/progress')).toMatchObject({ body: { running: null } });
  });

  it('signs heads that anybody checks with the public key', async () => {
    const chain = await service.store.database.db.collection<never>('auditChains').findOne({ territory });
    await service.app.get(AuditSealer, { strict: false }).signHead(chain!);
    const { items, publicKey } = (await get('administrator', '/audit/heads')).body;
    expect(items).toMatchObject([{ seq: (chain as unknown as { seq: number }).seq }]); // as: its own document
    expect(publicKey).toContain('BEGIN PUBLIC KEY');
    expect(await verify()).toMatchObject({ good: true, heads: 1 });
  });

  describe('finds and names', () => {
    const sealedAt = async (seq: number) => (await documents().findOne({ territory, seq }))!;
    const restore = (document: AuditDocument) =>
      documents().replaceOne({ _id: document._id }, document, { upsert: true });
    beforeEach(seal);
    afterEach(async () => {
      expect(await verify()).toMatchObject({ good: true });
    });

    it.each([
      ['recordedAt', new Date('2026-11-01T00:00:00Z')],
      ['entries', []],
      ['patients', ['nobody']],
      ['previous', 'f'.repeat(64)],
      ['hash', 'f'.repeat(64)],
      ['entries.0.actor', 'person:somebody-else'],
      ['entries.0.at', '2026-03-01T00:00:00.000Z'],
      ['entries.0.action', ['read-plan']],
      ['entries.0.target', ['/pathways/other']],
      ['entries.0.messageId', 'other'],
      ['entries.0.consumer', 'other'],
      ['entries.0.grounds', ['care-team', 'patient']],
      ['entries.0.added', true],
    ])('a changed %s', async (field, value) => {
      const document = await sealedAt(4);
      await documents().updateOne({ _id: document._id }, { $set: { [field]: value } });
      expect(await verify()).toMatchObject({ good: false, fault: { seq: 4, id: document._id, reason: 'changed' } });
      await restore(document);
    });

    it('a document that was deleted', async () => {
      const document = await sealedAt(5);
      await documents().deleteOne({ _id: document._id });
      expect((await verify()).fault).toEqual({ seq: 5, id: null, reason: 'missing' });
      await restore(document);
    });

    it('two that were swapped', async () => {
      const [a, b] = [await sealedAt(3), await sealedAt(6)];
      await documents().deleteMany({ _id: { $in: [a._id, b._id] } });
      await restore({ ...a, seq: 6, previous: b.previous });
      await restore({ ...b, seq: 3, previous: a.previous });
      expect((await verify()).fault).toMatchObject({ seq: 3, reason: 'changed' });
      await documents().deleteMany({ _id: { $in: [a._id, b._id] } });
      await restore(a);
      await restore(b);
    });

    it('one that was put in beyond the end', async () => {
      const [last] = await documents().find({ territory }).sort({ seq: -1 }).limit(1).toArray();
      const forged = { ...last!, _id: randomUUID(), seq: (last?.seq ?? 0) + 1, previous: last?.hash ?? '' };
      await restore(forged);
      expect((await verify()).fault).toMatchObject({ seq: forged.seq, id: forged._id });
      await documents().deleteOne({ _id: forged._id });
    });
  });

  it('H18: opens a file in an emergency for an hour, to be read only, tells the coordinator and audits every read', async () => {
    after(24 * HOUR_MS);
    const path = `/pathways/${pathwayId}`;
    expect(await get('stranger', path)).toMatchObject({ status: 404 });
    const id = randomUUID();
    const asked = { id, reason: 'emergency-care', text: 'Malaise aux urgences cette nuit.' };
    const wrong = { ...asked, reason: 'curious' };
    expect(await post('stranger', `/patients/${patientId}/break-glass`, wrong)).toMatchObject({
      ...{ status: 400, body: { field: 'reason' } },
    });
    expect(await post('nurse', `/patients/${patientId}/break-glass`, asked)).toMatchObject({
      ...{ status: 422, body: { code: 'BREAK_GLASS_NOT_NEEDED' } },
    });
    const opened = await post('stranger', `/patients/${patientId}/break-glass`, asked);
    expect(opened).toMatchObject({ status: 201, body: { until: '2026-03-03T09:00:00.000Z', pathways: [pathwayId] } });
    expect(await get('stranger', path)).toMatchObject({ status: 200 });
    expect(await get('stranger', `/patients/${patientId}/plan`)).toMatchObject({ status: 200 });
    expect(await get('stranger', `/patients/${patientId}`)).toMatchObject({ status: 200 });
    expect((await entriesOf(`/patients/${patientId}`)).at(-1)).toMatchObject({ grounds: ['break-glass'] });
    expect(await get('stranger', `/alerts?pathwayId=${pathwayId}`)).toMatchObject({ status: 200 });
    expect((await entriesOf(path)).at(-1)).toMatchObject({ grounds: ['break-glass'], practitionerId: who['stranger'] });
    expect(await post('stranger', `${path}/facts`, fact())).toMatchObject({ status: 404 });
    const told = (await get('nurse', `/alerts?pathwayId=${pathwayId}&status=open`)).body.items;
    expect(told).toContainEqual(expect.objectContaining({ reason: 'break-glass', ownerId: who['nurse'], tier: 2 }));
    const seen = (await get('patient', `/audit/patients/${patientId}/accesses`)).body.items;
    expect(seen.find(({ who: { name } }) => name === 'Dr stranger')?.acts).toContainEqual({
      ...{ what: 'a consulté votre parcours', why: 'accès d’urgence, contrôlé ensuite', count: 1 },
    });
    after(25 * HOUR_MS);
    expect(await get('stranger', path)).toMatchObject({ status: 404 });
  });

  const fact = () => ({ factId: randomUUID(), code: 'visit.note', at: begun });

  it('keeps the words of an emergency sealed, and tells others the code alone', async () => {
    const stored = await service.store.database.db.collection('breakGlasses').find({ territory }).toArray();
    expect(JSON.stringify(stored)).not.toContain('Malaise');
    const [opened] = (await get('administrator', '/break-glass?status=to-review')).body.items;
    expect(opened).toMatchObject({ reason: 'emergency-care', text: 'Malaise aux urgences cette nuit.' });
    const facts = await service.factsOf(opened?.id ?? '');
    expect(JSON.stringify(facts)).not.toContain('Malaise');
    expect(facts).toHaveLength(1);
  });

  it('H18: a review that nobody made in 72 hours falls to the administrator, and is lifted by the review', async () => {
    const [opened] = (await get('auditor', '/break-glass?status=to-review')).body.items;
    const isTold = async () =>
      (await get('administrator', '/alerts/unanswered')).body.items.some(
        ({ reason }) => reason === 'break-glass-unreviewed',
      );
    after(96 * HOUR_MS - 1);
    await post('worker', '/internal/wake');
    expect(await isTold()).toBe(false);
    after(96 * HOUR_MS);
    await post('worker', '/internal/wake');
    await post('worker', '/internal/wake');
    expect(await isTold()).toBe(true);
    expect((await get('auditor', '/break-glass?status=to-review')).body.items).toMatchObject([{ overdue: true }]);
    const path = `/break-glass/${opened?.id ?? ''}/review`;
    expect(await post('nurse', path, { outcome: 'justified' })).toMatchObject({ status: 403 });
    expect(await post('administrator', path, { outcome: 'maybe' })).toMatchObject({ body: { field: 'outcome' } });
    const judged = await post('administrator', path, { outcome: 'unjustified', note: 'Sans lien avec l’urgence.' });
    expect(judged).toMatchObject({ status: 200, body: { status: 'reviewed' } });
    expect(await isTold()).toBe(false);
    expect(await post('auditor', path, { outcome: 'justified' })).toMatchObject({ body: { code: 'STATE_CONFLICT' } });
    expect((await get('auditor', '/break-glass?status=to-review')).body.items).toEqual([]);
  });
});
