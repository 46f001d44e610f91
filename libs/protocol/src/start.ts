import { addSpan, type CivilSpan, civilDay, epochOf, startOfDay } from '@ariane/kernel';
import { type Clock, unique } from './condition';
import type { FactView } from './fact-view';
import { type CompiledAnchor, type CompiledStep, keysOf } from './protocol';

/** Whether and when something a step follows came to pass. */
export type Reached =
  | { readonly state: 'reached'; readonly at: string; readonly facts: readonly string[] }
  | { readonly state: 'waiting'; readonly on: readonly string[] }
  | { readonly state: 'never' };

/** What the starts of a step are read from. */
export interface StartContext {
  readonly clock: Clock;
  readonly enrolledAt: string;
  readonly view: FactView;
  readonly stepOf: (id: string) => CompiledStep;
  /** How an occurrence passed: done, waived or missed; not yet; or never, being not applicable. */
  readonly passed: (key: string) => Reached;
}

/** When an occurrence may start, from its anchors and, for a repeated step, from the occurrence before. */
export function startOf(step: CompiledStep, occurrence: number, context: StartContext): Reached {
  const anchors = step.start.anchors.map((anchor) => reach(anchor, occurrence, context));
  const lacks = step.start.anchors.some(
    (anchor, index) => anchor.kind === 'step' && anchor.required && anchors[index]?.state === 'never',
  );
  if (lacks) return { state: 'never' };
  const start = step.start.join === 'all' ? allOf(anchors) : anyOf(anchors);
  if (!step.every || occurrence === 1 || start.state === 'never') return start;
  const before = context.passed(`${step.every.after}#${String(occurrence - 1)}`);
  return allOf([start, shifted(before, step.every.span, context.clock)]);
}

function reach(anchor: CompiledAnchor, occurrence: number, context: StartContext): Reached {
  switch (anchor.kind) {
    case 'enrolment':
      return shifted({ state: 'reached', at: context.enrolledAt, facts: [] }, anchor.offset, context.clock);
    case 'fact': {
      const fact = context.view.all(anchor.code, anchor.of).at(-1);
      if (!fact) return { state: 'waiting', on: [anchor.code] };
      return shifted({ state: 'reached', at: fact.at, facts: [fact.id] }, anchor.offset, context.clock);
    }
    case 'step': {
      const keys = anchor.each ? [`${anchor.step}#${String(occurrence)}`] : keysOf(context.stepOf(anchor.step));
      return shifted(allOf(keys.map(context.passed)), anchor.offset, context.clock);
    }
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

/** The start of the civil day a span later; the very instant when there is no span. */
export function dayAfter(at: string, span: CivilSpan | undefined, clock: Clock): string {
  if (!span || span.count === 0) return at;
  return startOfDay(addSpan(civilDay(at, clock.timeZone), span, clock.holidays), clock.timeZone);
}

const shifted = (reached: Reached, span: CivilSpan | undefined, clock: Clock): Reached =>
  reached.state === 'reached' ? { ...reached, at: dayAfter(reached.at, span, clock) } : reached;
