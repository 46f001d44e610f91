import { Injectable } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { isOfColleague } from './account';
import type { SignedInPerson } from './person-of-claims';
import { PortalDatabase } from './portal-database.store';
import { digest } from './sessions.store';

/**
 * Books say who acted by subject and are kept for ten years from the end of their financial year (Code de commerce,
 * art. L123-22): a name lasts as long after its account's last sign-in.
 */
const KEPT_MS = 11 * 366 * 86_400_000;

interface AccountDocument {
  /** Digest of the territory and the subject, which may itself name somebody. */
  readonly _id: string;
  readonly territory: string;
  /** The name. */
  readonly sealed: mongo.Binary;
  readonly endsAt: Date;
}

const keyOf = (territory: string, subject: string): string => digest(`${territory} ${subject}`);

/** Who is behind the accounts that have signed in, so that colleagues read a name where services keep a subject. */
@Injectable()
export class Accounts {
  constructor(private readonly database: PortalDatabase) {}

  /** Keeps the name that the provider gives now; forgets an account that is not a colleague's, or no longer. */
  async remember(person: SignedInPerson, nowMs: number): Promise<void> {
    const { territory, subject, name } = person;
    const key = keyOf(territory, subject);
    if (!isOfColleague(person)) {
      await this.collection.deleteOne({ _id: key });
      return;
    }
    const sealed = await this.database.sealed(territory, key, name);
    const kept = { territory, sealed, endsAt: new Date(nowMs + KEPT_MS) };
    await this.collection.updateOne({ _id: key }, { $set: kept }, { upsert: true });
  }

  /** The names of those of the subjects that have signed in to the territory, by subject. */
  async namesOf(territory: string, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const subjectOf = new Map(subjects.map((subject) => [keyOf(territory, subject), subject]));
    const found = await this.collection.find({ _id: { $in: [...subjectOf.keys()] } }).toArray();
    const named = found.map(async ({ _id, sealed }) => {
      const name = String(await this.database.unsealed(territory, _id, sealed));
      return [subjectOf.get(_id) ?? '', name] as const;
    });
    return new Map(await Promise.all(named));
  }

  private get collection(): mongo.Collection<AccountDocument> {
    return this.database.collection<AccountDocument>('accounts');
  }
}
