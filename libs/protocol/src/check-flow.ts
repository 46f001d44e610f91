import type { CivilSpan } from '@ariane/kernel';
import { timesOf } from './check-names';
import { parseDuration, vocabularyOf } from './compile';
import { codesOf } from './condition';
import type { ProtocolDocument } from './document';
import type { DoingStep, StepDocument } from './step-document';
import { type Fault, fault } from './fault';
import { parseCondition } from './parse-condition';

/** Faults of the whole: circles, windows that cannot be met, facts that nobody gives, labels that tell too much. */
export function flowFaults(document: ProtocolDocument): readonly Fault[] {
  return [
    ...circleFaults(document),
    ...document.steps.flatMap((step, index) => (step.kind === 'milestone' ? [] : stepWindowFaults(step, index))),
    ...document.steps.flatMap((step, index) => orphanFaults(document, step, index)),
    ...disclosureFaults(document),
  ];
}

/** Occurrences are followed one by one, since a check may follow the cycle before it without any circle. */
function circleFaults(document: ProtocolDocument): readonly Fault[] {
  const state = new Map<string, 'open' | 'closed'>();
  const faults: Fault[] = [];
  const visit = (step: StepDocument, occurrence: number, trail: readonly string[]): void => {
    const key = `${step.id}#${String(occurrence)}`;
    if (state.get(key) === 'closed') return;
    if (state.get(key) === 'open') {
      const circle = [...trail.slice(trail.indexOf(step.id)), step.id].join(' → ');
      faults.push(fault(['steps', document.steps.indexOf(step), 'start'], `waits for itself: ${circle}`));
      return;
    }
    state.set(key, 'open');
    for (const [id, number] of followed(document, step, occurrence)) {
      const before = document.steps.find((known) => known.id === id);
      if (before) visit(before, number, [...trail, step.id]);
    }
    state.set(key, 'closed');
  };
  for (const step of document.steps) {
    for (let number = 1; number <= timesOf(document, step.id); number += 1) visit(step, number, []);
  }
  return faults;
}

/** The occurrences that one occurrence reads. */
function followed(document: ProtocolDocument, step: StepDocument, occurrence: number): readonly [string, number][] {
  const anchors = 'all' in step.start ? step.start.all : step.start.any;
  const every = (id: string): [string, number][] =>
    Array.from({ length: timesOf(document, id) }, (_, index) => [id, index + 1]);
  const starts = anchors.flatMap((anchor): [string, number][] => {
    if ('fact' in anchor) return [];
    return anchor.each ? [[anchor.after, occurrence]] : every(anchor.after);
  });
  if (step.kind === 'milestone') return starts;
  const window = occurrence > 1 && step.repeat?.window ? step.repeat.window : step.window;
  const from = window.from === undefined ? [] : every(window.from);
  const isRepeated = step.repeat?.every !== undefined && occurrence > 1;
  return [
    ...starts,
    ...from,
    ...(isRepeated ? [[step.repeat?.after ?? step.id, occurrence - 1] as [string, number]] : []),
  ]; // a pair
}

/** Calendar days at most, to compare spans of different units. */
const roughDays = ({ count, unit }: CivilSpan): number => count * { d: 1, wd: 1.4, wk: 7, mo: 30.4, y: 365 }[unit];

const stepWindowFaults = (step: DoingStep, index: number): readonly Fault[] => [
  ...windowFaults(step.window, ['steps', index, 'window']),
  ...(step.repeat?.window ? windowFaults(step.repeat.window, ['steps', index, 'repeat', 'window']) : []),
];

function windowFaults(window: DoingStep['window'], path: readonly (string | number)[]): readonly Fault[] {
  const { earliest, target, latest, tighter, from } = window;
  const days = (text: string) => roughDays(parseDuration(text));
  const at = (name: string) => [...path, name];
  const faults: Fault[] = [];
  if (earliest && !from && days(earliest) > days(latest)) {
    faults.push(fault(at('earliest'), `is after the latest: ${earliest} > ${latest}`));
  }
  if (target && days(target) > days(latest))
    faults.push(fault(at('target'), `is after the latest: ${target} > ${latest}`));
  for (const rule of tighter ?? []) {
    if (days(rule.latest) > days(latest))
      faults.push(fault(at('tighter'), `${rule.latest} is not tighter than ${latest}`));
  }
  return faults;
}

/** What comes with the patient or from the rules' library, and needs no step to give it. */
const given = ['patient.', 'clinical-rule.'];

/** A fact that no step records leaves who waits for it without a way out. */
function orphanFaults(document: ProtocolDocument, step: StepDocument, index: number): readonly Fault[] {
  const recorded = new Set(document.steps.flatMap(recordedBy));
  const isGiven = (code: string): boolean => recorded.has(code) || given.some((prefix) => code.startsWith(prefix));
  const anchors = 'all' in step.start ? step.start.all : step.start.any;
  const waited = anchors.flatMap((anchor) => ('fact' in anchor ? [anchor.fact] : []));
  const conditions =
    step.kind === 'milestone' ? [] : [step.when, ...(step.window.tighter ?? []).map((rule) => rule.when)];
  const vocabulary = vocabularyOf(document);
  const read = conditions.flatMap((text) => (text === undefined ? [] : codesOf(parseCondition(text, vocabulary))));
  return [...new Set([...waited, ...read])]
    .filter((code) => !isGiven(code))
    .map((code) => fault(['steps', index], `waits for "${code}", which no step records`));
}

function recordedBy(step: StepDocument): readonly string[] {
  if (step.kind === 'milestone') return [];
  const byKind = { 'tele-expertise': ['opinion.given'], meeting: ['meeting.decision'], task: ['task.done'] };
  const own = step.kind in byKind ? byKind[step.kind as keyof typeof byKind] : []; // narrowed by `in`
  return [...own, ...(step.records ?? []), ...(step.doneBy ? [step.doneBy.fact] : [])];
}

/** Words that would tell the patient, in a step's name, what nobody has yet said in person (hazard H2). */
const telling =
  /cancer|tumeur|tumou?r|malign|malin|carcin|oncolog|onco|chimio|chemo|radiothérap|radiotherap|métasta|metasta|néoadj|neoadj|\brcp\b/i;

function disclosureFaults(document: ProtocolDocument): readonly Fault[] {
  const labelled = [
    ...document.steps.map((step, index) => ({ label: step.labelBefore, path: ['steps', index, 'labelBefore'] })),
    ...document.phases.map((phase, index) => ({ label: phase.labelBefore, path: ['phases', index, 'labelBefore'] })),
  ];
  return labelled.flatMap(({ label, path }) =>
    (['fr', 'en'] as const)
      .filter((language) => telling.test(label[language]))
      .map((language) => fault([...path, language], `"${label[language]}" tells the diagnosis before it is announced`)),
  );
}
