import { conditionFaults, factFault, roleFault, stepFault } from './check-references';
import { repeatFaults } from './check-repeat';
import { anchorsOf, dictionaryOf, doneByOf } from './compile';
import type { ProtocolDocument } from './document';
import type { FactDefinition, FactValue } from './fact';
import { type Fault, fault, meant, type Path } from './fault';
import { occurrencesOf } from './occurrences';
import type { AnchorDocument, FactMatchDocument } from './schema-parts';
import type { DoingStep, StepDocument } from './step-document';

/** Faults of one step: what it names must be there, and be of the right kind. */
export function stepFaults(document: ProtocolDocument, step: StepDocument, path: Path): readonly Fault[] {
  const roles = [
    ...roleFault(document, step.role, [...path, 'role']),
    ...(step.deputies ?? []).flatMap((role, index) => roleFault(document, role, [...path, 'deputies', index])),
  ];
  const phases = document.phases.map(({ id }) => id);
  const phase = phases.includes(step.phase)
    ? []
    : [fault('name', [...path, 'phase'], `"${step.phase}" is not a phase`, meant(step.phase, phases, 'Name a phase.'))];
  const doing = step.kind === 'milestone' ? [] : doingFaults(document, step, path);
  return [...roles, ...phase, ...anchorFaults(document, step, path), ...doing];
}

function doingFaults(document: ProtocolDocument, step: DoingStep, path: Path): readonly Fault[] {
  const matches = (name: 'failedBy' | 'again') =>
    (step[name] ?? []).flatMap((match, index) => matchFaults(document, match, [...path, name, index]));
  return [
    ...roleFault(document, step.late.owner, [...path, 'late', 'owner']),
    ...(step.late.ladder ?? []).flatMap((rung, index) =>
      roleFault(document, rung.role, [...path, 'late', 'ladder', index, 'role']),
    ),
    ...conditionFaults(document, step.when, [...path, 'when']),
    ...branchFault(document, step, path),
    ...windowNameFaults(document, step.window, [...path, 'window']),
    ...(step.repeat?.window ? windowNameFaults(document, step.repeat.window, [...path, 'repeat', 'window']) : []),
    ...repeatFaults(document, step, path),
    ...doneByOf(step).flatMap((match) => matchFaults(document, match, [...path, 'doneBy'])),
    ...matches('failedBy'),
    ...matches('again'),
    ...cancelFaults(document, step, path),
    ...(step.records ?? []).flatMap((code, index) => factFault(document, code, [...path, 'records', index])),
    ...outcomeFaults(step, path),
  ];
}

function branchFault(document: ProtocolDocument, { branch }: DoingStep, path: Path): readonly Fault[] {
  const ids = (document.branches ?? []).map(({ id }) => id);
  return branch === undefined || ids.includes(branch)
    ? []
    : [
        fault(
          'name',
          [...path, 'branch'],
          `"${branch}" is not a branch`,
          meant(branch, ids, 'Define it under "branches", or take it out.'),
        ),
      ];
}

function cancelFaults(document: ProtocolDocument, step: DoingStep, path: Path): readonly Fault[] {
  const cancelled = step.cancels ?? [];
  const repeated =
    cancelled.length > 0 && step.repeat
      ? [
          fault(
            'condition',
            [...path, 'cancels'],
            'a repeated step cannot cancel others',
            'Let a step that follows it do it.',
          ),
        ]
      : [];
  return [
    ...repeated,
    ...cancelled.flatMap((id, index) => stepFault(document, id, [...path, 'cancels', index])),
    ...cancelled.flatMap((id, index) =>
      id === step.id ? [fault('name', [...path, 'cancels', index], 'a step cannot cancel itself', 'Take it out.')] : [],
    ),
  ];
}

const windowNameFaults = (document: ProtocolDocument, window: DoingStep['window'], path: Path): readonly Fault[] => [
  ...(window.tighter ?? []).flatMap(({ when }, index) => [
    ...conditionFaults(document, when, [...path, 'tighter', index, 'when']),
    ...(when.includes('within(')
      ? [
          fault(
            'condition',
            [...path, 'tighter', index, 'when'],
            'within(…) may not change a limit',
            'Take it out: a limit must not come and go with the age of a measurement.',
          ),
        ]
      : []),
  ]),
  ...stepFault(document, window.from, [...path, 'from']),
];

