import { Lease } from '@ariane/bus';
import { StopHooks, Sweeps } from '@ariane/service';
import { AUDIT, AUDIT_CHAINS, AUDIT_HEADS, type AuditDocument, newId, Store } from '@ariane/store';
import { merkleRoot } from '@ariane/kernel';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { type AuditHead, type ChainEnd, GENESIS, sealedAs } from './chain';
import { HeadSigner } from './signing';

/** Machine time between two looks: what is written waits no longer than this for its seal. */
const PACE_MS = 1_000;
/** Documents sealed in one transaction. */
const BATCH = 500;
/** A head is signed after so many documents, and after so long where there are any. */
const HEAD_EVERY = 1_000;
const HEAD_EVERY_MS = 60_000;

/** A territory's chain as it is stored: where it ends, and where its last head stands. */
export interface ChainDocument extends ChainEnd {
  readonly _id: string;
  readonly headSeq: number;
  readonly headAt: Date;
}

export type HeadDocument = AuditHead & { readonly _id: string };

/**
 * Gives the audit's documents their numbers and hashes, in the order of their ids, and signs heads. Apart from the
 * writing, because a chain in the write path would have every command wait for the one before it. One process seals at
 * a time; the numbers are unique and the chain's end is replaced as it was read, so that even two would do no harm.
 */
@Injectable()
export class AuditSealer implements OnApplicationBootstrap {
  private readonly lease: Lease;

  constructor(
    private readonly store: Store,
    private readonly sweeps: Sweeps,
    private readonly stops: StopHooks,
  ) {
    this.lease = new Lease(store.database.db, 'audit-sealer', newId());
  }

  onApplicationBootstrap(): void {
    // Hooks run last added first: the lease is given back once the last look is over.
    this.stops.add('audit lease', () => this.lease.release());
    this.sweeps.start({ name: 'audit sealer', everyMs: PACE_MS, run: () => this.seal() });
  }

  /** Seals what waits. How many documents it sealed; 0 too where another process seals. */
  async seal(): Promise<number> {
    let sealed = 0;
    for (let more = true; more;) {
      const waiting = await this.audit.find({ unsealed: true }).sort({ territory: 1, _id: 1 }).limit(BATCH).toArray();
      const due = await this.headsDue();
      if (waiting.length === 0 && due.length === 0) return sealed;
      if (!(await this.lease.hold())) return sealed;
      for (const [territory, documents] of Map.groupBy(waiting, (one) => one.territory)) {
        sealed += await this.append(territory, documents);
      }
      for (const chain of due) await this.signHead(chain);
      more = waiting.length === BATCH;
    }
    return sealed;
  }

  private async append(territory: string, documents: readonly AuditDocument[]): Promise<number> {
    await this.inTransaction(async (session) => {
      const found = await this.chains.findOne({ _id: territory }, { session });
      const before = found ?? { _id: territory, territory, seq: 0, hash: GENESIS, headSeq: 0, headAt: new Date() };
      let [seq, hash] = [before.seq, before.hash];
      const operations = documents.map((document) => {
        const sealed = sealedAs(document, seq + 1, hash);
        [seq, hash] = [seq + 1, sealed.hash ?? ''];
        const set = { seq, previous: sealed.previous, hash };
        const filter = { _id: document._id, unsealed: true as const };
        return { updateOne: { filter, update: { $set: set, $unset: { unsealed: '' as const } } } };
      });
      const { modifiedCount } = await this.audit.bulkWrite(operations, { session, ordered: true });
      if (modifiedCount !== documents.length) throw new Error('Somebody else seals the same documents.');
      const after = { ...before, seq, hash };
      const place = { _id: territory, seq: before.seq };
      const { matchedCount } = await this.chains.replaceOne(place, after, { session, upsert: found === null });
      if (found !== null && matchedCount !== 1) throw new Error('Somebody else has moved the end of the chain.');
    });
    return documents.length;
  }

  private headsDue(): Promise<ChainDocument[]> {
    const unheaded = { $expr: { $gt: ['$seq', '$headSeq'] } };
    const many = { $expr: { $gte: [{ $subtract: ['$seq', '$headSeq'] }, HEAD_EVERY] } };
    const old = { headAt: { $lte: new Date(Date.now() - HEAD_EVERY_MS) }, ...unheaded };
    return this.chains.find({ $or: [many, old] }).toArray();
  }

  /** Signs what has been sealed since the last head. */
  async signHead({ territory, seq, hash, headSeq }: ChainDocument): Promise<void> {
    const hashes = await this.audit
      .find({ territory, seq: { $gte: headSeq + 1, $lte: seq } })
      .sort({ seq: 1 })
      .project<{ hash: string }>({ hash: 1 })
      .toArray();
    const now = new Date();
    const signer = await HeadSigner.of(this.store.keys, territory);
    const root = merkleRoot(hashes.map((one) => one.hash));
    const { service } = this.store;
    const head = signer.sign({ service, territory, first: headSeq + 1, seq, hash, root, at: now.toISOString() });
    await this.inTransaction(async (session) => {
      await this.heads.insertOne({ _id: `${territory}|${seq}`, ...head }, { session });
      await this.chains.updateOne({ _id: territory }, { $set: { headSeq: seq, headAt: now } }, { session });
    });
  }

  private async inTransaction(work: (session: mongo.ClientSession) => Promise<void>): Promise<void> {
    const session = await this.store.database.connection.startSession();
    try {
      await session.withTransaction(() => work(session), { readConcern: { level: 'snapshot' } });
    } finally {
      await session.endSession();
    }
  }

  private get audit(): mongo.Collection<AuditDocument> {
    return this.store.database.db.collection<AuditDocument>(AUDIT);
  }

  private get chains(): mongo.Collection<ChainDocument> {
    return this.store.database.db.collection<ChainDocument>(AUDIT_CHAINS);
  }

  private get heads(): mongo.Collection<HeadDocument> {
    return this.store.database.db.collection<HeadDocument>(AUDIT_HEADS);
  }
}
