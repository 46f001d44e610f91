import type { Evaluated } from './evaluate-step';
import type { PlannedStep } from './plan';
import { type CompiledStep, keyOf } from './protocol';
import type { Reached } from './start';

/** What a planned step says of its occurrence whatever becomes of it. */
export type Outline = Omit<PlannedStep, 'status' | 'waitingFor' | 'reason'>;

/** One occurrence of a step, with what is the same for every patient. */
export interface Place {
  readonly step: CompiledStep;
  /** From 1. */
  readonly occurrence: number;
  readonly key: string;
  /** Of the first attempt. */
  readonly outline: Outline;
  /** How it passed for those that follow it, as long as it has not. */
  readonly awaited: Reached;
  /** How it is judged when nothing that it follows applies: made when it is first needed. */
  idle?: Evaluated;
  /** How it was last judged before its start: mostly the same for patient after patient. */
  unstarted?: Evaluated;
}

/** The place of an occurrence; a step that is not repeated has one. */
export function placeAt(step: CompiledStep, occurrence: number): Place {
  const rank = step.series.kind === 'once' ? 1 : occurrence;
  return (step.places[rank - 1] ??= made(step, rank));
}

function made(step: CompiledStep, occurrence: number): Place {
  const { id, kind, phase, role, label, labelBefore, mandatory } = step.document;
  const key = keyOf(step, occurrence);
  return {
    step,
    occurrence,
    key,
    outline: { key, stepId: id, kind, phase, role, attempt: 1, mandatory: mandatory ?? true, label, labelBefore },
    awaited: { state: 'waiting', on: [`step:${key}`] },
  };
}
