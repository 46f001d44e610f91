import { judge, type Verdict } from './condition';
import type { Evaluation } from './evaluate-step';
import type { CompiledDoing } from './protocol';

/** Whether a step applies, the same for all its occurrences. */
export interface StepVerdict extends Verdict {
  /** The rule that keeps the step from being asked though its condition holds. */
  readonly conflict?: string;
}

const always: Verdict = { value: true, missing: [], facts: [] };

/** On two branches that exclude each other, what is not known is which one holds. */
export function verdictOf(
  { when, branch }: CompiledDoing,
  { view, clock, conflictOf }: Pick<Evaluation, 'view' | 'clock' | 'conflictOf'>,
): StepVerdict {
  const verdict = when ? judge(when.condition, view, clock) : always;
  const conflict = branch === undefined || verdict.value === false ? undefined : conflictOf(branch);
  return conflict ? { ...verdict, value: undefined, missing: conflict.codes, conflict: conflict.rule } : verdict;
}
