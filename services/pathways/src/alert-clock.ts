import { epochOf } from '@ariane/kernel';
import type { Alert, AlertClock } from './alert';
import { ADMINISTRATOR, reachedAt, roleAt, unhandledAt } from './alert-ladder';
import { sortable } from './pathway-time';
import { addWorkingMs } from './working-hours';

type Timed = Pick<
  Alert,
  | 'status'
  | 'tier'
  | 'clock'
  | 'waitingSince'
  | 'acknowledgedAt'
  | 'ownerRole'
  | 'rung'
  | 'deferrals'
  | 'bundledInto'
  | 'snoozedUntil'
>;

/** From when an alert may be put before somebody: at once when it is urgent, else in working hours. */
export const deliverableFrom = (tier: number, at: string, clock: AlertClock): string =>
  tier === 1 ? sortable(at) : addWorkingMs(at, 0, clock);

/** Whether nobody is expected to answer at that instant. */
export const isDeferred = ({ deferrals }: Pick<Alert, 'deferrals'>, now: string): boolean =>
  (deferrals ?? []).some(({ until }) => epochOf(until) > epochOf(now));

/**
 * When it climbs next if nobody acknowledges it, or if whoever did does not handle it; undefined for one that stands in a
 * bundle, and for one that the territory's administrator has been told of.
 */
export function nextRungAt(alert: Timed): string | undefined {
  const { status, tier, clock, waitingSince, acknowledgedAt, ownerRole, rung, deferrals, bundledInto } = alert;
  if (clock === undefined || status === 'closed' || bundledInto !== undefined || ownerRole === ADMINISTRATOR) {
    return undefined;
  }
  const { ladder, ...working } = clock;
  const climbing = { ladder, pauses: deferrals ?? [], working };
  if (status === 'open') return reachedAt({ ...climbing, since: waitingSince }, rung + 1);
  if (acknowledgedAt === undefined || roleAt(ladder, rung + 1) === undefined) return undefined;
  return unhandledAt({ ...climbing, since: acknowledgedAt }, tier);
}

/** When something happens to it by itself: it comes back, or it climbs. What stands in a bundle follows its leader. */
export function dueAtOf(alert: Timed): string | null {
  if (alert.status === 'closed' || alert.bundledInto !== undefined) return null;
  return alert.snoozedUntil ?? nextRungAt(alert) ?? null;
}
