import { randomUUID } from 'node:crypto';
import type { Asked, Change } from './browser-like.ts';
import type { Worker } from './people.ts';

export interface Item {
  readonly id: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly ownerId?: string;
  readonly taskId?: string;
  readonly alertId?: string;
  readonly factIds?: readonly string[];
}
export interface Paged<T> {
  readonly items: readonly T[];
}
export interface Opinion {
  readonly id: string;
  readonly status: string;
  readonly patientId: string;
  readonly pathwayId: string;
}

const NAMES_MAX = 200;
const queues = {
  decide: ['alert', 'late', 'result-unacknowledged', 'decision-unapplied', 'member-left'],
  do: ['to-do'],
  wait: ['waiting-for'],
} as const;

/** What the day of a coordinator reads: `screens/my-day` of the page. */
export function myDay({ practitionerId }: Worker, queue: keyof typeof queues): readonly Asked[] {
  const reasons = queues[queue].map((one) => `reason=${one}`).join('&');
  const alerts = new URLSearchParams({
    ...{ ownerId: practitionerId, view: 'interrupting', status: 'open', limit: '200' },
  });
  return [
    { kind: 'worklist', path: `/api/pathways/worklist?owner=me&${reasons}&limit=100` },
    { kind: 'counters', path: '/api/pathways/worklist/counters?owner=me' },
    { kind: 'alerts, one’s own', path: `/api/pathways/alerts?${alerts.toString()}` },
    { kind: 'views', path: '/api/views?area=my-day' },
  ];
}

/** The opinions that somebody is asked for: `screens/opinions`. */
export const toGive = ({ practitionerId }: Worker): readonly Asked[] => [
  { kind: 'opinions', path: `/api/tele-expertise/opinion-requests?expertId=${practitionerId}&limit=200` },
];

/**
 * As `shell/concerned.ts` of the page has it: lists of the service that tells, and what is about the very pathway.
 *
 * @param said the pathway that the last answer said it is of
 */
export function isConcerned({ path }: Asked, told: Change | 'reset', said: string | undefined): boolean {
  if (told === 'reset') return true;
  if (!path.startsWith(`/api/${told.service}/`)) return false;
  const named = /\/pathways\/([0-9a-f-]{36})|pathwayId=([0-9a-f-]{36})/.exec(path);
  const of = named?.[1] ?? named?.[2] ?? said;
  return of === undefined || told.pathwayId === undefined || of === told.pathwayId;
}

export const pathwaysList: Asked = { kind: 'pathways, a page', path: '/api/pathways/pathways?status=ACTIVE&limit=40' };
export const pathwayOf = (id: string): Asked => ({ kind: 'pathway', path: `/api/pathways/pathways/${id}` });
const timelineOf = (id: string): Asked => ({ kind: 'timeline', path: `/api/pathways/pathways/${id}/timeline` });
export const opinionOf = (id: string): Asked => ({
  kind: 'opinion',
  path: `/api/tele-expertise/opinion-requests/${id}`,
});
export const tasksOf = (id: string): Asked => ({
  kind: 'tasks of a pathway',
  path: `/api/pathways/tasks?pathwayId=${id}&status=open&limit=200`,
});
const alertsOf = (id: string): Asked => ({
  kind: 'alerts of a pathway',
  path: `/api/pathways/alerts?pathwayId=${id}&limit=200`,
});
const requestsOf = (id: string): Asked => ({
  kind: 'patient’s requests',
  path: `/api/pathways/pathways/${id}/patient-requests`,
});
/** The first tab of a pathway's screen. */
export const fileOf = (id: string): readonly Asked[] => [pathwayOf(id), timelineOf(id), requestsOf(id)];

/** What the panel of an item shows beside the list: `screens/my-day/work-panel.tsx`. */
export const itemOf = ({ pathwayId, taskId, alertId, factIds }: Item): readonly Asked[] => [
  pathwayOf(pathwayId),
  ...(taskId === undefined ? [] : [tasksOf(pathwayId), requestsOf(pathwayId)]),
  ...(alertId === undefined ? [] : [alertsOf(pathwayId)]),
  ...(factIds === undefined ? [] : [timelineOf(pathwayId)]),
];

const parts = { plan: pathwayOf, timeline: timelineOf, tasks: tasksOf, alerts: alertsOf, requests: requestsOf };

/** As `api/together.ts` has it: parts of one pathway are one question. */
export function together(screen: readonly Asked[]): readonly Asked[] {
  const placed = screen.map((asked) => ({ asked, ...partIn(asked) }));
  const files = Map.groupBy(placed, ({ id, asked }) => id ?? asked.path);
  return [...files.values()].flatMap((ones) => {
    const [first] = ones;
    if (ones.length < 2 || first?.id === undefined) return ones.map(({ asked }) => asked);
    const query = ones.map(({ part = '' }) => `part=${part}`).join('&');
    return { kind: 'parts of a file', path: `/api/pathways/pathways/${first.id}/file?${query}` };
  });
}

function partIn({ path }: Asked): { readonly id?: string; readonly part?: string } {
  const [id] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(path) ?? [];
  if (id === undefined) return {};
  const found = Object.entries(parts).find(([, of]) => of(id).path === path);
  return found === undefined ? {} : { id, part: found[0] };
}

interface Task {
  readonly id: string;
  readonly outcomes: readonly string[];
}

/** Of a day's items, the tasks that are one's own. */
export const ownTasks = (items: readonly Item[], { practitionerId }: Worker): readonly Item[] =>
  items.filter(({ taskId, ownerId }) => taskId !== undefined && ownerId === practitionerId);

/** The item's task in the first answer to what `itemOf` asks together. */
export function taskIn([file]: readonly (object | undefined)[], { taskId }: Item): Task | undefined {
  const { tasks } = (file ?? {}) as { readonly tasks?: Paged<Task> }; // the route's own answer
  return tasks?.items.find(({ id }) => id === taskId);
}

const command = (kind: string, path: string, body: object): Asked => ({
  ...{ kind, path, method: 'POST', body, idempotencyKey: randomUUID() },
});

/** A task said to be done, with the outcome where its step declares some. */
export const taskDone = (id: string, outcome: string | undefined): Asked =>
  command('task done', `/api/pathways/tasks/${id}/done`, outcome === undefined ? {} : { outcome });

export const opinionAccepted = (id: string): Asked =>
  command('opinion accepted', `/api/tele-expertise/opinion-requests/${id}/accept`, {});

/** Whose names a screen shows and the page does not know yet, in one question; notes them as known. */
export function namesIn(answers: readonly unknown[], known: Set<string>): Asked | undefined {
  const patients = new Set<string>();
  const practitioners = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === 'object' && value !== null) {
      for (const [field, inside] of Object.entries(value)) {
        if (typeof inside !== 'string') look(inside);
        else if (field === 'patientId') patients.add(inside);
        else if (field === 'ownerId' || field === 'practitionerId') practitioners.add(inside);
      }
    }
  };
  look(answers);
  const fresh = (ids: ReadonlySet<string>): readonly string[] =>
    [...ids].filter((id) => !known.has(id)).slice(0, NAMES_MAX);
  const asked = { patients: fresh(patients), practitioners: fresh(practitioners), organisations: [] };
  const all = [...asked.patients, ...asked.practitioners];
  if (all.length === 0) return undefined;
  for (const id of all) known.add(id);
  return { kind: 'names', path: '/api/names', method: 'POST', body: asked };
}
