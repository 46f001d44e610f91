import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

/** The processes that hold a secret of their own. */
export const serviceNames = [
  'pathways',
  'scheduling',
  'tele-expertise',
  'meetings',
  'capitation',
  'portal',
  'workflows',
  'operator',
] as const;

export type ServiceName = (typeof serviceNames)[number];

/** The issuer's signing keys, newest first; made at the first start. */
export async function readOrMakeKeys(file: string): Promise<readonly JWK[]> {
  const { keys } = await readOrMake(file, async () => ({ keys: [await newKey()] }));
  if (!Array.isArray(keys) || keys.length === 0) throw new Error('The keys file holds no key.');
  return keys as JWK[]; /* jose checks each key when it imports it */
}

/** The secret of each service; made at the first start, and for a service that is new since. */
export async function readOrMakeSecrets(file: string): Promise<Readonly<Record<string, unknown>>> {
  const secrets = await readOrMake(file, () => Promise.resolve(newSecrets(serviceNames)));
  const missing = serviceNames.filter((name) => !Object.hasOwn(secrets, name));
  if (missing.length === 0) return secrets;
  const completed = { ...secrets, ...newSecrets(missing) };
  await write(file, completed);
  return completed;
}

/** One service's secret; throws an Error without the file's content when there is none. */
export async function readSecret(file: string, service: string): Promise<string> {
  const secret = (JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>)[service]; /* checked below */
  if (typeof secret !== 'string' || secret.length < 32) throw new Error(`No secret for the service ${service}.`);
  return secret;
}

function newSecrets(names: readonly ServiceName[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('base64url')]));
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = await exportJWK(privateKey);
  return { ...key, alg: 'ES256', use: 'sig', kid: await calculateJwkThumbprint(key) };
}

async function readOrMake(
  file: string,
  make: () => Promise<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>; /* the callers check the shape */
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; /* what readFile throws */
  }
  const made = await make();
  await write(file, made);
  return made;
}

async function write(file: string, content: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // Written beside and renamed, so that a reader never meets half a file; readable by its owner only.
  const beside = `${file}.${process.pid}`;
  const handle = await open(beside, 'w', 0o600);
  await handle.writeFile(JSON.stringify(content));
  await handle.sync();
  await handle.close();
  await rename(beside, file);
}
