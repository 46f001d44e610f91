import { Clock, StopHooks } from '@ariane/service';
import { effect, newId, Store } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { settlement } from './contracts.store';

/** As often as the worker's waker looks, so that a due day costs seconds. */
const SWEEP_MS = 3_000;
/** Settlements that are woken before the database is asked again. */
const PAGE = 200;

/**
 * Due days and holds pass without anybody telling us: what waits for one is priced again on the day it is. A sweep that
 * was missed loses nothing, for the next finds all that has passed since.
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
      while ((await this.wakeSome()) === PAGE);
    } finally {
      this.isBusy = false;
    }
  }

  private async wakeSome(): Promise<number> {
    const now = this.clock.now();
    const due = await this.store.database.db
      .collection<{ _id: string; territory: string; wakeAt: string }>(settlement.collection)
      .find({ wakeAt: { $lte: now } }, { projection: { territory: 1 } })
      .sort({ wakeAt: 1 })
      .limit(PAGE)
      .toArray();
    for (const { _id, territory } of due) {
      const messageId = newId();
      const pass = effect(settlement, _id, { type: 'PassTime', messageId, now, territory });
      const ids = { messageId, correlationId: messageId, causationId: messageId };
      await this.store.handleMany([pass], { ...ids, consumer: 'time', territory, actor: 'service:capitation', now });
    }
    return due.length;
  }
}
