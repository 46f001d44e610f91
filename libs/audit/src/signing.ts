import type { KeyStore } from '@ariane/store';
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type AuditHead, type HeadContent, headText } from './chain';

/** The territory's key for heads of the audit, in the key store. */
const KEY = 'audit-heads';
/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs the heads of a territory, and tells others the public key by which they check them. */
export class HeadSigner {
  private constructor(private readonly key: KeyObject) {}

  static async of(keys: KeyStore, territory: string): Promise<HeadSigner> {
    const seed = (await keys.key(territory, KEY)).export();
    return new HeadSigner(createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' }));
  }

  sign(content: HeadContent): AuditHead {
    return { ...content, signature: sign(null, Buffer.from(headText(content)), this.key).toString('base64') };
  }

  readonly isSigned = (head: AuditHead): boolean =>
    verify(null, Buffer.from(headText(head)), createPublicKey(this.key), Buffer.from(head.signature, 'base64'));

  /** PEM, SubjectPublicKeyInfo. */
  get publicKey(): string {
    return createPublicKey(this.key).export({ format: 'pem', type: 'spki' }).toString();
  }
}
