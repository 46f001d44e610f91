import { holidayTerritory } from '@ariane/kernel';
import { dictionaryOf, doneByOf, vocabularyOf } from './compile';
import type { ProtocolDocument } from './document';
import type { DoingStep, FactMatchDocument, StepDocument } from './step-document';
import type { FactDefinition, FactValue } from './fact';
import { stepIdOf } from './fact-view';
import { type Fault, fault } from './fault';
import { ConditionFault, parseCondition } from './parse-condition';

type Path = readonly (string | number)[];

/** Faults of names, types and values: every step, phase, role, fact and condition that the document mentions. */
export function nameFaults(document: ProtocolDocument): readonly Fault[] {
  const ids = document.steps.map((step) => step.id);
  const doubled = ids.flatMap((id, index) =>
    ids.indexOf(id) === index ? [] : [fault(['steps', index, 'id'], `"${id}" is the id of another step too`)],
  );
  const steps = document.steps.flatMap((step, index) => stepFaults(document, step, ['steps', index]));
  return [...doubled, ...steps, ...endFaults(document), ...exampleFaults(document)];
}

function stepFaults(document: ProtocolDocument, step: StepDocument, path: Path): readonly Fault[] {
  const roles = [
    ...roleFault(document, step.role, [...path, 'role']),
    ...(step.deputies ?? []).flatMap((role, index) => roleFault(document, role, [...path, 'deputies', index])),
  ];
  const phase = document.phases.some((known) => known.id === step.phase)
    ? []
    : [fault([...path, 'phase'], `"${step.phase}" is not a phase`)];
  const start = anchorFaults(document, step, path);
  const doing = step.kind === 'milestone' ? [] : doingFaults(document, step, path);
  return [...roles, ...phase, ...start, ...doing];
}

function doingFaults(document: ProtocolDocument, step: DoingStep, path: Path): readonly Fault[] {
  const matches = (name: 'failedBy' | 'again') =>
    (step[name] ?? []).flatMap((match, index) => matchFaults(document, match, [...path, name, index]));
  return [
    ...roleFault(document, step.late.owner, [...path, 'late', 'owner']),
    ...conditionFaults(document, step.when, [...path, 'when']),
    ...windowNameFaults(document, step.window, [...path, 'window']),
    ...(step.repeat?.window ? windowNameFaults(document, step.repeat.window, [...path, 'repeat', 'window']) : []),
    ...stepFault(document, step.repeat?.after, [...path, 'repeat', 'after']),
    ...doneByOf(step).flatMap((match) => matchFaults(document, match, [...path, 'doneBy'])),
    ...matches('failedBy'),
    ...matches('again'),
    ...(step.records ?? []).flatMap((code, index) => factFault(document, code, [...path, 'records', index])),
    ...outcomeFaults(step, path),
  ];
}

const windowNameFaults = (document: ProtocolDocument, window: DoingStep['window'], path: Path): readonly Fault[] => [
  ...(window.tighter ?? []).flatMap(({ when }, index) => [
    ...conditionFaults(document, when, [...path, 'tighter', index, 'when']),
    ...(when.includes('within(')
      ? [fault([...path, 'tighter', index, 'when'], 'within(…) may not change a limit')]
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
    .map((value) => fault([...path, 'outcomes'], `lacks the outcome "${String(value)}" by which the step is judged`));
}

function anchorFaults(document: ProtocolDocument, step: StepDocument, path: Path): readonly Fault[] {
  const join = 'all' in step.start ? 'all' : 'any';
  const anchors = 'all' in step.start ? step.start.all : step.start.any;
  return anchors.flatMap((anchor, index) => {
    const at = [...path, 'start', join, index];
    if ('fact' in anchor) {
      return [...factFault(document, anchor.fact, [...at, 'fact']), ...stepFault(document, anchor.of, [...at, 'of'])];
    }
    if (anchor.after === 'enrolment') return [];
    const missing = stepFault(document, anchor.after, [...at, 'after']);
    const fits = !anchor.each || timesOf(document, anchor.after) === timesOf(document, step.id);
    return fits
      ? missing
      : [...missing, fault([...at, 'each'], `"${anchor.after}" is not repeated as often as this step`)];
  });
}

export const timesOf = (document: ProtocolDocument, id: string): number => {
  const step = document.steps.find((known) => known.id === id);
  return step && step.kind !== 'milestone' ? (step.repeat?.times ?? 1) : 1;
};

function matchFaults(document: ProtocolDocument, match: FactMatchDocument, path: Path): readonly Fault[] {
  const definition = dictionaryOf(document)[match.fact];
  const values = (match.in ?? []).flatMap((value, index) =>
    definition && !isValueOf(definition, value)
      ? [fault([...path, 'in', index], `${JSON.stringify(value)} is not a value of "${match.fact}"`)]
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

function conditionFaults(document: ProtocolDocument, text: string | undefined, path: Path): readonly Fault[] {
  if (text === undefined) return [];
  try {
    parseCondition(text, vocabularyOf(document));
    return [];
  } catch (error) {
    if (error instanceof ConditionFault) return [fault(path, `the condition ${text}: ${error.message}`)];
    throw error;
  }
}

const stepFault = (document: ProtocolDocument, id: string | undefined, path: Path): readonly Fault[] =>
  id === undefined || document.steps.some((step) => step.id === id) ? [] : [fault(path, `"${id}" is not a step`)];

const factFault = (document: ProtocolDocument, code: string, path: Path): readonly Fault[] =>
  code in dictionaryOf(document) ? [] : [fault(path, `"${code}" is not a known fact: add it under "facts" or mend it`)];

const roleFault = (document: ProtocolDocument, role: string, path: Path): readonly Fault[] =>
  role in document.roles ? [] : [fault(path, `the role "${role}" is not among the protocol's roles`)];

function endFaults(document: ProtocolDocument): readonly Fault[] {
  const named = document.ends.flatMap((end, index) =>
    end.status === 'COMPLETED'
      ? stepFault(document, end.after, ['ends', index, 'after'])
      : factFault(document, end.fact, ['ends', index, 'fact']),
  );
  const lacking = (['COMPLETED', 'DIED', 'REFUSED', 'TRANSFERRED'] as const)
    .filter((status) => !document.ends.some((end) => end.status === status))
    .map((status) => fault(['ends'], `has no way to end ${status}`));
  return [...named, ...lacking];
}

function exampleFaults(document: ProtocolDocument): readonly Fault[] {
  const keys = new Set(document.steps.map((step) => step.id));
  return document.examples.flatMap((example, index) => {
    const at: Path = ['examples', index];
    const { facts, holidays, like } = example.given;
    const earlier = document.examples.slice(0, index).some((other) => other.name === like);
    return [
      ...(like === undefined || earlier
        ? []
        : [fault([...at, 'given', 'like'], `"${like}" is not an earlier example`)]),
      ...facts.flatMap((fact, place) => [
        ...factFault(document, fact.code, [...at, 'given', 'facts', place, 'code']),
        ...stepFault(document, fact.stepKey && stepIdOf(fact.stepKey), [...at, 'given', 'facts', place, 'stepKey']),
      ]),
      ...Object.keys(example.expect.steps ?? {})
        .filter((key) => !keys.has(stepIdOf(key)))
        .map((key) => fault([...at, 'expect', 'steps', key], `"${key}" is not a step`)),
      ...(holidays === undefined || holidayTerritory(holidays)
        ? []
        : [fault([...at, 'given', 'holidays'], `the holidays of "${holidays}" are not known`)]),
    ];
  });
}
