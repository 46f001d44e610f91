import { setTimeout as sleep } from 'node:timers/promises';
import { logger } from '@ariane/telemetry';

/**
 * Waits for work, but no longer than the limit: then the log says so, and it goes on. For what only spares others a
 * wait, such as taking leave of a group.
 *
 * @param limitMs machine milliseconds
 * @param what a code for the log
 */
export async function within(limitMs: number, work: Promise<unknown>, what: string): Promise<void> {
  const done = new AbortController();
  const late = sleep(limitMs, undefined, { signal: done.signal }).then(
    () => {
      logger.warn('The stop goes on without it.', { reason: what });
    },
    () => undefined,
  );
  try {
    await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
