import type { HttpClient } from '@ariane/service';
import { logger } from '@ariane/telemetry';
import type { Doorbell } from './doorbell';
import { WAKER, workflowIdOf } from './ring';

export const RECONCILER = Symbol.for('ariane.reconciler');

/** Pathways asked for at once. */
const PAGE = 500;
/** Workflows begun at once: as many as the worker takes in hand. */
const AT_ONCE = 20;

interface Expected {
  readonly count: number;
  readonly items: readonly { readonly id: string; readonly territory: string }[];
}

/** How many pathways should be watched, counted by pathways, and how many are, counted by Temporal. */
export interface Watched {
  readonly expected: number;
  readonly watched: number;
}

/** The workflows that run, as Temporal counts and lists them. */
interface Running {
  watched(): Promise<number>;
  running(): AsyncIterable<string>;
}

/**
 * Compares two counts that know nothing of each other, and where they differ rings every pathway whose workflow is
 * missing. MongoDB alone says which there should be, so Temporal may lose everything.
 */
export class Reconciler {
  private last: Watched = { expected: 0, watched: 0 };

  constructor(
    private readonly http: HttpClient,
    private readonly pathwaysUrl: string,
    private readonly territory: string,
    private readonly temporal: Running,
    private readonly doorbell: Doorbell,
  ) {}

  /** The counts at the last look. */
  get counts(): Watched {
    return this.last;
  }

  /** Looks once; how many workflows were begun anew. */
  async look(): Promise<number> {
    const [{ count: expected }, watched] = await Promise.all([this.page('', 1), this.temporal.watched()]);
    this.last = { expected, watched };
    return watched < expected ? this.rebuild() : 0;
  }

  private async rebuild(): Promise<number> {
    const running = new Set<string>();
    for await (const id of this.temporal.running()) running.add(id);
    let begun = 0;
    for (let after = ''; ;) {
      const { items } = await this.page(after, PAGE);
      const missing = items.filter(({ id, territory }) => !running.has(workflowIdOf(territory, id)));
      for (let from = 0; from < missing.length; from += AT_ONCE) {
        await Promise.all(missing.slice(from, from + AT_ONCE).map((one) => this.ring(one)));
      }
      begun += missing.length;
      const last = items.at(-1);
      if (last === undefined || items.length < PAGE) break;
      after = last.id;
    }
    if (begun > 0) logger.warn('Pathways were not watched; their workflows were begun anew.', { count: begun });
    return begun;
  }

  private ring({ id, territory }: Expected['items'][number]): Promise<void> {
    return this.doorbell({ pathwayId: id, territory }, { eventId: WAKER, source: WAKER, sequence: Date.now() });
  }

  private page(after: string, limit: number): Promise<Expected> {
    const query = new URLSearchParams({ limit: String(limit), ...(after === '' ? {} : { after }) });
    return this.http.call<Expected>({
      method: 'GET',
      url: `${this.pathwaysUrl}/internal/pathways/expected?${query.toString()}`,
      territory: this.territory,
    });
  }
}
