import type { PathwaysEvent } from '@ariane/contracts';
import { type Decider, DomainError, invariant } from '@ariane/kernel';
import type { Placement } from './duty-cover';
import { omit } from './omit';

/** Something a named professional has to do for a step of a pathway. */
export interface Task {
  readonly id: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly kind: 'task' | 'questionnaire' | 'document';
  readonly stepKey: string;
  /** For professionals, in French: the protocol's label. */
  readonly title: string;
  readonly role: string;
  readonly ownerId?: string;
  readonly dueAt?: string;
  /** The outcomes the protocol declares; empty where being done is all there is to say. */
  readonly outcomes: readonly string[];
  readonly status: 'open' | 'done' | 'cancelled';
  readonly doneBy?: string;
  readonly doneAt?: string;
  readonly outcome?: string;
  readonly reason?: string;
  /** True when the step was done by another fact, so that this task's end says nothing new of it. */
  readonly settledByStep?: boolean;
  /** The last time somebody gave it to another, and why. */
  readonly handedOver?: HandedOver;
  /** Who had it before, where the service itself gave it to another. Absent while it never did. */
  readonly formerOwners?: readonly FormerOwner[];
}

interface FormerOwner {
  readonly ownerId?: string;
  readonly until: string;
  /** A code: `leave`, `off-duty`, `left-team`. */
  readonly reason: string;
}

interface HandedOver {
  readonly by: string;
  /** Who owned it until then; absent when nobody did. */
  readonly from?: string;
  /** A code: `leave`, `workload`. */
  readonly reason: string;
}

export type TaskCommand =
  | ({ readonly type: 'OpenTask' } & Omit<
      Task,
      'status' | 'doneBy' | 'doneAt' | 'outcome' | 'reason' | 'settledByStep' | 'handedOver' | 'formerOwners'
    > & {
        /** Who could own it: where it is given, who is on duty decides. */
        readonly placement?: Placement;
      })
  | { readonly type: 'CompleteTask'; readonly by: string; readonly outcome?: string; readonly now: string }
  | { readonly type: 'SettleTask'; readonly by?: string; readonly at: string }
  | { readonly type: 'CancelTask'; readonly reason: string }
  | {
      readonly type: 'ReownTask';
      readonly from?: string | undefined;
      readonly to: string;
      readonly reason: string;
      readonly at: string;
    }
  | { readonly type: 'TakeTask'; readonly by: string }
  | {
      readonly type: 'HandOverTask';
      readonly by: string;
      /** Whether `by` coordinates the pathway, and so may move what others own. */
      readonly coordinates: boolean;
      readonly to: string;
      readonly reason: string;
    };

export type TaskEvent =
  | Extract<PathwaysEvent, { type: 'TaskOpened' | 'TaskDone' | 'TaskCancelled' | 'TaskReassigned' }>
  | { readonly type: 'TaskOutcomesKept'; readonly data: { readonly outcomes: readonly string[] } }
  | { readonly type: 'TaskPlacementAsked'; readonly data: { readonly placement: Placement } }
  | { readonly type: 'TaskReowned'; readonly data: { readonly ownerId: string; readonly handedOver?: HandedOver } }
  | { readonly type: 'TaskSettledByStep'; readonly data: object };

/** A task is opened once, and ends once: done by somebody, or cancelled for a reason. */
export const task: Decider<Task, TaskCommand, TaskEvent> = { decide, evolve };

function decide(state: Task | undefined, command: TaskCommand): readonly TaskEvent[] {
  if (command.type === 'OpenTask') return state === undefined ? opened(command) : [];
  if (command.type === 'CompleteTask') return complete(state, command);
  if (command.type === 'TakeTask') return take(openOf(state), command.by);
  if (command.type === 'HandOverTask') return handOver(openOf(state), command);
  // The plan settles and cancels what it had opened; what was never opened, or has ended, stays as it is.
  if (state?.status !== 'open') return [];
  switch (command.type) {
    case 'SettleTask':
      return command.by === undefined
        ? [cancelled(state, 'step-done')]
        : [{ type: 'TaskSettledByStep', data: {} }, done(state, command.by, command.at)];
    case 'CancelTask':
      return [cancelled(state, command.reason)];
    case 'ReownTask':
      return reassign(state, command);
  }
}

