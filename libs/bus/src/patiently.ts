import { logger } from '@ariane/telemetry';

const WAIT_MAX_MS = 5_000;

/** Tries until it succeeds: at the start of a service its servers may still be starting, or be away for a while. */
export async function patiently<T>(server: string, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      logger.warn('A server does not answer yet.', { server, attempt: tries, error });
      await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** tries, WAIT_MAX_MS)));
    }
  }
}
