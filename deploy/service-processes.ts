import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from './stack-error.ts';
import type { ProcessSpec } from './supervised-process.ts';
import { services, serviceUrls, type helpers, type PortPlan } from './topology.ts';
import { httpAnswers, portAnswers } from './wait.ts';

export const repositoryRoot = join(import.meta.dirname, '..');

/** Measured: eight services take 730 MB with these, 970 MB without. */
const MEMORY_FLAGS = '--max-semi-space-size=4 --max-old-space-size=256';
/**
 * The worker plays each workflow task in a context of its own, which is mostly short-lived: with 4 MB for what is young it
 * spent more than half of its time collecting it: 671 ms of processor a pathway of twelve steps in runs of 60 pathways, 229 ms
 * with 16 MB in runs of 40 (`npm run bench -- pathways`). pathways reads whole plans for each screen: with 4 MB it spent
 * 28 % of its time so, in one profile of the bench `portal` on a busy machine.
 */
const ROOMY_MEMORY_FLAGS = '--max-semi-space-size=16 --max-old-space-size=256';
const roomy: ReadonlySet<string> = new Set(['workflows', 'pathways', 'portal']);

/**
 * Flags that NODE_OPTIONS does not allow. pathways reads imports of any size: its heap may grow by a fifth between two
 * collections, so that 100,000 resources take 1.1 times the memory of 10,000, and not 1.2 times.
 */
const nodeFlags: Readonly<Partial<Record<string, readonly string[]>>> = { pathways: ['--heap-growing-percent=20'] };

export interface StackSettings {
  readonly dir: string;
  readonly ports: PortPlan;
  readonly keysDir: string;
  /** The secrets that services show the issuer to get tokens of their own; the issuer makes the file. */
  readonly secretFile: string;
  readonly issuerUrl: string;
  readonly clockFile: string | undefined;
  readonly serviceUrls: Readonly<Record<string, string>>;
  readonly urls: Readonly<Record<string, string>>;
  readonly arianeMode: 'demo' | 'test' | 'production';
  readonly extraEnv: Readonly<Record<string, string>>;
}

/** The environment of every client of the stack: services, loader, story, tests. */
export function sharedEnv(settings: StackSettings): Record<string, string> {
  const { ports } = settings;
  return {
    MONGO_URL: `mongodb://127.0.0.1:${ports.mongo}/?replicaSet=rs0`,
    KAFKA_BROKERS: `127.0.0.1:${ports.kafka}`,
    TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
    ISSUER_URL: settings.issuerUrl,
    ARIANE_ISSUER_URL: settings.issuerUrl,
    SERVICE_URLS: JSON.stringify(settings.serviceUrls),
    ARIANE_KEYS_DIR: join(settings.keysDir, 'store'),
    ARIANE_SERVICE_SECRET_FILE: settings.secretFile,
    ARIANE_MODE: settings.arianeMode,
    ...(settings.clockFile !== undefined && {
      ARIANE_CLOCK_FILE: settings.clockFile,
      CLOCK_URL: `http://127.0.0.1:${ports.clock}`,
    }),
    ...settings.extraEnv,
  };
}

/** A service or the worker, compiled, under the Node that runs us. */
export function serviceProcess(name: string, settings: StackSettings): ProcessSpec {
  const service = services.find((candidate) => candidate.name === name);
  if (!service)
    throw new StackError(`There is no service named ${name}; there are ${services.map((one) => one.name).join(', ')}.`);
  const port = settings.ports[service.name];
  return {
    ...nodeProcess(name, service.entry, settings),
    env: { ...nodeEnv(name, port, settings), ...sharedEnv(settings), ...envOfItsOwn(name, settings) },
    probe: () => httpAnswers(`http://127.0.0.1:${port}/health/ready`),
  };
}

/**
 * Where received imports wait for their job. glibc would give each thread arenas of its own, which an import of 100,000
 * resources fills with what has long been freed.
 */
const importEnv = ({ dir }: StackSettings): Readonly<Record<string, string>> => ({
  ARIANE_SPOOL_DIR: join(dir, 'spool'),
  MALLOC_ARENA_MAX: '2',
});

