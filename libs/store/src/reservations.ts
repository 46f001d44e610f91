import type { ClientSession, mongo } from 'mongoose';

export const RESERVATIONS = 'reservations';

/** One held key: `territory|resource|bucket`. The unique `_id` is what no race can pass. */
export interface ReservationDocument {
  readonly _id: string;
  readonly territory: string;
  readonly holder: string;
}

/** Keys held in the territory, as one transaction sees them: MongoDB's, plus what the batch has taken and freed. */
export class Reservations {
  private readonly taken = new Set<string>();
  private readonly freed = new Set<string>();

  constructor(
    private readonly db: mongo.Db,
    private readonly session: ClientSession,
  ) {}

  /** The first of the keys that somebody holds, or undefined when all are free. */
  async firstTaken(keys: readonly string[]): Promise<string | undefined> {
    if (keys.length === 0) return undefined;
    const inBatch = keys.find((key) => this.taken.has(key));
    if (inBatch !== undefined) return inBatch;
    const unknown = keys.filter((key) => !this.freed.has(key));
    const held = await this.db
      .collection<ReservationDocument>(RESERVATIONS)
      .findOne({ _id: { $in: unknown } }, { session: this.session, projection: { _id: 1 } });
    return held?._id;
  }

  accept(claimed: readonly string[], released: readonly string[]): void {
    for (const key of released) {
      this.taken.delete(key);
      this.freed.add(key);
    }
    for (const key of claimed) {
      this.taken.add(key);
      this.freed.delete(key);
    }
  }
}
