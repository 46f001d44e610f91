import { readFileSync } from 'node:fs';

import { DomainError } from '@ariane/kernel';
import { Injectable } from '@nestjs/common';

import { constraintText } from './constraint-texts';
import { ValidationFailure } from './field-faults';
import { isInstant } from './validators';

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

/** The header that dates a command in a demo. */
export const DEMO_AT = 'Ariane-Demo-At';

/**
 * When a request takes place: now, or in a demo the earlier instant that it names in `Ariane-Demo-At`, so that a demo's
 * past is told to the services as it would have happened.
 *
 * @param named the header as received
 * @throws DomainError DEMO_ONLY without the demo's clock, FACT_IN_FUTURE for what the demo has not come to;
 *   ValidationFailure for what is no UTC instant
 */
export function momentOf(named: unknown, env: NodeJS.ProcessEnv = process.env): string {
  const now = clockNow(env);
  if (named === undefined) return now;
  if ((env.ARIANE_CLOCK_FILE ?? '') === '') throw new DomainError('DEMO_ONLY', {}, DEMO_AT);
  if (!isInstant(named)) throw ValidationFailure.of(DEMO_AT, 'isInstant', constraintText('isInstant'));
  const at = new Date(named).toISOString();
  if (at > now) throw new DomainError('FACT_IN_FUTURE', {}, DEMO_AT);
  return at;
}

/** The clock for what is written by no one's call: sweeps and timers of care. Leases and tokens use machine time. */
@Injectable()
export class Clock {
  now(): string {
    return clockNow();
  }
}
