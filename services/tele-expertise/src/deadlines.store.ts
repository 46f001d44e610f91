import { Clock, DueProbes, QuietProbes, StopHooks, WakeHooks } from '@ariane/service';
import { Store } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { nextDeadline, opinionRequests, OVERDUE_MAX, overdueRequests } from './opinion-requests.store';

/** Machine time between two looks at the deadlines, which are days away; an idle service should cost nothing. */
const SWEEP_MS = 5_000;

/** Expires the requests that nobody answered in time, by the service's clock. */
@Injectable()
export class Deadlines implements OnApplicationBootstrap {
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly wakes: WakeHooks,
    private readonly due: DueProbes,
    private readonly quiet: QuietProbes,
    private readonly stops: StopHooks,
  ) {}

  onApplicationBootstrap(): void {
    this.wakes.add('deadlines', () => this.expireOverdue());
    this.due.add('deadlines', () => nextDeadline(this.store));
    this.quiet.add('due', async () => {
      const { length: count } = await overdueRequests(this.store, this.clock.now());
      return { quiet: count === 0, count };
    });
    const timer = setInterval(() => {
      // Nothing is lost when MongoDB is away: what is overdue stays so, and the next sweep finds it.
      this.sweeping ??= this.expireOverdue()
        .catch((error: unknown) => {
          logger.warn('The deadlines could not be swept; they are tried again.', { error });
        })
        .finally(() => {
          this.sweeping = undefined;
        });
    }, SWEEP_MS);
    timer.unref();
    this.stops.add('deadlines', async () => {
      clearInterval(timer);
      await this.sweeping;
    });
  }

  /** Expires all that is overdue now. Repeating it changes nothing: each request expires under one message id. */
  async expireOverdue(): Promise<void> {
    const now = this.clock.now();
    let more = true;
    while (more) {
      const overdue = await overdueRequests(this.store, now);
      more = overdue.length >= OVERDUE_MAX;
      const outcomes = await Promise.allSettled(
        overdue.map(({ id, territory }) =>
          this.store.handle(
            opinionRequests,
            id,
            { type: 'ExpireRequest', now },
            {
              messageId: `deadline-${id}`,
              consumer: 'deadlines',
              territory,
              actor: 'service:tele-expertise',
              now,
              correlationId: id,
              causationId: `deadline-${id}`,
            },
          ),
        ),
      );
      // One request that cannot be expired keeps no other from it, and is not passed over in silence.
      const failure = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failure !== undefined) throw failure.reason;
    }
  }
}
