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
  /** Since when nobody answers: when it was raised, or raised anew. */
  readonly since: string;
  readonly pauses: readonly Stretch[];
  readonly working: WorkingTime;
}

/**
 * When an alert that nobody acknowledges reaches a rung, the first being 1; undefined above the last. A rung is never
 * reached before those below it, nor, in working hours, at night.
 *
 * @returns `YYYY-MM-DDTHH:mm:ss.sssZ`
 */
export function reachedAt({ ladder, since, pauses, working }: Climbing, rung: number): string | undefined {
  if (rung < 1 || rung > ladder.rungs.length) return undefined;
  const instants = ladder.rungs.slice(0, rung).map(({ after }) => {
    const at = elapsed(since, after, ladder.hours, pauses, working);
    return ladder.hours === 'working' ? addWorkingMs(at, 0, working, pauses) : at;
  });
  return instants.sort().at(-1);
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