function opened(command: Extract<TaskCommand, { type: 'OpenTask' }>): readonly TaskEvent[] {
  const { id, outcomes, placement } = command;
  const about = omit(command, 'type', 'id', 'outcomes', 'placement');
  return [
    { type: 'TaskOpened', data: { taskId: id, ...about } },
    { type: 'TaskOutcomesKept', data: { outcomes } },
    ...(placement === undefined ? [] : [{ type: 'TaskPlacementAsked' as const, data: { placement } }]),
  ];
}

/** Only from who was thought to own it: what somebody has taken or handed over meanwhile stays theirs. */
function reassign(
  { id: taskId, pathwayId, patientId, ownerId }: Task,
  { from, to, reason, at }: Extract<TaskCommand, { type: 'ReownTask' }>,
): readonly TaskEvent[] {
  if (ownerId !== from || from === to) return [];
  const about = { taskId, pathwayId, patientId, ...(from === undefined ? {} : { from }) };
  return [{ type: 'TaskReassigned', data: { ...about, ownerId: to, reason, at } }];
}

function complete(
  state: Task | undefined,
  { by, outcome, now }: Extract<TaskCommand, { type: 'CompleteTask' }>,
): readonly TaskEvent[] {
  const { outcomes } = openOf(state);
  if (outcomes.length > 0 && (outcome === undefined || !outcomes.includes(outcome))) {
    throw new DomainError('FACT_MALFORMED', { name: 'outcome', reason: outcomes.join(', ') }, 'outcome');
  }
  return [done(openOf(state), by, now, outcome)];
}

function openOf(state: Task | undefined): Task {
  if (state === undefined) throw new DomainError('NOT_FOUND');
  if (state.status !== 'open') throw new DomainError('STATE_CONFLICT', { state: state.status });
  return state;
}

/** Only what nobody owns may be taken: what a colleague owns is handed over, by them or by who coordinates. */
function take({ ownerId }: Task, by: string): readonly TaskEvent[] {
  if (ownerId === by) return [];
  if (ownerId !== undefined) throw new DomainError('STATE_CONFLICT', { state: 'owned' });
  return [{ type: 'TaskReowned', data: { ownerId: by } }];
}

function handOver(
  { ownerId: from }: Task,
  { by, coordinates, to, reason }: Extract<TaskCommand, { type: 'HandOverTask' }>,
): readonly TaskEvent[] {
  if (from !== by && !coordinates) throw new DomainError('FORBIDDEN');
  if (from === to) return [];
  const handedOver = { by, reason, ...(from === undefined ? {} : { from }) };
  return [{ type: 'TaskReowned', data: { ownerId: to, handedOver } }];
}

function done(
  { id, pathwayId, patientId, kind, stepKey }: Task,
  doneBy: string,
  doneAt: string,
  outcome?: string,
): TaskEvent {
  const about = { taskId: id, pathwayId, patientId, kind, stepKey };
  return { type: 'TaskDone', data: { ...about, doneBy, doneAt, ...(outcome === undefined ? {} : { outcome }) } };
}

const cancelled = ({ id, pathwayId, patientId }: Task, reason: string): TaskEvent => ({
  type: 'TaskCancelled',
  data: { taskId: id, pathwayId, patientId, reason },
});

function evolve(state: Task | undefined, event: TaskEvent): Task {
  if (event.type === 'TaskOpened') {
    const { taskId: id, kind, stepKey = '', ...about } = event.data;
    // The contract's kind is an open code; only `OpenTask` makes one, with these three.
    return { id, ...about, kind: kind as Task['kind'], stepKey, outcomes: [], status: 'open' };
  }
  invariant(state !== undefined, 'a task begins with TaskOpened');
  switch (event.type) {
    case 'TaskOutcomesKept':
      return { ...state, outcomes: event.data.outcomes };
    case 'TaskPlacementAsked':
      return state;
    case 'TaskReowned':
      return { ...state, ...event.data };
    case 'TaskReassigned': {
      const { from, ownerId, reason, at: until } = event.data;
      const former = { ...(from === undefined ? {} : { ownerId: from }), until, reason };
      return { ...state, ownerId, formerOwners: [...(state.formerOwners ?? []), former] };
    }
    case 'TaskSettledByStep':
      return { ...state, settledByStep: true };
    case 'TaskDone': {
      const { doneBy, doneAt, outcome } = event.data;
      return { ...state, status: 'done', doneBy, doneAt, ...(outcome === undefined ? {} : { outcome }) };
    }
    case 'TaskCancelled':
      return { ...state, status: 'cancelled', reason: event.data.reason };
  }
}
