import { canonicalJson, merkleRoot, sha256Hex } from '@ariane/kernel';
import type { AuditDocument } from '@ariane/store';

/** What the first document of a chain names as the one before it. */
export const GENESIS = '0'.repeat(64);

/** Documents keep the order of machine time up to this; one that comes later than that was put in afterwards. */
const LATE_MS = 120_000;

/** Where a territory's chain ends. */
export interface ChainEnd {
  readonly territory: string;
  /** The number of its last document; 0 before the first. */
  readonly seq: number;
  readonly hash: string;
}

/** What is signed from time to time: a stretch of the chain, by the root over its hashes and its last hash. */
export interface HeadContent extends ChainEnd {
  readonly service: string;
  /** The first document after the head before. */
  readonly first: number;
  readonly root: string;
  /** Machine time. */
  readonly at: string;
}

export interface AuditHead extends HeadContent {
  /** Ed25519 over the canonical JSON of the content, base64. */
  readonly signature: string;
}

/** The first thing that is wrong with a chain. */
export interface ChainFault {
  /** The number at which it shows. */
  readonly seq: number;
  /** The document's id, where there is one. */
  readonly id: string | null;
  readonly reason: 'changed' | 'missing' | 'misplaced' | 'inserted' | 'unsigned';
}

/** A document in its place; its hash covers every other field that it is stored with. */
export function sealedAs({ unsealed: _, ...document }: AuditDocument, seq: number, previous: string): AuditDocument {
  const placed = { ...document, seq, previous };
  return { ...placed, hash: hashOf(placed) };
}

/** SHA-256 of a sealed document without its hash; any field more or less is another hash. */
function hashOf({ hash: _, ...content }: AuditDocument): string {
  return sha256Hex(canonicalJson({ ...content, recordedAt: content.recordedAt.toISOString() }));
}

export const headText = (head: HeadContent): string => {
  const { service, territory, first, seq, hash, root, at } = head;
  return canonicalJson({ service, territory, first, seq, hash, root, at });
};

/**
 * Checks a chain document by document in the order of their numbers, each head after its last document.
 *
 * @param isSigned whether a head's signature is that of our key
 */
export class ChainCheck {
  private seq = 0;
  private hash = GENESIS;
  private newestAt = 0;
  private sinceHead: string[] = [];

  constructor(private readonly isSigned: (head: AuditHead) => boolean) {}

  /** How many documents are good so far. */
  get done(): number {
    return this.seq;
  }

  /** The next document, as it is stored. */
  document(document: AuditDocument): ChainFault | undefined {
    const { _id: id, seq, previous, hash, recordedAt } = document;
    const expected = this.seq + 1;
    if (seq === null || seq < expected) return { seq: expected, id, reason: 'inserted' };
    if (seq > expected) return { seq: expected, id: null, reason: 'missing' };
    if (hash !== hashOf(document)) return { seq, id, reason: 'changed' };
    if (previous !== this.hash) return { seq, id, reason: 'misplaced' };
    if (recordedAt.getTime() < this.newestAt - LATE_MS) return { seq, id, reason: 'inserted' };
    this.newestAt = Math.max(this.newestAt, recordedAt.getTime());
    this.seq = seq;
    this.hash = hash;
    this.sinceHead.push(hash);
    return undefined;
  }

  /** A head whose last document has been checked. */
  head(head: AuditHead): ChainFault | undefined {
    if (!this.isSigned(head)) return { seq: head.seq, id: null, reason: 'unsigned' };
    const first = this.seq - this.sinceHead.length + 1;
    if (head.first !== first) return { seq: first, id: null, reason: 'unsigned' };
    if (head.seq !== this.seq || head.hash !== this.hash || head.root !== merkleRoot(this.sinceHead)) {
      return { seq: head.seq, id: null, reason: 'changed' };
    }
    this.sinceHead = [];
    return undefined;
  }

  /** After the last document: whether the chain ends where the sealer left it. */
  end({ seq, hash }: ChainEnd): ChainFault | undefined {
    if (seq > this.seq) return { seq: this.seq + 1, id: null, reason: 'missing' };
    if (seq < this.seq) return { seq: seq + 1, id: null, reason: 'inserted' };
    return hash === this.hash ? undefined : { seq, id: null, reason: 'changed' };
  }
}
