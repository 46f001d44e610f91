import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ensureServers } from './downloads.ts';
import { serverProcesses } from './servers.ts';
import { putFile } from './put-file.ts';
import { hasOwnProvider, helperProcess, serviceProcess, sharedEnv, type StackSettings } from './service-processes.ts';
import { StackError } from './stack-error.ts';
import { SupervisedProcess, type Part } from './supervised-process.ts';
import { lastProcessesEnded, ProcessRecord } from './process-record.ts';
import { refuseTakenPorts } from './taken-port.ts';
import { helpers, planPorts, serverNames, serviceUrls, services, type PortPlan } from './topology.ts';
import { Watchdog } from './watchdog.ts';

export * from './topology.ts';

export interface StackOptions {
  /** Where the three servers run; services are always processes of this machine. */
  readonly mode: 'processes' | 'containers';
  /** Working folder: data, logs, keys and the clock file go into it and are found again by the next start. */
  readonly dir: string;
  readonly portBase: number;
  /** All services with worker and issuer, some of them by name (with the issuer), or the servers alone. */
  readonly services: boolean | readonly string[];
  /** An instant (`2026-03-02T08:00:00Z`) switches the stepped demo clock on; a clock file that exists wins. */
  readonly demoClock?: string | undefined;
  readonly arianeMode?: 'demo' | 'test' | 'production' | undefined;
  /** More environment for every service, such as OTEL_*. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly log?: ((line: string) => void) | undefined;
  /** Services that have their place in the stack but are not started until `restart` asks for them. */
  readonly halted?: readonly string[] | undefined;
  /** The folder is thrown away with the stack: a watchdog removes it too when this process is killed. */
  readonly temporary?: boolean | undefined;
  /** Lets tests make faults in mongod by `configureFailPoint`: never where people work. */
  readonly failPoints?: boolean | undefined;
  /** What mongod may keep in memory, in GB: half of one where nothing is said, which suits the demo and the tests. */
  readonly mongoCacheGb?: number | undefined;
  /** Gives up a start that is under way, and stops what it has started. */
  readonly signal?: AbortSignal | undefined;
}

export interface Stack {
  readonly ports: PortPlan;
  /** Base addresses: each service, `clock`, `issuer`, `temporal-ui`. */
  readonly urls: Readonly<Record<string, string>>;
  /** What a client of the servers needs: MONGO_URL, KAFKA_BROKERS, TEMPORAL_ADDRESS, ARIANE_ISSUER_URL, SERVICE_URLS ... */
  readonly env: Readonly<Record<string, string>>;
  /** Sends a signal; whoever dies of it is started again. */
  kill(name: string, signal?: NodeJS.Signals): Promise<void>;
  /** Stops in order and starts again; resolves when it is ready. */
  restart(name: string): Promise<void>;
  /** Stops in order and leaves it stopped, until `restart`. */
  halt(name: string): Promise<void>;
  /** Resolves when everything, or the named part, can be used. */
  whenReady(name?: string): Promise<void>;
  pids(): Record<string, number>;
  /** Stops services, then servers. */
  stop(): Promise<void>;
}

/**
 * Starts a stack and resolves when all of it is ready. What dies is started again until `stop`; when this process
 * dies, even by kill -9, everything it started is ended by a watchdog.
 * @throws StackError for a taken port, a failed download, or a part that does not become ready.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const log = options.log ?? (() => undefined);
  const dir = resolve(options.dir);
  const ports = planPorts(options.portBase);
  const names = chosenServices(options.services);
  await lastProcessesEnded(recordIn(dir), log);
  const helping = chosenHelpers(options, names);
  await refuseTakenPorts(usedPorts(ports, [...names, ...helping.map(({ name }) => name)]));
  await mkdir(dir, { recursive: true });
  const settings = await settingsOf(options, dir, ports, names);
  const watchdog = new Watchdog({
    record: new ProcessRecord(recordIn(dir)),
    temporaryFolder: options.temporary === true ? dir : undefined,
  });
  const servers = await serverParts(options, settings, watchdog, log);
  const nodes = [
    ...helping.map((helper) => helperProcess(helper, settings)),
    ...names.map((name) => serviceProcess(name, settings)),
  ];
  const others = nodes.map((spec) => new SupervisedProcess(spec, watchdog, log));
  const stack = new RunningStack(new Map([...servers, ...others].map((part) => [part.name, part])), settings, watchdog);
  const abort = (): void => void stack.stop();
  options.signal?.addEventListener('abort', abort);
  try {
    for (const group of [servers, others]) {
      options.signal?.throwIfAborted();
      await Promise.all(group.filter((part) => !options.halted?.includes(part.name)).map((part) => part.start()));
    }
  } catch (error) {
    await stack.stop();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
  return stack;
}

/** Where a stack in this folder keeps the numbers of its processes. */
export function recordIn(dir: string): string {
  return join(dir, 'processes.json');
}

class RunningStack implements Stack {
  readonly ports: PortPlan;
  readonly urls: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  private readonly parts: ReadonlyMap<string, Part>;
  private readonly watchdog: Watchdog;
  private stopped: Promise<void> | undefined;

