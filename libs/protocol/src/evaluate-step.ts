import { epochOf, nextSecond } from '@ariane/kernel';
import { judge, type Verdict } from './condition';
import type { PlannedStep, Reason } from './plan';
import type { Progress } from './progress';
import { type CompiledDoing, type CompiledMilestone, type CompiledStep, keyOf } from './protocol';
import { type Reached, type StartContext, startOf } from './start';
import { type DueWindow, windowOf } from './window';

export interface Evaluation extends StartContext {
  /** The facts that put the patient on two branches that exclude each other, for a step of one of them. */
  readonly conflictOf: (branch: string) => { readonly rule: string; readonly codes: readonly string[] } | undefined;
}

/** One occurrence, as the patient's plan shows it and as the steps that follow see it. */
export interface Evaluated {
  readonly planned: PlannedStep;
  readonly passed: Reached;
  /** Nothing more is to be done for it, and the next one of a series may come. */
  readonly isOver: boolean;
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
  const canceller = cancelledBy(step, evaluation, start.state === 'reached' ? start.at : undefined);
  if (canceller) return notApplicable(common, canceller, undefined);
  if (start.state !== 'reached') return notStarted(common, start);
  if (epochOf(evaluation.clock.now) < epochOf(start.at)) {
    const reason = { rule: 'start: its time has not come', facts: start.facts };
    const planned: PlannedStep = { ...common, status: 'waiting', dueFrom: start.at, waitingFor: [], reason };
    return { planned, passed: { state: 'waiting', on: [`step:${key}`] }, isOver: false, wakes: [start.at] };
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
  return { planned, passed: { state: 'reached', at: start.at, facts: start.facts }, isOver: true, wakes: [] };
}

function evaluateDoing(step: CompiledDoing, place: Place, start: Reached, evaluation: Evaluation): Evaluated {
  const progress = evaluation.progress(step, place.key);
  const common = commonOf(step, place.key, progress.attempt);
  const window =
    start.state === 'reached' ? dueWindow(step, place.occurrence, start.at, progress, evaluation) : undefined;
  if (progress.done) return finished({ ...common, ...window }, progress.done.id, progress.done.at, progress.done.code);
  if (progress.waived) {
    const { id, at } = progress.waived;
    const reason = { rule: 'waived', facts: [id] };
    const planned: PlannedStep = { ...common, ...window, status: 'not-applicable', waitingFor: [], reason };
    return { planned, passed: { state: 'reached', at, facts: [id] }, isOver: true, wakes: [] };
  }
  const overtaker = overtakenBy(step, place.occurrence, progress, evaluation);
  if (overtaker) return { ...notApplicable(common, overtaker, undefined), isOver: true };
  const closed = window && !common.mandatory ? nextSecond(window.latest) : undefined;
  const canceller = cancelledBy(step, evaluation, progress.reopened?.at, closed);
  if (canceller) return notApplicable(common, canceller, undefined);
  if (start.state !== 'reached' || !window) return notStarted(common, start);
  const verdict = verdictOf(step, evaluation);
  if (verdict.value === false) return ruledOut(step, common, window, verdict, evaluation);
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
  { stepOf, progress }: Evaluation,
): Reason | undefined {
  for (const id of followers) {
    const follower = stepOf(id);
    if (isMilestone(follower)) continue;
    const key = keyOf(follower, occurrence);
    const { done } = progress(follower, key);
    if (!done || (reopened && epochOf(reopened.at) > epochOf(done.at))) continue;
    return { rule: `overtaken: ${key} is done`, facts: [done.id] };
  }
  return undefined;
}

/**
 * Why a step no longer makes sense: one that makes it pointless has been done.
 * @param since an instant from which the step holds again, or held already, whatever was done before it or after
 * @param closed when an optional step was missed: what is over by then is left as it was
 */
function cancelledBy(
  step: CompiledStep,
  { stepOf, progress }: Evaluation,
  since: string | undefined,
  closed?: string,
): Reason | undefined {
  for (const id of step.cancelledBy) {
    const canceller = stepOf(id);
    if (isMilestone(canceller)) continue;
    const { done } = progress(canceller, id);
    if (!done) continue;
    const wasOver = closed !== undefined && epochOf(closed) <= epochOf(done.at);
    const isHeld =
      since !== undefined &&
      (isMilestone(step) ? epochOf(since) <= epochOf(done.at) : epochOf(since) > epochOf(done.at));
    if (!wasOver && !isHeld) return { rule: `cancelled: ${id}`, facts: [done.id] };
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
  const counted = from === undefined ? undefined : evaluation.series(from).passed;
  const at = { start, ...(counted?.state === 'reached' ? { from: counted.at } : {}) };
  return windowOf(window, at, progress, step.retryAfter, evaluation);
}

function toDo(
  step: CompiledDoing,
  common: Common,
  window: DueWindow,
  verdict: StepVerdict,
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
  const open = { passed: waiting, isOver: false, wakes };
  if (isKnown && now < epochOf(window.dueFrom)) return { planned, ...open };
  if (now < epochOf(closes)) return { planned: { ...planned, status: isKnown ? 'due' : 'waiting' }, ...open };
  if (common.mandatory) return { planned: { ...planned, status: 'late' }, ...open };
  const rule = `optional: ${step.document.window.latest} have passed`;
  const missed: PlannedStep = { ...planned, status: 'missed', waitingFor: [], reason: { rule, facts: startFacts } };
  return { planned: missed, passed: { state: 'reached', at: closes, facts: startFacts }, isOver: true, wakes };
}

function finished(common: Common, doneBy: string, doneAt: string, code: string): Evaluated {
  const reason = { rule: `done: ${code}`, facts: [doneBy] };
  const planned: PlannedStep = { ...common, status: 'done', doneAt, doneBy, waitingFor: [], reason };
  return { planned, passed: { state: 'reached', at: doneAt, facts: [doneBy] }, isOver: true, wakes: [] };
}

function notStarted(common: Common, start: Reached): Evaluated {
  if (start.state !== 'waiting') {
    return notApplicable(common, { rule: 'start: nothing it follows applies', facts: [] }, undefined);
  }
  const reason = { rule: `start: after ${start.on.join(', ')}`, facts: [] };
  const passed: Reached = { state: 'waiting', on: [`step:${common.key}`] };
  return { planned: { ...common, status: 'waiting', waitingFor: start.on, reason }, passed, isOver: false, wakes: [] };
}

function notApplicable(common: Common, reason: Reason, verdict: Verdict | undefined): Evaluated {
  const planned: PlannedStep = { ...common, status: 'not-applicable', waitingFor: [], reason };
  const wakes = verdict?.until === undefined ? [] : [verdict.until];
  return { planned, passed: { state: 'never' }, isOver: false, wakes };
}

/** By schedule, an occurrence that is ruled out makes room for the next one once its time has passed. */
function ruledOut(
  step: CompiledDoing,
  common: Common,
  window: DueWindow,
  verdict: StepVerdict,
  evaluation: Evaluation,
): Evaluated {
  const ruled = notApplicable(common, whenReason(step, verdict), verdict);
  if (step.series.kind !== 'schedule') return ruled;
  const closes = nextSecond(window.latest);
  const isOver = epochOf(closes) <= epochOf(evaluation.clock.now);
  return { ...ruled, isOver, wakes: [...ruled.wakes, ...later(evaluation, [closes])] };
}

const always: Verdict = { value: true, missing: [], facts: [] };

interface StepVerdict extends Verdict {
  /** The rule that keeps the step from being asked though its condition holds. */
  readonly conflict?: string;
}

/** On two branches that exclude each other, what is not known is which one holds. */
function verdictOf({ when, branch }: CompiledDoing, { view, clock, conflictOf }: Evaluation): StepVerdict {
  const verdict = when ? judge(when.condition, view, clock) : always;
  const conflict = branch === undefined || verdict.value === false ? undefined : conflictOf(branch);
  return conflict ? { ...verdict, value: undefined, missing: conflict.codes, conflict: conflict.rule } : verdict;
}

const whenReason = (step: CompiledDoing, verdict: StepVerdict): Reason => ({
  rule: verdict.conflict ?? (step.when ? `when: ${step.when.text}` : 'start: its time has not come'),
  facts: verdict.facts,
});

const startReason = (step: CompiledDoing, startFacts: readonly string[], verdict: Verdict): Reason => ({
  rule: step.when ? `when: ${step.when.text}` : 'start: what it follows is done',
  facts: [...startFacts, ...verdict.facts],
});

const later = (evaluation: Evaluation, instants: readonly (string | undefined)[]): readonly string[] =>
  instants.flatMap((at) => (at !== undefined && epochOf(at) > epochOf(evaluation.clock.now) ? [at] : []));
