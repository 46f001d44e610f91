import { setTimeout as sleep } from 'node:timers/promises';

import { logger } from '@ariane/telemetry';

export interface Patience {
  readonly firstWaitMs?: number;
  readonly longestWaitMs?: number;
  /** Gives up after this long and throws the last error; 60 s by default. */
  readonly giveUpAfterMs?: number;
}

/** Tries until `attempt` no longer throws, waiting twice as long each time up to a cap. */
export async function waitFor<T>(name: string, attempt: () => Promise<T>, patience: Patience = {}): Promise<T> {
  const { firstWaitMs = 100, longestWaitMs = 2_000, giveUpAfterMs = 60_000 } = patience;
  const until = Date.now() + giveUpAfterMs;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() + waitMs > until) throw error;
      logger.warn('A server does not answer yet.', { server: name, waitMs, error });
      await sleep(waitMs);
    }
  }
}
