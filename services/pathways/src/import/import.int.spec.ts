import { FileKeyStore, openDatabase, ensureIndexes, type Database, Store } from '@ariane/store';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { organisations, patients, practitioners } from '../aggregates.store';
import type { ImportReport } from './report';
import { RegisterSink } from './import-sink.store';
import { Imports } from './import.store';
import { breastCancer, ckdWoman, creatinine, oncologist, sampleBundle } from './sample.fixture';

const territory = 'test';

describe('importing another’s file, on a real MongoDB', () => {
  let database: Database;
  let store: Store;
  let imports: Imports;
  const folder = mkdtempSync(join(tmpdir(), 'spool-'));

  beforeAll(async () => {
    database = await openDatabase(process.env.MONGO_URL ?? '', `import_${Date.now()}`);
    await ensureIndexes(database, [patients, practitioners, organisations] as never);
    const keys = new FileKeyStore(mkdtempSync(join(tmpdir(), 'keys-')));
    store = new Store(database, keys, 'pathways');
    const hashesOf = (_: string, identifiers: readonly { system: string; value: string }[]) =>
      Promise.resolve(identifiers.map(({ system, value }) => `h|${system}|${value}`));
    const sink = new RegisterSink({ store, patients, practitioners, organisations, hashesOf });
    imports = new Imports(database, keys, sink, folder, () => Date.now());
    await imports.start();
  });
  afterAll(async () => {
    await database.db.dropDatabase();
    await database.connection.close();
  });

  async function reportOf(text: string, lines = false): Promise<ImportReport> {
    const job = await receive(text, randomUUID(), lines);
    await imports.settled();
    const found = await imports.find(territory, job.jobId);
    if (found?.status !== 'done') throw new Error(`The job is ${found?.status ?? 'absent'}.`);
    return found.report;
  }
  const receive = (text: string, key: string, lines = false) =>
    imports.receive({
      territory,
      actor: 'person:tester',
      key,
      lines,
      now: '2026-03-10T08:00:00.000Z',
      body: Readable.from([Buffer.from(text)]),
    });
  const bundle = (...resources: unknown[]) =>
    JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });
  const summed = ({ kinds }: ImportReport) =>
    Object.values(kinds).reduce((sum, { taken, refused, notUsed }) => sum + taken + refused + notUsed, 0);
  const allPatients = async () => (await store.find(patients, territory, {})).map((one) => one.state);

  it('resolves facts that come before their patient, and counts every resource once', async () => {
    const report = await reportOf(JSON.stringify(sampleBundle));
    expect(report).toMatchObject({ resources: 8, alreadyKnown: 0, refusals: [], notUsedFor: { KIND: 1 } });
    expect(summed(report)).toBe(8);
    const [woman] = await allPatients();
    expect(woman?.measurements.map(({ value, unit }) => [value, unit])).toEqual([
      [1.33, 'mg/dL'],
      [150, '[lb_av]'],
    ]);
    expect(woman?.conditions).toMatchObject([{ code: 'C50.9', provenance: 'import' }]);
    const [doctor] = await store.find(practitioners, territory, { specialties: 'oncology' });
    const [place] = await store.find(organisations, territory, {});
    expect(doctor?.state.exercises).toMatchObject([{ specialty: 'oncology', organisationId: place?.id }]);
  });

  it('makes no duplicate when the same file comes twice', async () => {
    const before = await allPatients();
    const facts = await database.db.collection('outbox').countDocuments();
    const report = await reportOf(JSON.stringify(sampleBundle));
    expect(report).toMatchObject({ resources: 8, alreadyKnown: 7 });
    expect(await allPatients()).toEqual(before);
    expect(await database.db.collection('outbox').countDocuments()).toBe(facts);
  });

  it('answers the same key and file with the same job, and refuses another file under it', async () => {
    const key = randomUUID();
    const first = await receive(bundle(oncologist), key);
    expect((await receive(bundle(oncologist), key)).jobId).toBe(first.jobId);
    await expect(receive(bundle(), key)).rejects.toThrow('IDEMPOTENCY_CONFLICT');
    await imports.settled();
  });

  it('H1: merges nobody: the same traits under another number are two persons, told as possible duplicates', async () => {
    const twin = { ...ckdWoman, id: 'p-9', identifier: [{ system: 'urn:example:other', value: '9' }] };
    const report = await reportOf(bundle(twin));
    expect(report).toMatchObject({ possibleDuplicateCount: 1 });
    expect(report.possibleDuplicates[0]?.like).toHaveLength(1);
    expect(await allPatients()).toHaveLength(2);
  });

  it('H1: refuses a number that belongs to another person, and the facts that hang on it', async () => {
    const stranger = { ...ckdWoman, id: 'p-8', birthDate: '1999-09-09', name: [{ family: 'AUTRE', given: ['Nom'] }] };
    const hers = { ...creatinine, id: 'o-8', subject: { reference: 'Patient/p-8' } };
    const report = await reportOf(bundle(stranger, hers));
    expect(report.refusedFor).toEqual({ IDENTIFIER_OF_ANOTHER_PERSON: 1, REFERENCE_NOT_FOUND: 1 });
  });

  it('H1: trusts no reference that leads to two persons of one file', async () => {
    const other = { ...ckdWoman, identifier: [{ system: 'urn:example:other', value: '10' }], birthDate: '1950-01-01' };
    const report = await reportOf(`${bundle(ckdWoman)}\n${bundle(other, { ...breastCancer, id: 'c-2' })}`);
    expect(report.refusedFor).toEqual({ REFERENCE_AMBIGUOUS: 1 });
  });

  it('refuses a broken file resource by resource, and says where it breaks off', async () => {
    const good = JSON.stringify({
      resource: { ...ckdWoman, id: 'p-20', identifier: [{ system: 'urn:x', value: '20' }] },
    });
    const noDate = JSON.stringify({ resource: { ...ckdWoman, birthDate: undefined } });
    const text = `{"resourceType":"Bundle","entry":[{"resource":{"a":}},null,${noDate},${good},{"resource":{"resourceType":"Pat`;
    const report = await reportOf(text);
    expect(report.resources).toBe(5);
    expect(report.kinds).toEqual({
      unreadable: { taken: 0, refused: 3, notUsed: 0 },
      Patient: { taken: 1, refused: 1, notUsed: 0 },
    });
    expect(report.refusals.map(({ position, reason }) => [position, reason])).toEqual([
      [0, 'NOT_JSON'],
      [1, 'NOT_AN_OBJECT'],
      [2, 'BIRTH_DATE_MISSING_OR_INCOMPLETE'],
      [4, 'TRUNCATED'],
    ]);
    expect(report.refusals.at(-1)?.offset).toBe(Buffer.byteLength(text) - '{"resource":{"resourceType":"Pat'.length);
  });

  it('takes NDJSON, and leaves no file behind', async () => {
    const lines = [
      { ...ckdWoman, identifier: [{ system: 'urn:x', value: '30' }], id: 'p-30' },
      { ...creatinine, subject: { reference: 'Patient/p-30' } },
    ];
    const report = await reportOf(lines.map((one) => JSON.stringify(one)).join('\n'), true);
    expect(report.kinds).toMatchObject({ Patient: { taken: 1 }, Observation: { taken: 1 } });
    expect(readdirSync(folder)).toEqual([]);
    expect(await database.db.collection('import_references').countDocuments({ jobId: { $exists: true } })).toBe(0);
  });
});
