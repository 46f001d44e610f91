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

/** As `shell/concerned.ts` of the page has it: lists of the service that tells, and what is about the very pathway. */
export function isConcerned({ path }: Asked, told: Change | 'reset'): boolean {
  if (told === 'reset') return true;
  if (!path.startsWith(`/api/${told.service}/`)) return false;
  const of = /\/pathways\/([0-9a-f-]{36})|pathwayId=([0-9a-f-]{36})/.exec(path);
  return of === null || told.pathwayId === undefined || (of[1] ?? of[2]) === told.pathwayId;
}

export const pathwaysList: Asked = { kind: 'pathways, a page', path: '/api/pathways/pathways?status=ACTIVE&limit=40' };
export const pathwayOf = (id: string): Asked => ({ kind: 'pathway', path: `/api/pathways/pathways/${id}` });
export const timelineOf = (id: string): Asked => ({ kind: 'timeline', path: `/api/pathways/pathways/${id}/timeline` });
export const opinionOf = (id: string): Asked => ({
  kind: 'opinion',
  path: `/api/tele-expertise/opinion-requests/${id}`,
});
export const tasksOf = (id: string): Asked => ({
  kind: 'tasks of a pathway',
  path: `/api/pathways/tasks?pathwayId=${id}&status=open&limit=200`,
});
export const alertsOf = (id: string): Asked => ({
  kind: 'alerts of a pathway',
  path: `/api/pathways/alerts?pathwayId=${id}&limit=200`,
});
export const fileOf = (id: string): readonly Asked[] => [pathwayOf(id), timelineOf(id), tasksOf(id), alertsOf(id)];

/** Whose names a screen shows and the page does not know yet, in one question; notes them as known. */
export function namesIn(answers: readonly unknown[], known: Set<string>): Asked | undefined {
  const text = JSON.stringify(answers);
  const fresh = (field: string): readonly string[] => {
    const found = [...text.matchAll(new RegExp(`"${field}":"([^"]+)"`, 'g'))].map(([, id = '']) => id);
    return [...new Set(found)].filter((id) => !known.has(id)).slice(0, NAMES_MAX);
  };
  const [patients, practitioners] = [fresh('patientId'), fresh('(?:owner|practitioner)Id')];
  if (patients.length + practitioners.length === 0) return undefined;
  for (const id of [...patients, ...practitioners]) known.add(id);
  return { kind: 'names', path: '/api/names', method: 'POST', body: { patients, practitioners, organisations: [] } };
}
