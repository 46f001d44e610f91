import type { Words } from './words';

/** A part of what a pathway has to tell who did not follow it. */
export interface ContextPart {
  readonly id: 'results' | 'done' | 'next';
  readonly lines: readonly string[];
}

export interface PathwayRead {
  readonly id: string;
  readonly patientId: string;
  readonly status: string;
  readonly protocol: { readonly id: string; readonly version: number; readonly title: string };
  readonly steps: readonly {
    readonly key: string;
    readonly kind: string;
    readonly label: string;
    readonly role: string;
    readonly status: string;
    readonly doneAt?: string;
    readonly target?: string;
    readonly latest?: string;
  }[];
}

export interface TimelineRead {
  readonly items: readonly {
    readonly at: string;
    readonly what: string;
    readonly code?: string;
    readonly value?: string | number | boolean;
    readonly unit?: string;
    readonly label?: string;
  }[];
}

const LINES_MAX = 8;
/** Facts about the work itself tell an expert nothing about the patient. */
const isOfTheWork = (code: string): boolean => /^(task|appointment|opinion|case|questionnaire|document)\./.test(code);

/**
 * What stands in the pathway that an expert will want beside the question: the last value of each result, what was
 * done last, what is planned next. `day` writes an instant as a day.
 */
export function contextOf(
  pathway: PathwayRead,
  timeline: TimelineRead,
  words: Pick<Words, 'fact' | 'value'>,
  day: (instant: string) => string,
): readonly ContextPart[] {
  const results = new Map<string, string>();
  for (const { what, code = '', value, unit, at } of timeline.items) {
    if (what !== 'fact' || value === undefined || isOfTheWork(code)) continue;
    results.delete(code);
    results.set(code, `${words.fact(code)} : ${words.value(value, unit)} (${day(at)})`);
  }
  const done = pathway.steps
    .filter(({ status, doneAt }) => status === 'done' && doneAt !== undefined)
    .sort((a, b) => ((a.doneAt ?? '') < (b.doneAt ?? '') ? -1 : 1))
    .map(({ label, doneAt = '' }) => `${label} (${day(doneAt)})`);
  const next = pathway.steps
    .filter(({ status, kind }) => (status === 'due' || status === 'late') && kind !== 'milestone')
    .map(({ label, latest }) => (latest === undefined ? label : `${label} (${day(latest)})`));
  const parts: readonly ContextPart[] = [
    { id: 'results', lines: [...results.values()].slice(-LINES_MAX) },
    { id: 'done', lines: done.slice(-LINES_MAX) },
    { id: 'next', lines: next.slice(0, LINES_MAX) },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}
