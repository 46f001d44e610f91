import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { PortalDatabase } from './portal-database.store';
import { digest } from './sessions.store';

/** A sentence that was begun is kept as long as somebody may come back to it. */
const KEPT_MS = 30 * 86_400_000;

interface DraftDocument {
  /** Digest of whose it is and where. */
  readonly _id: string;
  readonly sealed: mongo.Binary;
  readonly endsAt: Date;
}

/** What people have begun to type on their page, so that they go on where they were, on any of their devices. */
@Injectable()
export class PatientDrafts {
  constructor(private readonly database: PortalDatabase) {}

  async keep(territory: string, linkId: string, place: string, text: string, nowMs: number): Promise<void> {
    const key = digest(`${linkId} ${place}`);
    if (text === '') await this.collection.deleteOne({ _id: key });
    else {
      const sealed = await this.database.sealed(territory, key, text);
      const kept = { sealed, endsAt: new Date(nowMs + KEPT_MS) };
      await this.collection.updateOne({ _id: key }, { $set: kept }, { upsert: true });
    }
  }

  async read(territory: string, linkId: string, place: string): Promise<string> {
    const key = digest(`${linkId} ${place}`);
    const found = await this.collection.findOne({ _id: key });
    return found === null ? '' : String(await this.database.unsealed(territory, key, found.sealed));
  }

  private get collection(): mongo.Collection<DraftDocument> {
    return this.database.collection<DraftDocument>('patientDrafts');
  }
}
