import { pathwaysEvents } from '@ariane/contracts';
import { uuidv5 } from '@ariane/kernel';
import { Clock, DueProbes, QuietProbes, StartWaits, Sweeps, WakeHooks } from '@ariane/service';
import { type Aggregate, type CommandContext, effect, Store } from '@ariane/store';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { alerts } from './alerts.store';
import { breakGlass, type BreakGlass, type BreakGlassCommand, type BreakGlassEvent } from './break-glass';
import { overdueReviewAlert, overdueReviewId } from './follow-alerts';
import { sortable } from './pathway-time';

/** Machine time between two looks: reviews are due in days. */
const SWEEP_MS = 5_000;
/** Read and told at a time. */
const PAGE = 200;

const { BreakGlassOpened, BreakGlassReviewed, BreakGlassReviewOverdue } = pathwaysEvents;

export const breakGlasses: Aggregate<BreakGlass, BreakGlassCommand, BreakGlassEvent> = {
  name: 'break-glass',
  collection: 'breakGlasses',
  ...breakGlass,
  facts: { BreakGlassOpened, BreakGlassReviewed, BreakGlassReviewOverdue },
  subject: (_state, _event, id) => id,
  patient: ({ patientId }) => patientId,
  sealed: ['text', 'note'],
  indexes: [{ keys: { patientId: 1, by: 1, until: 1 } }, { keys: { status: 1 } }],
  // An overdue review stands with the administrator until somebody has made it.
  follow: ({ type, data }, state) => {
    const [pathwayId] = state.pathwayIds;
    if (pathwayId === undefined) return [];
    if (type === 'BreakGlassReviewOverdue') {
      const { id, command } = overdueReviewAlert(state, pathwayId, data.at);
      return [effect(alerts, id, command)];
    }
    if (type !== 'BreakGlassReviewed' || !state.overdue) return [];
    return [
      effect(alerts, overdueReviewId(pathwayId, state.id), { type: 'LiftAlert', reason: 'reviewed', at: data.at }),
    ];
  },
};

/** Tells the administrator of openings that nobody reviewed in time. Asked of MongoDB, so that it is right after a crash. */
@Injectable()
export class BreakGlassWatch implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly wakes: WakeHooks,
    private readonly due: DueProbes,
    private readonly quiet: QuietProbes,
    private readonly sweeps: Sweeps,
    waits: StartWaits,
  ) {
    // Not led by the territory, since the sweep asks for all at once; it is not unique.
    waits.add('break-glass index', () =>
      this.collection.createIndex({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $type: 'string' } } }, {}),
    );
  }

  onApplicationBootstrap(): void {
    const look = this.sweeps.start({ name: 'break-glass reviews', everyMs: SWEEP_MS, run: () => this.look() });
    this.wakes.add('break-glass reviews', look);
    this.due.add('break-glass reviews', async () => (await this.waiting({}).limit(1).next())?.dueAt ?? null);
    this.quiet.add('due', async () => {
      const count = await this.collection.countDocuments({ dueAt: this.overdue() });
      return { quiet: count === 0, count };
    });
  }

  /** Repeating it changes nothing: what is overdue is told once. */
  private async look(): Promise<void> {
    const now = this.clock.now();
    for await (const { _id, territory } of this.waiting(this.overdue()).limit(PAGE)) {
      const messageId = uuidv5(_id, 'overdue');
      const ids = { messageId, correlationId: messageId, causationId: messageId };
      const context: CommandContext = { ...ids, consumer: 'escalation', territory, actor: 'service:pathways', now };
      await this.store.handleMany([effect(breakGlasses, _id, { type: 'TellOverdueReview', now })], context);
    }
  }

  private overdue(): object {
    return { $lte: sortable(this.clock.now()) };
  }

  private waiting(when: object): mongo.FindCursor<Waiting> {
    return this.collection.find({ dueAt: { $type: 'string', ...when } }).sort({ dueAt: 1 });
  }

  private get collection(): mongo.Collection<Waiting> {
    return this.store.database.db.collection<Waiting>(breakGlasses.collection);
  }
}

interface Waiting {
  readonly _id: string;
  readonly territory: string;
  readonly dueAt: string | null;
}
