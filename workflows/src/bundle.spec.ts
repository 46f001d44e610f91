import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';

const webpackConfigHook = (config: object) => ({
  ...config,
  resolve: { ...('resolve' in config ? (config.resolve as object) : {}), conditionNames: ['source', '...'] },
});
const logger = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

describe('workflow code', () => {
  it('bundles without a server, a clock or a file system', async () => {
    const { code } = await bundleWorkflowCode({
      workflowsPath: require.resolve('./pathway.workflow'),
      webpackConfigHook,
      logger,
    });
    expect(code).toContain('pathwayWorkflow');
  }, 30_000);

  it('is refused when it reaches for the file system', async () => {
    const folder = mkdtempSync(join(__dirname, '../out-tsc/planted-'));
    writeFileSync(
      join(folder, 'planted.ts'),
      "import { readFileSync } from 'node:fs';\nexport async function planted() { return readFileSync('x'); }\n",
    );
    await expect(
      bundleWorkflowCode({ workflowsPath: join(folder, 'planted.ts'), webpackConfigHook, logger }),
    ).rejects.toThrow();
  }, 30_000);
});
