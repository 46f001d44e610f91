import type { HttpClient } from '@ariane/service';
import { logger } from '@ariane/telemetry';
import type { Doorbell } from './doorbell';
import { WAKER } from './ring';

/** Pathways asked for at once; more are found at the next look. */
const DUE_MAX = 200;

interface Due {
  readonly items: readonly { readonly id: string; readonly territory: string }[];
}

/**
 * The second pair of eyes: asks pathways which of its pathways wait for an advance and rings them, whatever became of
 * events, signals and timers. It is how dormant pathways wake, how the demo clock rings, and how workflows are rebuilt
 * after Temporal lost everything.
 */
export class Waker {
  private looking: Promise<number> | undefined;

  constructor(
    private readonly http: HttpClient,
    private readonly pathwaysUrl: string,
    private readonly territory: string,
    private readonly doorbell: Doorbell,
  ) {}

  /** Rings every pathway that is due now; how many. Looks are never side by side. */
  look(): Promise<number> {
    this.looking ??= this.ringDue().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async ringDue(): Promise<number> {
    const { items } = await this.http.call<Due>({
      method: 'GET',
      url: `${this.pathwaysUrl}/internal/pathways/due?limit=${DUE_MAX}`,
      territory: this.territory,
    });
    for (const { id, territory } of items) {
      await this.doorbell({ pathwayId: id, territory }, { eventId: WAKER, source: WAKER, sequence: Date.now() });
    }
    if (items.length > 0) logger.info('The waker rang pathways that were due.', { count: items.length });
    return items.length;
  }
}
