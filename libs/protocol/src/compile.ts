import type { CivilSpan } from '@ariane/kernel';
import type { Condition } from './condition';
import type { Vocabulary } from './condition-value';
import type { ProtocolDocument } from './document';
import type { FactDictionary } from './fact';
import { commonFacts } from './fact-dictionary';
import { parseCondition } from './parse-condition';
import type {
  CompiledAnchor,
  CompiledBranch,
  CompiledDoing,
  CompiledSeries,
  CompiledStep,
  CompiledWindow,
  MarkRank,
  Protocol,
} from './protocol';
import { protocolSha256 } from './protocol-sha256';
import { scheduleOf } from './schedule';
import type { AnchorDocument, FactMatchDocument, RepeatDocument } from './schema-parts';
import type { DoingStep, StepDocument } from './step-document';

/** Reads `10wd` (ten working days) or `-3d` (three days before). The schema has already refused anything else. */
export function parseDuration(text: string): CivilSpan {
  const [, count, unit] = /^(-?\d+)(d|wd|wk|mo|y)$/.exec(text) ?? [];
  return {
    count: Number(count ?? 0),
    unit: unit === 'wd' || unit === 'wk' || unit === 'mo' || unit === 'y' ? unit : 'd',
  };
}

/** The codes a document may use: the common ones and its own. */
export const dictionaryOf = (document: ProtocolDocument): FactDictionary => vocabularyOf(document).facts;

/** A document is read hundreds of times while it is checked; what it may name is put together once. */
const vocabularies = new WeakMap<ProtocolDocument, Vocabulary>();

/** The names its conditions may use. */
export function vocabularyOf(document: ProtocolDocument): Vocabulary {
  const known = vocabularies.get(document);
  if (known) return known;
  const vocabulary = {
    facts: { ...commonFacts, ...document.facts },
    steps: new Set(document.steps.map((step) => step.id)),
  };
  vocabularies.set(document, vocabulary);
  return vocabulary;
}

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
  'sub-protocol': [],
};

/** The facts that finish a step: the one it names, or its kind's. */
export function doneByOf(step: DoingStep): readonly FactMatchDocument[] {
  if (step.kind === 'wait') return [step.doneBy];
  if (step.doneBy) return [step.doneBy];
  if (step.kind === 'sub-protocol') return [{ fact: `sub-protocol.${step.until}` }];
  return [{ fact: doneByKind[step.kind] }, ...(isFollowedUp(step) ? [{ fact: 'task.done' }] : [])];
}

const optional = <K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, T>); // a computed key widens to string

function compileAnchor(anchor: AnchorDocument): CompiledAnchor {
  const offset = optional('offset', anchor.offset === undefined ? undefined : parseDuration(anchor.offset));
  if ('fact' in anchor) return { kind: 'fact', code: anchor.fact, ...optional('of', anchor.of), ...offset };
  if (anchor.after === 'enrolment') return { kind: 'enrolment', ...offset };
  const { after: step, each = false, required = false, date = 'done' } = anchor;
  return { kind: 'step', step, each, required, date, ...offset };
}

const span = (text: string | undefined) => (text === undefined ? undefined : parseDuration(text));

type ReadCondition = (text: string) => { readonly text: string; readonly condition: Condition };

function compileWindow(window: DoingStep['window'], read: ReadCondition): CompiledWindow {
  return {
    ...optional('earliest', span(window.earliest)),
    ...optional('target', span(window.target)),
    latest: parseDuration(window.latest),
    ...optional('from', window.from),
    tighter: (window.tighter ?? []).map((rule) => ({ ...read(rule.when), latest: parseDuration(rule.latest) })),
  };
}

/** What a step follows, whatever the join. */
export function anchorsOf({ start }: StepDocument): readonly AnchorDocument[] {
  if ('all' in start) return start.all;
  return 'any' in start ? start.any : start.of;
}

function joinOf({ start }: StepDocument, count: number): number {
  if ('all' in start) return count;
  return 'any' in start ? 1 : start.n;
}

const followersOf = (id: string, steps: readonly StepDocument[]): readonly string[] =>
  steps
    .filter((step) =>
      anchorsOf(step).some((anchor) => 'after' in anchor && anchor.after === id && anchor.each === true),
    )
    .map((step) => step.id);

/** The steps which, once done, make this one pointless. */
const cancellersOf = (id: string, steps: readonly StepDocument[]): readonly string[] =>
  steps.filter((step) => step.kind !== 'milestone' && step.cancels?.includes(id)).map((step) => step.id);

