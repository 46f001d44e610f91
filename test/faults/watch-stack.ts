import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localIdentifier } from '@ariane/kernel';
import { mongo } from 'mongoose';
import { startStack, type Stack } from '../../deploy/stack.ts';
import { stackMode } from '../../deploy/start-arguments.ts';
import { Api, keyOf } from '../story/api.ts';
import { activateVersion, ensureTerritory, type Territory } from '../story/territory.ts';
import { twelveSteps } from './twelve-steps.ts';

/** The drill's time stands still; only people and faults act. */
const demoClock = '2026-03-02T08:00:00.000Z';
const contractFile = join(import.meta.dirname, '../../services/capitation/payment-contracts/onco-pathway-a.json');

/** A stack on machine time whose only protocol is the twelve steps, with a contract that may pay it. */
export interface DrillStack {
  readonly stack: Stack;
  readonly api: Api;
  readonly territory: Territory;
}

export async function startDrillStack(
  dir: string,
  portBase: number,
  log: (line: string) => void,
  started: (stack: Stack) => void,
): Promise<DrillStack> {
  const protocols = join(dir, 'protocols');
  mkdirSync(protocols, { recursive: true });
  writeFileSync(join(protocols, 'twelve-steps.json'), JSON.stringify(twelveSteps));
  const env = { ARIANE_PROTOCOLS_DIR: protocols };
  const mode = stackMode(process.env);
  const stack = await startStack({ mode, dir, portBase, services: true, demoClock, env, log });
  started(stack);
  const api = new Api(stack.urls);
  const territory = await ensureTerritory(api);
  await activateDrillContract(api);
  return { stack, api, territory };
}

/** The demo's contract under another name, bound to the drill's protocol. */
async function activateDrillContract(api: Api): Promise<void> {
  const demo = JSON.parse(readFileSync(contractFile, 'utf8')) as Record<string, unknown>;
  const contract = 'drill-a';
  const document = { ...demo, contract, protocols: [{ id: twelveSteps.id }] };
  await api.post({ role: 'finance' }, 'capitation', '/payment-contracts', document, keyOf(contract, 'draft'));
  await activateVersion(api, { contract, version: 1 }, 'drill finance approver', contract);
}

const coordinator = { role: 'coordinator' } as const;

/** Registers an invented patient and enrols them; the pathway's id. */
export async function enrolOne(drill: DrillStack, seed: string): Promise<string> {
  await registerOne(drill, seed);
  return enrolRegistered(drill, seed);
}

/** Registers an invented patient. */
export async function registerOne({ api }: DrillStack, seed: string): Promise<void> {
  await api.post(
    coordinator,
    'pathways',
    '/patients',
    {
      id: keyOf(seed, 'patient'),
      familyName: 'ESSAI',
      givenNames: ['Fil'],
      birthDate: '1960-02-29',
      sex: 'female',
      language: 'fr',
      identifiers: [
        { system: 'urn:ariane:local', value: localIdentifier(Number.parseInt(keyOf(seed).slice(0, 8), 16)) },
      ],
    },
    keyOf(seed, 'register'),
  );
}

/** Enrols the patient registered under the same seed; the pathway's id. */
export async function enrolRegistered({ api, territory }: DrillStack, seed: string): Promise<string> {
  const patientId = keyOf(seed, 'patient');
  const pathwayId = keyOf(seed, 'pathway');
  const { practitionerId } = territory.of('IDEC');
  const careTeam = ['IDEC', 'coordinator'].map((role) => ({ practitionerId, role, ground: 'same-establishment' }));
  await api.post(
    { ...coordinator, practitionerId },
    'pathways',
    '/pathways',
    { id: pathwayId, patientId, protocolId: twelveSteps.id, careTeam },
    keyOf(seed, 'enrol'),
  );
  return pathwayId;
}

/** Counts in pathways' own database, read without any of our code. */
export async function countIn(stack: Stack, collection: string, filter: object): Promise<number> {
  const client = await mongo.MongoClient.connect(stack.env['MONGO_URL'] ?? '');
  try {
    return await client.db('ariane_pathways').collection(collection).countDocuments(filter);
  } finally {
    await client.close();
  }
}
