import { omit } from './omit';
import { sortable } from './pathway-time';
import type { OpenAlert, OpenTask, Sources } from './work';
import { type DraftItem, itemIdOf, itemOf, type Tier, tiers, type WorkItem, type WorkReason } from './work-item';

/** Under which of these a step stands; a task of it goes with whichever it is. */
const stepReasons: readonly WorkReason[] = ['late', 'to-do', 'waiting-for', 'coming'];
const isOfStep = ({ reason }: DraftItem): boolean => stepReasons.includes(reason);

/**
 * The items of a pathway. A step's task and its alert of lateness are the step's own item, not others beside it.
 *
 * @param before the items written last: what has no date of its own keeps the one at which it was first seen
 */
export function itemsOf(
  { plan, tasks, alerts, ended, acknowledged }: Sources,
  before: readonly WorkItem[],
): WorkItem[] {
  const { items, seenAt, ...origin } = plan;
  if (plan.readers.length === 0) return [];
  const over = new Set(ended);
  const standing = items.filter((draft) => !isOfStep(draft) || !over.has(draft.subject));
  const seen = new Set(acknowledged.map(({ factId }) => factId));
  const withTasks = [...standing, ...unplanned(tasks, standing)].map((draft) => withTask(draft, tasks));
  const drafts = withTasks.map((draft) => withAlert(draft, alerts)).flatMap((draft) => unseen(draft, seen));
  const shown = new Set(drafts.map(({ alertId }) => alertId));
  const others = alerts.filter(({ id }) => !shown.has(id)).map(alertItem);
  const firstSeen = new Map(before.map(({ id, since }) => [id, since]));
  return [...drafts, ...others].map((draft) =>
    itemOf(origin, draft, firstSeen.get(itemIdOf(origin.pathwayId, draft)) ?? seenAt),
  );
}

/** A task whose step the plan has not yet shown as something to do: one item a step, however many tasks it has. */
function unplanned(tasks: readonly OpenTask[], drafts: readonly DraftItem[]): readonly DraftItem[] {
  const planned = new Set(drafts.filter(isOfStep).map(({ subject }) => subject));
  return tasks
    .filter(({ stepKey }, index) => tasks.findIndex((one) => one.stepKey === stepKey) === index)
    .filter(({ stepKey }) => !planned.has(stepKey))
    .map(({ stepKey, role, dueAt }) => ({
      reason: 'to-do',
      subject: stepKey,
      stepKey,
      tier: 3,
      ownerRole: role,
      ...(dueAt === undefined ? {} : { deadline: sortable(dueAt) }),
    }));
}

/** Whoever owns the task owns the item; nobody does when nobody owns the task. */
function withTask(draft: DraftItem, tasks: readonly OpenTask[]): DraftItem {
  const task = isOfStep(draft) ? tasks.find(({ stepKey }) => stepKey === draft.subject) : undefined;
  if (task === undefined) return draft;
  const { ownerId, role, id } = task;
  const unowned = omit(draft, 'ownerId');
  return { ...unowned, ownerRole: role, taskId: id, ...(ownerId === undefined ? {} : { ownerId }) };
}

/** The most urgent alert of a late step says how urgent it is, and whose it is when no task does. */
function withAlert(draft: DraftItem, alerts: readonly OpenAlert[]): DraftItem {
  if (draft.reason !== 'late') return draft;
  const [alert] = alerts
    .filter(({ reason, stepKey }) => reason === 'step-late' && stepKey === draft.subject)
    .sort((a, b) => a.tier - b.tier);
  if (alert === undefined) return draft;
  const { id, tier, status, ownerId, ownerRole } = alert;
  const about = { alertId: id, tier: tierOf(tier), acknowledged: status === 'acknowledged' };
  if (draft.taskId !== undefined) return { ...draft, ...about };
  return { ...omit(draft, 'ownerId'), ...about, ownerRole, ...(ownerId === undefined ? {} : { ownerId }) };
}

function alertItem({ id, tier, reason, stepKey, ownerId, ownerRole, raisedAt, status }: OpenAlert): DraftItem {
  return {
    reason: 'alert',
    subject: id,
    alertId: id,
    code: reason,
    tier: tierOf(tier),
    since: sortable(raisedAt),
    ownerRole,
    acknowledged: status === 'acknowledged',
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(stepKey === undefined ? {} : { stepKey }),
  };
}

/** Results that one item names; it says how many there are. */
const FACTS_NAMED_MAX = 50;

/** An unknown tier is shown as today's rather than hidden as information. */
const tierOf = (tier: number): Tier => tiers.find((one) => one === tier) ?? 2;

/** The results of an item that nobody has acknowledged; nothing is left of it when all are. */
function unseen(draft: DraftItem, seen: ReadonlySet<string>): readonly DraftItem[] {
  if (draft.factIds === undefined) return [draft];
  const factIds = draft.factIds.filter((id) => !seen.has(id));
  const rest = (draft.count ?? 0) - draft.factIds.length;
  return factIds.length === 0 && rest === 0
    ? []
    : [{ ...draft, factIds: factIds.slice(0, FACTS_NAMED_MAX), count: factIds.length + rest }];
}
