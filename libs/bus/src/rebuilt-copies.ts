import { type Effect, openState, type Store, type StoredDocument, toDocument } from '@ariane/store';
import { mongo } from 'mongoose';
import type { StoreOptions } from './options';

type Kind = Effect['type'];
type State = Record<string, unknown>;
/** A command for a copy, in the territory of the event that brought it about. */
export type TerritorialEffect = Effect & { readonly territory: string };

interface Copy {
  state: State | undefined;
  version: number;
  readonly territory: string;
  readonly storedVersion: number;
}

/**
 * What is built aside need not be durable, or known to a majority, before it is put in place; what comes after it in the
 * oplog, the renaming, makes it so.
 */
const aside = {
  writeConcern: new mongo.WriteConcern(1, undefined, false),
  readConcern: new mongo.ReadConcern('local'),
} as const;

/** Somebody else may write one of them while they are in use already: read anew then, a few times. */
const TRIES = 5;

/** Copies that are being built beside those in use, and then take their place. */
export class RebuiltCopies {
  private inUse = false;
  private readonly kinds: ReadonlyMap<string, Kind>;

  constructor(
    private readonly store: Store,
    aggregates: NonNullable<StoreOptions['readModels']>['aggregates'],
  ) {
    this.kinds = new Map(aggregates.map((kind) => [kind.name, kind as Kind])); // erased, as the queue sees them
  }

  get areInUse(): boolean {
    return this.inUse;
  }

  /** Begins with none. */
  async begin(): Promise<void> {
    const { db } = this.store.database;
    for (const kind of this.kinds.values()) {
      await db.dropCollection(asideOf(kind)).catch(ignoreAbsent);
      await db.createCollection(asideOf(kind));
    }
  }

  /** Puts them in the place of those in use, one collection at a time, each at one stroke. */
  async takePlace(): Promise<void> {
    for (const kind of this.kinds.values())
      await this.collection(asideOf(kind)).rename(kind.collection, { dropTarget: true });
    this.inUse = true;
  }

  /** Applies commands in their order; those for other aggregates are passed over. */
  async apply(effects: readonly TerritorialEffect[]): Promise<void> {
    const byKind = Map.groupBy(effects, ({ type }) => type.name);
    await Promise.all(
      [...this.kinds].map(async ([name, kind]) => {
        let left: readonly TerritorialEffect[] = byKind.get(name) ?? [];
        for (let tries = 0; left.length > 0; tries += 1) {
          if (tries === TRIES) throw new Error('a copy is written by others again and again');
          left = await this.applied(kind, left);
        }
      }),
    );
  }

  /** Gives back those whose copy was written by somebody else meanwhile. */
  private async applied(kind: Kind, effects: readonly TerritorialEffect[]): Promise<readonly TerritorialEffect[]> {
    const collection = this.inUse ? this.collection(kind.collection) : this.collection(asideOf(kind), aside);
    const copies = await this.read(kind, collection, effects);
    for (const { id, command } of effects) {
      const copy = copies.get(id);
      if (copy === undefined) continue;
      const events = kind.decide(copy.state, command);
      for (const event of events) copy.state = kind.evolve(copy.state, event);
      if (events.length > 0) copy.version += 1;
    }
    const changed = [...copies].filter(([, { version, storedVersion }]) => version > storedVersion);
    const writes = await Promise.all(changed.map(([id, copy]) => this.write(kind, id, copy)));
    if (writes.length === 0) return [];
    const lost = await collection.bulkWrite(writes, { ordered: false }).then(() => [], lostIn);
    const lostIds = new Set(lost.map((place) => changed[place]?.[0]));
    return effects.filter(({ id }) => lostIds.has(id));
  }

  private async read(
    kind: Kind,
    collection: mongo.Collection<StoredDocument>,
    effects: readonly TerritorialEffect[],
  ): Promise<ReadonlyMap<string, Copy>> {
    const copies = new Map<string, Copy>();
    for (const { id, territory } of effects)
      copies.set(id, { state: undefined, version: 0, territory, storedVersion: 0 });
    const found = await collection.find({ _id: { $in: [...copies.keys()] } }).toArray();
    for (const document of found) {
      const { _id, territory, version } = document;
      const state = await openState(this.store.keys, kind, document);
      copies.set(_id, { state, version, territory, storedVersion: version });
    }
    return copies;
  }

  /** Where the copy has moved on, the insert fails that comes of it. */
  private async write(kind: Kind, id: string, copy: Copy): Promise<mongo.AnyBulkWriteOperation<StoredDocument>> {
    const { state = {}, version, territory, storedVersion } = copy;
    const document = await toDocument(this.store.keys, territory, { type: kind, id, state, version });
    if (storedVersion === 0) return { insertOne: { document } };
    return { replaceOne: { filter: { _id: id, version: storedVersion }, replacement: document, upsert: true } };
  }

  private collection(name: string, options: mongo.CollectionOptions = {}): mongo.Collection<StoredDocument> {
    return this.store.database.db.collection<StoredDocument>(name, options);
  }
}

const asideOf = ({ collection }: Kind): string => `${collection}_rebuilt`;

/** The places of the writes that met a copy of another version. */
function lostIn(error: unknown): readonly number[] {
  const isDuplicate = error instanceof mongo.MongoBulkWriteError && error.code === 11000;
  if (!isDuplicate) throw error;
  return [error.writeErrors].flat().map(({ index }) => index);
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof mongo.MongoServerError && error.code === 26)) throw error;
}
