import { parseDuration } from './compile';
import type { ProtocolDocument } from './document';
import { scheduleOf } from './schedule';
import type { StepDocument } from './step-document';

export const stepNamed = (document: ProtocolDocument, id: string): StepDocument | undefined =>
  document.steps.find((step) => step.id === id);

export const repeatOf = (step: StepDocument | undefined) =>
  step === undefined || step.kind === 'milestone' ? undefined : step.repeat;

/** How often a step occurs, so that two may be compared: a number, or the id of the schedule it goes with. */
export function occurrencesOf(document: ProtocolDocument, id: string): number | string {
  const repeat = repeatOf(stepNamed(document, id));
  if (!repeat) return 1;
  if ('times' in repeat) return repeat.times;
  if ('schedule' in repeat) return id;
  const base = repeatOf(stepNamed(document, repeat.as));
  return base && 'times' in base ? base.times : repeat.as;
}

/** How many occurrences a step may come to have; Infinity for a schedule without end. */
export function occurrenceCount(document: ProtocolDocument, id: string): number {
  const repeat = repeatOf(stepNamed(document, id));
  if (!repeat) return 1;
  if ('times' in repeat) return repeat.times;
  if ('as' in repeat) {
    const base = repeatOf(stepNamed(document, repeat.as));
    return base && !('as' in base) ? occurrenceCount(document, repeat.as) : 1;
  }
  return scheduleOf(
    repeat.schedule.map((entry) => ({
      every: parseDuration(entry.every),
      for: entry.for === undefined ? undefined : parseDuration(entry.for),
    })),
  ).total;
}
