import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileKeyStore } from '@ariane/store';
import { defaultPayloadConverter } from '@temporalio/common';
import { SealingCodec } from './payload-codec.module';

const workflow = (workflowId: string) => ({ type: 'workflow' as const, namespace: 'default', workflowId });

describe('what passes through Temporal', () => {
  const codec = new SealingCodec(new FileKeyStore(mkdtempSync(join(tmpdir(), 'keys-'))));
  const plain = defaultPayloadConverter.toPayload({ pathwayId: 'canary' });

  it('is unreadable on the way and the same at the end', async () => {
    const sealed = await codec.encode([plain], workflow('pathway:demo:1'));
    expect(Buffer.from(sealed[0]!.data!).toString('latin1')).not.toContain('canary');
    const [opened] = await codec.decode(sealed, workflow('pathway:demo:1'));
    expect(defaultPayloadConverter.fromPayload(opened!)).toEqual({ pathwayId: 'canary' });
  });

  it('does not open in another workflow', async () => {
    const sealed = await codec.encode([plain], workflow('pathway:demo:1'));
    await expect(codec.decode(sealed, workflow('pathway:demo:2'))).rejects.toThrow('another workflow');
  });
});
