import type { Evaluated } from './evaluate-step';
import type { PlannedStep } from './plan';
import { type CompiledAnchor, type CompiledDoing, type CompiledStep, keyOf } from './protocol';
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
  /** Found when they are first needed, by `anchoredAt` and `followersAt`. */
  anchored?: readonly Anchored[];
  followers?: readonly Follower[];
  /** How it is judged when nothing that it follows applies: made when it is first needed. */
  idle?: Evaluated;
  /** How it was last judged before its start: mostly the same for patient after patient. */
  unstarted?: Evaluated;
}

/** An anchor of an occurrence, with the step it names and, for one counted by occurrence, that step's occurrence. */
export interface Anchored {
  readonly anchor: CompiledAnchor;
  readonly step?: CompiledStep;
  readonly place?: Place;
}

/** An occurrence of the same rank that follows another. */
export interface Follower {
  readonly step: CompiledDoing;
  readonly place: Place;
}

type StepOf = (id: string) => CompiledStep;

/** What an occurrence starts from. */
export const anchoredAt = (place: Place, stepOf: StepOf): readonly Anchored[] =>
  (place.anchored ??= place.step.start.anchors.map((anchor) => {
    if (anchor.kind !== 'step') return { anchor };
    const step = stepOf(anchor.step);
    return anchor.each ? { anchor, step, place: placeAt(step, place.occurrence) } : { anchor, step };
  }));

/** The occurrences that follow this one by its rank; milestones, which nobody does, are not among them. */
export const followersAt = (place: Place, { followers }: CompiledDoing, stepOf: StepOf): readonly Follower[] =>
  (place.followers ??= followers.flatMap((id) => {
    const step = stepOf(id);
    return isDoing(step) ? [{ step, place: placeAt(step, place.occurrence) }] : [];
  }));

const isDoing = (step: CompiledStep): step is CompiledDoing => step.document.kind !== 'milestone';

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
