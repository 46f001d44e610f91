import { stepFault } from './check-references';
import { parseDuration } from './compile';
import type { ProtocolDocument } from './document';
import { type Fault, fault, type Path } from './fault';
import { repeatOf, stepNamed } from './occurrences';
import { fitting } from './schedule';
import type { RepeatDocument } from './schema-parts';
import type { DoingStep } from './step-document';

/** Faults of how a step is repeated. */
export function repeatFaults(document: ProtocolDocument, { repeat }: DoingStep, path: Path): readonly Fault[] {
  const at: Path = [...path, 'repeat'];
  if (!repeat) return [];
  if ('schedule' in repeat) return scheduleFaults(repeat.schedule, [...at, 'schedule']);
  if ('times' in repeat) return stepFault(document, repeat.after, [...at, 'after']);
  const missing = stepFault(document, repeat.as, [...at, 'as']);
  const base = repeatOf(stepNamed(document, repeat.as));
  if (missing.length > 0 || (base && !('as' in base))) return missing;
  const remedy = 'Name a step with "times" or "schedule" of its own.';
  return [fault('name', [...at, 'as'], `"${repeat.as}" has no occurrences of its own to go with`, remedy)];
}

type Schedule = Extract<RepeatDocument, { schedule: unknown }>['schedule'];

const scheduleFaults = (schedule: Schedule, path: Path): readonly Fault[] =>
  schedule.flatMap((entry, index) => {
    const every = parseDuration(entry.every);
    if (every.count === 0) {
      return [fault('endless', [...path, index, 'every'], 'never comes to the next occurrence', 'Write at least 1d.')];
    }
    if (entry.for === undefined) {
      return index === schedule.length - 1
        ? []
        : [
            fault(
              'unreachable',
              [...path, index + 1],
              'follows a rhythm that has no end',
              `Say for how long the one before goes on: "for": "2y".`,
            ),
          ];
    }
    return fitting(parseDuration(entry.for), every) > 0
      ? []
      : [
          fault(
            'unreachable',
            [...path, index],
            `gives no occurrence: ${entry.every} does not fit in ${entry.for}`,
            'Make "for" at least as long as "every".',
          ),
        ];
  });
