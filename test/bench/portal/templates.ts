import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { localIdentifier, localSystem } from '@ariane/kernel';
import type { Protocol } from '@ariane/protocol';
import { type CommandContext, type Database, type Effect, effect, FileKeyStore, Store, unseal } from '@ariane/store';
import { agendaOf } from '../../demo/agenda.ts';
import { cohortOf, type Person } from '../../demo/cohort.ts';
import { pastOf } from '../../demo/past.ts';
import { protocolsOf } from '../../demo/protocols.ts';
import { idOf } from '../worklist/register.ts';
import { NOW, territory } from './region.ts';

type Kind = Effect['type'];
/** The service's own deciders: what is loaded is what it would have written. */
const { patients, pathways } = createRequire(import.meta.url)(
  '../../../services/pathways/dist/aggregates.store.js',
) as Readonly<Record<'patients' | 'pathways', Kind>>;
const nameOfCollection: Readonly<Record<string, string>> = {
  patients: 'patient',
  pathways: 'pathway',
  alerts: 'alert',
};

/** So many kinds of pathway are made; all others are copies of them with ids, people and keys of their own. */
const TEMPLATES = 20;
/** Who has lived longer would make the log of a region larger than the disk of a bench. */
const FACTS_MAX = 60;

/** A stored document as text, with what it seals opened beside it. */
export interface StoredText {
  readonly collection: string;
  readonly clear: string;
  readonly secret?: string;
  /** The secret is bound to this and the document's id. */
  readonly boundTo: string;
  readonly place: 'sealed' | 'data';
}

/** All that the service keeps of one pathway and its patient. */
export interface Template {
  readonly pathwayId: string;
  readonly patientId: string;
  readonly facts: number;
  readonly team: readonly { readonly practitionerId: string; readonly role: string }[];
  readonly steps: readonly string[];
  readonly documents: readonly StoredText[];
}

interface Stored {
  readonly steps: readonly { readonly key: string }[];
  readonly asks: readonly { readonly id: string; readonly service: string; readonly stepKey: string }[];
  readonly facts: readonly object[];
}
interface Row {
  readonly _id: string;
  readonly sealed?: { readonly buffer: Uint8Array };
  readonly data?: { readonly buffer: Uint8Array };
  readonly sealedWith?: string;
  readonly keyid?: string;
}

const context = (): CommandContext => {
  const messageId = randomUUID();
  const ids = { messageId, correlationId: messageId, causationId: messageId };
  return { ...ids, consumer: 'http', territory, actor: 'service:workflows', now: NOW };
};

/** Enrols people of the demo in the protocols that ship, with their past, and reads what that has left. */
export async function templatesIn(database: Database, keysFolder: string): Promise<readonly Template[]> {
  const keys = new FileKeyStore(keysFolder);
  const store = new Store(database, keys, 'pathways');
  const protocols = new Map(protocolsOf().map((protocol) => [protocol.document.id, protocol]));
  const people = cohortOf([...protocols.values()], Date.parse(NOW)).filter(
    ({ status, facts }) => status === 'ACTIVE' && facts.length <= FACTS_MAX,
  );
  const templates: Template[] = [];
  for (const person of people.slice(0, TEMPLATES)) {
    const protocol = protocols.get(person.protocolId);
    if (protocol === undefined) continue;
    const team = teamFor(protocol);
    await enrolled(store, person, protocol, team);
    const { steps, asks, facts } = (await read(store, person.pathwayId)) as Stored;
    await answered(store, person.pathwayId, asks);
    const documents = await documentsOf(database, keys, person);
    const { pathwayId, patientId } = person;
    templates.push({ pathwayId, patientId, facts: facts.length, team, steps: steps.map(({ key }) => key), documents });
  }
  return templates;
}

const teamFor = ({ document }: Protocol): Template['team'] =>
  ['coordinator', ...Object.keys(document.roles)].map((role) => ({ practitionerId: idOf(`member/${role}`, 0), role }));

