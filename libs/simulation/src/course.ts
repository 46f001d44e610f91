import type { PlanEnd, PlannedStep } from '@ariane/protocol';
import type { Act } from './scenario';

/** Something that took a room, a machine or somebody's time. */
export interface Visit {
  readonly act: Act;
  /** Week in which it became due. */
  readonly askedWeek: number;
  /** Week in which it took place, or in which the wait for it ended without it. */
  readonly week: number;
  readonly tookPlace: boolean;
  /** What a lack of room added to the wait, in weeks. */
  readonly queuedWeeks: number;
}

/** All that a simulated patient lived. */
export interface Course {
  readonly enrolledMs: number;
  /** The end of the pathway or of the simulation. */
  readonly untilMs: number;
  readonly end: PlanEnd | undefined;
  readonly steps: readonly PlannedStep[];
  readonly milestones: readonly { readonly id: string; readonly at: string }[];
  readonly visits: readonly Visit[];
  /** By occurrence: when it was first due, in milliseconds since 1970. */
  readonly firstDue: ReadonlyMap<string, number>;
  readonly failedAttempts: number;
}
