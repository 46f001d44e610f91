import { Clock, DueProbes, QuietProbes, Sweeps, WakeHooks } from '@ariane/service';
import { Store } from '@ariane/store';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { nextDeadline, opinionRequests, OVERDUE_MAX, overdueRequests } from './opinion-requests.store';

/** Machine time between two looks at the deadlines, which are days away; an idle service should cost nothing. */
const SWEEP_MS = 5_000;

/** Expires the requests that nobody answered in time, by the service's clock. */
@Injectable()
export class Deadlines implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly wakes: WakeHooks,
    private readonly due: DueProbes,
    private readonly quiet: QuietProbes,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    const look = this.sweeps.start({ name: 'deadlines', everyMs: SWEEP_MS, run: () => this.expireOverdue() });
    this.wakes.add('deadlines', look);
    this.due.add('deadlines', () => nextDeadline(this.store));
    this.quiet.add('due', async () => {
      const { length: count } = await overdueRequests(this.store, this.clock.now());
      return { quiet: count === 0, count };
    });
  }

  /** Expires all that is overdue now. Repeating it changes nothing: each request expires under one message id. */
  private async expireOverdue(): Promise<void> {
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
