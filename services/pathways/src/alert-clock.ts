import { epochOf } from '@ariane/kernel';
import type { Alert, AlertClock } from './alert';
import { reachedAt } from './alert-ladder';
import { sortable } from './pathway-time';
import { addWorkingMs } from './working-hours';

type Timed = Pick<Alert, 'status' | 'clock' | 'waitingSince' | 'rung' | 'deferrals' | 'bundledInto' | 'snoozedUntil'>;

/** From when an alert may be put before somebody: at once when it is urgent, else in working hours. */
export const deliverableFrom = (tier: number, at: string, clock: AlertClock): string =>
  tier === 1 ? sortable(at) : addWorkingMs(at, 0, clock);

/** Whether nobody is expected to answer at that instant. */
export const isDeferred = ({ deferrals }: Pick<Alert, 'deferrals'>, now: string): boolean =>
  (deferrals ?? []).some(({ until }) => epochOf(until) > epochOf(now));

/** When it climbs next if nobody acknowledges it; undefined for one that is answered, stands in a bundle or is at the top. */
export function nextRungAt({ status, clock, waitingSince, rung, deferrals, bundledInto }: Timed): string | undefined {
  if (clock === undefined || status !== 'open' || bundledInto !== undefined) return undefined;
  const { ladder, ...working } = clock;
  return reachedAt({ ladder, since: waitingSince, pauses: deferrals ?? [], working }, rung + 1);
}

/** When something happens to it by itself: it comes back, or it climbs. What stands in a bundle follows its leader. */
export function dueAtOf(alert: Timed): string | null {
  if (alert.status === 'closed' || alert.bundledInto !== undefined) return null;
  return alert.snoozedUntil ?? nextRungAt(alert) ?? null;
}
