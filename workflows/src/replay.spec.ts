import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflowCode, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { bundling } from './bundling.fixture';

const folder = join(__dirname, '../histories');
const histories = readdirSync(folder).filter((name) => name.endsWith('.json'));
const historyOf = (name: string) =>
  temporal.api.history.v1.History.fromObject(
    JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>, // as `record.ts` wrote it
  );

/** Of the same name as the real one, but it waits before it asks. */
const wrong = `
import { sleep } from '@temporalio/workflow';
export async function pathwayWorkflow() { await sleep('1 hour'); }
`;

describe('what has run', () => {
  let right: WorkflowBundleWithSourceMap;

  beforeAll(async () => {
    Runtime.install({ logger: bundling.logger });
    right = await bundleWorkflowCode({ workflowsPath: require.resolve('./pathway.workflow'), ...bundling });
  }, 60_000);

  it('is kept in at least one history', () => {
    expect(histories.length).toBeGreaterThan(0);
  });

  it.each(histories)('replays with the workflow of today: %s', async (name) => {
    await expect(
      Worker.runReplayHistory({ workflowBundle: right, replayName: name }, historyOf(name)),
    ).resolves.toBeUndefined();
  });

  it('does not replay with a workflow that does something else', async () => {
    const planted = mkdtempSync(join(__dirname, '../out-tsc/replay-'));
    writeFileSync(join(planted, 'wrong.ts'), wrong);
    const bundle = await bundleWorkflowCode({ workflowsPath: join(planted, 'wrong.ts'), ...bundling });
    const [first = ''] = histories;
    await expect(Worker.runReplayHistory({ workflowBundle: bundle }, historyOf(first))).rejects.toThrow(
      DeterminismViolationError,
    );
  }, 60_000);
});
