import type { Database, KeyStore } from '@ariane/store';
import { createHmac, hkdfSync } from 'node:crypto';
import { holdsEverywhere } from './references';

interface NotedReference {
  readonly _id: string;
  readonly territory: string;
  /** The job whose file it belongs to; absent for a reference by identifier, which holds in every file. */
  readonly jobId?: string;
  readonly ids: readonly string[];
}

interface NotedTraits {
  readonly _id: string;
  readonly territory: string;
  readonly ids: readonly string[];
}

/** What a reference leads to: one id, none, or several, which is none to trust. */
export type Resolved = { readonly status: 'one'; readonly id: string } | { readonly status: 'none' | 'several' };

const REFERENCES = 'import_references';
const TRAITS = 'import_traits';

/**
 * Where references of a file are resolved: on the disk of the database, by keyed hashes, so that a file with a million
 * patients needs no more memory than one with ten, and so that nothing of a person can be read in it.
 */
export class ReferenceIndex {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyStore,
  ) {}

  async ensureIndexes(): Promise<void> {
    await this.references().createIndex(
      { jobId: 1 },
      { partialFilterExpression: { jobId: { $type: 'string' } } },
      undefined,
    );
  }

  /** Notes under which references others will point to an id. */
  async note(
    jobId: string,
    territory: string,
    noted: readonly { readonly id: string; readonly references: readonly string[] }[],
  ): Promise<void> {
    const hash = await this.hasher(territory);
    const writes = noted.flatMap(({ id, references }) =>
      references.map((reference) => {
        const everywhere = holdsEverywhere(reference);
        return {
          updateOne: {
            filter: { _id: hash(everywhere ? reference : `${jobId}|${reference}`) },
            update: { $addToSet: { ids: id }, $setOnInsert: { territory, ...(everywhere ? {} : { jobId }) } },
            upsert: true,
          },
        };
      }),
    );
    if (writes.length > 0) await this.references().bulkWrite(writes, { ordered: false });
  }

  /** What each reference leads to; each is given in the forms under which it may have been noted, best first. */
  async resolve(jobId: string, territory: string, wanted: readonly (readonly string[])[]): Promise<Resolved[]> {
    const hash = await this.hasher(territory);
    const keyOf = (form: string): string => hash(holdsEverywhere(form) ? form : `${jobId}|${form}`);
    const keys = wanted.map((forms) => forms.map(keyOf));
    const found = await this.references()
      .find({ _id: { $in: [...new Set(keys.flat())] }, territory })
      .toArray();
    const idsOf = new Map(found.map((one) => [one._id, one.ids]));
    return keys.map((forms) => {
      const ids = forms.map((form) => idsOf.get(form)).find((one) => one !== undefined) ?? [];
      const [id, ...others] = ids;
      if (id === undefined) return { status: 'none' };
      return others.length > 0 ? { status: 'several' } : { status: 'one', id };
    });
  }

  /** Notes the traits of persons and answers, for each, the other persons known under the same traits. */
  async noteTraits(
    territory: string,
    persons: readonly { readonly id: string; readonly traits: string }[],
  ): Promise<readonly (readonly string[])[]> {
    if (persons.length === 0) return [];
    const hash = await this.hasher(territory);
    const keys = persons.map(({ traits }) => hash(`traits|${traits}`));
    await this.traits().bulkWrite(
      persons.map(({ id }, index) => ({
        updateOne: {
          filter: { _id: keys[index] ?? '' },
          update: { $addToSet: { ids: id }, $setOnInsert: { territory } },
          upsert: true,
        },
      })),
      { ordered: true },
    );
    const found = await this.traits()
      .find({ _id: { $in: keys }, territory })
      .toArray();
    const idsOf = new Map(found.map((one) => [one._id, one.ids]));
    return persons.map(({ id }, index) => (idsOf.get(keys[index] ?? '') ?? []).filter((other) => other !== id));
  }

  /** Forgets what only held within one file. */
  async forget(jobId: string): Promise<void> {
    await this.references().deleteMany({ jobId });
  }

  private async hasher(territory: string): Promise<(text: string) => string> {
    const key = await this.keys.key(territory, `territory:${territory}`);
    const derived = Buffer.from(hkdfSync('sha256', key.export(), '', 'ariane-import-references', 32));
    return (text) => createHmac('sha256', derived).update(`${territory}|${text}`).digest('base64url');
  }

  private references() {
    return this.database.db.collection<NotedReference>(REFERENCES);
  }

  private traits() {
    return this.database.db.collection<NotedTraits>(TRAITS);
  }
}
