import { addSpan, epochOf, startOfDay } from '@ariane/kernel';
import type { ProtocolDocument } from '@ariane/protocol';
import { type Roster, uncovered } from './duty-cover';
import { sortable } from './pathway-time';

/** How long before it ends a coordinator hears that a cover does: a roster is made in about that time. Source: proposal. */
const TOLD_DAYS_BEFORE = 14;

/** The hours in which nobody will answer for the alerts of a protocol's patients, from a civil day on. */
export interface CoverEnd {
  readonly day: string;
  readonly roles: readonly string[];
}

const after = (day: string, count: number): string => addSpan(day, { count, unit: 'd' }, 'FR');

/** The first day on which a roster is no longer in force; undefined for one that goes on. */
const endOf = ({ until }: Roster): string | undefined => (until === undefined ? undefined : after(until, 1));

/**
 * The first of the next days on which rosters that cover a watched protocol today no longer do; undefined when they go
 * on, when the protocol needs none, and where a role was not covered today either, which enrolment says.
 *
 * @param today civil day
 */
export function coverEndOf(
  document: Pick<ProtocolDocument, 'steps' | 'watch'>,
  rosters: readonly Roster[],
  today: string,
): CoverEnd | undefined {
  const days = rosters.flatMap((roster) => endOf(roster) ?? []).filter((day) => day > today);
  const open = new Set(uncovered(document, rosters, today).map(({ role }) => role));
  for (const day of [...new Set(days)].sort()) {
    if (day > after(today, TOLD_DAYS_BEFORE)) return undefined;
    const roles = uncovered(document, rosters, day).map(({ role }) => role);
    const ending = roles.filter((role) => !open.has(role));
    if (ending.length > 0) return { day, roles: ending };
  }
  return undefined;
}

/**
 * When rosters that do not change are to be looked at next: as long before the end of one of them as its readers are to
 * hear of it.
 *
 * @returns `YYYY-MM-DDTHH:mm:ss.sssZ`, or null when none ends later than that
 */
export function nextCoverLook(rosters: readonly Roster[], now: string): string | null {
  const looks = rosters.flatMap((roster) => {
    const day = endOf(roster);
    return day === undefined ? [] : [sortable(startOfDay(after(day, -TOLD_DAYS_BEFORE), roster.timeZone))];
  });
  return looks.filter((at) => epochOf(at) > epochOf(now)).sort()[0] ?? null;
}