const read = async (store: Store, id: string): Promise<unknown> => (await store.read(pathways, territory, id))?.state;

async function enrolled(store: Store, person: Person, protocol: Protocol, team: Template['team']): Promise<void> {
  const { patientId, pathwayId, familyName, givenName, birthDate, sex, begunMs } = person;
  const identifiers = [{ system: localSystem, value: localIdentifier(person.order) }];
  const identity = { familyName, givenNames: [givenName], birthDate, sex, language: 'fr', identifiers };
  const register = { type: 'RegisterPatient', id: patientId, ...identity, identifierHashes: [patientId] };
  await store.handleMany([effect(patients, patientId, register)], context());
  const todayMs = Date.parse(NOW);
  const past = pastOf(person, protocol, [], { agenda: agendaOf(), meetingAt: (fromMs) => fromMs, todayMs });
  const { id, version, reviewBy } = protocol.document;
  const enrol = {
    ...{ type: 'Enrol', pathwayId, patientId, protocol: { id, version, sha256: protocol.sha256 }, reviewBy },
    contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
    ...{ timeZone: 'Europe/Paris', holidays: 'FR', begunAt: new Date(begunMs).toISOString(), now: NOW },
    team: team.map((member) => ({ ...member, ground: 'same-establishment' })),
    history: past.history.map(({ factId, ...fact }) => ({ id: factId, ...fact })),
  };
  await store.handleMany([effect(pathways, pathwayId, enrol)], context());
  await advanced(store, pathwayId);
}

async function advanced(store: Store, pathwayId: string): Promise<void> {
  const now = { care: NOW, machine: new Date().toISOString() };
  await store.handleMany([effect(pathways, pathwayId, { type: 'Advance', now })], context());
}

/** Other services have taken on what they were asked for: visits are booked for a day of the coming weeks. */
async function answered(store: Store, pathwayId: string, asks: Stored['asks']): Promise<void> {
  for (const [index, { id: askId, service, stepKey }] of asks.entries()) {
    const startsAt = new Date(Date.parse(NOW) + (index + 2) * 86_400_000).toISOString();
    const booking = { stepKey, appointmentId: askId, status: 'booked', startsAt };
    const answer = { type: 'AnswerAsk', askId, stepKey, ...(service === 'scheduling' ? { booking } : {}) };
    await store.handleMany([effect(pathways, pathwayId, answer)], context());
  }
  await advanced(store, pathwayId);
}

async function documentsOf(
  { db }: Database,
  keys: FileKeyStore,
  { pathwayId, patientId }: Person,
): Promise<readonly StoredText[]> {
  const where: Readonly<Record<string, object>> = {
    patients: { _id: patientId },
    pathways: { _id: pathwayId },
    works: { _id: pathwayId },
    workItems: { pathwayId },
    tasks: { pathwayId },
    alerts: { pathwayId },
    // What the timeline reads: when each fact was written down.
    outbox: { subject: pathwayId, type: /FactRecorded/ },
  };
  const found = await Promise.all(
    Object.entries(where).map(async ([collection, filter]) => {
      const rows = await db.collection(collection).find(filter).toArray();
      return Promise.all(rows.map((row) => textOf(keys, collection, row as unknown as Row))); // ids are texts of ours
    }),
  );
  return found.flat();
}

async function textOf(keys: FileKeyStore, collection: string, row: Row): Promise<StoredText> {
  const { sealed, data, ...clear } = row;
  const keyId = row.sealedWith ?? row.keyid;
  const hidden = sealed ?? data;
  const boundTo = collection === 'outbox' ? '' : `${nameOfCollection[collection] ?? ''}/`;
  const about = {
    collection,
    clear: JSON.stringify(clear),
    boundTo,
    place: data === undefined ? 'sealed' : 'data',
  } as const;
  if (hidden === undefined || keyId === undefined) return about;
  const key = await keys.key(territory, keyId);
  return { ...about, secret: unseal(key, Buffer.from(hidden.buffer), `${boundTo}${row._id}`).toString() };
}
