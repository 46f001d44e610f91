import type { CivilSpan } from '@ariane/kernel';
import { anchorsOf, parseDuration } from './compile';
import type { ProtocolDocument } from './document';
import { repeatOf, stepNamed } from './occurrences';
import type { AnchorDocument } from './schema-parts';
import type { StepDocument } from './step-document';

const shortest = ({ count, unit }: CivilSpan): number => count * { d: 1, wd: 1, wk: 7, mo: 28, y: 365 }[unit];
const shortestOf = (text: string | undefined): number => (text === undefined ? 0 : shortest(parseDuration(text)));

/**
 * The fewest days that can pass between the completion of a step and the start of another; minus infinity when the other
 * does not need it. Only what is sure counts: a step that may not apply holds nobody up.
 */
export function earliestAfter(document: ProtocolDocument, from: string, step: StepDocument): number {
  const open = new Set<string>();
  const startOf = (of: StepDocument): number => {
    if (open.has(of.id)) return -Infinity;
    open.add(of.id);
    const waits = anchorsOf(of).map(waitOf);
    open.delete(of.id);
    if ('all' in of.start) return Math.max(...waits);
    const sorted = waits.toSorted((a, b) => a - b);
    return sorted[('n' in of.start ? of.start.n : 1) - 1] ?? -Infinity;
  };
  const waitOf = (anchor: AnchorDocument): number => {
    if ('fact' in anchor || anchor.after === 'enrolment') return -Infinity;
    if (anchor.date !== undefined && anchor.date !== 'done') return -Infinity;
    const offset = shortestOf(anchor.offset);
    if (anchor.after === from) return offset;
    const before = stepNamed(document, anchor.after);
    if (!before || (mayNotApply(document, before) && !anchor.required)) return -Infinity;
    return doneOf(before) + offset;
  };
  const doneOf = (of: StepDocument): number => {
    if (of.kind === 'milestone') return startOf(of);
    const repeat = repeatOf(of);
    const more =
      repeat && 'times' in repeat && (repeat.after ?? of.id) === of.id
        ? (repeat.times - 1) * shortestOf(repeat.every)
        : 0;
    return startOf(of) + shortestOf(of.window.earliest) + more;
  };
  return startOf(step);
}

const mayNotApply = (document: ProtocolDocument, step: StepDocument): boolean =>
  step.mandatory === false ||
  document.steps.some((other) => other.kind !== 'milestone' && other.cancels?.includes(step.id)) ||
  (step.kind !== 'milestone' && (step.when !== undefined || step.branch !== undefined));
