import { type Aggregate, type Effect, effect } from '@ariane/store';
import type { Alert } from './alert';
import type { Pathway, PathwayEvent } from './pathway';
import { planWorkOf } from './plan-work';
import { library, planner } from './protocols.store';
import type { Task, TaskEvent } from './task';
import { openAlertOf, openTaskOf, work, type Work, type WorkCommand, type WorkEvent } from './work';

/** Rows of the worklist, one per pathway and reason; written only with the pathway's work. */
export const WORK_ITEMS = 'workItems';

/** The worklist of each pathway, which its plan, its tasks and its alerts write in their own transactions. */
export const works: Aggregate<Work, WorkCommand, WorkEvent> = {
  name: 'work',
  collection: 'works',
  ...work,
  facts: {},
  subject: ({ id }) => id,
  companions: ({ data: { put, removed } }) => [
    ...put.map(({ id, ...item }) => ({ collection: WORK_ITEMS, put: { _id: id, ...item } })),
    ...removed.map((id) => ({ collection: WORK_ITEMS, remove: id })),
  ],
};

/** After these the worklist may hold something else at once; any other has the plan read again soon. */
export function seePlan(event: Pick<PathwayEvent, 'type'>, state: Pathway): readonly Effect[] {
  // A document published through another process comes with the next advance; no event is refused for the list's sake.
  if (library.has(state.protocol) === undefined) return [];
  switch (event.type) {
    case 'PlanKept':
    case 'AskAnswered':
    case 'AskRefused':
    case 'CareTeamMemberAdded':
    case 'CareTeamMemberLeft':
    case 'PathwayClosed':
      return [effect(works, state.id, { type: 'SeePlan', plan: planWorkOf(planner, state) })];
    default:
      return [];
  }
}

export function seeTask(event: Pick<TaskEvent, 'type'>, state: Task): readonly Effect[] {
  const isSilent = event.type === 'TaskOutcomesKept' || event.type === 'TaskSettledByStep' || event.type === 'TaskPlacementAsked'; // prettier-ignore
  if (isSilent) return [];
  return [effect(works, state.pathwayId, { type: 'SeeTask', task: openTaskOf(state) })];
}

export const seeAlert = (state: Alert): readonly Effect[] => [
  effect(works, state.pathwayId, { type: 'SeeAlert', alert: openAlertOf(state) }),
];
