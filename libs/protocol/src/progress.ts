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
export function progressOf({ failedBy, doneBy, again }: CompiledDoing, key: string, view: FactView): Progress {
  const marks: Mark[] = [];
  mark(marks, 0, failedBy, key, view);
  mark(marks, 1, doneBy, key, view);
  mark(marks, 2, again, key, view);
  const [waived] = view.of('step.waived', key);
  if (marks.length === 0 && !waived) return untouched;
  if (marks.length > 1) {
    marks.sort((a, b) => epochOf(a.fact.at) - epochOf(b.fact.at) || a.rank - b.rank || byRecording(a.fact, b.fact));
  }
  const progress = marks.reduce<Progress>(after, untouched);
  return waived && !progress.done ? { ...progress, waived } : progress;
}

/** Nothing has happened to it yet. */
const untouched: Progress = { attempt: 1 };

function after(progress: Progress, { rank, fact }: Mark): Progress {
  const { attempt, done } = progress;
  if (rank === 1) return done ? progress : { ...progress, done: fact };
  if (rank === 0) return done ? progress : { ...progress, attempt: attempt + 1, failed: fact };
  return done ? { attempt: attempt + 1, reopened: fact } : progress;
}

function mark(
  marks: Mark[],
  rank: Mark['rank'],
  matches: readonly FactMatchDocument[],
  key: string,
  view: FactView,
): void {
  for (const match of matches) {
    for (const fact of factsOf(match, key, view)) if (hasValue(match, fact)) marks.push({ rank, fact });
  }
}

function factsOf({ fact, of }: FactMatchDocument, key: string, view: FactView): readonly Fact[] {
  if (of === undefined) return view.of(fact, key);
  return of === 'any' ? view.all(fact) : view.all(fact, of);
}

/** Whether a fact has one of the values that count, when only some do. */
export const hasValue = (match: { readonly in?: readonly FactValue[] }, fact: Fact): boolean =>
  match.in === undefined || (fact.value !== undefined && match.in.includes(fact.value));
