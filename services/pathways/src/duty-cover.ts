import { civilDay } from '@ariane/kernel';
import type { ProtocolDocument } from '@ariane/protocol';
import { Temporal } from 'temporal-polyfill';
import { escalationOf } from './alert-ladder';
import { coordinatorRoles } from './care-team';

/** Every week on that day (1 is Monday), from one wall-clock time of the zone to another, `HH:mm`; `24:00` is its end. */
export interface DutyHours {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

/** Who answers for a role in these hours, from one civil day to another, both included. */
export interface Roster {
  readonly rosterId: string;
  readonly role: string;
  readonly practitionerId: string;
  readonly from: string;
  readonly until?: string;
  readonly timeZone: string;
  readonly hours: readonly DutyHours[];
  readonly deputyId?: string;
}

/** Who is away, from one civil day to another, both included. */
export interface Leave {
  readonly leaveId: string;
  readonly practitionerId: string;
  readonly from: string;
  readonly until: string;
  readonly timeZone: string;
  readonly deputyId?: string;
}

/** Who is there: what scheduling has told of rosters and leave. */
export interface Cover {
  readonly rosters: readonly Roster[];
  readonly leaves: readonly Leave[];
}

export const noCover: Cover = { rosters: [], leaves: [] };

interface Holder {
  readonly practitionerId: string;
  readonly role: string;
}

/** To whom something may fall: the care team of that day, the roles in their order of choice, and the instant. */
export interface Placement {
  readonly team: readonly Holder[];
  readonly roles: readonly string[];
  readonly at: string;
}

/**
 * Who owns what falls to a role at an instant: who of the care team holds it and is on duty, or the deputy named for them;
 * else the next role likewise; else whom a roster names for a role; else the coordinator, whoever is away, so that
 * nothing is nobody's (hazard H4). Who has no roster of the role in force is on duty whenever not on leave.
 *
 * @param told who has had it already: they are chosen only when there is nobody else
 */
export function ownerOnDuty(
  cover: Cover,
  { team, roles, at }: Placement,
  told: readonly string[] = [],
): Holder | undefined {
  const isFree = (id: string) => !told.includes(id) && !isOnLeave(cover, id, at);
  const chosen = [...roles, ...coordinatorRoles].map((role) => ({
    role,
    holders: team.filter((member) => member.role === role).map(({ practitionerId }) => practitionerId),
  }));
  const inTeam = ({ role, holders }: (typeof chosen)[number]): Holder | undefined => {
    const present = holders.find((id) => isFree(id) && isOnDuty(cover, id, role, at));
    const deputy = holders.flatMap((id) => deputiesOf(cover, id, role, at)).find(isFree);
    return holderOf(role, present ?? deputy);
  };
  const onRoster = (role: string): Holder | undefined => rosterHolder(cover, role, at, told);
  const asked = chosen.slice(0, roles.length);
  const coordinators = chosen.slice(roles.length);
  return (
    first(asked, inTeam) ??
    first(roles, onRoster) ??
    first(coordinators, inTeam) ??
    first(coordinators, ({ role, holders }) => holderOf(role, holders.find(isFree))) ??
    onRoster('coordinator') ??
    first(coordinators, ({ role, holders }) => holderOf(role, holders[0]))
  );
}

/**
 * Whom a roster names for a role at an instant, or the deputy it names; nobody who is on leave.
 *
 * @param told who has had it already, and is not chosen
 */
export function rosterHolder(cover: Cover, role: string, at: string, told: readonly string[] = []): Holder | undefined {
  const lines = cover.rosters.filter((line) => line.role === role && isInForce(line, at) && covers(line, at));
  const people = lines.flatMap(({ practitionerId, deputyId }) => [practitionerId, ...(deputyId ? [deputyId] : [])]);
  return holderOf(
    role,
    people.find((id) => !told.includes(id) && !isOnLeave(cover, id, at)),
  );
}

function first<T, R>(among: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of among) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

const holderOf = (role: string, practitionerId: string | undefined): Holder | undefined =>
  practitionerId === undefined ? undefined : { practitionerId, role };

export const leavesAt = ({ leaves }: Cover, practitionerId: string, at: string): readonly Leave[] =>
  leaves.filter((leave) => {
    const day = civilDay(at, leave.timeZone);
    return leave.practitionerId === practitionerId && leave.from <= day && day <= leave.until;
  });

const isOnLeave = (cover: Cover, id: string, at: string): boolean => leavesAt(cover, id, at).length > 0;

function isInForce({ from, until, timeZone }: Roster, at: string): boolean {
  const day = civilDay(at, timeZone);
  return from <= day && (until === undefined || day <= until);
}

const linesOf = ({ rosters }: Cover, id: string, role: string, at: string): readonly Roster[] =>
  rosters.filter((line) => line.practitionerId === id && line.role === role && isInForce(line, at));

function isOnDuty(cover: Cover, id: string, role: string, at: string): boolean {
  const lines = linesOf(cover, id, role, at);
  return lines.length === 0 || lines.some((line) => covers(line, at));
}

/** Whoever the leave names, then whom the roster names. */
const deputiesOf = (cover: Cover, id: string, role: string, at: string): readonly string[] =>
  [...leavesAt(cover, id, at), ...linesOf(cover, id, role, at)].flatMap(({ deputyId }) => deputyId ?? []);

function covers({ hours, timeZone }: Roster, at: string): boolean {
  const there = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);
  const time = there.toPlainTime().toString({ smallestUnit: 'minute' });
  return hours.some(({ weekday, from, to }) => weekday === there.dayOfWeek && from <= time && time < to);
}

