import { canonicalJson, type Decider, DomainError, invariant } from '@ariane/kernel';
import type { Alert } from './alert';
import { omit } from './omit';
import type { PlanWork } from './plan-work';
import type { Task } from './task';
import { changesOf, type WorkItem } from './work-item';
import { itemsOf } from './work-items';

export type OpenTask = Pick<Task, 'id' | 'stepKey' | 'ownerId' | 'role' | 'dueAt'>;
export type OpenAlert = Pick<
  Alert,
  'id' | 'tier' | 'reason' | 'stepKey' | 'ownerId' | 'ownerRole' | 'raisedAt' | 'status'
>;

/** What the list needs of a task: codes and dates, no text. */
export const openTaskOf = ({ id, stepKey, role, status, ownerId, dueAt }: Task): OpenTask & Pick<Task, 'status'> => ({
  id,
  stepKey,
  role,
  status,
  ...(ownerId === undefined ? {} : { ownerId }),
  ...(dueAt === undefined ? {} : { dueAt }),
});

/** What the list needs of an alert; its text is sealed and stays with it. */
export const openAlertOf = (alert: Alert): OpenAlert => {
  const { id, tier, reason, ownerRole, raisedAt, status, ownerId, stepKey } = alert;
  const known = { ...(ownerId === undefined ? {} : { ownerId }), ...(stepKey === undefined ? {} : { stepKey }) };
  return { id, tier, reason, ownerRole, raisedAt, status, ...known };
};

/** What the list of one pathway is made from. */
export interface Sources {
  readonly plan: PlanWork;
  readonly tasks: readonly OpenTask[];
  readonly alerts: readonly OpenAlert[];
  /** Steps whose task has ended since the plan was read: it says them done only when it is read again. */
  readonly ended: readonly string[];
  readonly acknowledged: readonly Acknowledged[];
}

/** Who has seen a result, and when. */
interface Acknowledged {
  readonly factId: string;
  readonly by: string;
  readonly at: string;
}

/** What one pathway leaves to its team, from its plan, its open tasks and its open alerts. */
export interface Work extends Sources {
  readonly id: string;
  /** As written to the list last, so that what must be removed is known. */
  readonly items: readonly WorkItem[];
}

export type WorkCommand =
  /** A pathway from before there was a list: all that is open of it, at once. */
  | { readonly type: 'BeginWork'; readonly sources: Omit<Sources, 'ended' | 'acknowledged'> }
  | { readonly type: 'SeePlan'; readonly plan: PlanWork }
  | { readonly type: 'SeeTask'; readonly task: OpenTask & Pick<Task, 'status'> }
  | { readonly type: 'SeeAlert'; readonly alert: OpenAlert }
  | {
      readonly type: 'AcknowledgeResults';
      readonly factIds: readonly string[];
      readonly by: string;
      readonly now: string;
    };

export interface WorkEvent {
  readonly type: 'WorkSeen' | 'ResultsAcknowledged';
  readonly data: {
    readonly sources: Sources;
    readonly put: readonly WorkItem[];
    readonly removed: readonly string[];
  };
}

/** The read model of one pathway: it follows in the transaction of what it shows, and the same again changes nothing. */
export const work: Decider<Work, WorkCommand, WorkEvent> = { decide, evolve };

function decide(state: Work | undefined, command: WorkCommand): readonly WorkEvent[] {
  switch (command.type) {
    case 'BeginWork':
      return state === undefined ? seen(state, { ...command.sources, ended: [], acknowledged: [] }) : [];
    case 'SeePlan': {
      const { tasks = [], alerts = [], acknowledged = [] } = state ?? {};
      return seen(state, { plan: command.plan, tasks, alerts, acknowledged, ended: [] });
    }
    case 'SeeTask': {
      // Only a pathway that has no plan yet: whatever opens a task has read one.
      if (state === undefined) return [];
      const { status, ...task } = command.task;
      const others = state.tasks.filter(({ id }) => id !== task.id);
      if (status === 'open') return seen(state, { ...state, tasks: [...others, task] });
      return seen(state, { ...state, tasks: others, ended: [...new Set([...state.ended, task.stepKey])] });
    }
    case 'SeeAlert': {
      if (state === undefined) return [];
      const others = state.alerts.filter(({ id }) => id !== command.alert.id);
      const isOpen = command.alert.status !== 'closed';
      return seen(state, { ...state, alerts: isOpen ? [...others, command.alert] : others });
    }
    case 'AcknowledgeResults':
      return acknowledge(state, command);
  }
}

/** A person acknowledges the results that they were shown: one that came meanwhile stays on the list. */
function acknowledge(
  state: Work | undefined,
  { factIds, by, now }: Extract<WorkCommand, { type: 'AcknowledgeResults' }>,
): readonly WorkEvent[] {
  if (state === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
  const known = new Set(state.acknowledged.map(({ factId }) => factId));
  const waiting = new Set(state.plan.items.flatMap((item) => item.factIds ?? []));
  if (factIds.some((id) => !known.has(id) && !waiting.has(id))) throw new DomainError('NOT_FOUND', {}, 'factIds');
  const fresh = [...new Set(factIds)].filter((id) => !known.has(id)).map((factId) => ({ factId, by, at: now }));
  if (fresh.length === 0) return [];
  return seen(state, { ...state, acknowledged: [...state.acknowledged, ...fresh] }, 'ResultsAcknowledged');
}

function seen(before: Work | undefined, after: Sources, type: WorkEvent['type'] = 'WorkSeen'): readonly WorkEvent[] {
  const sources = sourcesOf(after);
  const items = before?.items ?? [];
  const { put, removed } = changesOf(items, itemsOf(sources, items));
  const isSame = before !== undefined && put.length === 0 && removed.length === 0 && told(before) === told(sources);
  return isSame ? [] : [{ type, data: { sources, put, removed } }];
}

const sourcesOf = ({ plan, tasks, alerts, ended, acknowledged }: Sources): Sources => ({
  plan,
  tasks,
  alerts,
  ended,
  acknowledged,
});

/** A plan read again without another result is the same plan. */
const told = (sources: Sources): string => canonicalJson({ ...sourcesOf(sources), plan: omit(sources.plan, 'seenAt') });

function evolve(state: Work | undefined, { data: { sources, put, removed } }: WorkEvent): Work {
  const gone = new Set([...removed, ...put.map(({ id }) => id)]);
  const { pathwayId } = sources.plan;
  invariant(state === undefined || state.id === pathwayId, 'a pathway keeps its id');
  return { id: pathwayId, ...sources, items: [...(state?.items ?? []).filter(({ id }) => !gone.has(id)), ...put] };
}
