import { join } from 'node:path';
import { openDatabase } from '@ariane/store';
import { startStack, type Stack } from '../../../deploy/stack.ts';
import { services } from '../../../deploy/topology.ts';
import { registerPeople, signInAll, type Worker } from './people.ts';
import { loadRegion, NOW, type Size } from './region.ts';
import { templatesIn } from './templates.ts';

/** A region's pathways do not fit into what the demo's mongod is given. */
const MONGO_CACHE_GB = 3;
const COORDINATORS_SHARE = 0.7;
const SPECIALISTS_MIN = 16;
const START_MS = 900_000;

type Log = (what: string) => void;

/** A size that the environment may change. */
export const number = (name: string, byDefault: number): number => Number(process.env[name] ?? String(byDefault));

/** A region with so many people who work in it. */
export function regionOf(patients: number, pathways: number, people: number): Size {
  const coordinators = Math.max(1, Math.round(people * COORDINATORS_SHARE));
  return { patients, pathways, coordinators, specialists: Math.max(SPECIALISTS_MIN, people - coordinators) };
}

/** The stack of a bench under `.ariane/bench`, its services halted: what is to be loaded is loaded before they start. */
export function haltedStack(name: string, portBase: number): Promise<Stack> {
  return startStack({
    ...{ mode: 'processes', dir: benchFolder(name), portBase, services: true, demoClock: NOW, arianeMode: 'demo' },
    mongoCacheGb: MONGO_CACHE_GB,
    halted: [...services.map((service) => service.name), 'clock'],
  });
}

export const benchFolder = (name: string): string =>
  join(import.meta.dirname, '..', '..', '..', '.ariane', 'bench', name);

/** Fills the databases with a region and starts the services on them; whoever works there, signed in. */
export async function loaded(stack: Stack, size: Size, log: Log): Promise<readonly Worker[]> {
  const workers = await load(stack, size, log);
  await startServices(stack);
  log('services are ready, indexes made');
  return workers;
}

async function load({ env }: Stack, size: Size, log: Log): Promise<readonly Worker[]> {
  const keysFolder = env['ARIANE_KEYS_DIR'] ?? '';
  const open = (name: string) => openDatabase(env['MONGO_URL'] ?? '', `ariane_${name}`);
  const apart = await open('templates');
  const templates = await templatesIn(apart, keysFolder);
  await apart.db.dropDatabase();
  const facts = templates.map((one) => one.facts);
  log(`${templates.length} kinds of pathway decided, of ${Math.min(...facts)} to ${Math.max(...facts)} facts`);
  const databases = { pathways: await open('pathways'), portal: await open('portal') };
  const teleExpertise = await open('tele_expertise');
  const counts = await loadRegion(databases, keysFolder, templates, size);
  log(`loaded: ${JSON.stringify(counts)}`);
  await registerPeople({ pathways: databases.pathways, teleExpertise }, keysFolder, size);
  const workers = await signInAll(databases.portal, keysFolder, size);
  for (const { connection } of [apart, databases.pathways, databases.portal, teleExpertise]) await connection.close();
  return workers;
}

/** One after the other: the first start makes the indexes of what was loaded, which takes longer than a start may. */
async function startServices(stack: Stack): Promise<void> {
  const giveUp = Date.now() + START_MS;
  for (const { name } of services) {
    let begin: () => Promise<void> = () => stack.restart(name);
    for (let isUp = false; !isUp;) {
      isUp = await begin().then(
        () => true,
        (error: unknown) => {
          if (Date.now() > giveUp) throw error;
          begin = () => stack.whenReady(name);
          return false;
        },
      );
    }
  }
}
