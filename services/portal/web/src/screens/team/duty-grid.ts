import type { Leave, Roster } from './team-types';

export interface Turn {
  readonly practitionerId: string;
  readonly hours: readonly string[];
  /** Away that day: who stands in, if anybody does. */
  readonly away?: { readonly deputyId?: string };
}

export interface DutyDay {
  readonly day: string;
  readonly turns: readonly Turn[];
  /** Somebody should answer for the role that day, and nobody does. */
  readonly isUncovered: boolean;
}

export interface DutyRow {
  readonly role: string;
  readonly days: readonly DutyDay[];
}

const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

const isIn = (day: string, { from, until }: { readonly from: string; readonly until?: string }): boolean =>
  from <= day && (until === undefined || day <= until);

/** Who answers for each role on each of the civil days, roles in the order of their names. */
export function dutyOf(
  rosters: readonly Roster[],
  leaves: readonly Leave[],
  days: readonly string[],
): readonly DutyRow[] {
  const roles = [...new Set(rosters.map(({ role }) => role))].sort();
  return roles.map((role) => ({
    role,
    days: days.map((day) =>
      dutyDay(
        rosters.filter((one) => one.role === role),
        leaves,
        day,
      ),
    ),
  }));
}

function dutyDay(rosters: readonly Roster[], leaves: readonly Leave[], day: string): DutyDay {
  const turns = rosters.flatMap((roster) => turnOn(roster, leaves, day));
  const isUncovered = turns.length > 0 && turns.every(({ away }) => away !== undefined && away.deputyId === undefined);
  return { day, turns, isUncovered };
}

function turnOn(roster: Roster, leaves: readonly Leave[], day: string): readonly Turn[] {
  const weekday = weekdayOf(day);
  const hours = roster.hours.filter((one) => one.weekday === weekday).map(({ from, to }) => `${from}–${to}`);
  if (!isIn(day, roster) || hours.length === 0) return [];
  const { practitionerId } = roster;
  const isAway = (id: string): boolean => leaves.some((leave) => leave.practitionerId === id && isIn(day, leave));
  const leave = leaves.find((one) => one.practitionerId === practitionerId && isIn(day, one));
  if (leave === undefined) return [{ practitionerId, hours }];
  // A deputy who is away too stands in for nobody.
  const deputyId = [roster.deputyId, leave.deputyId].find((id) => id !== undefined && !isAway(id));
  return [{ practitionerId, hours, away: deputyId === undefined ? {} : { deputyId } }];
}

export interface DutySpan {
  readonly first: DutyDay;
  /** How many days in a row are alike. */
  readonly days: number;
}

/** Days in a row on which the same people answer, as one: a week without a change is read at a glance. */
export function spansOf(days: readonly DutyDay[]): readonly DutySpan[] {
  const spans: DutySpan[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last !== undefined && isAlike(last.first, day)) spans[spans.length - 1] = { ...last, days: last.days + 1 };
    else spans.push({ first: day, days: 1 });
  }
  return spans;
}

const isAlike = (one: DutyDay, other: DutyDay): boolean => JSON.stringify(one.turns) === JSON.stringify(other.turns);

const DAY_MS = 86_400_000;
/** A leave is looked at for at most so many days. */
const LOOKED_AT_MAX = 366;

/** The days from one civil day to another, both included. */
export function daysFrom(from: string, until: string): readonly string[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  const count = Math.round((Date.parse(`${until}T00:00:00Z`) - first) / DAY_MS) + 1;
  return Array.from({ length: Math.min(Math.max(count, 0), LOOKED_AT_MAX) }, (_, index) =>
    new Date(first + index * DAY_MS).toISOString().slice(0, 10),
  );
}

/** The roles that a leave leaves without anybody on some day, each with the first such day. */
export function uncoveredBy(
  leave: Leave,
  rosters: readonly Roster[],
  leaves: readonly Leave[],
): readonly { readonly role: string; readonly day: string }[] {
  const theirs = new Set(rosters.filter((one) => one.practitionerId === leave.practitionerId).map(({ role }) => role));
  const others = leaves.some(({ leaveId }) => leaveId === leave.leaveId) ? leaves : [...leaves, leave];
  return dutyOf(
    rosters.filter(({ role }) => theirs.has(role)),
    others,
    daysFrom(leave.from, leave.until),
  ).flatMap(({ role, days }) => {
    const first = days.find(({ isUncovered }) => isUncovered);
    return first === undefined ? [] : [{ role, day: first.day }];
  });
}
