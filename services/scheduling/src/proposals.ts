import { epochOf } from '@ariane/kernel';
import type { Interval } from './intervals';
import type { Slot } from './slot';

const DAY_MS = 86_400_000;
/** As many as are read at a glance on a phone. */
const PROPOSALS_MAX = 3;
/** Whoever keeps the room needs a day to give it to somebody else. */
const NOTICE_MS = DAY_MS;
/** A patient moves a visit by days; by how much more harms the plan is for the team to say. */
const MOVED_MS_MAX = 7 * DAY_MS;

/**
 * Where a patient may move an appointment by themselves: from tomorrow, and at most seven days later than it stands.
 *
 * @returns an empty window for an appointment that is over or too near
 */
export function proposalWindow({ startsAt }: Pick<Slot, 'startsAt'>, now: string): Interval {
  const start = epochOf(startsAt);
  const from = epochOf(now) + NOTICE_MS;
  return { from, to: start < from ? from : start + MOVED_MS_MAX };
}

/** The first free time of each of the first days, with the same professional; the appointment's own is none. */
export function proposalsOf(free: readonly Slot[], booked: Slot): readonly Slot[] {
  const others = free.filter((slot) => slot.startsAt !== booked.startsAt && isWithSame(slot, booked));
  const days = new Map<string, Slot>();
  for (const slot of others) {
    const day = slot.startsAt.slice(0, 10);
    if (!days.has(day)) days.set(day, slot);
  }
  return [...days.values()].slice(0, PROPOSALS_MAX);
}

const isWithSame = (slot: Slot, { practitionerId }: Slot): boolean => slot.practitionerId === practitionerId;
