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
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

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

export interface Held {
  /** What stands in the list, in the order in which it was first shown. */
  readonly shown: readonly WorkItem[];
  /** What came meanwhile and waits to be let in. */
  readonly arrived: readonly WorkItem[];
}

/**
 * What is read anew does not move what is shown: items change in place and go when they are gone, new ones wait. What
 * is read after the last one shown was asked for by scrolling and follows.
 *
 * @param order the ids as shown so far; undefined when the list is shown for the first time
 */
export function hold(order: readonly string[] | undefined, fresh: readonly WorkItem[]): Held {
  if (order === undefined) return { shown: fresh, arrived: [] };
  const known = new Map(fresh.map((item) => [item.id, item]));
  const inOrder = order.flatMap((id) => known.get(id) ?? []);
  const before = new Set(order);
  const lastAt = fresh.findLastIndex(({ id }) => before.has(id));
  const isNext = (index: number): boolean => index > lastAt && inOrder.length > 0;
  const unknown = fresh.map((item, index) => ({ item, index })).filter(({ item }) => !before.has(item.id));
  return {
    shown: [...inOrder, ...unknown.filter(({ index }) => isNext(index)).map(({ item }) => item)],
    arrived: unknown.filter(({ index }) => !isNext(index)).map(({ item }) => item),
  };
}

/** The row to go to when one is gone: the one that stood after it, else the one before. */
export function neighbourOf(shown: readonly { readonly id: string }[], id: string): string | undefined {
  const at = shown.findIndex((item) => item.id === id);
  return (shown[at + 1] ?? shown[at - 1])?.id;
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