/** The hours of the week in which nobody answers for a role. */
interface Uncovered {
  readonly role: string;
  readonly hours: readonly DutyHours[];
}

const week = [1, 2, 3, 4, 5, 6, 7] as const;
const allHours: readonly DutyHours[] = week.map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));
const workingHours: readonly DutyHours[] = week.slice(0, 5).map((weekday) => ({ weekday, from: '08:30', to: '18:30' }));

/**
 * Which roles that a watched protocol's alerts of tier 1 and 2 go or climb to no roster covers, and when. Hours that are
 * counted day and night need a roster at every hour of the week; others in working hours.
 *
 * @param day the civil day for which the rosters must be in force
 */
export function uncovered(
  { steps, watch }: Pick<ProtocolDocument, 'steps' | 'watch'>,
  rosters: readonly Roster[],
  day: string,
): readonly Uncovered[] {
  const needed = new Map<string, readonly DutyHours[]>();
  for (const step of steps) {
    if (step.kind === 'milestone' || (watch !== true && step.watch !== true)) continue;
    const { tier, ladder } = escalationOf(step.late);
    if (tier > 2) continue;
    for (const role of [step.late.owner, ...ladder.rungs.map((rung) => rung.role)]) {
      if (ladder.hours === 'always') needed.set(role, allHours);
      else if (!needed.has(role)) needed.set(role, workingHours);
    }
  }
  return [...needed].flatMap(([role, wanted]) => {
    const lines = rosters.filter(
      (line) => line.role === role && line.from <= day && (line.until === undefined || day <= line.until),
    );
    const given = lines.flatMap((line) => line.hours);
    const hours = gapsIn(wanted, given);
    return hours.length === 0 ? [] : [{ role, hours }];
  });
}

/** Roles and hours as a refusal tells them, weekdays counted from Monday: `ONC 1 08:30-18:30, 2 …; IDEC …`. */
export const told = (gaps: readonly Uncovered[]): string =>
  gaps
    .map(({ role, hours }) => `${role} ${hours.map(({ weekday, from, to }) => `${weekday} ${from}-${to}`).join(', ')}`)
    .join('; ');

/** `HH:mm` sorts as text, so that intervals are cut without counting minutes. */
const gapsIn = (wanted: readonly DutyHours[], given: readonly DutyHours[]): readonly DutyHours[] =>
  given.reduce<readonly DutyHours[]>(
    (left, { weekday, from, to }) =>
      left
        .flatMap((one) =>
          one.weekday === weekday
            ? [
                { ...one, to: one.to < from ? one.to : from },
                { ...one, from: one.from > to ? one.from : to },
              ]
            : [one],
        )
        .filter((one) => one.from < one.to),
    wanted,
  );
