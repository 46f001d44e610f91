import { type Effect, effect, newId, Store } from '@ariane/store';
import { Clock, Sweeps } from '@ariane/service';
import { logger } from '@ariane/telemetry';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { pathwayAccount } from './contracts.store';

/** How long a pathway's pay waits for an act that pathways knows of and we have not heard, by machine time. */
const PATIENCE_MS = 600_000;
const SWEEP_MS = 60_000;

/**
 * An act that pathways knows of and whose own event does not come (its key is parked here, for one) would hold a
 * pathway's pay for ever: after a while it is paid on what is known, and the act changes the target when it is heard.
 */
@Injectable()
export class OverdueSettlements implements OnApplicationBootstrap {
  private readonly since = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.start({ name: 'overdue settlements', everyMs: SWEEP_MS, run: () => this.sweep() });
  }

  private async sweep(): Promise<void> {
    const waiting = await this.store.database.db
      .collection<{ _id: string; territory: string }>(pathwayAccount.collection)
      .find({ waiting: true }, { projection: { territory: 1 } })
      .toArray();
    const now = Date.now();
    const names = new Set(waiting.map(({ _id }) => _id));
    for (const id of this.since.keys()) if (!names.has(id)) this.since.delete(id);
    for (const { _id: pathwayId, territory } of waiting) {
      const first = this.since.get(pathwayId) ?? now;
      this.since.set(pathwayId, first);
      if (now - first >= PATIENCE_MS) await this.settle(pathwayId, territory);
    }
  }

  private async settle(pathwayId: string, territory: string): Promise<void> {
    const eventId = newId();
    const now = this.clock.now();
    const settle: Effect = effect(pathwayAccount, pathwayId, {
      type: 'SettleAnyway',
      pathwayId,
      territory,
      eventId,
      now,
    });
    const id = { messageId: eventId, correlationId: eventId, causationId: eventId };
    await this.store.handleMany([settle], { ...id, consumer: 'sweep', territory, actor: 'service:capitation', now });
    this.since.delete(pathwayId);
    logger.warn('A pathway was paid without an act that its service never told.');
  }
}
