import { LEASES } from '@ariane/store';
import { mongo } from 'mongoose';

/** One holder at a time, by machine time; whoever dies is replaced after this long. */
const LEASE_MS = 4_000;
/** The holder renews half-way, so that one slow answer does not lose the lease. */
const RENEW_MS = LEASE_MS / 2;

interface LeaseDocument {
  readonly _id: string;
  readonly holder: string;
  readonly fence: number;
  readonly until: Date;
}

/** A lease in MongoDB with a fence: each new holder has a higher number, and the former one's writes no longer match. */
export class Lease {
  private fence = 0;
  private until = 0;

  constructor(
    private readonly db: mongo.Db,
    private readonly name: string,
    private readonly holder: string,
  ) {}

  get held(): boolean {
    return Date.now() < this.until;
  }

  /** Takes the lease when it is free, or keeps it when it is ours and nearly over. False: somebody else has it. */
  async hold(): Promise<boolean> {
    const now = Date.now();
    if (this.until - now > RENEW_MS) return true;
    return this.held ? this.renew(now) : this.take(now);
  }

  /** Gives the lease back at a clean stop, so that the next holder need not wait. */
  async release(): Promise<void> {
    if (this.fence === 0) return;
    await this.leases.updateOne(
      { _id: this.name, holder: this.holder, fence: this.fence },
      { $set: { until: new Date(0) } },
    );
    this.until = 0;
  }

  private async renew(now: number): Promise<boolean> {
    const until = new Date(now + LEASE_MS);
    const kept = await this.leases.updateOne(
      { _id: this.name, holder: this.holder, fence: this.fence },
      { $set: { until } },
    );
    this.until = kept.matchedCount === 1 ? until.getTime() : 0;
    return this.held;
  }

  private async take(now: number): Promise<boolean> {
    const until = new Date(now + LEASE_MS);
    try {
      const taken = await this.leases.findOneAndUpdate(
        { _id: this.name, until: { $lt: new Date(now) } },
        { $set: { holder: this.holder, until }, $inc: { fence: 1 } },
        { upsert: true, returnDocument: 'after' },
      );
      if (taken === null) return false;
      this.fence = taken.fence;
      this.until = until.getTime();
      return true;
    } catch (error) {
      // The upsert meets the other holder's document: the lease is taken.
      if (error instanceof mongo.MongoServerError && error.code === 11000) return false;
      throw error;
    }
  }

  private get leases(): mongo.Collection<LeaseDocument> {
    return this.db.collection<LeaseDocument>(LEASES);
  }
}
