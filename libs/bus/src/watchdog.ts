import { logger } from '@ariane/telemetry';
import type { Subscriber } from './subscriber';

const LOOK_MS = 5_000;
/** A batch that makes no progress for this long means a dead consumer in a live process. */
const STALL_MS = 30_000;

/**
 * Ends the process when its consumer is dead or stalled; whatever supervises it starts a new one. kafkajs can stay dead
 * in a live process. Returns how to call the watchdog off.
 */
export function watch(subscriber: () => Subscriber | undefined): () => void {
  const timer = setInterval(() => {
    const reason = subscriber()?.stalled(Date.now(), STALL_MS);
    if (reason === undefined) return;
    logger.error('The watchdog ends the process.', { reason });
    process.exit(1);
  }, LOOK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
