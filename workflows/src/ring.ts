/** The doorbell: that something is new, and where it stands among its source's facts. Never what it is. */
export interface Ring {
  readonly eventId: string;
  /** A producer of events, or the waker, which found a pathway due. */
  readonly source: string;
  readonly sequence: number;
}

/** The highest sequence heard from each source: the server does not deduplicate signals, the workflow does. */
export type Heard = Readonly<Record<string, number>>;

/** What is heard after a ring, and whether it was new. */
export function hear(heard: Heard, ring: Ring): { readonly heard: Heard; readonly isNew: boolean } {
  if (ring.sequence <= (heard[ring.source] ?? 0)) return { heard, isNew: false };
  return { heard: { ...heard, [ring.source]: ring.sequence }, isNew: true };
}

/** What a pathway's workflow is started with, and hands on when it continues as new: ids and counters only. */
export interface PathwayInput {
  readonly pathwayId: string;
  readonly territory: string;
  readonly heard?: Heard;
  /** How many phases were over when this run began. */
  readonly turn?: number;
}

/** What advancing a pathway came to. */
export interface Advanced {
  /** True once the pathway has ended: the workflow ends too. */
  readonly closed: boolean;
  /** True when nothing is to come for a long time: the workflow ends, and whoever rings next begins a new one. */
  readonly dormant: boolean;
  /** How many phases of the pathway are over; absent in histories of the time before it was told. */
  readonly turn?: number;
  /** Machine milliseconds until the plan changes by time alone; the workflow looks again then. */
  readonly waitMs: number;
}

/** The entity workflow's id: one per pathway and territory, whoever rings first. */
export const workflowIdOf = (territory: string, pathwayId: string): string => `pathway:${territory}:${pathwayId}`;

export const TASK_QUEUE = 'pathways';
export const RING = 'ring';
/** The source of rings that follow from no event. */
export const WAKER = 'waker';
export const PATHWAY_WORKFLOW = 'pathwayWorkflow';
