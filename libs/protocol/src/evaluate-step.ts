import { epochOf, nextSecond } from '@ariane/kernel';
import type { Verdict } from './condition';
import type { Fact } from './fact';
import { followersAt, type Outline, type Place, placeAt } from './place';
import type { PlannedStep, Reason } from './plan';
import type { Progress } from './progress';
import type { CompiledDoing, CompiledMilestone, CompiledStep } from './protocol';
import { never, type Reached, sameTexts, type StartContext, startOf } from './start';
import type { StepVerdict } from './verdict';
import { type DueWindow, windowOf } from './window';

export interface Evaluation extends StartContext {
  /** Whether a step applies. */
  readonly verdict: (step: CompiledDoing) => StepVerdict;
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

/** Judges one occurrence; the occurrences it follows are asked through `evaluation.passed`. */
export function evaluateStep(place: Place, evaluation: Evaluation): Evaluated {
  const start = startOf(place, evaluation);
  const { step } = place;
  return isMilestone(step)
    ? evaluateMilestone(step, place, start, evaluation)
    : evaluateDoing(step, place, start, evaluation);
}

const isMilestone = (step: CompiledStep): step is CompiledMilestone => step.document.kind === 'milestone';

function evaluateMilestone(step: CompiledMilestone, place: Place, start: Reached, evaluation: Evaluation): Evaluated {
  const { outline } = place;
  const canceller = cancelledBy(step, evaluation, start.state === 'reached' ? start.at : undefined);
  if (canceller) return notApplicable(outline, canceller, undefined);
  if (start.state !== 'reached') return notStarted(place, outline, start);
  if (epochOf(evaluation.clock.now) < epochOf(start.at)) {
    const reason = { rule: 'start: its time has not come', facts: start.facts };
    const planned: PlannedStep = { ...outline, status: 'waiting', dueFrom: start.at, waitingFor: [], reason };
    return { planned, passed: place.awaited, isOver: false, wakes: [start.at] };
  }
  const doneBy = start.facts.at(-1);
  const reason = { rule: 'milestone: what it follows is done', facts: start.facts };
  const planned: PlannedStep = {
    ...outline,
    status: 'done',
    doneAt: start.at,
    waitingFor: [],
    reason,
    ...(doneBy ? { doneBy } : {}),
  };
  return { planned, passed: { state: 'reached', at: start.at, facts: start.facts }, isOver: true, wakes: [] };
}

function evaluateDoing(step: CompiledDoing, place: Place, start: Reached, evaluation: Evaluation): Evaluated {
  const progress = evaluation.progress(step, place);
  const outline = progress.attempt === 1 ? place.outline : { ...place.outline, attempt: progress.attempt };
  const datesOf = (at: string) => dueWindow(step, place.occurrence, at, progress, evaluation);
  const ended = progress.done ?? progress.waived;
  if (ended) {
    const all = dated(outline, start.state === 'reached' ? datesOf(start.at) : undefined);
    return progress.done ? finished(all, ended) : waived(all, ended);
  }
  const overtaker = overtakenBy(step, place, progress, evaluation);
  if (overtaker) return { ...notApplicable(outline, overtaker, undefined), isOver: true };
  if (step.cancelledBy.length > 0) {
    const isOptional = start.state === 'reached' && !outline.mandatory;
    const closed = isOptional ? nextSecond(datesOf(start.at).latest) : undefined;
    const canceller = cancelledBy(step, evaluation, progress.reopened?.at, closed);
    if (canceller) return notApplicable(outline, canceller, undefined);
  }
  if (start.state !== 'reached') return notStarted(place, outline, start);
  const verdict = evaluation.verdict(step);
  const isRuledOut = verdict.value === false;
  // Only a schedule asks when the time of what does not apply is over.
  if (isRuledOut && step.series.kind !== 'schedule') return notApplicable(outline, whenReason(step, verdict), verdict);
  const window = datesOf(start.at);
  if (isRuledOut) return ruledOut(step, outline, window, verdict, evaluation);
  return toDo(step, place, dated(outline, window), window, verdict, start.facts, evaluation);
}

function waived(outline: Outline, { id, at }: Fact): Evaluated {
  const facts = [id];
  const reason = { rule: 'waived', facts };
  const planned: PlannedStep = { ...outline, status: 'not-applicable', waitingFor: nothing, reason };
  return { planned, passed: { state: 'reached', at, facts }, isOver: true, wakes: nothing };
}

/** With the dates of its window, if it has one yet. */
function dated(outline: Outline, window: DueWindow | undefined): Outline {
  if (!window) return outline;
  const { dueFrom, target, latest } = window;
  return target === undefined ? { ...outline, dueFrom, latest } : { ...outline, dueFrom, target, latest };
}

/**
 * Why an occurrence's time is over: one that follows it, of the same rank, has been done without it. Its condition is
 * judged on today's facts, and what they say after that concerns the next occurrence, never this one. What was done and
 * then asked for again later on is not over.
 */
function overtakenBy(
  step: CompiledDoing,
  place: Place,
  { reopened }: Progress,
  { stepOf, progress }: Evaluation,
): Reason | undefined {
  for (const follower of followersAt(place, step, stepOf)) {
    const { done } = progress(follower.step, follower.place);
    if (!done || (reopened && epochOf(reopened.at) > epochOf(done.at))) continue;
    return { rule: `overtaken: ${follower.place.key} is done`, facts: [done.id] };
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
    const { done } = progress(canceller, placeAt(canceller, 1));
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
  const counted = from === undefined ? undefined : evaluation.series(evaluation.stepOf(from)).passed;
  const at = { start, ...(counted?.state === 'reached' ? { from: counted.at } : {}) };
  return windowOf(window, at, progress, step.retryAfter, evaluation);
}

function toDo(
  step: CompiledDoing,
  place: Place,
  outline: Outline,
  window: DueWindow,
  verdict: StepVerdict,
  startFacts: readonly string[],
  evaluation: Evaluation,
): Evaluated {
  const now = epochOf(evaluation.clock.now);
  const isKnown = verdict.value !== undefined;
  const closes = nextSecond(window.latest);
  const wakes = later(evaluation, [isKnown ? window.dueFrom : undefined, closes, verdict.until]);
  const isEarly = isKnown && now < epochOf(window.dueFrom);
  const isClosed = !isEarly && !(now < epochOf(closes));
  if (isClosed && !outline.mandatory) {
    const rule = `optional: ${step.document.window.latest} have passed`;
    const missed: PlannedStep = { ...outline, status: 'missed', waitingFor: [], reason: { rule, facts: startFacts } };
    return { planned: missed, passed: { state: 'reached', at: closes, facts: startFacts }, isOver: true, wakes };
  }
  const status = isClosed ? 'late' : isEarly || !isKnown ? 'waiting' : 'due';
  const reason = isKnown ? startReason(step, startFacts, verdict) : whenReason(step, verdict);
  const planned: PlannedStep = { ...outline, status, waitingFor: verdict.missing, reason };
  return { planned, passed: place.awaited, isOver: false, wakes };
}

function finished(outline: Outline, { id, at, code }: Fact): Evaluated {
  const facts = [id];
  const reason = { rule: `done: ${code}`, facts };
  const planned: PlannedStep = { ...outline, status: 'done', doneAt: at, doneBy: id, waitingFor: nothing, reason };
  return { planned, passed: { state: 'reached', at, facts }, isOver: true, wakes: nothing };
}

const nothing: readonly string[] = [];

/**
 * An occurrence whose start has not come or never will: most of a plan, and mostly the same from one look to the next,
 * for which the place keeps what was last said.
 */
function notStarted(place: Place, outline: Outline, start: Reached): Evaluated {
  if (outline !== place.outline) return unstarted(place, outline, start);
  if (start.state !== 'waiting') return (place.idle ??= unstarted(place, outline, start));
  const last = place.unstarted;
  if (last && sameTexts(last.planned.waitingFor, start.on)) return last;
  return (place.unstarted = unstarted(place, outline, start));
}

function unstarted(place: Place, outline: Outline, start: Reached): Evaluated {
  if (start.state !== 'waiting') {
    return notApplicable(outline, { rule: 'start: nothing it follows applies', facts: nothing }, undefined);
  }
  const reason = { rule: `start: after ${start.on.join(', ')}`, facts: nothing };
  const planned: PlannedStep = { ...outline, status: 'waiting', waitingFor: start.on, reason };
  return { planned, passed: place.awaited, isOver: false, wakes: nothing };
}

function notApplicable(outline: Outline, reason: Reason, verdict: Verdict | undefined): Evaluated {
  const planned: PlannedStep = { ...outline, status: 'not-applicable', waitingFor: nothing, reason };
  const wakes = verdict?.until === undefined ? nothing : [verdict.until];
  return { planned, passed: never, isOver: false, wakes };
}

/** By schedule, an occurrence that is ruled out makes room for the next one once its time has passed. */
function ruledOut(
  step: CompiledDoing,
  outline: Outline,
  window: DueWindow,
  verdict: StepVerdict,
  evaluation: Evaluation,
): Evaluated {
  const ruled = notApplicable(outline, whenReason(step, verdict), verdict);
  const closes = nextSecond(window.latest);
  const isOver = epochOf(closes) <= epochOf(evaluation.clock.now);
  return { ...ruled, isOver, wakes: [...ruled.wakes, ...later(evaluation, [closes])] };
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
