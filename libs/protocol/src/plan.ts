import type { Label } from './schema-parts';
import type { Kind } from './step-document';

export type StepStatus = 'waiting' | 'due' | 'late' | 'done' | 'missed' | 'not-applicable' | 'stopped';

/** Which rule of the protocol put a step in its state, and on which facts. */
export interface Reason {
  readonly rule: string;
  readonly facts: readonly string[];
}

/**
 * One step of one patient's plan.
 *
 * `late` is still to do. `waiting` and `late` with a non-empty `waitingFor` cannot be done yet: nothing is to be asked
 * of another service, somebody must find what is missing. `missed` is an optional step whose window has closed.
 */
export interface PlannedStep {
  /** `biopsy`, or `chemo-cycle#3` for the third occurrence of a repeated step. */
  readonly key: string;
  readonly stepId: string;
  readonly kind: Kind;
  readonly phase: string;
  readonly role: string;
  readonly status: StepStatus;
  /** Counts from 1; a missed visit, a deferred case or a declined opinion adds one. */
  readonly attempt: number;
  readonly mandatory: boolean;
  /** Instants: nothing is asked before `dueFrom`; `target` and `latest` are last seconds of civil days. */
  readonly dueFrom?: string;
  readonly target?: string;
  readonly latest?: string;
  readonly doneAt?: string;
  /** The id of the fact that finished it. */
  readonly doneBy?: string;
  readonly label: Label;
  /** What the patient may read until the diagnosis has been announced. */
  readonly labelBefore: Label;
  /** Codes of unknown facts (`imaging.acr`) or of facts that put it on two branches, or steps not yet done (`step:biopsy`). */
  readonly waitingFor: readonly string[];
  readonly reason: Reason;
}

export interface ReachedMilestone {
  readonly id: string;
  readonly at: string;
  readonly stepKey: string;
}

export interface PlanEnd {
  readonly status: 'COMPLETED' | 'DIED' | 'REFUSED' | 'TRANSFERRED' | 'EXCLUDED';
  readonly at: string;
  /** The fact that ended it; for a completed pathway, the one that finished its last step. */
  readonly factId: string;
}

/** Branches that exclude each other and yet both hold: nothing of either is asked until the facts are mended. */
export interface BranchConflict {
  readonly branches: readonly [string, string];
  readonly facts: readonly string[];
}

export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly milestones: readonly ReachedMilestone[];
  readonly disclosure: 'SUSPICION' | 'ANNOUNCED';
  readonly announcedAt?: string;
  readonly end?: PlanEnd;
  /** Absent when there is none. */
  readonly conflicts?: readonly BranchConflict[];
  /** The earliest instant after now at which the plan changes though nothing is recorded; null when none does. */
  readonly wakeAt: string | null;
}
