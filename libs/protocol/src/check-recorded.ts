import { anchorsOf, doneByOf, vocabularyOf } from './compile';
import { codesOf } from './condition';
import type { ProtocolDocument } from './document';
import { type Fault, fault, type Path } from './fault';
import { parseCondition } from './parse-condition';
import type { StepDocument } from './step-document';

/** What comes with the patient, from the rules' library or from what a service tells, and needs no step to give it. */
const given = ['patient.', 'social.', 'preference.', 'clinical-rule.', 'relapse.', 'threshold.'];

/** A fact that no step records leaves who waits for it without a way out. */
export function noWayOutFaults(document: ProtocolDocument): readonly Fault[] {
  const recorded = new Set(document.steps.flatMap(recordedBy));
  const isGiven = (code: string): boolean => recorded.has(code) || given.some((prefix) => code.startsWith(prefix));
  const vocabulary = vocabularyOf(document);
  const read = (text: string | undefined, path: Path): readonly Waited[] =>
    text === undefined ? [] : codesOf(parseCondition(text, vocabulary)).map((code) => ({ code, path }));
  const waited = [
    ...document.steps.flatMap((step, index) => waitedBy(step, ['steps', index], read)),
    ...(document.branches ?? []).flatMap((branch, index) => read(branch.when, ['branches', index, 'when'])),
  ];
  const seen = new Set<string>();
  return waited
    .filter(({ code }) => !isGiven(code))
    .filter(({ code, path }) => {
      const place = `${path.join('/')} ${code}`;
      return !seen.has(place) && seen.add(place);
    })
    .map(({ code, path }) =>
      fault(
        'no-way-out',
        path,
        `waits for "${code}", which no step records`,
        `Name it under "records" of the step that gives it, or add such a step.`,
      ),
    );
}

interface Waited {
  readonly code: string;
  readonly path: Path;
}

function waitedBy(
  step: StepDocument,
  path: Path,
  read: (text: string | undefined, path: Path) => readonly Waited[],
): readonly Waited[] {
  const join = 'all' in step.start ? 'all' : 'any' in step.start ? 'any' : 'of';
  const starts = anchorsOf(step).flatMap((anchor, index) =>
    'fact' in anchor ? [{ code: anchor.fact, path: [...path, 'start', join, index, 'fact'] }] : [],
  );
  if (step.kind === 'milestone') return starts;
  return [
    ...starts,
    ...read(step.when, [...path, 'when']),
    ...(step.window.tighter ?? []).flatMap((rule, index) =>
      read(rule.when, [...path, 'window', 'tighter', index, 'when']),
    ),
    ...(step.kind === 'wait' ? [{ code: step.doneBy.fact, path: [...path, 'doneBy', 'fact'] }] : []),
  ];
}

const toldByKind: Readonly<Record<StepDocument['kind'], readonly string[]>> = {
  appointment: ['appointment.booked', 'appointment.attended', 'appointment.missed', 'appointment.cancelled'],
  'tele-expertise': ['opinion.given', 'opinion.declined', 'opinion.expired'],
  meeting: ['case.decided', 'case.deferred', 'meeting.decision'],
  task: ['task.done'],
  questionnaire: ['questionnaire.answered', 'questionnaire.score', 'task.done'],
  document: ['document.signed', 'task.done'],
  wait: [],
  'sub-protocol': ['sub-protocol.enrolled', 'sub-protocol.closed'],
  milestone: [],
};

/** The facts a step gives: what its kind tells, what it says it records, and what finishes it, save what is waited for. */
function recordedBy(step: StepDocument): readonly string[] {
  if (step.kind === 'milestone') return [];
  const finishing = step.kind === 'wait' ? [] : doneByOf(step).map((match) => match.fact);
  return [...toldByKind[step.kind], ...finishing, ...(step.records ?? []), 'step.waived'];
}
