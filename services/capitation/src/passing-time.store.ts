import { Clock, StopHooks } from '@ariane/service';
import { type CommandContext, type Effect, effect, newId, Store } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { settlement } from './contracts.store';
import { splitKeyType } from './split-keys.store';

/** As often as the worker's waker looks, so that a due day costs seconds. */
const SWEEP_MS = 3_000;
/** Those that are told before the database is asked again. */
const PAGE = 200;

/**
 * Due days, holds and votes end without anybody telling us: what waits for one is priced again on the day it is, votes
 * are counted. A sweep that was missed loses nothing, for the next finds all that has passed since.
 */
@Injectable()
export class PassingTime implements OnApplicationBootstrap {
  private isBusy = false;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly stops: StopHooks,
  ) {}

  onApplicationBootstrap(): void {
    const timer = setInterval(() => {
      this.sweep().catch((error: unknown) => {
        logger.error('The sweep of due days failed; the next one tries again.', { error });
      });
    }, SWEEP_MS);
    timer.unref();
    this.stops.add('passing time', () => {
      clearInterval(timer);
    });
  }

  private async sweep(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while ((await this.wakeSettlements()) === PAGE);
      while ((await this.closeVotes()) === PAGE);
    } finally {
      this.isBusy = false;
    }
  }

  private wakeSettlements(): Promise<number> {
    return this.each(settlement.collection, 'wakeAt', (id, { messageId, now, territory }) =>
      effect(settlement, id, { type: 'PassTime', messageId, now, territory }),
    );
  }

  private closeVotes(): Promise<number> {
    return this.each(splitKeyType.collection, 'closesAt', (id, { now, territory }) =>
      effect(splitKeyType, id, { type: 'CloseVote', now, territory }),
    );
  }

  /** Tells some of those whose instant has passed, the longest ago first; how many they were. */
  private async each(
    collection: string,
    field: string,
    told: (id: string, context: CommandContext) => Effect,
  ): Promise<number> {
    const now = this.clock.now();
    const due = await this.store.database.db
      .collection<{ _id: string; territory: string }>(collection)
      .find({ [field]: { $lte: now } }, { projection: { territory: 1 } })
      .sort({ [field]: 1 })
      .limit(PAGE)
      .toArray();
    for (const { _id, territory } of due) {
      const messageId = newId();
      const ids = { messageId, correlationId: messageId, causationId: messageId };
      const context = { ...ids, consumer: 'time', territory, actor: 'service:capitation', now };
      await this.store.handleMany([told(_id, context)], context);
    }
    return due.length;
  }
}
