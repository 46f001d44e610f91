import { ChangeLog, StartWaits } from '@ariane/service';
import { newId, OUTBOX, Store } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Change } from './change';
import { works } from './works.store';

/** Wait before the change stream is opened again after MongoDB was away, in milliseconds. */
const RETRY_MS = 1_000;
/** Pathways whose care teams are remembered: those that change, not those that exist. */
const TEAMS_MAX = 10_000;

interface Seen {
  readonly _id: { readonly _data: string };
  readonly ns: { readonly coll: string };
  readonly documentKey: { readonly _id: string };
  readonly fullDocument: {
    readonly territory: string;
    readonly subject?: string;
    readonly sequence?: number;
    readonly type?: string;
    readonly version?: number;
    readonly plan?: { readonly readers: readonly string[] };
  };
}

/** Hears each change that somebody may see, in the order in which they were committed; `reset` when some were lost. */
export interface FeedListener {
  readonly change: (change: Change) => void;
  readonly reset: () => void;
}

/**
 * What changes, told once per process to all who listen: the published facts of pathways and the changes of their
 * worklist, from one change stream that is open while somebody listens. Ids and names of facts only, no content.
 */
@Injectable()
export class ChangeFeed {
  private readonly listeners = new Set<FeedListener>();
  private readonly teams = new Map<string, readonly string[]>();
  private log = new ChangeLog<Change>(newId());
  private close: (() => Promise<void>) | undefined;
  private stopping = false;

  constructor(
    private readonly store: Store,
    waits: StartWaits,
  ) {
    // It stays open from the start, so that whoever reconnects finds what they have missed.
    waits.add('change feed', () => this.open());
  }

  /** Begins to listen; gives what was missed since the id, or undefined where that is no longer known. */
  listen(
    listener: FeedListener,
    lastId: string | undefined,
  ): { readonly missed: readonly Change[] | undefined; readonly position: string; readonly leave: () => void } {
    this.listeners.add(listener);
    return {
      missed: lastId === undefined ? [] : this.log.since(lastId),
      position: this.log.position,
      leave: () => this.listeners.delete(listener),
    };
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.close?.();
  }

  private open(): Promise<void> {
    const stream = this.store.database.db.watch<object, object>(
      [
        { $match: { 'ns.coll': { $in: [OUTBOX, works.collection] }, operationType: { $in: ['insert', 'replace'] } } },
        {
          $project: {
            ns: 1,
            documentKey: 1,
            ...Object.fromEntries(
              ['territory', 'subject', 'sequence', 'type', 'version', 'plan.readers'].map((field) => [
                `fullDocument.${field}`,
                1,
              ]),
            ),
          },
        },
      ],
      { fullDocument: 'default' },
    );
    this.close = () => stream.close();
    void this.follow(stream);
    return Promise.resolve();
  }

  private async follow(stream: AsyncIterable<object>): Promise<void> {
    try {
      for await (const seen of stream) await this.tell(seen as Seen); // as: what the pipeline projects
    } catch (error) {
      if (!this.stopping) logger.warn('The change stream of pathways ended.', { error });
    }
    if (this.stopping) return;
    await sleep(RETRY_MS);
    this.log = new ChangeLog(newId());
    this.teams.clear();
    for (const { reset } of this.listeners) reset();
    await this.open();
  }

  private async tell({ _id: { _data: id }, ns, documentKey, fullDocument }: Seen): Promise<void> {
    const { territory, subject, sequence = 0, type = '', version = 0, plan } = fullDocument;
    if (ns.coll === works.collection) {
      const pathwayId = documentKey._id;
      const readers = plan?.readers ?? [];
      // Whoever has just left is told once more: the pathway is no longer theirs to see.
      const before = this.teams.get(pathwayId) ?? [];
      this.remember(pathwayId, readers);
      const concerned = [...new Set([...before, ...readers])];
      this.publish({ id, type: 'WorklistChanged', pathwayId, sequence: version, territory, readers: concerned });
    } else if (subject !== undefined) {
      const readers = await this.teamOf(subject);
      const fact = type.split('.').at(-2) ?? type;
      if (readers.length > 0) this.publish({ id, type: fact, pathwayId: subject, sequence, territory, readers });
    }
  }

  private publish(change: Change): void {
    this.log.add(change);
    for (const listener of this.listeners) listener.change(change);
  }

  /** None for a subject that is no pathway. */
  private async teamOf(subject: string): Promise<readonly string[]> {
    const known = this.teams.get(subject);
    if (known !== undefined) return known;
    const found = await this.store.database.db
      .collection<{ _id: string; plan: { readers: readonly string[] } }>(works.collection)
      .findOne({ _id: subject }, { projection: { 'plan.readers': 1 } });
    const readers = found?.plan.readers ?? [];
    this.remember(subject, readers);
    return readers;
  }

  private remember(pathwayId: string, readers: readonly string[]): void {
    this.teams.delete(pathwayId);
    this.teams.set(pathwayId, readers);
    const oldest = this.teams.keys().next();
    if (this.teams.size > TEAMS_MAX && oldest.done !== true) this.teams.delete(oldest.value);
  }
}