  constructor(parts: ReadonlyMap<string, Part>, settings: StackSettings, watchdog: Watchdog) {
    this.parts = parts;
    this.ports = settings.ports;
    this.urls = settings.urls;
    this.env = sharedEnv(settings);
    this.watchdog = watchdog;
  }

  kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    return this.part(name).kill(signal);
  }

  async restart(name: string): Promise<void> {
    await this.part(name).stop();
    await this.part(name).start();
  }

  halt(name: string): Promise<void> {
    return this.part(name).stop();
  }

  async whenReady(name?: string): Promise<void> {
    const awaited = name === undefined ? [...this.parts.values()] : [this.part(name)];
    await Promise.all(awaited.map((part) => part.whenReady()));
  }

  pids(): Record<string, number> {
    const found = [...this.parts.values()].map((part) => [part.name, part.pid] as const);
    return Object.fromEntries(found.filter((pair): pair is readonly [string, number] => pair[1] !== undefined));
  }

  stop(): Promise<void> {
    this.stopped ??= this.stopInOrder();
    return this.stopped;
  }

  private async stopInOrder(): Promise<void> {
    const isServer = (part: Part): boolean => serverNames.some((name) => name === part.name);
    const all = [...this.parts.values()];
    // Services finish their transactions and leave their groups first, which needs the servers.
    await Promise.all(all.filter((part) => !isServer(part)).map((part) => part.stop()));
    await Promise.all(all.filter(isServer).map((part) => part.stop()));
    this.watchdog.done();
  }

  private part(name: string): Part {
    const part = this.parts.get(name);
    if (!part)
      throw new StackError(`This stack has no part named ${name}; it has ${[...this.parts.keys()].join(', ')}.`);
    return part;
  }
}

function chosenServices(wanted: StackOptions['services']): string[] {
  if (wanted === false) return [];
  const all = services.map((service) => service.name as string); // as: names asked for may be misspelt
  if (wanted === true) return all;
  const unknown = wanted.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new StackError(`There is no service named ${unknown}; there are ${all.join(', ')}.`);
  return [...wanted];
}

/** The clock steps for a demo only; people sign in to the demo's provider where there is a portal and no other provider. */
function chosenHelpers({ demoClock, arianeMode }: StackOptions, names: readonly string[]): (typeof helpers)[number][] {
  if (names.length === 0) return [];
  const demoSignIn = names.includes('portal') && arianeMode !== 'production' && !hasOwnProvider(process.env);
  return helpers.filter(
    ({ name }) => (name !== 'clock' || demoClock !== undefined) && (name !== 'identity' || demoSignIn),
  );
}

/** Ports of the three servers, and of what is started beside them. */
function usedPorts(ports: PortPlan, started: readonly string[]): Record<string, number> {
  const ours = new Set<string>([...services, ...helpers].map(({ name }) => name));
  return Object.fromEntries(Object.entries(ports).filter(([name]) => !ours.has(name) || started.includes(name)));
}

async function serverParts(
  { mode, failPoints = false, mongoCacheGb = 0.5 }: StackOptions,
  settings: StackSettings,
  watchdog: Watchdog,
  log: (line: string) => void,
): Promise<Part[]> {
  if (mode === 'containers') {
    const { serverContainers } = await import('./containers.ts');
    return serverContainers(settings.ports, log, failPoints);
  }
  const binaries = await ensureServers(log);
  const [dataDir, logDir] = [join(settings.dir, 'data'), join(settings.dir, 'logs')];
  const place = { dataDir, logDir, ports: settings.ports, failPoints, mongoCacheGb };
  const specs = await serverProcesses(binaries, place, watchdog);
  return serverNames.map((name) => new SupervisedProcess(specs[name], watchdog, log));
}

async function settingsOf(
  options: StackOptions,
  dir: string,
  ports: PortPlan,
  names: readonly string[],
): Promise<StackSettings> {
  const keysDir = join(dir, 'data', 'keys');
  await mkdir(join(keysDir, 'store'), { recursive: true, mode: 0o700 });
  const clockFile = options.demoClock === undefined ? undefined : join(dir, 'data', 'clock.json');
  if (clockFile !== undefined && options.demoClock !== undefined) await startClockFile(clockFile, options.demoClock);
  const base = serviceUrls(ports, names);
  const local = (port: number): string => `http://127.0.0.1:${port}`;
  return {
    dir,
    ports,
    keysDir,
    secretFile: join(keysDir, 'service-secrets.json'),
    clockFile,
    issuerUrl: local(ports.issuer),
    serviceUrls: base,
    urls: {
      ...base,
      ...(names.length > 0 && { issuer: local(ports.issuer) }),
      ...(names.length > 0 && clockFile !== undefined && { clock: local(ports.clock) }),
      'temporal-ui': local(ports['temporal-ui']),
    },
    arianeMode: options.arianeMode ?? (options.demoClock === undefined ? 'test' : 'demo'),
    extraEnv: options.env ?? {},
  };
}

/** A clock file that is there already has lived with the data beside it, so it goes on from its own instant. */
async function startClockFile(file: string, now: string): Promise<void> {
  if (existsSync(file) && (await readFile(file, 'utf8')).trim() !== '') return;
  await putFile(file, JSON.stringify({ now }));
}
