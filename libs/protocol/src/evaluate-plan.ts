import { invariant } from '@ariane/kernel';
import { branchConflicts } from './branch-conflict';
import type { Clock } from './condition';
import { type Evaluated, type Evaluation, evaluateStep } from './evaluate-step';
import type { FactView } from './fact-view';
import type { BranchConflict, PlannedStep } from './plan';
import { dateOf } from './planned-date';
import { type Progress, progressOf } from './progress';
import { type CompiledStep, keyOf, type Protocol } from './protocol';
import { allOf, type Series } from './start';

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
  const found = new Map<string, Evaluated>();
  const folded = new Map<string, Progress>();
  const listed = new Map<string, Series>();
  const conflicts = branchConflicts(protocol, view, clock);
  const evaluate = (step: CompiledStep, occurrence: number): Evaluated => {
    const key = keyOf(step, occurrence);
    const known = found.get(key);
    if (known) return known;
    const fresh = evaluateStep(step, { key, occurrence }, evaluation);
    found.set(key, fresh);
    return fresh;
  };
  const stepOf = (id: string): CompiledStep => {
    const step = protocol.steps.get(id);
    invariant(step, `step ${id} is not in a checked protocol`);
    return step;
  };
  const byKey = (key: string): Evaluated => {
    const known = found.get(key);
    if (known) return known;
    const [id = key, number] = key.split('#');
    return evaluate(stepOf(id), Number(number ?? 1));
  };
  const evaluation: Evaluation = {
    clock,
    enrolledAt: clock.enrolledAt,
    view,
    stepOf,
    progress: (step, key) => remembered(folded, key, () => progressOf(step, key, view)),
    passed: (key) => byKey(key).passed,
    series: (id) => remembered(listed, id, () => seriesOf(stepOf(id), evaluate, evaluation.series)),
    dateOf: (key, date) => dateOf(byKey(key), date, view),
    conflictOf: (branch) => conflicts.byBranch.get(branch),
  };
  const occurrences = [...protocol.steps.keys()].flatMap((id) => evaluation.series(id).keys.map(byKey));
  const lastOf = (id: string): PlannedStep | undefined => {
    const series = evaluation.series(id);
    const last = series.keys.at(-1);
    return last === undefined || series.passed.state === 'waiting' ? undefined : byKey(last).planned;
  };
  return { occurrences, conflicts: conflicts.found, lastOf };
}

function remembered<T>(memory: Map<string, T>, key: string, make: () => T): T {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  memory.set(key, fresh);
  return fresh;
}

/** Which occurrences are planned: all of a fixed number; of a schedule, those that are over and the one after them. */
export function seriesOf(
  step: CompiledStep,
  evaluate: (step: CompiledStep, occurrence: number) => Evaluated,
  series: (id: string) => Series,
): Series {
  const first = (count: number): readonly Evaluated[] =>
    Array.from({ length: count }, (_, index) => evaluate(step, index + 1));
  const fixed = (all: readonly Evaluated[]): Series => ({
    keys: all.map(({ planned }) => planned.key),
    passed: allOf(all.map(({ passed }) => passed)),
  });
  switch (step.series.kind) {
    case 'once':
      return fixed(first(1));
    case 'times':
      return fixed(first(step.series.times));
    case 'as': {
      const beside = series(step.series.step);
      const own = fixed(first(beside.keys.length));
      return { ...own, passed: allOf([beside.passed, own.passed]) };
    }
    case 'schedule': {
      const all: Evaluated[] = [];
      for (let occurrence = 1; occurrence <= Math.min(step.series.total, occurrencesMax); occurrence += 1) {
        const evaluated = evaluate(step, occurrence);
        all.push(evaluated);
        if (!evaluated.isOver) break;
      }
      return fixed(all);
    }
  }
}