function envOfItsOwn(name: string, settings: StackSettings): Readonly<Record<string, string>> {
  if (name === 'pathways') return importEnv(settings);
  if (name !== 'portal') return {};
  // The portal knows where every service would be: one that is not started is not ready.
  const everywhere = serviceUrls(
    settings.ports,
    services.map((service) => service.name),
  );
  return { ...signInEnv(settings), SERVICE_URLS: JSON.stringify(everywhere) };
}

/** Whether people sign in with a provider of the deployer's, which the environment names, or with the demo's. */
export const hasOwnProvider = (env: NodeJS.ProcessEnv): boolean => (env['ARIANE_OIDC_ISSUER'] ?? '') !== '';

/** What the portal and the demo's sign-in have to know of each other. */
function signInEnv({ ports, keysDir }: StackSettings): Readonly<Record<string, string>> {
  const local = (port: number): string => `http://127.0.0.1:${port}`;
  const { ARIANE_PORTAL_URL = local(ports.portal) } = process.env;
  if (hasOwnProvider(process.env)) return { ARIANE_PORTAL_URL };
  return {
    ARIANE_PORTAL_URL,
    ARIANE_OIDC_ISSUER: local(ports.identity),
    ARIANE_OIDC_CLIENT_ID: 'ariane-portal',
    ARIANE_OIDC_CLIENT_SECRET_FILE: join(keysDir, 'portal-client-secret'),
    ARIANE_OIDC_CLAIMS_FILE: join(repositoryRoot, 'services', 'portal', 'claim-mappings', 'demo.json'),
    ARIANE_OIDC_SCOPES: 'openid profile ariane',
  };
}

/** The demo clock, the issuer or the demo's sign-in. */
export function helperProcess(helper: (typeof helpers)[number], settings: StackSettings): ProcessSpec {
  const port = settings.ports[helper.name];
  return {
    ...nodeProcess(helper.name, helper.entry, settings),
    env: {
      ...nodeEnv(helper.name, port, settings),
      ...sharedEnv(settings),
      ...(helper.name === 'identity' && signInEnv(settings)),
      ISSUER_PORT: String(settings.ports.issuer),
      ISSUER_KEYS_FILE: join(settings.keysDir, 'issuer.json'),
    },
    probe: () => portAnswers(port),
  };
}

function nodeProcess(name: string, entry: string, settings: StackSettings): Omit<ProcessSpec, 'env' | 'probe'> {
  const file = join(repositoryRoot, entry);
  if (!existsSync(file)) throw new StackError(`${name} cannot start: ${entry} does not exist; run npm run build.`);
  return {
    name,
    command: process.execPath,
    args: [...(nodeFlags[name] ?? []), file],
    cwd: repositoryRoot,
    logFile: join(settings.dir, 'logs', `${name}.log`),
    readyWithinMs: 60_000,
    stopWithinMs: 10_000,
  };
}

/** Settings that a person may add for all services; what the stack decides itself overrides them. */
function isPassedThrough(key: string): boolean {
  // Another stack's clock, from the environment of a test in it, would date this one's facts.
  if (key === 'ARIANE_CLOCK_FILE') return false;
  return /^(OTEL|ARIANE)_/.test(key) || ['PATH', 'HOME', 'TZ', 'LANG', 'LOG_LEVEL'].includes(key);
}

function nodeEnv(name: string, port: number, settings: StackSettings): NodeJS.ProcessEnv {
  const passedThrough = Object.entries(process.env).filter(([key]) => isPassedThrough(key));
  return {
    ...Object.fromEntries(passedThrough),
    ARIANE_SERVICE: name,
    PORT: String(port),
    NODE_OPTIONS: roomy.has(name) ? ROOMY_MEMORY_FLAGS : MEMORY_FLAGS,
    NODE_ENV: settings.arianeMode === 'test' ? 'test' : 'production',
    // Compiled code is shared by all stacks of this clone: a service starts in 0.7 s instead of 1.1 s.
    NODE_COMPILE_CACHE: join(repositoryRoot, '.ariane', 'compile-cache'),
  };
}
