import { type KeyStore, seal, unseal } from '@ariane/store';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';

const ENCODING = Buffer.from('binary/ariane-aes-256-gcm');
/** The keys of Temporal's payloads are the territories' own; a payload outside any workflow has none of them. */
const OUTSIDE = 'pathway:none:outside';

/**
 * Encrypts whatever passes through Temporal, bound to its workflow: a payload copied into another history does not
 * open. Only ids pass, and they too are nobody else's business.
 */
export class SealingCodec implements PayloadCodec {
  constructor(private readonly keys: KeyStore) {}

  encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const workflowId = context?.workflowId ?? OUTSIDE;
    return Promise.all(payloads.map((payload) => this.sealOne(payload, workflowId)));
  }

  decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return Promise.all(payloads.map((payload) => this.openOne(payload, context?.workflowId)));
  }

  private async sealOne(payload: Payload, workflowId: string): Promise<Payload> {
    const key = await this.keys.key(territoryOf(workflowId), 'temporal');
    const inner = {
      metadata: Object.fromEntries(
        Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
      ),
      data: Buffer.from(payload.data ?? []).toString('base64'),
    };
    const data = seal(key, Buffer.from(JSON.stringify(inner)), workflowId);
    return { metadata: { encoding: ENCODING, workflow: Buffer.from(workflowId) }, data };
  }

  private async openOne(payload: Payload, expected: string | undefined): Promise<Payload> {
    const { encoding, workflow } = payload.metadata ?? {};
    if (encoding === undefined || !ENCODING.equals(encoding)) return payload;
    const bound = Buffer.from(workflow ?? []).toString();
    if (expected !== undefined && bound !== OUTSIDE && bound !== expected) {
      throw new Error('a payload belongs to another workflow');
    }
    const key = await this.keys.key(territoryOf(bound), 'temporal');
    const inner = JSON.parse(unseal(key, Buffer.from(payload.data ?? []), bound).toString()) as {
      metadata: Record<string, string>;
      data: string;
    }; // what `sealOne` wrote
    return {
      metadata: Object.fromEntries(
        Object.entries(inner.metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')]),
      ),
      data: Buffer.from(inner.data, 'base64'),
    };
  }
}

const territoryOf = (workflowId: string): string => workflowId.split(':')[1] ?? 'none';
