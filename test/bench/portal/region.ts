import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '@ariane/kernel';
import { type Database, FileKeyStore, seal } from '@ariane/store';
import { mongo } from 'mongoose';
import { patientKey } from '../worklist/load.ts';
import { blindHash, chanceFrom, idOf, type Person, personAt } from '../worklist/register.ts';
import { type CutDocument, filled, type Stamp, stampOf } from './stamp.ts';
import type { Template } from './templates.ts';

export const territory = 'demo';
/** Where the clock of care stands still. */
export const NOW = '2026-03-02T08:00:00.000Z';
/** Nothing wakes up while people work: Temporal's own work is another bench's. */
const ASLEEP_UNTIL = '2036-01-01T00:00:00.000Z';
/** What was told of a copy before it was made has a place before all that is heard from now on. */
const HEARD_BEFORE = 100_000;
const BATCH = 500;

/** How large the region is. */
export interface Size {
  readonly patients: number;
  readonly pathways: number;
  readonly coordinators: number;
  readonly specialists: number;
}

export const coordinatorAt = (index: number): string => idOf('bench-coordinator', index);
export const specialistAt = (index: number): string => idOf('bench-specialist', index);
export const pathwayAt = (index: number): string => idOf('bench-pathway', index);
/** Every coordinator has the same share, of all kinds of pathway. */
export const coordinatorOf = (index: number, { coordinators, pathways }: Size): number =>
  Math.floor((index * coordinators) / pathways);
/** Who has a place in the team of a pathway; its last places are specialists'. */
export const specialistOf = (index: number, place: number, { specialists }: Size): number =>
  (Math.floor(chanceFrom(index + 11)() * specialists) + place) % specialists;

type Documents = Map<string, Record<string, unknown>[]>;

interface Loading {
  readonly size: Size;
  readonly keysFolder: string;
  readonly wrapping: KeyObject;
  readonly blind: KeyObject;
  readonly stamps: readonly Stamp[];
  readonly templates: readonly Template[];
}

/**
 * Fills pathways' and the portal's databases by batches, each document in the form in which the services write it and
 * sealed with its patient's own key. Gives how many of each there are.
 */
export async function loadRegion(
  databases: { readonly pathways: Database; readonly portal: Database },
  keysFolder: string,
  templates: readonly Template[],
  size: Size,
): Promise<Readonly<Record<string, number>>> {
  const keys = new FileKeyStore(keysFolder);
  const [wrapping, blind] = [await keys.key(territory, 'wrapping'), await keys.key(territory, 'blind-index')];
  const loading = { size, keysFolder, wrapping, blind, templates, stamps: templates.map(stampOf) };
  const counts: Record<string, number> = {};
  for (let begin = 0; begin < size.patients; begin += BATCH) {
    const ours: Documents = new Map();
    const portals: Documents = new Map();
    for (let index = begin; index < Math.min(size.patients, begin + BATCH); index += 1) {
      const person = personAt(index);
      const key = patientKey(keysFolder, wrapping, { territory, patientId: person.id });
      if (index < size.pathways) addPathway(loading, { index, person, key }, ours, portals);
      else add(ours, 'patients', patientOf(loading, person, key));
      add(portals, 'patient_copies', copyOf(person, key));
    }
    await Promise.all([written(databases.pathways, ours, counts), written(databases.portal, portals, counts)]);
  }
  return counts;
}

async function written({ db }: Database, documents: Documents, counts: Record<string, number>): Promise<void> {
  for (const [name, rows] of documents) {
    counts[name] = (counts[name] ?? 0) + rows.length;
    await db.collection(name).insertMany(rows, { ordered: false, writeConcern: { w: 1, journal: false } });
  }
}

function add(documents: Documents, collection: string, document: Record<string, unknown>): void {
  const rows = documents.get(collection);
  if (rows === undefined) documents.set(collection, [document]);
  else rows.push(document);
}

interface One {
  readonly index: number;
  readonly person: Person;
  readonly key: KeyObject;
}

