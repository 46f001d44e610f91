import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { GenericContainer, type StartedTestContainer } from 'testcontainers';
import { kafkaEnvironment, kafkaSettings } from './kafka-settings.ts';
import { kafkaAnswers, replicaSetAnswers, temporalAnswers } from './probes.ts';
import { runCommand } from './run-command.ts';
import { StackError } from './stack-error.ts';
import type { Part } from './supervised-process.ts';
import type { PortPlan, ServerName } from './topology.ts';

const LABEL = 'ariane.port-base';
const READY_WITHIN_MS = 90_000;
const RESTART_AFTER_MS = 50;
/** Docker itself may be away for a moment. */
const DOCKER_AGAIN_AFTER_MS = 1_000;

interface ContainerSpec {
  readonly name: ServerName;
  readonly container: GenericContainer;
  readonly probe: () => Promise<unknown>;
}

/**
 * The three servers as containers on the same ports as the processes would have. A container keeps its data over
 * kill and restart, and takes it along when it is stopped for good.
 * @param failPoints whether mongod obeys `configureFailPoint`
 * @throws StackError when Docker does not answer
 */
export async function serverContainers(
  ports: PortPlan,
  log: (line: string) => void,
  failPoints: boolean,
): Promise<Part[]> {
  // Its reaper is an image that no machine without a registry has; the cleaner below does its work.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  await runCommand(
    'docker',
    ['info', '--format', '{{.ServerVersion}}'],
    'Docker does not answer (start its engine, or leave STACK=containers out)',
  );
  const label = `${LABEL}=${ports.pathways}`;
  await runCommand('/bin/sh', ['-c', removeAll(label)], 'The containers of the last run could not be removed');
  startCleaner(label);
  return specs(ports, { [LABEL]: String(ports.pathways) }, failPoints).map(
    (spec) => new SupervisedContainer(spec, log),
  );
}

function removeAll(label: string): string {
  return `ids=$(docker ps -aq --filter label=${label}); [ -z "$ids" ] || docker rm -f $ids >/dev/null`;
}

/** A shell that removes our containers when its input closes: when we end, however we end. */
function startCleaner(label: string): void {
  const cleaner: ChildProcess = spawn('/bin/sh', ['-c', `read -r _; ${removeAll(label)}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  cleaner.unref();
  (cleaner.stdin as Socket).unref(); // as: a piped stdin is a Socket, which may stay open without keeping us alive
}

function specs(ports: PortPlan, labels: Record<string, string>, failPoints: boolean): ContainerSpec[] {
  // The port inside is the port outside, so that the addresses the servers advertise are true for their clients.
  const published = (image: string, ...numbers: number[]): GenericContainer =>
    new GenericContainer(image)
      .withLabels(labels)
      .withExposedPorts(...numbers.map((port) => ({ container: port, host: port })));
  const { mongo, kafka, temporal, 'temporal-ui': ui } = ports;
  return [
    {
      name: 'mongo',
      container: published('mongo:6.0', mongo).withCommand([
        '--replSet',
        'rs0',
        '--port',
        String(mongo),
        '--noscripting',
        '--oplogSize',
        '256',
        '--setParameter',
        'transactionLifetimeLimitSeconds=5',
        ...(failPoints ? ['--setParameter', 'enableTestCommands=1'] : []),
      ]),
      probe: () => replicaSetAnswers(mongo),
    },
    {
      name: 'kafka',
      container: published('apache/kafka:4.1.1', kafka).withEnvironment({
        ...kafkaEnvironment(kafkaSettings(ports, '/var/lib/kafka/data', '0.0.0.0')),
        KAFKA_HEAP_OPTS: '-Xmx384m',
      }),
      probe: () => kafkaAnswers(kafka),
    },
    {
      name: 'temporal',
      container: published('temporalio/temporal:1.9.1', temporal, ui).withCommand([
        ...['server', 'start-dev', '--ip', '0.0.0.0', '--port', String(temporal), '--ui-port', String(ui)],
        ...['--db-filename', '/tmp/temporal.db', '--log-level', 'error'],
      ]),
      probe: () => temporalAnswers(temporal),
    },
  ];
}

/** A container that is started again when it dies, until it is stopped. */
class SupervisedContainer implements Part {
  readonly name: string;
  /** Processes of a container belong to Docker. */
  readonly pid = undefined;
  private readonly spec: ContainerSpec;
  private readonly log: (line: string) => void;
  private started: StartedTestContainer | undefined;
  private wanted = false;

  constructor(spec: ContainerSpec, log: (line: string) => void) {
    this.spec = spec;
    this.name = spec.name;
    this.log = log;
  }

  async start(): Promise<void> {
    this.wanted = true;
    if (this.started) await this.docker('start');
    else this.started = await this.spec.container.start();
    void this.startAgainWhenItDies();
    await this.whenReady();
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    await this.docker('kill', '--signal', signal);
  }

  async stop(): Promise<void> {
    if (!this.started || !this.wanted) return;
    this.wanted = false;
    await this.docker('stop', '--time', '8');
  }

  async whenReady(): Promise<void> {
    const until = Date.now() + READY_WITHIN_MS;
    while (
      !(await this.spec.probe().then(
        () => true,
        () => false,
      ))
    ) {
      if (Date.now() > until)
        throw new StackError(`${this.name} is not ready after ${READY_WITHIN_MS / 1000} s in its container.`);
      await sleep(100);
    }
  }

  private async startAgainWhenItDies(): Promise<void> {
    for (;;) {
      const code = await this.docker('wait').catch(() => undefined);
      if (!this.wanted) return;
      this.log(`${this.name} ended (exit code ${code?.trim() ?? 'unknown'}); its container is started again`);
      await sleep(code === undefined ? DOCKER_AGAIN_AFTER_MS : RESTART_AFTER_MS);
      await this.docker('start').catch((error: unknown) => {
        this.log(String(error));
      });
    }
  }

  private docker(verb: string, ...options: string[]): Promise<string> {
    if (!this.started) return Promise.resolve('');
    return runCommand('docker', [verb, ...options, this.started.getId()], `docker ${verb} ${this.name} failed`);
  }
}
