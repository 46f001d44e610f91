import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { DrillStack } from '../../faults/watch-stack.ts';
import { STEPS } from '../../faults/twelve-steps.ts';
import type { Counts } from './histories.ts';
import type { Side } from './people.ts';

type Stack = DrillStack['stack'];

const TASK_QUEUE = 'bare';
export const bareIdOf = (pathwayId: string): string => `bare:${pathwayId}`;

/** The bare workflow with its worker, rung by whoever has just given the command. */
export class Bare implements Side {
  private readonly client: Client;
  private readonly child: ChildProcess;
  /** As many as ours was seen to take, and never fewer than the pathway needs to end. */
  private readonly activities: number;
  private readonly signals: number;

  private constructor(client: Client, child: ChildProcess, { activities, signals }: Counts) {
    this.client = client;
    this.child = child;
    this.activities = Math.max(STEPS + 1, Math.round(activities));
    this.signals = Math.max(this.activities, Math.round(signals));
  }

  static async start(stack: Stack, territory: string, client: Client, counts: Counts): Promise<Bare> {
    const { TEMPORAL_ADDRESS = '' } = stack.env;
    const token = await workerToken(stack, territory);
    const child = fork(
      join(import.meta.dirname, 'bare-worker.ts'),
      [TEMPORAL_ADDRESS, stack.urls['pathways'] ?? '', TASK_QUEUE],
      { env: { ...process.env, BENCH_TOKEN: token } },
    );
    await once(child, 'message');
    return new Bare(client, child, counts);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async enrolled(pathwayId: string): Promise<void> {
    const workflowId = bareIdOf(pathwayId);
    await this.client.workflow.signalWithStart('bareWorkflow', {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [pathwayId, this.activities, this.signals - this.activities],
      signal: 'ring',
      signalArgs: [],
    });
    for (let sent = 1; sent < this.signals - STEPS; sent += 1) await this.done(pathwayId);
  }

  async done(pathwayId: string): Promise<void> {
    await this.client.workflow.getHandle(bareIdOf(pathwayId)).signal('ring');
  }

  async stop(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.disconnect();
    await exit;
  }
}

/** A token as the worker of ours gets it. */
export async function workerToken(stack: Stack, territory: string): Promise<string> {
  const secrets = JSON.parse(readFileSync(stack.env['ARIANE_SERVICE_SECRET_FILE'] ?? '', 'utf8')) as {
    workflows: string;
  }; // what the issuer wrote
  const response = await fetch(`${stack.env['ISSUER_URL'] ?? ''}/service-token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ service: 'workflows', secret: secrets.workflows, territory }),
  });
  if (!response.ok) throw new Error(`the issuer answered ${response.status}`);
  const { token } = (await response.json()) as { token: string }; // the issuer's own answer
  return token;
}
