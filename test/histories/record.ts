/**
 * Plays a course on a new stack and keeps the histories of its workflows, in clear, under `workflows/histories`: what
 * `replay.spec.ts` holds new workflow code against. A history is named by what happened and never edited.
 *
 *   node test/histories/record.ts --course refuses [--port-base 7800]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FileKeyStore } from '@ariane/store';
import { SealingCodec } from '@ariane/workflows/payload-codec';
import { Client, Connection } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { onStopSignal } from '../../deploy/on-stop-signal.ts';
import { startStack } from '../../deploy/stack.ts';
import { Api } from '../story/api.ts';
import { type CourseName, courses } from '../story/courses.ts';
import { playStory } from '../story/player.ts';

const { values } = parseArgs({
  options: { course: { type: 'string', default: 'refuses' }, 'port-base': { type: 'string', default: '7800' } },
});
const folder = join(import.meta.dirname, '../../workflows/histories');
const { History } = proto.temporal.api.history.v1;
/** The first run and the last say what a run can come to; those between are alike. */
const KEPT = 2;

async function main(): Promise<void> {
  const course = values.course as CourseName; // an unknown one has no course below
  if (!(course in courses)) throw new Error(`There is no course ${course}: ${Object.keys(courses).join(', ')}.`);
  const dir = mkdtempSync(join(tmpdir(), 'ariane-histories-'));
  const stack = await startStack({
    mode: 'processes',
    dir,
    portBase: Number(values['port-base']),
    services: true,
    demoClock: '2026-03-02T08:00:00.000Z',
    log: console.log,
  });
  onStopSignal(() => stack.stop());
  try {
    const told = await playStory(new Api(stack.urls), {
      course: courses[course],
      seed: `history-${course}`,
      log: () => undefined,
    });
    const codec = new SealingCodec(new FileKeyStore(stack.env['ARIANE_KEYS_DIR'] ?? ''));
    const connection = await Connection.connect({ address: stack.env['TEMPORAL_ADDRESS'] ?? '' });
    const client = new Client({ connection });
    const runs: { workflowId: string; runId: string; at: number }[] = [];
    for await (const { workflowId, runId, startTime } of client.workflow.list()) {
      if (workflowId.endsWith(told.pathwayId)) runs.push({ workflowId, runId, at: startTime.getTime() });
    }
    runs.sort((a, b) => a.at - b.at);
    const kept = [...new Set([...runs.slice(0, KEPT - 1), ...runs.slice(-1)])];
    mkdirSync(folder, { recursive: true });
    for (const [index, { workflowId, runId }] of kept.entries()) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      await openPayloads(history, codec);
      const file = `${course}-${index === 0 ? 'first' : 'last'}-run.json`;
      const readable = History.toObject(History.fromObject(history), { bytes: String, longs: Number, enums: String });
      writeFileSync(join(folder, file), `${JSON.stringify(readable, undefined, 2)}\n`);
      console.log(`${file}: ${String(history.events?.length ?? 0)} events`);
    }
    await connection.close();
  } finally {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Replaces every sealed payload in a history by its clear form: a replay needs no key then. */
async function openPayloads(value: unknown, codec: SealingCodec): Promise<void> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    if (isPayload(inner)) {
      const [opened] = await codec.decode([inner]);
      (value as Record<string, unknown>)[name] = opened; // the very field it was read from
    } else await openPayloads(inner, codec);
  }
}

const isPayload = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && 'metadata' in value && 'data' in value;

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
