import { logger } from '@ariane/telemetry';
import type { Subscriber } from './subscriber';

const LOOK_MS = 5_000;
/** A batch that makes no progress for this long means a dead consumer in a live process. */
const STALL_MS = 30_000;

/**
 * Ends the process when its consumer is dead or stalled; whatever supervises it starts a new one. kafkajs can stay dead
 * in a live process. Returns how to call the watchdog off.
 *
 * @param lookMs machine milliseconds between two looks
 * @param stallMs machine milliseconds without progress after which a consumer with something in hand is given up
 */
export function watch(
  subscriber: () => Pick<Subscriber, 'stalled'> | undefined,
  lookMs = LOOK_MS,
  stallMs = STALL_MS,
): () => void {
  const timer = setInterval(() => {
    const reason = subscriber()?.stalled(Date.now(), stallMs);
    if (reason === undefined) return;
    logger.error('The watchdog ends the process.', { reason });
    process.exit(1);
  }, lookMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
