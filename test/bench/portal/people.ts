import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { type CommandContext, type Database, type Effect, effect, FileKeyStore, Store } from '@ariane/store';
import { idOf, personAt } from '../worklist/register.ts';
import { coordinatorAt, NOW, pathwayAt, type Size, specialistAt, specialistOf, territory } from './region.ts';

type Kind = Effect['type'];
interface Opening {
  readonly person: object;
  readonly issuer: string;
  readonly providerSubject: string;
  readonly providerSession: undefined;
  readonly idToken: string;
}
interface OpenedBy {
  open(opening: Opening, nowMs: number): Promise<string>;
}
/** The services' own code: the compiled one, as it runs. */
const compiled = createRequire(import.meta.url);
const { practitioners } = compiled('../../../services/pathways/dist/aggregates.store.js') as { practitioners: Kind };
const { opinionRequests } = compiled('../../../services/tele-expertise/dist/opinion-requests.store.js') as {
  opinionRequests: Kind;
};
const { Sessions } = compiled('../../../services/portal/dist/sessions.store.js') as {
  Sessions: new (database: object, settings: object) => OpenedBy;
};
const { PortalDatabase } = compiled('../../../services/portal/dist/portal-database.store.js') as {
  PortalDatabase: new (store: Store) => object;
};

const DAY_MS = 86_400_000;
/** Questions that wait for each specialist. */
const QUESTIONS = 8;
const SPECIALTY = 'pathology';
/** Every protocol's team has at least this many places. */
const LAST_PLACE = 3;

/** Somebody who works, and the cookie of their session. */
export interface Worker {
  readonly role: 'coordinator' | 'specialist' | 'territory-administrator';
  readonly practitionerId: string;
  readonly cookie: string;
}

const context = (): CommandContext => {
  const messageId = randomUUID();
  const ids = { messageId, correlationId: messageId, causationId: messageId };
  return { ...ids, consumer: 'http', territory, actor: 'service:workflows', now: NOW };
};

const everybody = ({ coordinators, specialists }: Size) => [
  ...Array.from({ length: coordinators }, (_, index) => ({ id: coordinatorAt(index), role: 'coordinator' as const })),
  ...Array.from({ length: specialists }, (_, index) => ({ id: specialistAt(index), role: 'specialist' as const })),
];

/** Registers who works here and puts their questions, through the write path: the services hear of them by Kafka. */
export async function registerPeople(
  databases: { readonly pathways: Database; readonly teleExpertise: Database },
  keysFolder: string,
  size: Size,
): Promise<void> {
  const keys = new FileKeyStore(keysFolder);
  const register = new Store(databases.pathways, keys, 'pathways');
  const listed = everybody(size).map(({ id, role }, index) => {
    const exercise = role === 'specialist' ? ['doctor', SPECIALTY] : ['nurse', 'coordination'];
    const exercises = [{ role: exercise[0], specialty: exercise[1], from: '2020-01-01' }];
    const rpps = String(99_800_000_000 + index);
    const command = { type: 'RegisterPractitioner', id, rpps, name: `Démo ${index}`, exercises };
    return register.handleMany([effect(practitioners, id, command)], context());
  });
  await Promise.all(listed);
  const opinions = new Store(databases.teleExpertise, keys, 'tele-expertise');
  const asked = Array.from({ length: size.specialists * QUESTIONS }, (_, index) => {
    const { id, command } = questionAt(index, size);
    return opinions.handleMany([effect(opinionRequests, id, command)], context());
  });
  await Promise.all(asked);
}

function questionAt(index: number, size: Size): { readonly id: string; readonly command: object } {
  const requestId = randomUUID();
  const pathway = (index * 37) % size.pathways;
  const expertId = specialistAt(specialistOf(pathway, LAST_PLACE, size));
  const about = { pathwayId: pathwayAt(pathway), patientId: personAt(pathway).id, stepKey: 'second-reading' };
  const dueAt = new Date(Date.parse(NOW) + ((index % 20) + 2) * DAY_MS).toISOString();
  const asked = {
    ...{ requestId, ...about, specialty: SPECIALTY, requesterId: coordinatorAt(0), expertId, urgency: 'routine' },
    ...{ question: 'Question d’essai, longue comme celles que l’on pose pour une relecture.', attachments: [], dueAt },
  };
  const candidates = [
    {
      practitionerId: expertId,
      exercises: [{ role: 'doctor', specialty: SPECIALTY, from: '2020-01-01' }],
      openRequests: 0,
    },
  ];
  const command = { type: 'AskOpinion', asked, now: NOW, known: { day: NOW.slice(0, 10), candidates } };
  return { id: requestId, command };
}

/** Opens a session for each, and for who administers, as the portal does once the provider has vouched for them. */
export async function signInAll(portal: Database, keysFolder: string, size: Size): Promise<readonly Worker[]> {
  const store = new Store(portal, new FileKeyStore(keysFolder), 'portal');
  const sessions = new Sessions(new PortalDatabase(store), { limits: { idleMs: 1_800_000, wholeMs: 36_000_000 } });
  const administrator = { id: idOf('bench-administrator', 0), role: 'territory-administrator' as const };
  return Promise.all(
    [...everybody(size), administrator].map(async ({ id: practitionerId, role }, index): Promise<Worker> => {
      const person = { subject: practitionerId, name: `Démo ${index}`, roles: [role], territory, practitionerId };
      const by = { issuer: 'bench', providerSubject: practitionerId, providerSession: undefined, idToken: '' };
      const id = await sessions.open({ person, ...by }, Date.now());
      return { role, practitionerId, cookie: `__Host-ariane=${id}` };
    }),
  );
}
