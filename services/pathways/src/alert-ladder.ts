import { addToInstant, type CivilSpan, epochOf, invariant } from '@ariane/kernel';
import type { Tier } from './work-item';
import { addMs, addWorkingMs, type Stretch, type WorkingTime } from './working-hours';

/** Who is told when nobody has answered for so long: `15min`, `4h`, or a civil duration such as `1wd`. */
interface Rung {
  readonly role: string;
  readonly after: string;
}

/** The rungs in their order, and whether their time passes in working hours only. */
export interface Ladder {
  readonly hours: 'working' | 'always';
  readonly rungs: readonly Rung[];
}

/** What a protocol says of a late step's alert. */
interface Escalation {
  readonly tier?: Tier;
  readonly ladder?: readonly Rung[];
  readonly hours?: Ladder['hours'];
}

/** This week, as in the language of protocols: a document that says nothing of its urgency asks for no haste. */
const TIER_UNLESS_SAID: Tier = 3;

/** Who is on call for the whole territory, by its rosters: told when the last rung has not answered. */
export const ON_CALL = 'on-call';
/** Told when nobody is on call, or when who is does not answer either. Holds no alert of their own: they find somebody. */
export const ADMINISTRATOR = 'territory-administrator';
const aboveAll = [ON_CALL, ADMINISTRATOR] as const;

/** What each of the two above the last rung waits for the one below. Source: proposal. */
const ABOVE_AFTER: Readonly<Record<Ladder['hours'], string>> = { always: '1h', working: '1wd' };

/** How long whoever acknowledged an alert has to handle it before it climbs on. Source: proposal. */
const HANDLED_WITHIN: Readonly<Record<number, string>> = { 1: '4h', 2: '1wd', 3: '5wd' };

const coordinator = (after: string): Rung => ({ role: 'coordinator', after });

/**
 * Whom an alert climbs to where its protocol names nobody: whoever else is on duty as coordinator. An urgent one climbs
 * by night too. Source: proposal, after the 15 minutes in which an urgent alert should be acknowledged.
 */
const defaults: Readonly<Record<Tier, Ladder>> = {
  1: { hours: 'always', rungs: [coordinator('15min'), coordinator('1h')] },
  2: { hours: 'working', rungs: [coordinator('4h'), coordinator('1wd')] },
  3: { hours: 'working', rungs: [coordinator('2wd')] },
  4: { hours: 'working', rungs: [] },
};

/** How urgent the alert of a late step is, and whom it climbs to. */
export function escalationOf(late: Escalation): { readonly tier: Tier; readonly ladder: Ladder } {
  const tier = late.tier ?? TIER_UNLESS_SAID;
  const { hours, rungs } = defaults[tier];
  return {
    tier,
    // An urgent alert does not wait for the morning, whatever is said of hours.
    ladder: { hours: tier === 1 ? 'always' : (late.hours ?? hours), rungs: late.ladder ?? rungs },
  };
}

export interface Climbing {
  readonly ladder: Ladder;
  /** Since when nobody answers: when it was raised, raised anew or acknowledged. */
  readonly since: string;
  readonly pauses: readonly Stretch[];
  readonly working: WorkingTime;
}

/** Whose turn it is at a rung, the first being 1; undefined above everybody, and where there is no ladder. */
export const roleAt = ({ rungs }: Ladder, rung: number): string | undefined =>
  rungs.length === 0 ? undefined : (rungs[rung - 1]?.role ?? aboveAll[rung - 1 - rungs.length]);

/**
 * When an alert that nobody acknowledges reaches a rung, the first being 1; undefined above everybody. A rung is never
 * reached before those below it, nor, in working hours, at night. Two are above the protocol's: who is on call, and
 * the territory's administrator (hazard H4).
 *
 * @returns `YYYY-MM-DDTHH:mm:ss.sssZ`
 */
export function reachedAt(climbing: Climbing, rung: number): string | undefined {
  const { ladder, since } = climbing;
  const { rungs, hours } = ladder;
  if (roleAt(ladder, rung) === undefined) return undefined;
  if (rung > rungs.length) return passed(climbing, reachedAt(climbing, rung - 1) ?? since, ABOVE_AFTER[hours]);
  const instants = rungs.slice(0, rung).map(({ after }) => passed(climbing, since, after));
  return instants.sort().at(-1);
}

/**
 * When an alert that somebody acknowledged and nobody has handled climbs on; undefined for one that is information.
 *
 * @param climbing its `since` is the acknowledgement
 * @returns `YYYY-MM-DDTHH:mm:ss.sssZ`
 */
export function unhandledAt(climbing: Climbing, tier: number): string | undefined {
  const within = HANDLED_WITHIN[tier];
  return within === undefined ? undefined : passed(climbing, climbing.since, within);
}

/** So much later, in the hours of the ladder; where those are working hours, in one of them. */
function passed({ ladder: { hours }, pauses, working }: Climbing, since: string, after: string): string {
  const at = elapsed(since, after, hours, pauses, working);
  return hours === 'working' ? addWorkingMs(at, 0, working, pauses) : at;
}

const UNITS_MS: Readonly<Record<string, number>> = { min: 60_000, h: 3_600_000 };
const spanUnits: readonly CivilSpan['unit'][] = ['d', 'wd', 'wk', 'mo', 'y'];

function elapsed(
  since: string,
  after: string,
  hours: Ladder['hours'],
  pauses: readonly Stretch[],
  working: WorkingTime,
): string {
  const [, digits, name] = /^(\d{1,3})([a-z]+)$/.exec(after) ?? [];
  const count = Number(digits);
  const ms = UNITS_MS[name ?? ''];
  if (ms !== undefined) {
    return hours === 'always' ? addMs(since, count * ms, pauses) : addWorkingMs(since, count * ms, working, pauses);
  }
  const unit = spanUnits.find((one) => one === name);
  invariant(unit !== undefined, 'a rung says its time as the language of protocols does');
  const at = addToInstant(since, { count, unit }, working.timeZone, working.holidays);
  return addMs(since, epochOf(at) - epochOf(since), pauses);
}
