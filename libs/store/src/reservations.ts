import type { ClientSession, mongo } from 'mongoose';

export const RESERVATIONS = 'reservations';

/** One held key: `territory|resource|bucket`. The unique `_id` is what no race can pass. */
export interface ReservationDocument {
  readonly _id: string;
  readonly territory: string;
  readonly holder: string;
}

/** Keys held in the territory, as a batch sees them: MongoDB's, and what it and the batch before have taken and freed. */
export class Reservations {
  private readonly taken = new Set<string>();
  private readonly freed = new Set<string>();

  constructor(
    private readonly db: mongo.Db,
    private readonly session: ClientSession,
    private readonly before: () => Reservations | undefined,
  ) {}

  /** The first of the keys that somebody holds, or undefined when all are free. */
  async firstTaken(keys: readonly string[]): Promise<string | undefined> {
    if (keys.length === 0) return undefined;
    const inBatch = keys.find((key) => this.known(key) === 'taken');
    if (inBatch !== undefined) return inBatch;
    const unknown = keys.filter((key) => this.known(key) === undefined);
    const held = await this.db
      .collection<ReservationDocument>(RESERVATIONS)
      .findOne({ _id: { $in: unknown } }, { session: this.session, projection: { _id: 1 } });
    return held?._id;
  }

  private known(key: string): 'taken' | 'freed' | undefined {
    return this.made(key) ?? this.before()?.made(key);
  }

  private made(key: string): 'taken' | 'freed' | undefined {
    if (this.taken.has(key)) return 'taken';
    return this.freed.has(key) ? 'freed' : undefined;
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