function compileSeries(id: string, repeat: RepeatDocument | undefined): CompiledSeries {
  if (!repeat) return { kind: 'once' };
  if ('as' in repeat) return { kind: 'as', step: repeat.as };
  if ('times' in repeat) {
    const every = span(repeat.every);
    return {
      kind: 'times',
      times: repeat.times,
      ...optional('every', every && { span: every, after: repeat.after ?? id }),
    };
  }
  const rhythms = repeat.schedule.map((entry) => ({ every: parseDuration(entry.every), for: span(entry.for) }));
  return { kind: 'schedule', ...scheduleOf(rhythms), isFromLast: repeat.from === 'last' };
}

/** The condition of a step and of its branch, as one. */
function conditionOf(step: DoingStep, branches: readonly CompiledBranch[], read: ReadCondition) {
  const own = step.when === undefined ? undefined : read(step.when);
  const branch = branches.find((known) => known.id === step.branch);
  if (!own || !branch) return own ?? branch?.when;
  const condition: Condition = { op: 'and', left: branch.when.condition, right: own.condition };
  return { text: `(${branch.when.text}) and (${own.text})`, condition };
}

/** The branches of a checked document, with their conditions parsed. */
export const compileBranches = (document: ProtocolDocument, vocabulary: Vocabulary): readonly CompiledBranch[] =>
  (document.branches ?? []).map((branch) => ({
    id: branch.id,
    when: { text: branch.when, condition: parseCondition(branch.when, vocabulary) },
    excludes: branch.excludes ?? [],
  }));

/** The branches that exclude each other: each pair once, whichever of the two names the other. */
export const exclusionsOf = (
  branches: readonly CompiledBranch[],
): readonly (readonly [CompiledBranch, CompiledBranch])[] =>
  branches.flatMap((one, index) =>
    branches
      .slice(index + 1)
      .filter((other) => one.excludes.includes(other.id) || other.excludes.includes(one.id))
      .map((other) => [one, other] as const),
  );

const marksOf = ({ failedBy, doneBy, again }: Pick<CompiledDoing, 'failedBy' | 'doneBy' | 'again'>) =>
  [failedBy, doneBy, again].flatMap(
    (matches, rank) => matches.map((match) => ({ rank: rank as MarkRank, match })), // as: the index of one of three
  );

/**
 * A step of a checked document, with its conditions parsed and its durations read.
 * @param steps all of the document, among which are those that follow it and those that cancel it
 * @throws ConditionFault for a condition that the check would have refused
 */
export function compileStep(
  step: StepDocument,
  vocabulary: Vocabulary,
  steps: readonly StepDocument[],
  branches: readonly CompiledBranch[],
): CompiledStep {
  const read = (text: string) => ({ text, condition: parseCondition(text, vocabulary) });
  const anchors = anchorsOf(step).map(compileAnchor);
  const join = 'any' in step.start ? ('any' as const) : 'all' in step.start ? ('all' as const) : ('n' as const);
  const common = {
    ordinal: steps.indexOf(step),
    places: [],
    start: { join, count: joinOf(step, anchors.length), anchors },
    cancelledBy: cancellersOf(step.id, steps),
  };
  if (step.kind === 'milestone') return { ...common, document: step, series: { kind: 'once' } };
  const { window, repeat } = step;
  const matches = {
    doneBy: doneByOf(step),
    failedBy: [...failedByKind[step.kind].map((fact) => ({ fact })), ...(step.failedBy ?? [])],
    again: step.again ?? [],
  };
  return {
    ...common,
    document: step,
    series: compileSeries(step.id, repeat),
    ...optional('when', conditionOf(step, branches, read)),
    ...optional('branch', step.branch),
    window: compileWindow(window, read),
    laterWindow: compileWindow(repeat?.window ?? window, read),
    ...matches,
    marks: marksOf(matches),
    ...optional('retryAfter', span(step.retryAfter)),
    followers: followersOf(step.id, steps),
  };
}

/**
 * A checked document, ready for `next`.
 * @param sha256 of the document, for a caller that knows it or does not need it
 */
export function compileProtocol(document: ProtocolDocument, sha256 = protocolSha256(document)): Protocol {
  const vocabulary = vocabularyOf(document);
  const branches = compileBranches(document, vocabulary);
  const steps = document.steps.map((step) => compileStep(step, vocabulary, document.steps, branches));
  return {
    document,
    sha256,
    facts: dictionaryOf(document),
    steps: new Map(steps.map((step) => [step.document.id, step])),
    exclusions: exclusionsOf(branches),
    ends: document.ends,
  };
}
