import { Clock, Sweeps } from '@ariane/service';
import { type CommandContext, type Effect, effect, newId, Store } from '@ariane/store';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ContractsService, settlement } from './contracts.store';
import type { Settlement } from './settlement';
import { splitKeyType } from './split-keys.store';

/** As often as the worker's waker looks, so that a due day costs seconds. */
const SWEEP_MS = 3_000;
/** Those that are told before the database is asked again. */
const PAGE = 200;

/** What is read of one whose instant has passed. */
type Due = Pick<Settlement, 'recorded'> & { readonly _id: string; readonly territory: string };

/**
 * Due days, holds and votes end without anybody telling us: what waits for one is priced again on the day it is, votes
 * are counted. A sweep that was missed loses nothing, for the next finds all that has passed since.
 */
@Injectable()
export class PassingTime implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly contracts: ContractsService,
    private readonly clock: Clock,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.start({ name: 'passing time', everyMs: SWEEP_MS, run: () => this.sweep() });
  }

  private async sweep(): Promise<void> {
    while ((await this.closeVotes()) === PAGE);
    while ((await this.wakeSettlements()) === PAGE);
  }

  private wakeSettlements(): Promise<number> {
    return this.each(settlement.collection, 'wakeAt', async ({ _id, recorded }, { messageId, now, territory }) => {
      // Another process may have activated the contract since this one began.
      if (recorded) await this.contracts.shelve(territory, recorded.contract);
      return effect(settlement, _id, { type: 'PassTime', messageId, now, territory });
    });
  }

  private closeVotes(): Promise<number> {
    return this.each(splitKeyType.collection, 'closesAt', ({ _id }, { now, territory }) =>
      effect(splitKeyType, _id, { type: 'CloseVote', now, territory }),
    );
  }

  /**
   * Tells some of those whose instant has passed, the longest ago first; how many they were. One that fails holds up no
   * other: its error is thrown at the end.
   */
  private async each(
    collection: string,
    field: string,
    told: (one: Due, context: CommandContext) => Effect | Promise<Effect>,
  ): Promise<number> {
    const now = this.clock.now();
    const due = await this.store.database.db
      .collection<Due>(collection)
      .find({ [field]: { $lte: now } }, { projection: { territory: 1, recorded: 1 } })
      .sort({ [field]: 1 })
      .limit(PAGE)
      .toArray();
    const failures: unknown[] = [];
    for (const one of due) {
      const { territory } = one;
      const messageId = newId();
      const ids = { messageId, correlationId: messageId, causationId: messageId };
      const context = { ...ids, consumer: 'time', territory, actor: 'service:capitation', now };
      try {
        await this.store.handleMany([await told(one, context)], context);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return due.length;
  }
}
