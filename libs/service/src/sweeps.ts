import { logger } from '@ariane/telemetry';
import { Injectable } from '@nestjs/common';

import { StopHooks } from './registries';

/** Work that is looked for every so often because nobody calls for it: what has fallen due, what waits to be sent. */
export interface Sweep {
  /** A constant: it stands in the log. */
  readonly name: string;
  /** Machine time between two looks, in milliseconds. */
  readonly everyMs: number;
  /** One look. Repeating it changes nothing; one that fails is made again at the next. */
  readonly run: () => Promise<unknown>;
}

/** Looks again and again, one look after the other, until the service stops. */
@Injectable()
export class Sweeps {
  constructor(private readonly stops: StopHooks) {}

  /**
   * Begins to look. Gives what looks at once, after the look that is under way, and rejects as that look does: for the
   * clock of a demo, which waits for it.
   */
  start({ name, everyMs, run }: Sweep): () => Promise<void> {
    let last: Promise<void> = Promise.resolve();
    let underWay = 0;
    const look = (): Promise<void> => {
      underWay += 1;
      last = last
        .catch(() => undefined) // whoever asked for that look has its error, and this one looks anew
        .then(run)
        .then(() => undefined)
        .finally(() => {
          underWay -= 1;
        });
      return last;
    };
    const timer = setInterval(() => {
      if (underWay > 0) return;
      look().catch((error: unknown) => {
        logger.warn('A sweep failed; the next one tries again.', { name, error });
      });
    }, everyMs);
    timer.unref();
    this.stops.add(name, async () => {
      clearInterval(timer);
      await last.catch(() => undefined); // see above
    });
    return look;
  }
}
