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
 * Documents of one collection as a batch sees them: what MongoDB has, over it what the batch before will have left, over
 * it what this batch makes of them.
 */
export class Layer<D extends Document> {
  private readonly found = new Map<string, D | undefined>();
  private readonly made = new Map<string, D>();

  constructor(
    private readonly collection: mongo.Collection<Document>,
    private readonly session: ClientSession,
    private readonly before: () => Layer<D> | undefined,
  ) {}

  /** Reads what is not known yet: in one query, however many. */
  async read(ids: Iterable<string>): Promise<void> {
    const unknown = new Set<string>();
    for (const id of ids) {
      if (this.found.has(id)) continue;
      const left = this.before()?.get(id);
      if (left === undefined) unknown.add(id);
      else this.found.set(id, left);
    }
    if (unknown.size === 0) return;
    for (const id of unknown) this.found.set(id, undefined);
    const documents = await this.collection.find({ _id: { $in: [...unknown] } }, { session: this.session }).toArray();
    for (const document of documents) this.found.set(document._id, document as D); // each collection holds one shape
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
