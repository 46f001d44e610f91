import type { ClientSession, mongo } from 'mongoose';

interface Document {
  readonly _id: string;
}

/** A document that a batch leaves otherwise than it found it; `stored` is what MongoDB has when the batch is written. */
export interface Change<D> {
  readonly now: D;
  readonly stored: D | undefined;
}

/**
 * Documents of one kind as a batch sees them: what MongoDB has, over it what the batch before will have left, over it
 * what this batch makes of them.
 */
export class Layer<D extends Document> {
  private readonly found = new Map<string, D | undefined>();
  private readonly made = new Map<string, D>();

  constructor(
    /** What MongoDB has under these ids. */
    private readonly load: (ids: readonly string[]) => Promise<readonly D[]>,
    private readonly before: () => Layer<D> | undefined,
  ) {}

  /** Takes over what the batch before leaves; which ids it says nothing of. */
  inherit(ids: Iterable<string>): ReadonlySet<string> {
    const unknown = new Set<string>();
    for (const id of ids) {
      if (this.found.has(id)) continue;
      const left = this.before()?.get(id);
      if (left === undefined) unknown.add(id);
      else this.found.set(id, left);
    }
    return unknown;
  }

  /** Reads what is not known yet: in one query, however many. */
  async read(ids: Iterable<string>): Promise<void> {
    const unknown = this.inherit(ids);
    if (unknown.size === 0) return;
    for (const id of unknown) this.found.set(id, undefined);
    for (const document of await this.load([...unknown])) this.found.set(document._id, document);
  }

  /** What stands under an id that was read, or was made here. */
  get(id: string): D | undefined {
    return this.made.get(id) ?? this.found.get(id);
  }

  set(document: D): void {
    this.made.set(document._id, document);
  }

  changes(): readonly Change<D>[] {
    return [...this.made.values()].map((now) => ({ now, stored: this.found.get(now._id) }));
  }
}

/** Reads documents of a collection, which holds one shape, by their ids. */
export const byId =
  <D extends Document>(collection: mongo.Collection<Document>, session: ClientSession) =>
  async (ids: readonly string[]): Promise<readonly D[]> =>
    (await collection.find({ _id: { $in: [...ids] } }, { session }).toArray()) as D[]; // as: it holds one shape
