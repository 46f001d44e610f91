import { pathwaysEvents } from '@ariane/contracts';
import { OUTBOX, type OutboxDocument, Store, unseal } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import type { Recorded } from './timeline';

/** Reads from the log when each fact of a pathway was recorded, which need not be when it became true. */
@Injectable()
export class RecordedFacts {
  constructor(private readonly store: Store) {}

  /** By the fact's id. A fact told again has its first date; one folded after the end left no entry. */
  async of(territory: string, pathwayId: string): Promise<Recorded> {
    const entries = await this.store.database.db
      .collection<OutboxDocument>(OUTBOX)
      .find({ territory, subject: pathwayId, type: pathwaysEvents.FactRecorded.type })
      .sort({ sequence: -1 })
      .project<Pick<OutboxDocument, '_id' | 'time' | 'keyid' | 'data'>>({ time: 1, keyid: 1, data: 1 })
      .toArray();
    const dated = await Promise.all(
      entries.map(async ({ _id, time, keyid, data }) => {
        const key = await this.store.keys.key(territory, keyid);
        const told = JSON.parse(unseal(key, Buffer.from(data.buffer), _id).toString()) as { factId: string }; // its contract
        return [told.factId, time] as const;
      }),
    );
    return new Map(dated);
  }
}
