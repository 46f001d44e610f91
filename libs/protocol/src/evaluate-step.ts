import { epochOf, nextSecond } from '@ariane/kernel';
import { judge, type Verdict } from './condition';
import type { PlannedStep, Reason } from './plan';
import { type Progress, progressOf } from './progress';
import type { CompiledDoing, CompiledMilestone, CompiledStep } from './protocol';
import { allOf, type Reached, type StartContext, startOf } from './start';
import { keysOf } from './protocol';
import { type DueWindow, windowOf } from './window';

export type Evaluation = StartContext;

/** One occurrence, as the patient's plan shows it and as the steps that follow see it. */
export interface Evaluated {
  readonly planned: PlannedStep;
  readonly passed: Reached;
  /** Instants after now at which its state changes though nothing is recorded. */
  readonly wakes: readonly string[];
}

type Place = { readonly key: string; readonly occurrence: number };
type Common = Omit<PlannedStep, 'status' | 'waitingFor' | 'reason'>;

/** Judges one occurrence; the occurrences it follows are asked through `evaluation.passed`. */
export function evaluateStep(step: CompiledStep, place: Place, evaluation: Evaluation): Evaluated {
  const start = startOf(step, place.occurrence, evaluation);
  return isMilestone(step)
    ? evaluateMilestone(step, place, start, evaluation)
    : evaluateDoing(step, place, start, evaluation);
}

const isMilestone = (step: CompiledStep): step is CompiledMilestone => step.document.kind === 'milestone';

function commonOf(step: CompiledStep, key: string, attempt: number): Common {
  const { id, kind, phase, role, label, labelBefore, mandatory } = step.document;
  return { key, stepId: id, kind, phase, role, attempt, mandatory: mandatory ?? true, label, labelBefore };
}

function evaluateMilestone(step: CompiledMilestone, { key }: Place, start: Reached, evaluation: Evaluation): Evaluated {
  const common = commonOf(step, key, 1);
  if (start.state !== 'reached') return notStarted(common, start);
  if (epochOf(evaluation.clock.now) < epochOf(start.at)) {
    const reason = { rule: 'start: its time has not come', facts: start.facts };
    const planned: PlannedStep = { ...common, status: 'waiting', dueFrom: start.at, waitingFor: [], reason };
    return { planned, passed: { state: 'waiting', on: [`step:${key}`] }, wakes: [start.at] };
  }
  const doneBy = start.facts.at(-1);
  const reason = { rule: 'milestone: what it follows is done', facts: start.facts };
  const planned: PlannedStep = {
    ...common,
    status: 'done',
    doneAt: start.at,
    waitingFor: [],
    reason,
    ...(doneBy ? { doneBy } : {}),
  };
  return { planned, passed: { state: 'reached', at: start.at, facts: start.facts }, wakes: [] };
}

function evaluateDoing(step: CompiledDoing, place: Place, start: Reached, evaluation: Evaluation): Evaluated {
  const progress = progressOf(step, place.key, evaluation.view);
  const common = commonOf(step, place.key, progress.attempt);
  const window =
    start.state === 'reached' ? dueWindow(step, place.occurrence, start.at, progress, evaluation) : undefined;
  if (progress.done) return finished({ ...common, ...window }, progress.done.id, progress.done.at, progress.done.code);
  if (progress.waived) {
    const { id, at } = progress.waived;
    const reason = { rule: 'waived', facts: [id] };
    const planned: PlannedStep = { ...common, ...window, status: 'not-applicable', waitingFor: [], reason };
    return { planned, passed: { state: 'reached', at, facts: [id] }, wakes: [] };
  }
  const overtaker = overtakenBy(step, place.occurrence, progress, evaluation);
  if (overtaker) return notApplicable(common, overtaker, undefined);
  if (start.state !== 'reached' || !window) return notStarted(common, start);
  const verdict = verdictOf(step, evaluation);
  if (verdict.value === false) return notApplicable(common, whenReason(step, verdict), verdict);
  return toDo(step, { ...common, ...window }, window, verdict, start.facts, evaluation);
}

/**
 * Why an occurrence's time is over: one that follows it, of the same rank, has been done without it. Its condition is
 * judged on today's facts, and what they say after that concerns the next occurrence, never this one. What was done and
 * then asked for again later on is not over.
 */
