import { epochOf } from '@ariane/kernel';
import type { FactMatchDocument } from './schema-parts';
import type { Fact, FactValue } from './fact';
import { byRecording, type FactView } from './fact-view';
import type { CompiledDoing, MarkRank } from './protocol';

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

interface Mark {
  readonly rank: MarkRank;
  readonly fact: Fact;
}

/** How far the facts that match were read, for one match of a step. */
interface Reading {
  readonly count: number;
  readonly last: Fact | undefined;
}

/** The progress of an occurrence, with enough to go on from it when facts are added. */
export interface Fold {
  readonly progress: Progress;
  /** Without the waiver. */
  readonly folded: Progress;
  readonly readings: readonly Reading[];
  readonly last: Mark | undefined;
}

/** What really happened to one occurrence, by `foldOf`. */
export const progressOf = (step: CompiledDoing, key: string, view: FactView): Progress =>
  foldOf(step, key, view).progress;

/**
 * Folds the facts of an occurrence. A failed attempt counts until the step is done; a fact of `again` reopens a step that
 * is done. For one instant: failed, then done, then again, so that a result recorded with its visit is judged last.
 *
 * @param before the fold of the same occurrence and patient when there were fewer facts: when those that came since are
 * all later, only they are folded
 */
export function foldOf(step: CompiledDoing, key: string, view: FactView, before: Fold = blank): Fold {
  const marks: Mark[] = [];
  const readings: Reading[] = [];
  for (const { rank, match } of step.marks) {
    const facts = factsOf(match, key, view);
    const { count, last } = before.readings[readings.length] ?? unread;
    if (facts[count - 1] !== last) return foldOf(step, key, view);
    for (let at = count; at < facts.length; at += 1) {
      const fact = facts[at];
      if (fact && hasValue(match, fact)) marks.push({ rank, fact });
    }
    readings.push(facts.length === 0 ? unread : { count: facts.length, last: facts.at(-1) });
  }
  if (marks.length > 1) marks.sort(inOrder);
  const [first] = marks;
  if (first && before.last && inOrder(before.last, first) >= 0) return foldOf(step, key, view);
  const [waived] = view.of('step.waived', key);
  if (!waived && readings.every((reading) => reading === unread)) return blank;
  const folded = marks.reduce(after, before.folded);
  const progress = waived && !folded.done ? { ...folded, waived } : folded;
  return { progress, folded, readings, last: marks.at(-1) ?? before.last };
}

const inOrder = (a: Mark, b: Mark): number =>
  epochOf(a.fact.at) - epochOf(b.fact.at) || a.rank - b.rank || byRecording(a.fact, b.fact);

const unread: Reading = { count: 0, last: undefined };
/** Nothing has happened to it yet. */
const untouched: Progress = { attempt: 1 };
const blank: Fold = { progress: untouched, folded: untouched, readings: [], last: undefined };

function after(progress: Progress, { rank, fact }: Mark): Progress {
  const { attempt, done } = progress;
  if (rank === 1) return done ? progress : { ...progress, done: fact };
  if (rank === 0) return done ? progress : { ...progress, attempt: attempt + 1, failed: fact };
  return done ? { attempt: attempt + 1, reopened: fact } : progress;
}

function factsOf({ fact, of }: FactMatchDocument, key: string, view: FactView): readonly Fact[] {
  if (of === undefined) return view.of(fact, key);
  return of === 'any' ? view.all(fact) : view.all(fact, of);
}

/** Whether a fact has one of the values that count, when only some do. */
export const hasValue = (match: { readonly in?: readonly FactValue[] }, fact: Fact): boolean =>
  match.in === undefined || (fact.value !== undefined && match.in.includes(fact.value));
