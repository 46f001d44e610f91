import { epochOf } from '@ariane/kernel';
import { clockNow, DueProbes, QuietProbes, StartWaits } from '@ariane/service';
import { OUTBOX, type OutboxDocument, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { pathways } from './aggregates.store';
import { sortable } from './pathway-time';

/** How long another service may take to answer an ask before the worker rings again, in ms of machine time. */
const ANSWER_WITHIN_MS = 5_000;

/** A pathway the worker must ring for. */
export interface DuePathway {
  readonly id: string;
  readonly territory: string;
}

/**
 * A pathway with nothing to do for so long needs no workflow: the waker begins a new one when its time comes. Shorter
 * waits keep theirs, so that a day's work starts few.
 */
const DORMANT_MS = 7 * 86_400_000;

/** Whether a pathway that has been advanced may do without a workflow until it is woken. */
export const isDormant = (wakeAt: string | null, now: string): boolean =>
  wakeAt === null || epochOf(wakeAt) - epochOf(now) > DORMANT_MS;

type Found = { readonly _id: string; readonly territory: string; readonly wakeAt: string | null };

/**
 * Which active pathways have something to do: facts not yet read into the plan, asks without answer, or an instant that
 * has come. Asked of MongoDB, so that it is right after any crash, over all territories: our own worker asks.
 */
@Injectable()
export class PathwayWatch {
  constructor(
    private readonly store: Store,
    waits: StartWaits,
    quiet: QuietProbes,
    due: DueProbes,
  ) {
    waits.add('pathway indexes', () => this.ensureIndexes());
    quiet.add('due', async () => {
      const count = await this.count();
      return { quiet: count === 0, count };
    });
    due.add('pathways', () => this.nextWake());
  }

  /** Ids of pathways to ring for, those that wait longest first. */
  async due(limit: number): Promise<readonly DuePathway[]> {
    const answered = new Date(Date.now() - ANSWER_WITHIN_MS).toISOString();
    const found = await this.collection()
      .find({ status: 'ACTIVE', $or: this.somethingToDo({ asksSince: { $lte: answered } }) })
      .sort({ wakeAt: 1, _id: 1 })
      .limit(limit)
      .project<Found>({ _id: 1, territory: 1 })
      .toArray();
    return found.map(({ _id, territory }) => ({ id: _id, territory }));
  }

  /** How many pathways a workflow should watch now, over all territories: counted from the pathways alone. */
  expected(): Promise<number> {
    return this.collection().countDocuments(this.toWatch());
  }

  /** The pathways that a workflow should watch, in the order of their ids, after one of them. */
  async expectedAfter(after: string, limit: number): Promise<readonly DuePathway[]> {
    const found = await this.collection()
      .find({ $and: [this.toWatch(), { _id: { $gt: after } }] })
      .sort({ _id: 1 })
      .limit(limit)
      .project<Found>({ _id: 1, territory: 1 })
      .toArray();
    return found.map(({ _id, territory }) => ({ id: _id, territory }));
  }

  /** The `traceparent` of a pathway's first fact, its enrolment. */
  async begunBy(territory: string, pathwayId: string): Promise<string | undefined> {
    const first = await this.store.database.db
      .collection<OutboxDocument>(OUTBOX)
      .findOne({ territory, subject: pathwayId, sequence: 1 }, { projection: { traceparent: 1 } });
    return first?.traceparent;
  }

  private toWatch(): object {
    const soon = sortable(new Date(epochOf(clockNow()) + DORMANT_MS).toISOString());
    return { status: 'ACTIVE', $or: [{ settled: false }, { wakeAt: { $lte: soon, $type: 'string' } }] };
  }

  private count(): Promise<number> {
    return this.collection().countDocuments({
      status: 'ACTIVE',
      $or: this.somethingToDo({ asksSince: { $type: 'string' } }),
    });
  }

  private async nextWake(): Promise<string | null> {
    const [first] = await this.collection()
      .find({ status: 'ACTIVE', wakeAt: { $type: 'string' } })
      .sort({ wakeAt: 1 })
      .limit(1)
      .project<Found>({ wakeAt: 1 })
      .toArray();
    return first?.wakeAt ?? null;
  }

  private somethingToDo(unanswered: object): object[] {
    return [{ settled: false }, unanswered, { wakeAt: { $lte: sortable(clockNow()), $type: 'string' } }];
  }

  /** Not led by the territory, since the worker asks for all at once; none of them is unique. */
  private async ensureIndexes(): Promise<void> {
    const active = { partialFilterExpression: { status: 'ACTIVE' } };
    await this.collection().createIndex({ settled: 1 }, active, {});
    await this.collection().createIndex({ asksSince: 1 }, active, {});
    await this.collection().createIndex({ wakeAt: 1 }, active, {});
  }

  private collection() {
    return this.store.database.db.collection<{ _id: string }>(pathways.collection);
  }
}
