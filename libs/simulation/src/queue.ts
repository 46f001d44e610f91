import { invariant } from '@ariane/kernel';

/**
 * What one centre can do in a week, for each resource that is short.
 *
 * Patients are taken in the order in which they enrolled, and each takes the first week that still has room in all it
 * needs; a week is never overfilled. Room is found through chains of full weeks that are shortened as they are walked
 * (union-find), so the cost stays linear in the visits. Taking patients one after the other, instead of week by week,
 * lets an early patient's late visit take its place before a later patient's early one: which patient waits is then
 * coarser than in life, but which weeks fill, and therefore the sum of the waits, does not depend on the order of the
 * same wishes. A visit that is missed or no longer needed keeps its place empty, as on the day itself.
 */
export interface Queue {
  /** The first week from `week` on with room in all the resources, which is taken; `weeks` when there is none. */
  readonly take: (resources: readonly string[], week: number) => number;
}

/**
 * @param capacity visits a week of each short resource over all centres
 * @param centre which of the `centres`; they share the capacity so that each week's whole numbers add up to it
 */
export function queueOf(
  capacity: Readonly<Record<string, number>>,
  { centre, centres, weeks }: { readonly centre: number; readonly centres: number; readonly weeks: number },
): Queue {
  const lanes = new Map(
    Object.entries(capacity).map(([resource, total]) => [resource, laneOf(weeks, (week) => share(total, week))]),
  );
  function share(total: number, week: number): number {
    const slot = week * centres + ((centre + week) % centres);
    return Math.floor(((slot + 1) * total) / centres) - Math.floor((slot * total) / centres);
  }
  const take = (resources: readonly string[], from: number): number => {
    const needed = resources.flatMap((resource) => lanes.get(resource) ?? []);
    let week = Math.min(from, weeks);
    for (let settled = false; !settled && week < weeks;) {
      const wanted = week;
      week = needed.reduce((latest, lane) => Math.max(latest, lane.firstFree(latest)), week);
      settled = week === wanted;
    }
    if (week < weeks)
      needed.forEach((lane) => {
        lane.use(week);
      });
    return week;
  };
  return { take };
}

interface Lane {
  readonly firstFree: (week: number) => number;
  readonly use: (week: number) => void;
}

function laneOf(weeks: number, roomOf: (week: number) => number): Lane {
  const room = Int32Array.from({ length: weeks }, (_, week) => roomOf(week));
  const following = Int32Array.from({ length: weeks + 1 }, (_, week) => week);
  for (let week = 0; week < weeks; week += 1) if ((room[week] ?? 0) <= 0) following[week] = week + 1;
  const firstFree = (week: number): number => {
    let free = week;
    for (let to = following[free] ?? free; to !== free; to = following[free] ?? free) free = to;
    for (let at = week; at < free;) {
      const to = following[at] ?? free;
      following[at] = free;
      at = to;
    }
    return free;
  };
  const use = (week: number): void => {
    const left = (room[week] ?? 0) - 1;
    invariant(left >= 0, 'a full week is never taken');
    room[week] = left;
    if (left === 0) following[week] = week + 1;
  };
  return { firstFree, use };
}
