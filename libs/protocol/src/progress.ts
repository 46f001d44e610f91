import { epochOf } from '@ariane/kernel';
import type { FactMatchDocument } from './schema-parts';
import type { Fact, FactValue } from './fact';
import { byRecording, type FactView } from './fact-view';
import type { CompiledDoing } from './protocol';

/** What really happened to one occurrence of a step. */
export interface Progress {
  readonly attempt: number;
  readonly done?: Fact;
  /** A named professional decided that it is not to be done. */
  readonly waived?: Fact;
  /** The last failed attempt: the step is to be done again from there, its deadline unchanged. */
  readonly failed?: Fact;
  /** What asked for it again after it was done: its window is counted anew from there. */
  readonly reopened?: Fact;
}

type Mark = { readonly rank: 0 | 1 | 2; readonly fact: Fact };

/**
 * Folds the facts of an occurrence. A failed attempt counts until the step is done; a fact of `again` reopens a step that
 * is done. For one instant: failed, then done, then again, so that a result recorded with its visit is judged last.
 */
export function progressOf(step: CompiledDoing, key: string, view: FactView): Progress {
  const marks = [
    ...marksOf(0, step.failedBy, key, view),
    ...marksOf(1, step.doneBy, key, view),
    ...marksOf(2, step.again, key, view),
  ].sort((a, b) => epochOf(a.fact.at) - epochOf(b.fact.at) || a.rank - b.rank || byRecording(a.fact, b.fact));
  const [waived] = view.of('step.waived', key);
  const progress = marks.reduce<Progress>(after, { attempt: 1 });
  return waived && !progress.done ? { ...progress, waived } : progress;
}

function after(progress: Progress, { rank, fact }: Mark): Progress {
  const { attempt, done } = progress;
  if (rank === 1) return done ? progress : { ...progress, done: fact };
  if (rank === 0) return done ? progress : { ...progress, attempt: attempt + 1, failed: fact };
  return done ? { attempt: attempt + 1, reopened: fact } : progress;
}

function marksOf(rank: Mark['rank'], matches: readonly FactMatchDocument[], key: string, view: FactView): Mark[] {
  return matches.flatMap((match) =>
    factsOf(match, key, view)
      .filter((fact) => hasValue(match, fact))
      .map((fact) => ({ rank, fact })),
  );
}

function factsOf({ fact, of }: FactMatchDocument, key: string, view: FactView): readonly Fact[] {
  if (of === undefined) return view.of(fact, key);
  return of === 'any' ? view.all(fact) : view.all(fact, of);
}

/** Whether a fact has one of the values that count, when only some do. */
export const hasValue = (match: { readonly in?: readonly FactValue[] }, fact: Fact): boolean =>
  match.in === undefined || (fact.value !== undefined && match.in.includes(fact.value));
