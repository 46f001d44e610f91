import type { PathwaysEvent } from '@ariane/contracts';
import { type Decider, DomainError, invariant } from '@ariane/kernel';

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
}

export type TaskCommand =
  | ({ readonly type: 'OpenTask' } & Omit<
      Task,
      'status' | 'doneBy' | 'doneAt' | 'outcome' | 'reason' | 'settledByStep'
    >)
  | { readonly type: 'CompleteTask'; readonly by: string; readonly outcome?: string; readonly now: string }
  | { readonly type: 'SettleTask'; readonly by?: string; readonly at: string }
  | { readonly type: 'CancelTask'; readonly reason: string }
  | { readonly type: 'ReownTask'; readonly from: string; readonly to: string };

export type TaskEvent =
  | Extract<PathwaysEvent, { type: 'TaskOpened' | 'TaskDone' | 'TaskCancelled' }>
  | { readonly type: 'TaskOutcomesKept'; readonly data: { readonly outcomes: readonly string[] } }
  | { readonly type: 'TaskReowned'; readonly data: { readonly ownerId: string } }
  | { readonly type: 'TaskSettledByStep'; readonly data: object };

/** A task is opened once, and ends once: done by somebody, or cancelled for a reason. */
export const task: Decider<Task, TaskCommand, TaskEvent> = { decide, evolve };

function decide(state: Task | undefined, command: TaskCommand): readonly TaskEvent[] {
  if (command.type === 'OpenTask') return state === undefined ? opened(command) : [];
  if (command.type === 'CompleteTask') return complete(state, command);
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
      return state.ownerId === command.from ? [{ type: 'TaskReowned', data: { ownerId: command.to } }] : [];
  }
}

function opened({ type: _, id, outcomes, ...about }: Extract<TaskCommand, { type: 'OpenTask' }>): readonly TaskEvent[] {
  return [
    { type: 'TaskOpened', data: { taskId: id, ...about } },
    { type: 'TaskOutcomesKept', data: { outcomes } },
  ];
}

function complete(
  state: Task | undefined,
  { by, outcome, now }: Extract<TaskCommand, { type: 'CompleteTask' }>,
): readonly TaskEvent[] {
  if (state === undefined) throw new DomainError('NOT_FOUND');
  if (state.status !== 'open') throw new DomainError('STATE_CONFLICT', { state: state.status });
  if (state.outcomes.length > 0 && (outcome === undefined || !state.outcomes.includes(outcome))) {
    throw new DomainError('FACT_MALFORMED', { name: 'outcome', reason: state.outcomes.join(', ') }, 'outcome');
  }
  return [done(state, by, now, outcome)];
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
    case 'TaskReowned':
      return { ...state, ownerId: event.data.ownerId };
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
