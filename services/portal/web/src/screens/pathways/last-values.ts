import type { TimelineItem } from '../../api/care';

export interface LastValue {
  readonly code: string;
  readonly value: NonNullable<TimelineItem['value']>;
  readonly unit: string | undefined;
  readonly at: string;
}

/** Facts about the work itself are no results. */
const isOfTheWork = (code: string): boolean =>
  /^(task|appointment|opinion|case|questionnaire|document|clinical-rule|result)\./.test(code);

/** The last value of each result, newest first. */
export function lastValues(items: readonly TimelineItem[]): readonly LastValue[] {
  const found = new Map<string, LastValue>();
  for (const { what, code, value, unit, at } of items) {
    if (what !== 'fact' || code === undefined || value === undefined || isOfTheWork(code)) continue;
    found.delete(code);
    found.set(code, { code, value, unit, at });
  }
  return [...found.values()].reverse();
}
