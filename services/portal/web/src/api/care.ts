/** What the pathways service tells of work, alerts, pathways and patients, as far as the screens read it. */

export const workReasons = [
  'late',
  'to-do',
  'waiting-for',
  'coming',
  'alert',
  'result-unacknowledged',
  'decision-unapplied',
  'member-left',
] as const;
export type WorkReason = (typeof workReasons)[number];

export const tiers = [1, 2, 3, 4] as const;
export type Tier = (typeof tiers)[number];

export interface WorkItem {
  readonly id: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly protocol: { readonly id: string; readonly version: number };
  readonly reason: WorkReason;
  readonly tier: Tier;
  readonly since: string;
  readonly deadline?: string;
  readonly ownerRole: string;
  readonly ownerId?: string;
  readonly waitsOn?: readonly string[];
  readonly stepKey?: string;
  readonly phase?: string;
  readonly label?: string;
  readonly taskId?: string;
  readonly alertId?: string;
  /** Of an alert: why it was raised. */
  readonly code?: string;
  readonly acknowledged?: boolean;
  readonly factIds?: readonly string[];
  readonly count?: number;
}

export interface WorkCounters {
  readonly total: number;
  readonly reasons: Readonly<Record<WorkReason, number>>;
  readonly tiers: Readonly<Record<Tier, number>>;
  readonly owners: Readonly<Record<'me' | 'nobody' | 'others', number>>;
}

export interface Task {
  readonly id: string;
  readonly pathwayId: string;
  readonly stepKey: string;
  readonly title: string;
  readonly role: string;
  readonly ownerId?: string;
  readonly dueAt?: string;
  readonly outcomes: readonly string[];
  readonly status: 'open' | 'done' | 'cancelled';
}

export interface Alert {
  readonly id: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly tier: Tier;
  readonly reason: string;
  readonly stepKey?: string;
  readonly ownerId?: string;
  readonly ownerRole: string;
  readonly raisedAt: string;
  /** In French, of the protocol. */
  readonly text?: string;
  readonly status: 'open' | 'acknowledged' | 'closed';
  readonly waitingSince: string;
  readonly rung: number;
  readonly clock?: {
    readonly ladder: {
      readonly hours: 'working' | 'always';
      readonly rungs: readonly { readonly role: string; readonly after: string }[];
    };
  };
  readonly formerOwners?: readonly {
    readonly ownerId?: string;
    readonly ownerRole: string;
    readonly until: string;
    readonly reason: string;
  }[];
  readonly deferrals?: readonly {
    readonly kind: 'pause' | 'snooze';
    readonly by: string;
    readonly reason: string;
    readonly from: string;
    readonly until: string;
  }[];
  readonly snoozedUntil?: string;
  readonly heldBack?: 'budget' | 'information';
  readonly bundledInto?: string;
  readonly signals: number;
  readonly dueAt: string | null;
  readonly deliveredAt?: string;
  readonly seenAt?: string;
  readonly acknowledgedAt?: string;
  readonly acknowledgedBy?: string;
  readonly closedAt?: string;
  readonly closedBy?: string;
  readonly closedFor?: string;
  readonly outcome?: string;
}

export interface Member {
  readonly practitionerId: string;
  readonly role: string;
  readonly ground: string;
  readonly from: string;
  readonly until?: string;
}

type StepStatus = 'waiting' | 'due' | 'late' | 'done' | 'missed' | 'not-applicable' | 'stopped';

export interface PlanChange {
  readonly id: string;
  readonly change: 'added' | 'repeated' | 'moved' | 'skipped' | 'shared';
  readonly stepKey: string;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
  readonly withdrawn?: { readonly by: string; readonly reason: string; readonly at: string };
  readonly latest?: string;
}

type Origin =
  | { readonly from: 'protocol'; readonly version: number; readonly rule: string }
  | {
      readonly from: 'person';
      readonly by: string;
      readonly reason: string;
      readonly at: string;
      readonly of?: string;
    };

export interface Step {
  readonly key: string;
  readonly kind: string;
  readonly phase: string;
  readonly label: string;
  readonly role: string;
  readonly status: StepStatus;
  readonly attempt: number;
  readonly mandatory: boolean;
  readonly dueFrom?: string;
  readonly target?: string;
  readonly latest?: string;
  readonly doneAt?: string;
  readonly waitingFor: readonly string[];
  readonly booking?: {
    readonly appointmentId: string;
    readonly status: 'held' | 'booked' | 'waiting';
    readonly startsAt?: string;
    readonly practitionerId?: string;
  };
  readonly origin: Origin;
  readonly changes: readonly PlanChange[];
}

interface Assessment {
  readonly code: string;
  readonly value: 'review' | 'no-review' | 'not-assessed' | 'missing';
  readonly at: string;
  readonly version: string;
}

export interface PathwayWhole {
  readonly id: string;
  readonly version: number;
  readonly patientId: string;
  readonly protocol: { readonly id: string; readonly version: number; readonly title: string };
  readonly enrolledAt: string;
  readonly status: string;
  readonly closedAt?: string;
  readonly disclosure: 'SUSPICION' | 'ANNOUNCED';
  readonly announcedAt?: string;
  readonly team: readonly Member[];
  readonly steps: readonly Step[];
  readonly assessments: readonly Assessment[];
}

interface NamedFact {
  readonly id: string;
  readonly code: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly value?: string | number | boolean;
  readonly unit?: string;
  readonly by?: string;
}

interface TimelineStep {
  readonly key: string;
  readonly daysLate?: number;
  readonly reason: {
    readonly rule: string;
    readonly facts: readonly NamedFact[];
    readonly protocol: { readonly id: string; readonly version: number };
  };
}

export interface TimelineItem {
  readonly at: string;
  readonly what: 'enrolled' | 'fact' | 'step-done' | 'announced' | 'closed';
  readonly factId?: string;
  readonly code?: string;
  readonly value?: string | number | boolean;
  readonly unit?: string;
  readonly stepKey?: string;
  readonly label?: string;
  readonly by?: string;
}

export interface Timeline {
  readonly items: readonly TimelineItem[];
  readonly steps?: readonly TimelineStep[];
}

export interface PathwayLine {
  readonly id: string;
  readonly patientId: string;
  readonly protocol: { readonly id: string; readonly version: number };
  readonly enrolledAt: string;
  readonly status: string;
  readonly phase?: string;
  readonly next?: { readonly stepKey: string; readonly label: string; readonly latest?: string };
  readonly late?: number;
  readonly coordinatorId?: string;
}

/** The paths of what these screens read, so that a change of one is a change in one place. */
export const paths = {
  pathway: (id: string) => `/api/pathways/pathways/${id}`,
  timeline: (id: string) => `/api/pathways/pathways/${id}/timeline`,
  alertsOf: (pathwayId: string) => `/api/pathways/alerts?pathwayId=${pathwayId}&limit=200`,
  tasksOf: (pathwayId: string) => `/api/pathways/tasks?pathwayId=${pathwayId}&status=open&limit=200`,
  requestsOf: (pathwayId: string) => `/api/pathways/pathways/${pathwayId}/patient-requests`,
  patient: (id: string) => `/api/pathways/patients/${id}`,
} as const;
