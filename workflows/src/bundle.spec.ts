import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { bundling } from './bundling.fixture';

describe('workflow code', () => {
  it('bundles without a server, a clock or a file system', async () => {
    const { code } = await bundleWorkflowCode({
      workflowsPath: require.resolve('./pathway.workflow'),
      ...bundling,
    });
    expect(code).toContain('pathwayWorkflow');
  }, 30_000);

  it('is refused when it reaches for the file system', async () => {
    const folder = mkdtempSync(join(__dirname, '../out-tsc/planted-'));
    writeFileSync(
      join(folder, 'planted.ts'),
      "import { readFileSync } from 'node:fs';\nexport async function planted() { return readFileSync('x'); }\n",
    );
    await expect(bundleWorkflowCode({ workflowsPath: join(folder, 'planted.ts'), ...bundling })).rejects.toThrow();
  }, 30_000);
});