/** A task that is done by some outcomes only must declare them all, so that who does it can be asked for one. */
function outcomeFaults(step: DoingStep, path: Path): readonly Fault[] {
  const judged = [...doneByOf(step), ...(step.failedBy ?? [])].filter((match) => match.fact === 'task.done');
  return judged
    .flatMap((match) => match.in ?? [])
    .filter((value) => !(step.outcomes ?? []).includes(String(value)))
    .map((value) =>
      fault(
        'type',
        [...path, 'outcomes'],
        `lacks the outcome "${String(value)}" by which the step is judged`,
        `Add "${String(value)}" to "outcomes".`,
      ),
    );
}

function anchorFaults(document: ProtocolDocument, step: StepDocument, path: Path): readonly Fault[] {
  const join = 'all' in step.start ? 'all' : 'any' in step.start ? 'any' : 'of';
  const anchors = anchorsOf(step);
  const count = 'n' in step.start ? step.start.n : 0;
  const tooMany =
    count > anchors.length
      ? [
          fault(
            'unreachable',
            [...path, 'start', 'n'],
            `asks for ${String(count)} of ${String(anchors.length)}`,
            `Write at most ${String(anchors.length)}.`,
          ),
        ]
      : [];
  return [
    ...tooMany,
    ...anchors.flatMap((anchor, index) => anchorFault(document, step, anchor, [...path, 'start', join, index])),
  ];
}

function anchorFault(
  document: ProtocolDocument,
  step: StepDocument,
  anchor: AnchorDocument,
  at: Path,
): readonly Fault[] {
  const date = 'fact' in anchor ? 'done' : (anchor.date ?? 'done');
  const before =
    anchor.offset?.startsWith('-') && date === 'done'
      ? [
          fault(
            'window',
            [...at, 'offset'],
            `is before a date that is known only once it has come: ${anchor.offset}`,
            'Count from the planned or the due date of the step: "date": "planned".',
          ),
        ]
      : [];
  if ('fact' in anchor) {
    const named = factFault(document, anchor.fact, [...at, 'fact']);
    return [...before, ...named, ...stepFault(document, anchor.of, [...at, 'of'])];
  }
  if (anchor.after === 'enrolment') return before;
  const missing = [...before, ...stepFault(document, anchor.after, [...at, 'after'])];
  const fits = !anchor.each || occurrencesOf(document, anchor.after) === occurrencesOf(document, step.id);
  if (fits || missing.length > 0) return missing;
  const remedy = `Repeat this step as often: "repeat": {"as": "${anchor.after}"}, or take "each" out.`;
  return [fault('name', [...at, 'each'], `"${anchor.after}" is not repeated as often as this step`, remedy)];
}

function matchFaults(document: ProtocolDocument, match: FactMatchDocument, path: Path): readonly Fault[] {
  const definition = dictionaryOf(document)[match.fact];
  const values = (match.in ?? []).flatMap((value, index) =>
    definition && !isValueOf(definition, value)
      ? [
          fault(
            'type',
            [...path, 'in', index],
            `${JSON.stringify(value)} is not a value of "${match.fact}"`,
            `Write ${valuesOf(definition)}.`,
          ),
        ]
      : [],
  );
  const of = match.of === 'any' ? undefined : match.of;
  return [
    ...factFault(document, match.fact, [...path, 'fact']),
    ...values,
    ...stepFault(document, of, [...path, 'of']),
  ];
}

function isValueOf(definition: FactDefinition, value: FactValue): boolean {
  if (definition.type === 'event') return false;
  if (definition.type === 'code') return typeof value === 'string' && (definition.values?.includes(value) ?? true);
  return typeof value === definition.type;
}

function valuesOf(definition: FactDefinition): string {
  switch (definition.type) {
    case 'event':
      return 'no value: it is an event';
    case 'code':
      return definition.values ? `one of ${definition.values.map((value) => `"${value}"`).join(', ')}` : 'a text';
    case 'boolean':
      return 'true or false';
    case 'number':
      return `a number, in ${definition.unit ?? '1'}`;
  }
}
