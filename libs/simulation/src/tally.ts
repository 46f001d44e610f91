import type { PlanEnd, PlannedStep } from '@ariane/protocol';
import { dayMs } from './calendar';
import type { Course } from './course';

/** Counts of one step over all its occurrences and patients. */
export interface StepTally {
  done: number;
  onTarget: number;
  hasTarget: number;
  /** Done after its latest day, or still to do after it. */
  late: number;
  /** Optional, and its window closed. */
  missed: number;
  notApplicable: number;
  /** To do when the simulation ended. */
  open: number;
  waiting: number;
  stopped: number;
  /** How many were done so many whole days after they were first due. */
  readonly days: number[];
}

/** Counts of one resource by week. */
export interface ResourceTally {
  /** Visits that took place, by week. */
  readonly load: number[];
  /** The change of the number of patients waiting, by week. */
  readonly joining: number[];
  visits: number;
  /** Visits that had to wait for room. */
  queued: number;
  queuedWeeks: number;
}

/** Enough to give a mean and its interval. */
export interface Moments {
  n: number;
  sum: number;
  squares: number;
}

/** What is counted of many patients; two of them add up. Plain arrays and objects, so that threads can hand it on. */
export interface Tally {
  patients: number;
  readonly ends: Record<PlanEnd['status'] | 'OPEN', number>;
  readonly steps: Record<string, StepTally>;
  readonly resources: Record<string, ResourceTally>;
  /** Per patient, by the measure's name. */
  readonly measures: Record<string, Moments>;
}

/** Figures of one patient by name; a name is missing where there is no figure, as for a milestone not reached. */
export type Measures = Readonly<Record<string, number>>;

export const emptyTally = (): Tally => ({
  patients: 0,
  ends: { COMPLETED: 0, DIED: 0, REFUSED: 0, TRANSFERRED: 0, EXCLUDED: 0, OPEN: 0 },
  steps: {},
  resources: {},
  measures: {},
});

const emptyStep = (): StepTally => ({
  ...{ done: 0, onTarget: 0, hasTarget: 0, late: 0, missed: 0, notApplicable: 0, open: 0, waiting: 0, stopped: 0 },
  days: [],
});
const emptyResource = (): ResourceTally => ({ load: [], joining: [], visits: 0, queued: 0, queuedWeeks: 0 });
const emptyMoments = (): Moments => ({ n: 0, sum: 0, squares: 0 });

function kept<T>(of: Record<string, T>, name: string, make: () => T): T {
  const known = of[name];
  if (known !== undefined) return known;
  const fresh = make();
  of[name] = fresh;
  return fresh;
}

const bump = (list: number[], at: number, by: number): void => {
  while (list.length <= at) list.push(0);
  list[at] = (list[at] ?? 0) + by;
};

/** Counts one patient in. */
export function count(tally: Tally, course: Course, measures: Measures): void {
  tally.patients += 1;
  tally.ends[course.end?.status ?? 'OPEN'] += 1;
  for (const step of course.steps) countStep(kept(tally.steps, step.stepId, emptyStep), step, course);
  countVisits(tally, course);
  countMeasures(tally, measures);
}

export function countMeasures(tally: Pick<Tally, 'measures'>, measures: Measures): void {
  for (const [name, value] of Object.entries(measures)) {
    const moments = kept(tally.measures, name, emptyMoments);
    moments.n += 1;
    moments.sum += value;
    moments.squares += value * value;
  }
}

function countStep(tally: StepTally, step: PlannedStep, course: Course): void {
  switch (step.status) {
    case 'done':
      tally.done += 1;
      countDelay(tally, step, course);
      return;
    case 'late':
      tally.late += 1;
      tally.open += 1;
      return;
    case 'due':
      tally.open += 1;
      return;
    case 'waiting':
      tally.waiting += 1;
      return;
    case 'missed':
      tally.missed += 1;
      return;
    case 'not-applicable':
      tally.notApplicable += 1;
      return;
    case 'stopped':
      tally.stopped += 1;
      return;
  }
}

function countDelay(tally: StepTally, { key, doneAt, target, latest }: PlannedStep, { firstDue }: Course): void {
  const dueMs = firstDue.get(key);
  if (doneAt === undefined || dueMs === undefined) return;
  const doneMs = Date.parse(doneAt);
  bump(tally.days, Math.max(0, Math.floor((doneMs - dueMs) / dayMs)), 1);
  if (latest !== undefined && doneMs > Date.parse(latest)) tally.late += 1;
  if (target === undefined) return;
  tally.hasTarget += 1;
  if (doneMs <= Date.parse(target)) tally.onTarget += 1;
}

function countVisits(tally: Tally, { visits }: Course): void {
  for (const { act, askedWeek, week, tookPlace, queuedWeeks } of visits) {
    for (const name of act.resources) {
      const resource = kept(tally.resources, name, emptyResource);
      bump(resource.joining, askedWeek, 1);
      bump(resource.joining, week, -1);
      if (!tookPlace) continue;
      bump(resource.load, week, 1);
      resource.visits += 1;
      if (queuedWeeks > 0) resource.queued += 1;
      resource.queuedWeeks += queuedWeeks;
    }
  }
}

/** What is measured of every patient, whatever the protocol. */
export function measuresOf(course: Course): Measures {
  const { steps, visits, milestones, enrolledMs, untilMs, end } = course;
  const byStatus = (status: PlannedStep['status']) => steps.filter((step) => step.status === status).length;
  const isLate = ({ status, doneAt, latest }: PlannedStep) =>
    status === 'late' || (doneAt !== undefined && latest !== undefined && doneAt > latest);
  const held = visits.filter(({ tookPlace }) => tookPlace);
  return {
    'steps done': byStatus('done'),
    'steps late': steps.filter(isLate).length,
    'steps missed': byStatus('missed'),
    'attempts failed': course.failedAttempts,
    visits: held.filter(({ act }) => act.minutes > 0).length,
    'visit minutes': held.reduce((sum, { act }) => sum + act.minutes, 0),
    'weeks queued': visits.reduce((sum, { queuedWeeks }) => sum + queuedWeeks, 0),
    ...(end ? { 'days to the end': (untilMs - enrolledMs) / dayMs } : {}),
    ...Object.fromEntries(
      milestones.map(({ id, at }) => [`days to ${id}`, (Date.parse(at) - enrolledMs) / dayMs] as const),
    ),
  };
}

/** Adds the second to the first. In one order, the sums are the same to the last bit. */
export function addTally(into: Tally, other: Tally): void {
  into.patients += other.patients;
  for (const [status, n] of Object.entries(other.ends)) {
    into.ends[status as PlanEnd['status'] | 'OPEN'] += n; // as: the keys of the same record
  }
  for (const [id, step] of Object.entries(other.steps)) addCounts(kept(into.steps, id, emptyStep), step);
  for (const [id, resource] of Object.entries(other.resources))
    addCounts(kept(into.resources, id, emptyResource), resource);
  for (const [id, moments] of Object.entries(other.measures)) addCounts(kept(into.measures, id, emptyMoments), moments);
}

function addCounts<T extends StepTally | ResourceTally | Moments>(into: T, other: T): void {
  const target = into as unknown as Record<string, number | number[]>; // as: every field of these is one or the other
  for (const [name, value] of Object.entries(other) as [string, number | number[]][]) {
    const known = target[name];
    if (Array.isArray(value))
      value.forEach((n, at) => {
        bump(known as number[], at, n); // as: the same field of the same shape
      });
    else target[name] = Number(known) + value;
  }
}
