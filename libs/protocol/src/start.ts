import { type CivilSpan, daysLater, epochOf, zoneDays } from '@ariane/kernel';
import { type Clock, unique } from './condition';
import type { FactView } from './fact-view';
import { type Anchored, anchoredAt, type Place, placeAt } from './place';
import type { Progress } from './progress';
import type { CompiledDoing, CompiledSeries, CompiledStep } from './protocol';
import { placeOf } from './schedule';

/** Whether and when something a step follows came to pass. */
export type Reached =
  | { readonly state: 'reached'; readonly at: string; readonly facts: readonly string[] }
  | { readonly state: 'waiting'; readonly on: readonly string[] }
  | { readonly state: 'never' };

/** Whether both say the same. */
export function sameReached(one: Reached, other: Reached): boolean {
  if (one === other) return true;
  if (one.state === 'waiting') return other.state === 'waiting' && sameTexts(one.on, other.on);
  if (one.state === 'never') return other.state === 'never';
  return other.state === 'reached' && one.at === other.at && sameTexts(one.facts, other.facts);
}

export const sameTexts = (one: readonly string[], other: readonly string[]): boolean =>
  one === other || (one.length === other.length && one.every((text, at) => text === other[at]));

export const never: Reached = { state: 'never' };

/** The occurrences of a step that are planned, and how all of them passed. */
export interface Series {
  /** The first so many of the step. */
  readonly count: number;
  readonly passed: Reached;
}

/** What the starts of a step are read from. */
export interface StartContext {
  readonly clock: Clock;
  readonly enrolledAt: string;
  readonly view: FactView;
  readonly stepOf: (id: string) => CompiledStep;
  /** What happened to an occurrence. */
  readonly progress: (step: CompiledDoing, place: Place) => Progress;
  /** How an occurrence passed: done, waived or missed; not yet; or never, being not applicable. */
  readonly passed: (place: Place) => Reached;
  readonly series: (step: CompiledStep) => Series;
  /** The slot booked for an occurrence, or its deadline. */
  readonly dateOf: (place: Place, date: 'planned' | 'due') => Reached;
}

/** When an occurrence may start, from its anchors and, for a repeated step, from its place in the series. */
export function startOf(place: Place, context: StartContext): Reached {
  const { step, occurrence } = place;
  const anchors: Reached[] = [];
  for (const anchored of anchoredAt(place, context.stepOf)) {
    const { anchor } = anchored;
    const passed = reach(anchored, context);
    const reached = anchor.offset ? shifted(passed, anchor.offset, context.clock) : passed;
    if (reached.state === 'never' && anchor.kind === 'step' && anchor.required) return never;
    anchors.push(reached);
  }
  const { series } = step;
  const start = joined(step.start, anchors);
  if (start.state === 'never') return start;
  switch (series.kind) {
    case 'once':
    case 'as':
      return start;
    case 'times': {
      if (!series.every || occurrence === 1) return start;
      const before = context.passed(placeAt(context.stepOf(series.every.after), occurrence - 1));
      return allOf([start, shifted(before, series.every.span, context.clock)]);
    }
    case 'schedule':
      return scheduled(step, series, occurrence, start, context);
  }
}

function scheduled(
  step: CompiledStep,
  series: Extract<CompiledSeries, { kind: 'schedule' }>,
  occurrence: number,
  start: Reached,
  context: StartContext,
): Reached {
  const place = placeOf(series, occurrence);
  if (!place) return never;
  if (start.state !== 'reached') return start;
  if (!series.isFromLast) return { ...start, at: dayAfter(start.at, place.fromStart, context.clock) };
  if (occurrence === 1) return shifted(start, place.fromLast, context.clock);
  const last = placeAt(step, occurrence - 1);
  const before = context.passed(last);
  // One that was ruled out has no date of its own: its place in the series stands in for it.
  const counted = before.state === 'never' ? startOf(last, context) : before;
  return shifted(counted, place.fromLast, context.clock);
}

