import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { patiently } from '@ariane/bus';
import type { KeyStore } from '@ariane/store';
import { logger, telemetry } from '@ariane/telemetry';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { OpenTelemetryPlugin } from '@temporalio/interceptors-opentelemetry-v2';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Doorbell } from './doorbell';
import type { PathwayActivities } from './pathway.activities';
import { SealingCodec } from './payload-codec.module';
import { PATHWAY_WORKFLOW, type PathwayInput, RING, TASK_QUEUE, workflowIdOf } from './ring';

/** Workflow tasks and activities side by side: HTTP calls that mostly wait. */
const ACTIVITIES_MAX = 20;

export interface Temporal {
  readonly doorbell: Doorbell;
  /** How many workflows run now, counted by the server. */
  watched(): Promise<number>;
  /** The ids of the workflows that run now. */
  running(): AsyncIterable<string>;
  /** Resolves when the worker has stopped; rejects when it died. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Connects to Temporal, starts the worker, and gives the doorbell. Waits for the server until it answers. */
export async function startTemporal(address: string, keys: KeyStore, activities: PathwayActivities): Promise<Temporal> {
  // One place handles signals: the service's own stop.
  Runtime.install({ shutdownSignals: [] });
  const plugin = new OpenTelemetryPlugin({ resource: telemetry.resource, spanProcessor: telemetry.spanProcessor });
  const dataConverter: DataConverter = { payloadCodecs: [new SealingCodec(keys)] };
  const connection = await patiently('Temporal', () => Connection.connect({ address, connectTimeout: '3s' }));
  const native = await patiently('Temporal', () => NativeConnection.connect({ address }));
  const client = new Client({ connection, dataConverter, plugins: [plugin] });
  const worker = await Worker.create({
    connection: native,
    taskQueue: TASK_QUEUE,
    dataConverter,
    plugins: [plugin],
    activities,
    maxConcurrentActivityTaskExecutions: ACTIVITIES_MAX,
    maxConcurrentLocalActivityExecutions: ACTIVITIES_MAX,
    ...workflowSource(),
  });
  const ended = worker.run();
  logger.info('The worker listens.', { name: TASK_QUEUE });
  return {
    doorbell: doorbellOf(client),
    watched: async () => (await client.workflow.count(RUNNING)).count,
    running: () => runningIds(client),
    ended,
    stop: async () => {
      worker.shutdown();
      await ended;
      await native.close();
      await connection.close();
    },
  };
}

/** The bundle made at build starts a worker in half the time and memory; tests bundle the sources. */
function workflowSource(): { workflowBundle: { codePath: string } } | { workflowsPath: string } {
  const codePath = join(__dirname, 'workflow-bundle.js');
  return existsSync(codePath)
    ? { workflowBundle: { codePath } }
    : { workflowsPath: require.resolve('./pathway.workflow') };
}

const RUNNING = `WorkflowType = '${PATHWAY_WORKFLOW}' AND ExecutionStatus = 'Running'`;

async function* runningIds(client: Client): AsyncIterable<string> {
  for await (const { workflowId } of client.workflow.list({ query: RUNNING })) yield workflowId;
}

const doorbellOf =
  (client: Client): Doorbell =>
  async ({ territory, pathwayId }, ring) => {
    const input: PathwayInput = { pathwayId, territory };
    await client.workflow.signalWithStart(PATHWAY_WORKFLOW, {
      workflowId: workflowIdOf(territory, pathwayId),
      taskQueue: TASK_QUEUE,
      args: [input],
      signal: RING,
      signalArgs: [ring],
    });
  };
