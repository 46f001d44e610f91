import { anchorsOf } from './compile';
import type { ProtocolDocument } from './document';
import { type Fault, fault } from './fault';
import { occurrenceCount, repeatOf, stepNamed } from './occurrences';
import type { StepDocument } from './step-document';

type Occurrence = readonly [id: string, number: number];

/** Occurrences are followed one by one, since a check may follow the cycle before it without any circle. */
export function circleFaults(document: ProtocolDocument): readonly Fault[] {
  const state = new Map<string, 'open' | 'closed'>();
  const faults: Fault[] = [];
  const visit = (step: StepDocument, occurrence: number, trail: readonly string[]): void => {
    const key = `${step.id}#${String(occurrence)}`;
    if (state.get(key) === 'closed') return;
    if (state.get(key) === 'open') {
      const circle = [...trail.slice(trail.indexOf(step.id)), step.id].join(' → ');
      const remedy = 'Take one of these links out, or start one of the steps from something else.';
      faults.push(
        fault('cycle', ['steps', document.steps.indexOf(step), 'start'], `waits for itself: ${circle}`, remedy),
      );
      return;
    }
    state.set(key, 'open');
    for (const [id, number] of followed(document, step, occurrence)) {
      const before = stepNamed(document, id);
      if (before) visit(before, number, [...trail, step.id]);
    }
    state.set(key, 'closed');
  };
  for (const step of document.steps) {
    for (let number = 1; number <= seen(document, step.id); number += 1) visit(step, number, []);
  }
  return faults;
}

/** Occurrences of a series from the second on follow alike, so that of one by schedule the first three show all. */
function seen(document: ProtocolDocument, id: string): number {
  const repeat = repeatOf(stepNamed(document, id));
  if (!repeat) return 1;
  return 'times' in repeat ? repeat.times : Math.min(3, occurrenceCount(document, id));
}

/** All that reading a whole series reads. */
function series(document: ProtocolDocument, id: string): readonly Occurrence[] {
  const repeat = repeatOf(stepNamed(document, id));
  const own = Array.from({ length: seen(document, id) }, (_, index): Occurrence => [id, index + 1]);
  return repeat && 'as' in repeat && repeat.as !== id ? [...own, ...series(document, repeat.as)] : own;
}

/** The occurrences that one occurrence reads. */
function followed(document: ProtocolDocument, step: StepDocument, occurrence: number): readonly Occurrence[] {
  const starts = anchorsOf(step).flatMap((anchor): readonly Occurrence[] => {
    if ('fact' in anchor) return [];
    return anchor.each ? [[anchor.after, occurrence]] : series(document, anchor.after);
  });
  if (step.kind === 'milestone') return starts;
  const { repeat } = step;
  const window = occurrence > 1 && repeat?.window ? repeat.window : step.window;
  const from = window.from === undefined ? [] : series(document, window.from);
  const before = occurrence > 1 ? stepBefore(step.id, repeat) : undefined;
  return [...starts, ...from, ...(before === undefined ? [] : [[before, occurrence - 1] as const])];
}

/** The step whose occurrence before an occurrence is counted from. */
function stepBefore(id: string, repeat: ReturnType<typeof repeatOf>): string | undefined {
  if (!repeat || 'as' in repeat) return undefined;
  if ('schedule' in repeat) return repeat.from === 'last' ? id : undefined;
  return repeat.every === undefined ? undefined : (repeat.after ?? id);
}
