import { AUDIT, AUDIT_CHAINS, AUDIT_HEADS, type AuditDocument, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import type { ClientSession, mongo } from 'mongoose';
import { ChainCheck, type ChainFault, GENESIS } from './chain';
import type { ChainDocument, HeadDocument } from './sealer';
import { HeadSigner } from './signing';

/** Documents in one answer of the server: a chain is walked, never held. */
const BATCH = 2_000;
/** Documents between two signs of life. */
const PROGRESS_EVERY = 10_000;

export interface VerifiedChain {
  readonly good: boolean;
  /** Documents that are good; with a fault, those before it. */
  readonly documents: number;
  readonly heads: number;
  /** Written a moment ago and not yet sealed. */
  readonly unsealed: number;
  readonly fault?: ChainFault;
}

/** Walks a territory's chain from its first document, at one instant of the database. */
@Injectable()
export class AuditVerifier {
  /** How far the audits that run now are, by territory. */
  private readonly running = new Map<string, { readonly done: number; readonly total: number }>();

  constructor(private readonly store: Store) {}

  /** How many documents of how many are good so far; undefined while nobody verifies the territory's. */
  progressOf(territory: string): { readonly done: number; readonly total: number } | undefined {
    return this.running.get(territory);
  }

  async verify(territory: string): Promise<VerifiedChain> {
    const signer = await HeadSigner.of(this.store.keys, territory);
    const session = await this.store.database.connection.startSession({ snapshot: true });
    try {
      return await this.walk(new ChainCheck(signer.isSigned), territory, session);
    } finally {
      this.running.delete(territory);
      await session.endSession();
    }
  }

  private async walk(check: ChainCheck, territory: string, session: ClientSession): Promise<VerifiedChain> {
    const { db } = this.store.database;
    const chains = db.collection<ChainDocument>(AUDIT_CHAINS);
    const end = (await chains.findOne({ _id: territory }, { session })) ?? { territory, seq: 0, hash: GENESIS };
    const heads = await this.headsOf(territory, session);
    const unsealed = await db
      .collection<AuditDocument>(AUDIT)
      .countDocuments({ territory, unsealed: true }, { session });
    const counted = (fault?: ChainFault): VerifiedChain => ({
      ...{ good: fault === undefined, documents: check.done, heads: heads.size, unsealed },
      ...(fault === undefined ? {} : { fault }),
    });
    let last = 0;
    for await (const document of this.documents(territory, session)) {
      const fault = check.document(document);
      if (fault !== undefined) return counted(fault);
      last = check.done;
      const head = heads.get(last);
      const broken = head === undefined ? undefined : check.head(head);
      if (broken !== undefined) return counted(broken);
      if (last % PROGRESS_EVERY === 0) this.running.set(territory, { done: last, total: end.seq });
    }
    const beyond = [...heads.keys()].some((seq) => seq > last);
    return counted(check.end(end) ?? (beyond ? { seq: last + 1, id: null, reason: 'missing' } : undefined));
  }

  /** By the place of their last document: one for every thousand documents or minute with any. */
  private async headsOf(territory: string, session: ClientSession): Promise<ReadonlyMap<number, HeadDocument>> {
    const heads = this.store.database.db.collection<HeadDocument>(AUDIT_HEADS).find({ territory }, { session });
    const found = new Map<number, HeadDocument>();
    for await (const head of heads) found.set(head.seq, head);
    return found;
  }

  private documents(territory: string, session: ClientSession): mongo.FindCursor<AuditDocument> {
    return this.store.database.db
      .collection<AuditDocument>(AUDIT)
      .find({ territory, seq: { $gte: 1 } }, { session, batchSize: BATCH })
      .sort({ seq: 1 });
  }
}
