import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { epochOf } from '@ariane/kernel';
import { loadProtocol, type Protocol } from '@ariane/protocol';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { bundling } from './bundling.fixture';
import { type Setting, World } from './five-years.fixture';
import { type Advanced, PATHWAY_WORKFLOW, RING } from './ring';

const folder = join(__dirname, '../../services/pathways/protocols');
const documents = readdirSync(folder).filter((name) => name.endsWith('.json'));
/** Five years hold ten daylight saving days in Paris, and none in La Réunion. */
const settings: readonly Setting[] = [
  { enrolledAt: '2026-03-02T08:00:00.000Z', timeZone: 'Europe/Paris', holidays: 'FR', years: 5 },
  { enrolledAt: '2026-03-02T08:00:00.000Z', timeZone: 'Indian/Reunion', holidays: 'FR-974', years: 5 },
];
const runs = documents.flatMap((name) => settings.map((setting) => [name, setting.timeZone, setting] as const));
/** A promise of the design: years pass within seconds. */
const WITHIN_MS = 60_000;

/** What becomes due when, without any server: the loop that the workflow has to be equal to. */
function withoutServer(protocol: Protocol, setting: Setting): readonly string[] {
  const world = new World(protocol, setting);
  let now = epochOf(setting.enrolledAt);
  for (;;) {
    const { closed, waitMs } = world.advance(now);
    if (closed) return world.due;
    now += waitMs;
  }
}

/** The SDK gives a server five seconds to start, which is little for Java on a busy machine. */
async function startServer(path: string, tries = 5): Promise<TestWorkflowEnvironment> {
  try {
    const executable = { type: 'existing-path', path } as const;
    return await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
  } catch (error) {
    if (tries === 1) throw error;
    return startServer(path, tries - 1);
  }
}

const ringAt = (client: Client, taskQueue: string, sequence: number) =>
  client.workflow.signalWithStart(PATHWAY_WORKFLOW, {
    workflowId: `pathway:${taskQueue}`,
    taskQueue,
    args: [{ pathwayId: 'five-years', territory: 'test' }],
    signal: RING,
    signalArgs: [{ eventId: String(sequence), source: 'pathways', sequence }],
  });

/** Until the workflow's timer runs: time that is skipped before would be waited for once more. */
async function untilItWaits(client: Client, taskQueue: string): Promise<void> {
  const workflow = client.workflow.getHandle(`pathway:${taskQueue}`);
  for (const giveUp = Date.now() + WITHIN_MS; Date.now() < giveUp;) {
    const { events } = await workflow.fetchHistory();
    if (events?.at(-1)?.timerStartedEventAttributes) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('the workflow does not wait');
}

/** The advance that follows those already heard. */
async function nextOf(advances: readonly Advanced[], heard: number): Promise<Advanced> {
  for (const giveUp = Date.now() + WITHIN_MS; Date.now() < giveUp;) {
    const found = advances[heard];
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('the workflow does not advance');
}

describe('five years on the time-skipping server', () => {
  let env: TestWorkflowEnvironment;
  let workflowBundle: WorkflowBundleWithSourceMap;

  beforeAll(async () => {
    Runtime.install({ logger: bundling.logger });
    workflowBundle = await bundleWorkflowCode({ workflowsPath: require.resolve('./pathway.workflow'), ...bundling });
  }, 60_000);
  // A server for each: what time one has skipped is no concern of the next.
  beforeEach(async () => {
    env = await startServer(process.env.TEMPORAL_TEST_SERVER ?? '');
  }, 120_000);
  afterEach(async () => {
    await env.teardown();
  });

  it.each(runs)(
    'brings each step of %s on its civil day in %s',
    async (name, _zone, setting) => {
      const protocol = loadProtocol(readFileSync(join(folder, name), 'utf8'));
      const world = new World(protocol, setting);
      const began = await env.currentTimeMs();
      const careNow = async (): Promise<number> => epochOf(setting.enrolledAt) + (await env.currentTimeMs()) - began;
      const advances: Advanced[] = [];
      const advance = async (): Promise<Advanced> => {
        const advanced = world.advance(await careNow());
        advances.push(advanced);
        return advanced;
      };
      const taskQueue = `five-years-${name}-${setting.timeZone}`;
      const worker = await Worker.create({
        connection: env.nativeConnection,
        taskQueue,
        workflowBundle,
        activities: { advance },
      });
      // A client that does not skip time by itself: only sleeping does, from one instant of the plan to the next.
      const client = new Client({ connection: env.connection });
      await worker.runUntil(async () => {
        let last: Advanced | undefined;
        for (let ring = 1; last?.closed !== true; ring += 1) {
          if (last?.dormant === false) await untilItWaits(client, taskQueue);
          // A phase that ends begins a new run, which looks once more.
          last = advances.at(-1);
          const heard = advances.length;
          if (last) await env.sleep(last.waitMs);
          // A dormant pathway has no workflow: whoever keeps time rings it when its day comes.
          const rung = last === undefined || last.dormant ? await ringAt(client, taskQueue, ring) : undefined;
          last = await nextOf(advances, heard);
          if (last.dormant || last.closed) await rung?.result();
        }
      });
      expect(world.due.length).toBeGreaterThan(3);
      expect(world.due).toEqual(withoutServer(protocol, setting));
    },
    WITHIN_MS,
  );
});
