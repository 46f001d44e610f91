import type { CivilSpan } from '@ariane/kernel';
import type { Condition } from './condition';
import type { ProtocolDocument } from './document';
import type { AnchorDocument, DoingStep, FactMatchDocument, StepDocument } from './step-document';
import type { FactDictionary } from './fact';
import { commonFacts } from './fact-dictionary';
import { parseCondition, type Vocabulary } from './parse-condition';
import type { CompiledAnchor, CompiledStep, CompiledWindow } from './protocol';

/** Reads `10wd`: ten working days. The schema has already refused anything else. */
export function parseDuration(text: string): CivilSpan {
  const [, count, unit] = /^(\d+)(d|wd|wk|mo|y)$/.exec(text) ?? [];
  return {
    count: Number(count ?? 0),
    unit: unit === 'wd' || unit === 'wk' || unit === 'mo' || unit === 'y' ? unit : 'd',
  };
}

/** The codes a document may use: the common ones and its own. */
export const dictionaryOf = (document: ProtocolDocument): FactDictionary => ({ ...commonFacts, ...document.facts });

/** The names its conditions may use. */
export const vocabularyOf = (document: ProtocolDocument): Vocabulary => ({
  facts: dictionaryOf(document),
  steps: new Set(document.steps.map((step) => step.id)),
});

const doneByKind = {
  appointment: 'appointment.attended',
  'tele-expertise': 'opinion.given',
  meeting: 'case.decided',
  task: 'task.done',
  questionnaire: 'questionnaire.answered',
  document: 'document.signed',
} as const;

/** A questionnaire or a document that somebody follows up is done too when that somebody says so. */
const isFollowedUp = (step: DoingStep): boolean => step.kind === 'questionnaire' || step.kind === 'document';

const failedByKind: Readonly<Record<DoingStep['kind'], readonly string[]>> = {
  appointment: ['appointment.missed', 'appointment.cancelled'],
  'tele-expertise': ['opinion.expired', 'opinion.declined'],
  meeting: ['case.deferred'],
  task: [],
  questionnaire: [],
  document: [],
  wait: [],
};

/** The facts that finish a step: the one it names, or its kind's. */
export function doneByOf(step: DoingStep): readonly FactMatchDocument[] {
  if (step.kind === 'wait') return [step.doneBy];
  if (step.doneBy) return [step.doneBy];
  return [{ fact: doneByKind[step.kind] }, ...(isFollowedUp(step) ? [{ fact: 'task.done' }] : [])];
}

const optional = <K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, T>); // a computed key widens to string

function compileAnchor(anchor: AnchorDocument): CompiledAnchor {
  const offset = optional('offset', anchor.offset === undefined ? undefined : parseDuration(anchor.offset));
  if ('fact' in anchor) return { kind: 'fact', code: anchor.fact, ...optional('of', anchor.of), ...offset };
  if (anchor.after === 'enrolment') return { kind: 'enrolment', ...offset };
  const { after: step, each = false, required = false } = anchor;
  return { kind: 'step', step, each, required, ...offset };
}

const span = (text: string | undefined) => (text === undefined ? undefined : parseDuration(text));

function compileWindow(
  window: DoingStep['window'],
  read: (text: string) => { text: string; condition: Condition },
): CompiledWindow {
  return {
    ...optional('earliest', span(window.earliest)),
    ...optional('target', span(window.target)),
    latest: parseDuration(window.latest),
    ...optional('from', window.from),
    tighter: (window.tighter ?? []).map((rule) => ({ ...read(rule.when), latest: parseDuration(rule.latest) })),
  };
}

const anchorsOf = ({ start }: StepDocument): readonly AnchorDocument[] => ('all' in start ? start.all : start.any);

const followersOf = (id: string, steps: readonly StepDocument[]): readonly string[] =>
  steps
    .filter((step) =>
      anchorsOf(step).some((anchor) => 'after' in anchor && anchor.after === id && anchor.each === true),
    )
    .map((step) => step.id);

/**
 * A step of a checked document, with its conditions parsed and its durations read.
 * @param steps all of the document, among which are those that follow it
 * @throws ConditionFault for a condition that the check would have refused
 */
export function compileStep(step: StepDocument, vocabulary: Vocabulary, steps: readonly StepDocument[]): CompiledStep {
  const read = (text: string) => ({ text, condition: parseCondition(text, vocabulary) });
  const join = 'all' in step.start ? ('all' as const) : ('any' as const);
  const common = { start: { join, anchors: anchorsOf(step).map(compileAnchor) } };
  if (step.kind === 'milestone') return { ...common, document: step, times: 1 };
  const { window, repeat } = step;
  const every = span(repeat?.every);
  return {
    ...common,
    document: step,
    times: repeat?.times ?? 1,
    ...optional('when', step.when === undefined ? undefined : read(step.when)),
    ...optional('every', every && { span: every, after: repeat?.after ?? step.id }),
    window: compileWindow(window, read),
    laterWindow: compileWindow(repeat?.window ?? window, read),
    doneBy: doneByOf(step),
    failedBy: [...failedByKind[step.kind].map((fact) => ({ fact })), ...(step.failedBy ?? [])],
    again: step.again ?? [],
    ...optional('retryAfter', span(step.retryAfter)),
    followers: followersOf(step.id, steps),
  };
}
