import { epochOf } from '@ariane/kernel';
import { Clock, DueProbes, QuietProbes, StopHooks, WakeHooks } from '@ariane/service';
import { Store } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { appointments } from './appointments.store';
import { ownContext } from './command-context.store';
import { Placement } from './placement.store';
import { instantAt } from './slot';

/** Machine time between two questions whether room was made: these cost nothing. */
const TICK_MS = 1_000;
/** Machine time between two looks into MongoDB: holds last days, and none is confirmed after its end meanwhile. */
const LOOK_MS = 5_000;
/** Machine time after which any commit is reason enough to try waiting requests again. */
const RETRY_MS = 10_000;
/** Holds read at a time. */
const EXPIRED_PAGE = 200;

/** Ends holds whose time has come, and retries waiting requests when room may have been made. */
@Injectable()
export class Deadlines implements OnApplicationBootstrap {
  private running: Promise<void> = Promise.resolve();
  private sweeping = false;
  /** How often room was made by a calendar or a cancellation, and up to which the waiting requests have been tried. */
  private readonly room = { made: 1, tried: 0 };
  private committed = false;
  private lookedAt = 0;
  private retriedAt = 0;

  constructor(
    private readonly store: Store,
    private readonly placement: Placement,
    private readonly clock: Clock,
    private readonly wakes: WakeHooks,
    private readonly due: DueProbes,
    private readonly quiet: QuietProbes,
    private readonly stops: StopHooks,
  ) {}

  onApplicationBootstrap(): void {
    this.store.onCommitted(() => {
      this.committed = true;
    });
    this.wakes.add('deadlines', () => this.sweep(true));
    this.due.add('holds', () => this.nextHoldEnd());
    this.quiet.add('due', async () => {
      const count = await this.overdue();
      return { quiet: count === 0, count };
    });
    const timer = setInterval(() => {
      if (this.isTimeToLook()) void this.sweep(false).catch(tryAgain);
    }, TICK_MS);
    this.stops.add('deadlines', async () => {
      clearInterval(timer);
      await this.running.catch(tryAgain);
    });
  }

  /** Says that a slot may have become free: waiting requests are tried at the next look. */
  madeRoom(): void {
    this.room.made += 1;
  }

  /** One look after the other; `retry` tries waiting requests whether or not room is known to have been made. */
  sweep(retry: boolean): Promise<void> {
    this.running = this.running.catch(() => undefined).then(() => this.look(retry));
    return this.running;
  }

  private isTimeToLook(): boolean {
    const rested = performance.now() - this.lookedAt > LOOK_MS;
    return !this.sweeping && (rested || this.room.made > this.room.tried);
  }

  private async look(retry: boolean): Promise<void> {
    this.sweeping = true;
    this.lookedAt = performance.now();
    try {
      const now = this.clock.now();
      for (const territory of await this.territories('held')) await this.expireHolds(territory, now);
      const rested = performance.now() - this.retriedAt > RETRY_MS;
      const { made, tried } = this.room;
      if (!retry && made === tried && !(this.committed && rested)) return;
      this.committed = false;
      this.retriedAt = performance.now();
      for (const territory of await this.territories('waiting')) await this.placement.retryWaiting(territory, now);
      this.room.tried = made;
    } finally {
      this.sweeping = false;
    }
  }

  private async expireHolds(territory: string, now: string): Promise<void> {
    const filter = endedBy(now);
    for (;;) {
      const ended = await this.store.find(appointments, territory, filter, { limit: EXPIRED_PAGE });
      for (const { id, state } of ended) {
        const context = ownContext(territory, now, state.pathwayId);
        await this.store.handle(appointments, id, { type: 'ExpireHold', now }, context);
        this.madeRoom();
      }
      if (ended.length < EXPIRED_PAGE) return;
    }
  }

  private async nextHoldEnd(): Promise<string | null> {
    let next: string | null = null;
    for (const territory of await this.territories('held')) {
      const [first] = await this.store.find(
        appointments,
        territory,
        { status: 'held' },
        { limit: 1, sort: { heldUntil: 1 } },
      );
      if (first?.state.status !== 'held') continue;
      if (next === null || first.state.heldUntil < next) next = first.state.heldUntil;
    }
    return next;
  }

  private async overdue(): Promise<number> {
    const held = this.collection().countDocuments(endedBy(this.clock.now()));
    const waiting = this.room.made > this.room.tried ? this.collection().countDocuments({ status: 'waiting' }) : 0;
    return (await held) + (await waiting);
  }

  /** Deadlines are nobody's request: they are looked for in every territory that has such appointments. */
  private async territories(status: 'held' | 'waiting'): Promise<string[]> {
    const found: unknown[] = await this.collection().distinct('territory', { status });
    return found.filter((territory) => typeof territory === 'string');
  }

  private collection() {
    return this.store.database.db.collection(appointments.collection);
  }
}

/** Deadlines are written to the second, and compared as texts: so is the clock. */
const endedBy = (now: string) => ({ status: 'held', heldUntil: { $lte: instantAt(epochOf(now)) } });

/** The next look does what this one could not: nothing is lost, since what is due stays due. */
function tryAgain(error: unknown): void {
  logger.warn('Deadlines could not be looked at and are looked at again.', { error });
}
