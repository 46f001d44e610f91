import type { WorkCounters, WorkItem, WorkReason } from '../../api/care';

/** How the day is cut: what needs a decision, what is to be done, what others owe, what only comes. */
export const queues = ['decide', 'do', 'wait', 'watch'] as const;
export type Queue = (typeof queues)[number];

/** Every reason is in one queue and no more. */
export const reasonsOf: Readonly<Record<Queue, readonly WorkReason[]>> = {
  decide: ['alert', 'late', 'result-unacknowledged', 'decision-unapplied', 'member-left'],
  do: ['to-do'],
  wait: ['waiting-for'],
  watch: ['coming'],
};

export const asQueue = (text: string | undefined): Queue => queues.find((one) => one === text) ?? 'decide';

/** How many items a queue holds, of counters whose reason is not narrowed. */
export const countOf = ({ reasons }: WorkCounters, queue: Queue): number =>
  reasonsOf[queue].reduce((sum, reason) => sum + reasons[reason], 0);

/** The filters of the address that narrow the list, beside its queue. */
export const filterNames = ['owner', 'tier', 'reason', 'protocol', 'phase', 'role'] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Readonly<Partial<Record<FilterName, string | undefined>>>;

/** The query of a list or of its counters: the reasons of the queue, or the one that was chosen of them. */
export function workQuery(filters: Filters, queue: Queue | undefined, limit?: number): string {
  const query = new URLSearchParams();
  for (const name of filterNames) {
    const value = filters[name];
    if (value !== undefined && name !== 'reason') query.append(name, value);
  }
  const narrowed = queue === undefined ? [] : reasonsOf[queue].filter((one) => one === filters.reason);
  const reasons = queue === undefined ? [] : narrowed.length > 0 ? narrowed : reasonsOf[queue];
  for (const reason of reasons) query.append('reason', reason);
  if (limit !== undefined) query.append('limit', String(limit));
  return query.toString();
}

export interface NoteWords {
  readonly patient: (patientId: string) => string;
  readonly title: (item: WorkItem) => string;
  readonly due: (item: WorkItem) => string | undefined;
  readonly queue: (queue: Queue) => string;
}

/** What stays open at the end of the day, by queue and patient, as text to hand over. */
export function handOverNote(items: readonly WorkItem[], words: NoteWords): string {
  const parts = queues.flatMap((queue) => {
    const own = items.filter(({ reason }) => reasonsOf[queue].includes(reason));
    if (own.length === 0) return [];
    const lines = [...Map.groupBy(own, ({ patientId }) => patientId)].flatMap(([patientId, of]) => [
      `- ${words.patient(patientId)}`,
      ...of.map((item) => `    ${[words.title(item), words.due(item)].filter(Boolean).join(' · ')}`),
    ]);
    return [[`${words.queue(queue)} (${String(own.length)})`, ...lines].join('\n')];
  });
  return parts.join('\n\n');
}
