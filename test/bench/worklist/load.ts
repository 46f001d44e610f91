import { createSecretKey, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { canonicalJson, type Decider } from '@ariane/kernel';
import { type Database, FileKeyStore, seal } from '@ariane/store';
import { type Caseload, caseloadAt, pin, TODAY } from './caseload.ts';
import { blindHash, type Person, personAt } from './register.ts';

// The compiled decider: what is loaded has exactly the shape that the service would have written.
const { work } = createRequire(import.meta.url)('../../../services/pathways/dist/work.js') as {
  readonly work: Decider<Work, object, object>;
};
interface Work {
  readonly items: readonly { readonly id: string }[];
}

const BATCH = 1_000;
export const territory = 'bench';

interface Batches {
  readonly patients: object[];
  readonly pathways: object[];
  readonly works: object[];
  readonly workItems: object[];
  readonly tasks: object[];
  readonly alerts: object[];
}

export interface Loaded {
  readonly counts: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** Loads patients with their pathways and tasks by batches, sealed with a key of their own each. */
export async function load(database: Database, keysFolder: string, patients: number, tasks: number): Promise<Loaded> {
  const from = performance.now();
  const keys = new FileKeyStore(keysFolder);
  const wrapping = await keys.key(territory, 'wrapping');
  const blind = await keys.key(territory, 'blind-index');
  const counts: Record<string, number> = {};
  let loadedTasks = 0;
  for (let begin = 0; begin < patients; begin += BATCH) {
    const batch: Batches = { patients: [], pathways: [], works: [], workItems: [], tasks: [], alerts: [] };
    for (let index = begin; index < Math.min(patients, begin + BATCH); index += 1) {
      const wanted = Math.round(((index + 1) * tasks) / patients) - loadedTasks;
      loadedTasks += wanted;
      const person = personAt(index);
      const key = patientKey(keysFolder, wrapping, { territory, patientId: person.id });
      add(batch, person, caseloadAt(index, patients, wanted), key, blindHash(blind, person.identifier));
    }
    await Promise.all(
      Object.entries(batch).map(async ([name, documents]: [string, object[]]) => {
        counts[name] = (counts[name] ?? 0) + documents.length;
        if (documents.length === 0) return;
        const collection = database.db.collection(name);
        await collection.insertMany(documents, { ordered: false, writeConcern: { w: 1, journal: false } });
      }),
    );
    if ((begin / BATCH) % 40 === 39) console.log(`  ${begin + BATCH} patients, ${seconds(from).toFixed(0)} s`);
  }
  return { counts, seconds: seconds(from) };
}

const seconds = (from: number): number => (performance.now() - from) / 1_000;

/** A key file as the key store writes it, without forcing each to disk: there are hundreds of thousands. */
export function patientKey(
  folder: string,
  wrapping: KeyObject,
  { territory, patientId }: { readonly territory: string; readonly patientId: string },
): KeyObject {
  const bytes = Buffer.alloc(32, patientId);
  const safe = `patient_${patientId}`;
  const parent = join(folder, territory, safe.slice(-2));
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  writeFileSync(join(parent, `${safe}.key`), seal(wrapping, bytes, `${territory}/patient:${patientId}`), {
    mode: 0o600,
  });
  return createSecretKey(bytes);
}

function add(batch: Batches, person: Person, caseload: Caseload, key: KeyObject, hash: string): void {
  const { pathwayId, patientId, team, tasks, alerts } = caseload;
  const sealedWith = `patient:${patientId}`;
  const sealed = (name: string, id: string, secret: object) => ({
    sealed: seal(key, Buffer.from(canonicalJson(secret)), `${name}/${id}`),
    sealedWith,
  });
  const { familyName, givenNames, birthDate, sex, identifier } = person;
  const traits = { familyName, givenNames, birthDate, sex, language: 'fr', identifiers: [identifier] };
  const stored = { territory, version: 1 };
  batch.patients.push({
    _id: patientId,
    id: patientId,
    ...stored,
    identifierHashes: [hash],
    conditions: [],
    measurements: [],
    pathways: [{ pathwayId, protocolId: pin.id, active: true }],
    ...sealed('patient', patientId, traits),
  });
  batch.pathways.push({
    _id: pathwayId,
    id: pathwayId,
    ...stored,
    ...pathwayBody(patientId, team),
    ...sealed('pathway', pathwayId, { person: { birthDate, sex } }),
  });
  for (const task of tasks) batch.tasks.push({ _id: task.id, ...stored, ...task });
  for (const { id, ...alert } of alerts) {
    batch.alerts.push({
      _id: id,
      id,
      ...stored,
      pathwayId,
      patientId,
      ...alert,
      ...sealed('alert', id, { text: 'Essai' }),
    });
  }
  const after = seen(caseload);
  batch.works.push({ _id: pathwayId, ...stored, ...after });
  for (const { id, ...item } of after.items) batch.workItems.push({ _id: id, territory, ...item });
}

/** The worklist of a pathway, decided by the service's own code from its plan, its tasks and its alerts. */
function seen({ plan, open: tasks, alerts }: Caseload): Work {
  const events = work.decide(undefined, { type: 'BeginWork', sources: { plan, tasks, alerts } });
  const state = events.reduce<Work | undefined>((before, event) => work.evolve(before, event), undefined);
  if (state === undefined) throw new Error('a pathway was not put on the list');
  return state;
}

/** Settled and asleep for years, so that nothing rings while it is read. */
const pathwayBody = (patientId: string, team: Caseload['team']) => ({
  patientId,
  protocol: pin,
  contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
  enrolledAt: '2026-01-05T08:00:00.000Z',
  timeZone: 'Europe/Paris',
  holidays: 'FR',
  status: 'ACTIVE',
  disclosure: 'ANNOUNCED',
  team,
  facts: [],
  steps: [],
  milestones: [],
  asks: [],
  asksSince: null,
  bookings: [],
  wakeAt: '2036-01-01T00:00:00.000Z',
  plannedAt: TODAY,
  settled: true,
});
