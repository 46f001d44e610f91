import { readFileSync } from 'node:fs';

import { Injectable } from '@nestjs/common';

/**
 * The virtual instant of the file named by ARIANE_CLOCK_FILE, read at each call since the demo clock steps by replacing
 * it, or the machine's. Always `YYYY-MM-DDTHH:mm:ss.sssZ`, so that instants sort as texts. Throws an Error when the
 * file is named and cannot be read: a wrong date is worse than none.
 */
export function clockNow(env: NodeJS.ProcessEnv = process.env): string {
  const file = env.ARIANE_CLOCK_FILE ?? '';
  if (file === '') return new Date().toISOString();
  const { now } = JSON.parse(readFileSync(file, 'utf8')) as { now?: unknown }; /* checked on the next line */
  if (typeof now !== 'string' || !/^\d{4}-\d\d-\d\dT.*Z$/.test(now) || Number.isNaN(Date.parse(now))) {
    throw new Error('The demo clock does not hold {"now": "<UTC instant>"}.');
  }
  return new Date(now).toISOString();
}

/** The clock for what is written by no one's call: sweeps and timers of care. Leases and tokens use machine time. */
@Injectable()
export class Clock {
  now(): string {
    return clockNow();
  }
}
