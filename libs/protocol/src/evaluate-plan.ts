import { invariant } from '@ariane/kernel';
import { branchConflicts } from './branch-conflict';
import type { Clock } from './condition';
import { type Evaluated, type Evaluation, evaluateStep } from './evaluate-step';
import type { FactView } from './fact-view';
import type { BranchConflict, PlannedStep } from './plan';
import { dateOf } from './planned-date';
import { type Progress, progressOf } from './progress';
import { type Place, placeAt } from './place';
import type { CompiledStep, Protocol } from './protocol';
import { allOf, type Reached, type Series } from './start';
import { type StepVerdict, verdictOf } from './verdict';

/** All occurrences that are planned, in the order of the document. */
export interface EvaluatedPlan {
  readonly occurrences: readonly Evaluated[];
  readonly conflicts: readonly BranchConflict[];
  /** The last occurrence of a step, once no other can follow it. */
  readonly lastOf: (id: string) => PlannedStep | undefined;
}

/** A series goes from fact to fact; this only keeps facts that make no sense from counting on for ever. */
const occurrencesMax = 1000;

/** Every occurrence of every step, each evaluated once and only when something reads it. */
export function evaluateAll(
  protocol: Protocol,
  view: FactView,
  clock: Clock & { readonly enrolledAt: string },
): EvaluatedPlan {
  const found: (Evaluated | undefined)[][] = [];
  const folded: (Progress | undefined)[][] = [];
  const listed: (Series | undefined)[] = [];
  const judged: (StepVerdict | undefined)[] = [];
  const conflicts = branchConflicts(protocol, view, clock);
  const evaluate = (place: Place): Evaluated =>
    ((found[place.step.ordinal] ??= [])[place.occurrence] ??= evaluateStep(place, evaluation));
  const stepOf = (id: string): CompiledStep => compiledStep(protocol, id);
  const seriesFor = (step: CompiledStep): Series => (listed[step.ordinal] ??= seriesOf(step, evaluate, evaluation));
  const evaluation: Evaluation = {
    clock,
    enrolledAt: clock.enrolledAt,
    view,
    stepOf,
    progress: (step, { key, occurrence }) =>
      ((folded[step.ordinal] ??= [])[occurrence] ??= progressOf(step, key, view)),
    passed: (place) => evaluate(place).passed,
    series: seriesFor,
    verdict: (step) => (judged[step.ordinal] ??= verdictOf(step, evaluation)),
    dateOf: (place, date) => dateOf(place, evaluate(place), date, view),
    conflictOf: (branch) => conflicts.byBranch.get(branch),
  };
  const occurrences: Evaluated[] = [];
  for (const step of protocol.steps.values()) {
    const { count } = seriesFor(step);
    for (let occurrence = 1; occurrence <= count; occurrence += 1)
      occurrences.push(evaluate(placeAt(step, occurrence)));
  }
  const lastOf = (id: string): PlannedStep | undefined => {
    const step = stepOf(id);
    const { count, passed } = seriesFor(step);
    return count === 0 || passed.state === 'waiting' ? undefined : evaluate(placeAt(step, count)).planned;
  };
  return { occurrences, conflicts: conflicts.found, lastOf };
}

export function compiledStep({ steps }: Protocol, id: string): CompiledStep {
  const step = steps.get(id);
  invariant(step, `step ${id} is not in a checked protocol`);
  return step;
}

/** Which occurrences are planned: all of a fixed number; of a schedule, those that are over and the one after them. */
export function seriesOf(
  step: CompiledStep,
  evaluate: (place: Place) => Evaluated,
  { series, stepOf }: Pick<Evaluation, 'series' | 'stepOf'>,
): Series {
  const first = (count: number): Series => ({
    count,
    passed:
      count === 1
        ? evaluate(placeAt(step, 1)).passed
        : allOf(Array.from({ length: count }, (_, index) => evaluate(placeAt(step, index + 1)).passed)),
  });
  switch (step.series.kind) {
    case 'once':
      return first(1);
    case 'times':
      return first(step.series.times);
    case 'as': {
      const beside = series(stepOf(step.series.step));
      const own = first(beside.count);
      return { count: own.count, passed: allOf([beside.passed, own.passed]) };
    }
    case 'schedule': {
      const most = Math.min(step.series.total, occurrencesMax);
      const passed: Reached[] = [];
      for (let isOver = true; isOver && passed.length < most;) {
        const evaluated = evaluate(placeAt(step, passed.length + 1));
        passed.push(evaluated.passed);
        isOver = evaluated.isOver;
      }
      return { count: passed.length, passed: allOf(passed) };
    }
  }
}
