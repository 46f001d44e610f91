import type { Step } from '../../api/care';

/** The lanes of the drawing, from above to below, by what a step is. */
const lanes = ['visits', 'examinations', 'opinions', 'meetings', 'patient', 'tasks'] as const;
export type Lane = (typeof lanes)[number];

/** How a step stands, by its shape: filled once done, hollow while planned. */
export type MarkShape = 'done' | 'late' | 'booked' | 'planned' | 'missed';

export interface Mark {
  readonly key: string;
  readonly label: string;
  readonly lane: Lane;
  readonly shape: MarkShape;
  /** Epoch ms: when it was done, is booked, or is planned. */
  readonly at: number;
  /** Epoch ms of what was planned, where it was done on another day. */
  readonly plannedAt?: number;
  readonly isByPerson: boolean;
}

type Drawn = Pick<
  Step,
  'key' | 'kind' | 'label' | 'role' | 'status' | 'doneAt' | 'target' | 'latest' | 'dueFrom' | 'booking' | 'origin'
>;

const DAY_MS = 86_400_000;
/** Roles whose appointments are examinations and not encounters. */
const examiners: readonly string[] = ['RAD', 'RADB', 'PATH', 'LAB', 'BIO', 'CAR', 'GEN'];

/** The lane of a step. */
export function laneOf({ kind, role }: Pick<Step, 'kind' | 'role'>): Lane {
  switch (kind) {
    case 'appointment':
      return examiners.includes(role) ? 'examinations' : 'visits';
    case 'document':
      return 'examinations';
    case 'tele-expertise':
      return 'opinions';
    case 'meeting':
      return 'meetings';
    case 'questionnaire':
      return 'patient';
    default:
      return 'tasks';
  }
}

/** The steps that have a day, each as one mark; milestones, what does not apply and what has no day are left out. */
export function marksOf(steps: readonly Drawn[]): readonly Mark[] {
  return steps
    .flatMap((step): Mark[] => {
      const shape = shapeOf(step);
      const planned = step.target ?? step.latest ?? step.dueFrom;
      const at = step.doneAt ?? step.booking?.startsAt ?? planned;
      if (shape === undefined || at === undefined) return [];
      const isElsewhere = planned !== undefined && Math.abs(Date.parse(planned) - Date.parse(at)) >= DAY_MS;
      return [
        {
          ...{ key: step.key, label: step.label, lane: laneOf(step), shape, at: Date.parse(at) },
          ...(isElsewhere && step.doneAt !== undefined ? { plannedAt: Date.parse(planned) } : {}),
          isByPerson: step.origin.from === 'person',
        },
      ];
    })
    .sort((a, b) => a.at - b.at);
}

function shapeOf({ kind, status, booking }: Drawn): MarkShape | undefined {
  if (kind === 'milestone') return undefined;
  switch (status) {
    case 'done':
    case 'late':
    case 'missed':
      return status;
    case 'due':
    case 'waiting':
      return booking?.status === 'booked' ? 'booked' : 'planned';
    default:
      return undefined;
  }
}

/** A stretch of time as drawn. One without anything in it is folded to a break of fixed width. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** From the left edge, in pixels. */
  readonly x: number;
  readonly width: number;
  readonly isIdle: boolean;
}

export interface Axis {
  readonly stretches: readonly Stretch[];
  readonly width: number;
  /** Where an instant is drawn. */
  readonly xOf: (at: number) => number;
}

/** Longer without anything than this, and time is folded. */
const IDLE_MS = 21 * DAY_MS;
const BREAK_PX = 92;
const EDGE_MS = 2 * DAY_MS;

/**
 * The axis of the drawing: time to scale where something happens, folded where nothing does.
 *
 * @param instants epoch ms of all that is drawn, in any order; at least one
 * @param pxPerDay the density
 */
export function axisOf(instants: readonly number[], pxPerDay: number): Axis {
  const sorted = [...new Set(instants)].sort((a, b) => a - b);
  const bursts: { from: number; to: number }[] = [];
  for (const at of sorted) {
    const last = bursts.at(-1);
    if (last === undefined || at - last.to > IDLE_MS) bursts.push({ from: at, to: at });
    else last.to = at;
  }
  const stretches: Stretch[] = [];
  let x = 0;
  const add = (from: number, to: number, width: number, isIdle: boolean): void => {
    stretches.push({ from, to, x, width, isIdle });
    x += width;
  };
  for (const { from, to } of bursts) {
    const before = stretches.at(-1);
    if (before !== undefined) add(before.to, from - EDGE_MS, BREAK_PX, true);
    const [begins, ends] = [from - EDGE_MS, to + EDGE_MS];
    add(begins, ends, ((ends - begins) / DAY_MS) * pxPerDay, false);
  }
  return { stretches, width: x, xOf: (at) => xIn(stretches, at) };
}

function xIn(stretches: readonly Stretch[], at: number): number {
  const found = stretches.find(({ to }) => at <= to) ?? stretches.at(-1);
  if (found === undefined) return 0;
  const { from, to, x, width } = found;
  const share = to === from ? 0 : (at - from) / (to - from);
  return x + width * Math.min(1, Math.max(0, share));
}

export interface Placed extends Mark {
  readonly x: number;
  /** Which line of its lane it stands on, so that labels do not cover one another. */
  readonly line: number;
}

/**
 * Marks side by side: one whose label would run into the one before goes to the next line of its lane.
 *
 * @param labelWidth in pixels
 */
export function placed(marks: readonly Mark[], axis: Axis, labelWidth: (label: string) => number): readonly Placed[] {
  const ends = new Map<Lane, number[]>();
  return marks.map((mark) => {
    const x = axis.xOf(mark.at);
    const taken = ends.get(mark.lane) ?? [];
    const free = taken.findIndex((end) => end < x - 10);
    const line = free === -1 ? taken.length : free;
    taken[line] = x + 14 + labelWidth(mark.label);
    ends.set(mark.lane, taken);
    return { ...mark, x, line };
  });
}

/** How many lines each lane that holds something needs, in the order of the lanes. */
export function linesOf(marks: readonly Placed[]): readonly { readonly lane: Lane; readonly lines: number }[] {
  return lanes.flatMap((lane) => {
    const own = marks.filter((mark) => mark.lane === lane);
    return own.length === 0 ? [] : [{ lane, lines: Math.max(...own.map(({ line }) => line)) + 1 }];
  });
}
