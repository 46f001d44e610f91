import { addSpan, type CivilSpan, civilDay, epochOf, startOfDay } from '@ariane/kernel';
import { type Clock, unique } from './condition';
import type { FactView } from './fact-view';
import type { Progress } from './progress';
import { type CompiledAnchor, type CompiledDoing, type CompiledSeries, type CompiledStep, keyOf } from './protocol';
import { placeOf } from './schedule';

/** Whether and when something a step follows came to pass. */
export type Reached =
  | { readonly state: 'reached'; readonly at: string; readonly facts: readonly string[] }
  | { readonly state: 'waiting'; readonly on: readonly string[] }
  | { readonly state: 'never' };

/** The occurrences of a step that are planned, and how all of them passed. */
export interface Series {
  readonly keys: readonly string[];
  readonly passed: Reached;
}

/** What the starts of a step are read from. */
export interface StartContext {
  readonly clock: Clock;
  readonly enrolledAt: string;
  readonly view: FactView;
  readonly stepOf: (id: string) => CompiledStep;
  /** What happened to an occurrence. */
  readonly progress: (step: CompiledDoing, key: string) => Progress;
  /** How an occurrence passed: done, waived or missed; not yet; or never, being not applicable. */
  readonly passed: (key: string) => Reached;
  readonly series: (id: string) => Series;
  /** The slot booked for an occurrence, or its deadline. */
  readonly dateOf: (key: string, date: 'planned' | 'due') => Reached;
}

/** When an occurrence may start, from its anchors and, for a repeated step, from its place in the series. */
export function startOf(step: CompiledStep, occurrence: number, context: StartContext): Reached {
  const anchors = step.start.anchors.map((anchor) => reach(anchor, occurrence, context));
  const lacks = step.start.anchors.some(
    (anchor, index) => anchor.kind === 'step' && anchor.required && anchors[index]?.state === 'never',
  );
  if (lacks) return { state: 'never' };
  const { series } = step;
  const start = joined(step.start, anchors);
  if (start.state === 'never') return start;
  switch (series.kind) {
    case 'once':
    case 'as':
      return start;
    case 'times': {
      if (!series.every || occurrence === 1) return start;
      const before = context.passed(`${series.every.after}#${String(occurrence - 1)}`);
      return allOf([start, shifted(before, [series.every.span], context.clock)]);
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
  if (!place) return { state: 'never' };
  if (!series.isFromLast) return shifted(start, place.fromStart, context.clock);
  if (occurrence === 1 || start.state !== 'reached') return shifted(start, [place.fromLast], context.clock);
  const before = context.passed(keyOf(step, occurrence - 1));
  // One that was ruled out has no date of its own: its place in the series stands in for it.
  const counted = before.state === 'never' ? startOf(step, occurrence - 1, context) : before;
  return shifted(counted, [place.fromLast], context.clock);
}

function reach(anchor: CompiledAnchor, occurrence: number, context: StartContext): Reached {
  const offset = anchor.offset ? [anchor.offset] : [];
  switch (anchor.kind) {
    case 'enrolment':
      return shifted({ state: 'reached', at: context.enrolledAt, facts: [] }, offset, context.clock);
    case 'fact': {
      const fact = context.view.all(anchor.code, anchor.of).at(-1);
      if (!fact) return { state: 'waiting', on: [anchor.code] };
      return shifted({ state: 'reached', at: fact.at, facts: [fact.id] }, offset, context.clock);
    }
    case 'step':
      return shifted(reachStep(anchor, occurrence, context), offset, context.clock);
  }
}

function reachStep(
  { step, each, date }: Extract<CompiledAnchor, { kind: 'step' }>,
  occurrence: number,
  context: StartContext,
): Reached {
  if (each) {
    const key = keyOf(context.stepOf(step), occurrence);
    return date === 'done' ? context.passed(key) : context.dateOf(key, date);
  }
  const series = context.series(step);
  return date === 'done' ? series.passed : allOf(series.keys.map((key) => context.dateOf(key, date)));
}

function joined({ join, count }: CompiledStep['start'], anchors: readonly Reached[]): Reached {
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
  const waiting = anchors.flatMap((anchor) => (anchor.state === 'waiting' ? anchor.on : []));
  if (waiting.length > 0) return { state: 'waiting', on: unique(waiting) };
  return extreme(anchors, (a, b) => a > b);
}

/** The first that came to pass; while there is none, all that may. */
function anyOf(anchors: readonly Reached[]): Reached {
  const first = extreme(anchors, (a, b) => a < b);
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
  if (reached.length + waiting.length < count) return { state: 'never' };
  return { state: 'waiting', on: unique(waiting.flat()) };
}

function extreme(anchors: readonly Reached[], isBetter: (a: number, b: number) => boolean): Reached {
  return anchors.reduce<Reached>(
    (best, anchor) => {
      if (anchor.state !== 'reached') return best;
      if (best.state !== 'reached') return anchor;
      if (epochOf(anchor.at) === epochOf(best.at)) return { ...best, facts: unique([...best.facts, ...anchor.facts]) };
      return isBetter(epochOf(anchor.at), epochOf(best.at)) ? anchor : best;
    },
    { state: 'never' },
  );
}

/** The start of the civil day some spans later; the very instant when there is none. */
export function dayAfter(at: string, spans: readonly CivilSpan[], clock: Clock): string {
  if (spans.every((span) => span.count === 0)) return at;
  const day = spans.reduce((from, span) => addSpan(from, span, clock.holidays), civilDay(at, clock.timeZone));
  return startOfDay(day, clock.timeZone);
}

const shifted = (reached: Reached, spans: readonly CivilSpan[], clock: Clock): Reached =>
  reached.state === 'reached' ? { ...reached, at: dayAfter(reached.at, spans, clock) } : reached;