/** One copy of a template, its own coordinator and specialists in its team, and what the portal has heard of it. */
function addPathway(loading: Loading, one: One, ours: Documents, portals: Documents): void {
  const { size, stamps, templates } = loading;
  const nth = one.index % stamps.length;
  const [stamp, template] = [stamps[nth], templates[nth]];
  if (stamp === undefined || template === undefined) throw new Error('there is no template');
  const pathwayId = pathwayAt(one.index);
  const members = template.team.map(({ role }, place) =>
    role === 'coordinator' || role === 'IDEC'
      ? coordinatorAt(coordinatorOf(one.index, size))
      : specialistAt(specialistOf(one.index, place, size)),
  );
  const own = stamp.idsOf(pathwayId, one.person.id, (member) => members[member] ?? '');
  for (const document of stamp.documents) add(ours, document.stored.collection, stamped(loading, one, document, own));
  const grounds = [...new Set(members)].map((practitionerId) => ({
    practitionerId,
    kind: 'care-team',
    caseId: pathwayId,
  }));
  const stored = { territory, version: 1 };
  add(portals, 'acquaintances', { _id: one.person.id, ...stored, grounds, isPresented: false });
  add(portals, 'pathway_readers', { _id: pathwayId, ...stored, readers: [...new Set(members)] });
}

function stamped({ blind }: Loading, one: One, document: CutDocument, own: readonly string[]): Record<string, unknown> {
  const { stored, clear, secret } = document;
  const row = JSON.parse(filled(clear, own)) as Record<string, unknown>; // a document of the service
  if (stored.collection === 'pathways')
    Object.assign(row, { settled: true, asks: [], asksSince: null, wakeAt: ASLEEP_UNTIL });
  if (stored.collection === 'alerts' && row['dueAt'] !== null) row['dueAt'] = climbsAt(one.index);
  if (stored.collection === 'patients') row['identifierHashes'] = [blindHash(blind, one.person.identifier)];
  if (stored.collection === 'outbox') row['sequence'] = Number(row['sequence']) - HEARD_BEFORE;
  if (secret === undefined) return row;
  const hidden = filled(secret, own);
  const plain = stored.collection === 'patients' ? namedAs(one.person, hidden) : hidden;
  row[stored.place] = sealed(one.key, plain, `${stored.boundTo}${String(row['_id'])}`);
  return row;
}

/** Alerts climb within the day to come: at the moment of the bench none is overdue, as where somebody looks after them. */
const climbsAt = (index: number): string =>
  new Date(Date.parse(NOW) + (1 + ((index * 37) % (24 * 60))) * 60_000).toISOString();

/** The template's birth date and sex are in its plan; everything else is the person's own. */
function namedAs({ familyName, givenNames, identifier }: Person, text: string): string {
  const traits = JSON.parse(text) as object; // what the service sealed
  return canonicalJson({ ...traits, familyName, givenNames, identifiers: [identifier] });
}

const sealed = (key: KeyObject, plain: string, bound: string): mongo.Binary =>
  new mongo.Binary(seal(key, Buffer.from(plain), bound));

const traitsOf = ({ familyName, givenNames, birthDate, sex }: Person) => ({ familyName, givenNames, birthDate, sex });

/** Somebody of the register whom no pathway concerns. */
function patientOf({ blind }: Loading, person: Person, key: KeyObject): Record<string, unknown> {
  const { id, identifier } = person;
  const traits = { ...traitsOf(person), language: 'fr', identifiers: [identifier] };
  return {
    ...{ _id: id, id, territory, version: 1, identifierHashes: [blindHash(blind, identifier)] },
    ...{ conditions: [], measurements: [], pathways: [] },
    ...{ sealed: sealed(key, canonicalJson(traits), `patient/${id}`), sealedWith: `patient:${id}` },
  };
}

/** The portal's copy of the same person. */
function copyOf(person: Person, key: KeyObject): Record<string, unknown> {
  const { id } = person;
  const about = { _id: id, territory, version: 1, patientId: id, sealedWith: `patient:${id}` };
  return { ...about, sealed: sealed(key, canonicalJson(traitsOf(person)), `patient-copy/${id}`) };
}