function overtakenBy(
  { followers }: CompiledDoing,
  occurrence: number,
  { reopened }: Progress,
  { stepOf, view }: Evaluation,
): Reason | undefined {
  for (const id of followers) {
    const follower = stepOf(id);
    if (isMilestone(follower)) continue;
    const key = keysOf(follower)[occurrence - 1] ?? id;
    const { done } = progressOf(follower, key, view);
    if (!done || (reopened && epochOf(reopened.at) > epochOf(done.at))) continue;
    return { rule: `overtaken: ${key} is done`, facts: [done.id] };
  }
  return undefined;
}

function dueWindow(
  step: CompiledDoing,
  occurrence: number,
  start: string,
  progress: Progress,
  evaluation: Evaluation,
): DueWindow {
  const window = occurrence === 1 ? step.window : step.laterWindow;
  const { from } = window;
  const counted = from === undefined ? undefined : allOf(keysOf(evaluation.stepOf(from)).map(evaluation.passed));
  const at = { start, ...(counted?.state === 'reached' ? { from: counted.at } : {}) };
  return windowOf(window, at, progress, step.retryAfter, evaluation);
}

function toDo(
  step: CompiledDoing,
  common: Common,
  window: DueWindow,
  verdict: Verdict,
  startFacts: readonly string[],
  evaluation: Evaluation,
): Evaluated {
  const now = epochOf(evaluation.clock.now);
  const isKnown = verdict.value !== undefined;
  const closes = nextSecond(window.latest);
  const wakes = later(evaluation, [isKnown ? window.dueFrom : undefined, closes, verdict.until]);
  const waiting: Reached = { state: 'waiting', on: [`step:${common.key}`] };
  const reason = isKnown ? startReason(step, startFacts, verdict) : whenReason(step, verdict);
  const planned: PlannedStep = { ...common, status: 'waiting', waitingFor: verdict.missing, reason };
  if (isKnown && now < epochOf(window.dueFrom)) return { planned, passed: waiting, wakes };
  if (now < epochOf(closes))
    return { planned: { ...planned, status: isKnown ? 'due' : 'waiting' }, passed: waiting, wakes };
  if (common.mandatory) return { planned: { ...planned, status: 'late' }, passed: waiting, wakes };
  const rule = `optional: ${step.document.window.latest} have passed`;
  const missed: PlannedStep = { ...planned, status: 'missed', waitingFor: [], reason: { rule, facts: startFacts } };
  return { planned: missed, passed: { state: 'reached', at: closes, facts: startFacts }, wakes };
}

function finished(common: Common, doneBy: string, doneAt: string, code: string): Evaluated {
  const reason = { rule: `done: ${code}`, facts: [doneBy] };
  const planned: PlannedStep = { ...common, status: 'done', doneAt, doneBy, waitingFor: [], reason };
  return { planned, passed: { state: 'reached', at: doneAt, facts: [doneBy] }, wakes: [] };
}

function notStarted(common: Common, start: Reached): Evaluated {
  if (start.state !== 'waiting') {
    return notApplicable(common, { rule: 'start: nothing it follows applies', facts: [] }, undefined);
  }
  const reason = { rule: `start: after ${start.on.join(', ')}`, facts: [] };
  const passed: Reached = { state: 'waiting', on: [`step:${common.key}`] };
  return { planned: { ...common, status: 'waiting', waitingFor: start.on, reason }, passed, wakes: [] };
}

function notApplicable(common: Common, reason: Reason, verdict: Verdict | undefined): Evaluated {
  const planned: PlannedStep = { ...common, status: 'not-applicable', waitingFor: [], reason };
  return { planned, passed: { state: 'never' }, wakes: verdict?.until === undefined ? [] : [verdict.until] };
}

const always: Verdict = { value: true, missing: [], facts: [] };

const verdictOf = (step: CompiledDoing, { view, clock }: Evaluation): Verdict =>
  step.when ? judge(step.when.condition, view, clock) : always;

const whenReason = (step: CompiledDoing, verdict: Verdict): Reason => ({
  rule: step.when ? `when: ${step.when.text}` : 'start: its time has not come',
  facts: verdict.facts,
});

const startReason = (step: CompiledDoing, startFacts: readonly string[], verdict: Verdict): Reason => ({
  rule: step.when ? `when: ${step.when.text}` : 'start: what it follows is done',
  facts: [...startFacts, ...verdict.facts],
});

const later = (evaluation: Evaluation, instants: readonly (string | undefined)[]): readonly string[] =>
  instants.flatMap((at) => (at !== undefined && epochOf(at) > epochOf(evaluation.clock.now) ? [at] : []));