function reach({ anchor, step, place }: Anchored, context: StartContext): Reached {
  switch (anchor.kind) {
    case 'enrolment':
      return { state: 'reached', at: context.enrolledAt, facts: [] };
    case 'fact': {
      const fact = context.view.all(anchor.code, anchor.of).at(-1);
      return fact ? { state: 'reached', at: fact.at, facts: [fact.id] } : { state: 'waiting', on: [anchor.code] };
    }
    case 'step':
      if (place) return anchor.date === 'done' ? context.passed(place) : context.dateOf(place, anchor.date);
      return step ? reachAll(step, anchor.date, context) : never;
  }
}

function reachAll(step: CompiledStep, date: 'done' | 'planned' | 'due', context: StartContext): Reached {
  const { count, passed } = context.series(step);
  if (date === 'done') return passed;
  return allOf(Array.from({ length: count }, (_, index) => context.dateOf(placeAt(step, index + 1), date)));
}

function joined({ join, count }: CompiledStep['start'], anchors: readonly Reached[]): Reached {
  const [only] = anchors;
  if (only && anchors.length === 1 && count === 1) return only;
  switch (join) {
    case 'all':
      return allOf(anchors);
    case 'any':
      return anyOf(anchors);
    case 'n':
      return nOf(count, anchors);
  }
}

/** The last of those that came to pass, once none is waited for; those that never will are passed over. */
export function allOf(anchors: readonly Reached[]): Reached {
  let waiting: Reached | undefined;
  let isOne = true;
  for (const anchor of anchors) {
    if (anchor.state !== 'waiting') continue;
    isOne = waiting === undefined || waiting === anchor;
    if (!isOne) break;
    waiting = anchor;
  }
  if (!waiting) return extreme(anchors, 1);
  if (isOne) return waiting;
  const on: string[] = [];
  for (const anchor of anchors) {
    if (anchor.state !== 'waiting') continue;
    for (const awaited of anchor.on) if (!on.includes(awaited)) on.push(awaited);
  }
  return { state: 'waiting', on };
}

/** The first that came to pass; while there is none, all that may. */
function anyOf(anchors: readonly Reached[]): Reached {
  const first = extreme(anchors, -1);
  return first.state === 'reached' ? first : allOf(anchors);
}

/** The n-th that came to pass; never, once fewer than n still can. */
function nOf(count: number, anchors: readonly Reached[]): Reached {
  const reached = anchors
    .flatMap((anchor) => (anchor.state === 'reached' ? [anchor] : []))
    .sort((a, b) => epochOf(a.at) - epochOf(b.at));
  const last = reached[count - 1];
  if (last) {
    const counted = reached.filter((anchor) => epochOf(anchor.at) <= epochOf(last.at));
    return { ...last, facts: unique(counted.flatMap((anchor) => anchor.facts)) };
  }
  const waiting = anchors.flatMap((anchor) => (anchor.state === 'waiting' ? [anchor.on] : []));
  if (reached.length + waiting.length < count) return never;
  return { state: 'waiting', on: unique(waiting.flat()) };
}

/** The latest of those reached (1) or the earliest (-1), with the facts of all of that instant. */
function extreme(anchors: readonly Reached[], sign: 1 | -1): Reached {
  let best: Reached = never;
  let bestMs = 0;
  for (const anchor of anchors) {
    if (anchor.state !== 'reached') continue;
    const atMs = epochOf(anchor.at);
    if (best.state !== 'reached' || sign * (atMs - bestMs) > 0) {
      best = anchor;
      bestMs = atMs;
    } else if (atMs === bestMs) best = { ...best, facts: unique([...best.facts, ...anchor.facts]) };
  }
  return best;
}

/** The start of the civil day some spans later; the very instant when there is none. */
export function dayAfter(at: string, spans: readonly CivilSpan[], { timeZone, holidays }: Clock): string {
  if (spans.every((span) => span.count === 0)) return at;
  const days = zoneDays(timeZone);
  return days.firstOf(spans.reduce((day, span) => daysLater(day, span, holidays), days.dayAt(epochOf(at))));
}

function shifted(reached: Reached, span: CivilSpan | undefined, clock: Clock): Reached {
  if (reached.state !== 'reached' || span === undefined || span.count === 0) return reached;
  return { ...reached, at: dayAfter(reached.at, [span], clock) };
}
