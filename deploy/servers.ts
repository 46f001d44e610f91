import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './downloads.ts';
import { kafkaProperties, kafkaSettings, type KafkaPorts } from './kafka-settings.ts';
import { kafkaAnswers, replicaSetAnswers, temporalAnswers } from './probes.ts';
import { runCommand } from './run-command.ts';
import type { ProcessSpec } from './supervised-process.ts';
import type { PortPlan, ServerName } from './topology.ts';
import type { Watchdog } from './watchdog.ts';

/** One broker needs little: the serial collector and the first compiler tier start fastest on two cores. */
const KAFKA_JVM = [
  '-Xmx384m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
];
const CLUSTER_ID = 'QXJpYW5lLWRlbW8tbm9kZQ';

export interface Place {
  readonly dataDir: string;
  readonly logDir: string;
  readonly ports: PortPlan;
  /** Whether mongod obeys `configureFailPoint`: for tests of faults, never where people work. */
  readonly failPoints: boolean;
  readonly mongoCacheGb: number;
}

/** How each server is run as a process of this machine. Data folders are reused by the next start. */
export async function serverProcesses(
  binaries: Binaries,
  place: Place,
  watchdog: Watchdog,
): Promise<Record<ServerName, ProcessSpec>> {
  const { dataDir } = place;
  await Promise.all([
    mkdir(join(dataDir, 'mongo'), { recursive: true }),
    mkdir(join(dataDir, 'temporal'), { recursive: true }),
  ]);
  return {
    mongo: mongoProcess(binaries, place),
    kafka: await kafkaProcess(binaries, place, watchdog),
    temporal: temporalProcess(binaries, place),
  };
}

function shared(
  name: ServerName,
  place: Place,
): Pick<ProcessSpec, 'name' | 'cwd' | 'env' | 'logFile' | 'readyWithinMs' | 'stopWithinMs'> {
  return {
    name,
    cwd: place.dataDir,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8' },
    logFile: join(place.logDir, `${name}.log`),
    readyWithinMs: 60_000,
    // A Kafka whose port and folder were reused was seen to ignore SIGTERM: SIGKILL follows.
    stopWithinMs: 8_000,
  };
}

function flags(values: Readonly<Record<string, string | number>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

function mongoProcess(binaries: Binaries, place: Place): ProcessSpec {
  const port = place.ports.mongo;
  return {
    ...shared('mongo', place),
    command: binaries.mongod,
    args: [
      '--nounixsocket',
      '--noscripting',
      '--quiet',
      ...flags({
        replSet: 'rs0',
        bind_ip: '127.0.0.1',
        port,
        dbpath: join(place.dataDir, 'mongo'),
        oplogSize: 256,
        wiredTigerCacheSizeGB: place.mongoCacheGb,
        // What has changed is written out by whole pages once it takes so many hundredths of the cache. Of so small a cache
        // the usual 5 and 2.5 are so little that a stream of postings wrote a page for each entry.
        wiredTigerEngineConfigString: 'eviction_dirty_target=15,eviction_updates_target=7',
        setParameter: 'diagnosticDataCollectionEnabled=false',
      }),
      // What a killed process had begun holds its locks this long; our transactions last a fraction of a second.
      '--setParameter',
      'transactionLifetimeLimitSeconds=5',
      ...(place.failPoints ? ['--setParameter', 'enableTestCommands=1'] : []),
    ],
    probe: () => replicaSetAnswers(port),
  };
}

function temporalProcess(binaries: Binaries, place: Place): ProcessSpec {
  const { ports } = place;
  return {
    ...shared('temporal', place),
    command: binaries.temporal,
    args: [
      'server',
      'start-dev',
      '--disable-config-file',
      ...flags({
        ip: '127.0.0.1',
        port: ports.temporal,
        'ui-port': ports['temporal-ui'],
        'metrics-port': ports['temporal-metrics'],
        'http-port': ports['temporal-http'],
        'db-filename': join(place.dataDir, 'temporal', 'temporal.db'),
        'log-level': 'error',
      }),
    ],
    probe: () => temporalAnswers(ports.temporal),
  };
}

async function kafkaProcess(binaries: Binaries, place: Place, watchdog: Watchdog): Promise<ProcessSpec> {
  const folder = join(place.dataDir, 'kafka');
  const properties = await formatted(binaries, folder, place.ports);
  return {
    ...shared('kafka', place),
    command: 'java',
    args: kafkaCommand(binaries, properties, [
      `-XX:SharedArchiveFile=${await classArchive(binaries, place, watchdog)}`,
      '-Xshare:auto',
      '-Xlog:cds=off',
      '-Xlog:class+path=off',
    ]),
    probe: () => kafkaAnswers(place.ports.kafka),
  };
}

function kafkaCommand(binaries: Binaries, properties: string, jvm: readonly string[]): string[] {
  return [...KAFKA_JVM, ...jvm, '-cp', `${binaries.kafkaLibs}/*`, 'kafka.Kafka', properties];
}

/** Writes the broker's properties and formats its folder the first time; answers the properties' path. */
async function formatted(binaries: Binaries, folder: string, ports: KafkaPorts): Promise<string> {
  const logs = join(folder, 'logs');
  const properties = join(folder, 'server.properties');
  await mkdir(folder, { recursive: true });
  await writeFile(properties, kafkaProperties(kafkaSettings(ports, logs, '127.0.0.1')));
  if (!existsSync(join(logs, 'meta.properties'))) {
    const format = ['format', '--ignore-formatted', '-t', CLUSTER_ID, '-c', properties];
    const jvm = [...KAFKA_JVM, '-cp', `${binaries.kafkaLibs}/*`, 'kafka.tools.StorageTool'];
    await runCommand('java', [...jvm, ...format], 'Kafka could not format its data folder');
  }
  return properties;
}

/**
 * Kafka's loaded classes as one file that later starts map into memory: 3.1 s becomes 1.2 s. Made once per user by
 * running a broker in a throw-away folder; without it (another Java, say) Kafka starts all the same, only slower.
 */
async function classArchive(binaries: Binaries, place: Place, watchdog: Watchdog): Promise<string> {
  const version = await runCommand('java', ['-Xinternalversion'], 'Java does not run: install a Java 17 runtime');
  const build = /JRE \(([^)]+)\)/.exec(version)?.[1]?.replace(/[^\w.]+/g, '-') ?? 'java';
  const archive = join(binaries.kafkaLibs, `.classes-${build}.jsa`);
  if (existsSync(archive)) return archive;
  const folder = join(place.dataDir, `kafka-archive-${process.pid}`);
  try {
    const properties = await formatted(binaries, folder, place.ports);
    const part = join(folder, 'part.jsa');
    const child = spawn('java', kafkaCommand(binaries, properties, [`-XX:ArchiveClassesAtExit=${part}`]), {
      stdio: 'ignore',
      detached: true,
    });
    const { pid } = child;
    if (pid !== undefined) watchdog.add(pid);
    const ended = new Promise<void>((resolve) =>
      child.once('exit', () => {
        if (pid !== undefined) watchdog.remove(pid);
        resolve();
      }),
    );
    for (let tries = 0; tries < 200 && child.exitCode === null; tries++) {
      if (
        await kafkaAnswers(place.ports.kafka).then(
          () => true,
          () => false,
        )
      )
        break;
      await sleep(100);
    }
    child.kill('SIGTERM');
    await ended;
    if (existsSync(part)) await rename(part, archive).catch(() => undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return archive;
}
