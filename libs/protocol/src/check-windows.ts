import type { CivilSpan } from '@ariane/kernel';
import { parseDuration } from './compile';
import type { ProtocolDocument } from './document';
import { earliestAfter } from './earliest-after';
import { type Fault, fault, type Path } from './fault';
import type { DoingStep } from './step-document';

type Window = DoingStep['window'];

/** Windows that nobody can meet, whatever the patient's dates. */
export const windowFaults = (document: ProtocolDocument): readonly Fault[] =>
  document.steps.flatMap((step, index) => {
    if (step.kind === 'milestone') return [];
    const path: Path = ['steps', index];
    const later = step.repeat?.window;
    return [
      ...ownFaults(step.window, [...path, 'window']),
      ...fromFaults(document, step, [...path, 'window']),
      ...(later ? ownFaults(later, [...path, 'repeat', 'window']) : []),
    ];
  });

/** Calendar days, to compare spans of different units. */
const roughDays = ({ count, unit }: CivilSpan): number => count * { d: 1, wd: 1.4, wk: 7, mo: 30.4, y: 365 }[unit];
const days = (text: string): number => roughDays(parseDuration(text));

function ownFaults({ earliest, target, latest, tighter, from }: Window, path: Path): readonly Fault[] {
  const order = (name: 'earliest' | 'target', limit: string | undefined, of: 'target' | 'latest', end: string) =>
    limit !== undefined && days(limit) > days(end)
      ? [
          fault(
            'window',
            [...path, name],
            `is after the ${of}: ${limit} > ${end}`,
            `Make ${name} shorter or ${of} longer; all are counted from the start.`,
          ),
        ]
      : [];
  const tightened = (tighter ?? []).flatMap((rule, index) => {
    const at = [...path, 'tighter', index, 'latest'];
    if (days(rule.latest) > days(latest)) {
      const remedy = `Write a limit shorter than ${latest}.`;
      return [fault('window', at, `${rule.latest} is not tighter than ${latest}`, remedy)];
    }
    return earliest !== undefined && from === undefined && days(earliest) > days(rule.latest)
      ? [
          fault(
            'window',
            at,
            `ends before the earliest: ${rule.latest} < ${earliest}`,
            'Make earliest shorter, or this limit longer.',
          ),
        ]
      : [];
  });
  return [
    ...(from === undefined ? order('earliest', earliest, 'latest', latest) : []),
    ...(from === undefined && target !== undefined && days(target) <= days(latest)
      ? order('earliest', earliest, 'target', target).filter(
          () => earliest !== undefined && days(earliest) <= days(latest),
        )
      : []),
    ...order('target', target, 'latest', latest),
    ...tightened,
  ];
}

/** The longest a span may take: working days around two public holidays and the week ends between. */
const atMost = ({ count, unit }: CivilSpan): number =>
  unit === 'wd' ? count * 1.4 + 6 : count * { d: 1, wk: 7, mo: 31, y: 366 }[unit];

/** Target and latest counted from another step, of which this one can only start too long after. */
function fromFaults(document: ProtocolDocument, step: DoingStep, path: Path): readonly Fault[] {
  const { from, earliest, latest } = step.window;
  if (from === undefined) return [];
  const start = earliestAfter(document, from, step);
  const soonest = start + (earliest === undefined ? 0 : shortest(parseDuration(earliest)));
  if (soonest <= atMost(parseDuration(latest))) return [];
  return [
    fault(
      'window',
      [...path, 'latest'],
      `is over before the step may start: ${latest} after "${from}", and it starts at the earliest ${String(Math.floor(soonest))} days after`,
      `Make latest longer, or shorten what stands between "${from}" and this step.`,
    ),
  ];
}

const shortest = ({ count, unit }: CivilSpan): number => count * { d: 1, wd: 1, wk: 7, mo: 28, y: 365 }[unit];
