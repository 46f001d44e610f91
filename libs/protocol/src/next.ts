import { epochOf, type HolidayTerritory, invariant } from '@ariane/kernel';
import { type Clock, earliest } from './condition';
import type { Fact } from './fact';
import { factView, type FactView } from './fact-view';
import { type Evaluated, type Evaluation, evaluateStep } from './evaluate-step';
import type { Plan, PlanEnd, PlannedStep } from './plan';
import { keysOf, type Protocol } from './protocol';
import type { Reached } from './start';

export interface NextContext {
  /** The instant at which the plan is read; facts after it are not yet true. */
  readonly now: string;
  readonly enrolledAt: string;
  /** Of the territory, as pinned at enrolment: `Europe/Paris`, `Indian/Reunion`. */
  readonly timeZone: string;
  readonly holidays: HolidayTerritory;
}

/**
 * What is due, waiting, late, done or not applicable for one patient, and why: the only place where a protocol's rules
 * run. Pure, deterministic and total: the same facts in any order give the same plan, and none with a valid instant can
 * make it throw.
 *
 * A step is done only by what really happened, and those that follow are re-dated from it. A terminal fact stops all
 * that is not done. Ask another service for a step when it is `due` or `late` with nothing in `waitingFor`, once per
 * (key, attempt).
 */
export function next(protocol: Protocol, facts: readonly Fact[], context: NextContext): Plan {
  const view = factView(facts, protocol.facts, context.now);
  const terminal = terminalEnd(protocol, view);
  if (terminal) return ended(protocol, facts, context, terminal);
  const evaluated = evaluateAll(protocol, view, context);
  const completed = completedEnd(protocol, evaluated);
  if (completed) return ended(protocol, facts, context, completed);
  const wakes = [...evaluated.values()].flatMap((step) => step.wakes);
  const steps = [...evaluated.values()].map((step) => step.planned);
  return { ...outlineOf(protocol, steps, view), wakeAt: earliest([view.nextAt, ...wakes]) ?? null };
}

/** The plan as it stood at its end, for good: neither time nor what is told of later instants changes it. */
function ended(protocol: Protocol, facts: readonly Fact[], context: NextContext, last: PlanEnd): Plan {
  const view = factView(facts, protocol.facts, last.at);
  const evaluated = evaluateAll(protocol, view, { ...context, now: last.at });
  const end = completedEnd(protocol, evaluated) ?? last;
  const steps = [...evaluated.values()].map((step) => stopped(step.planned, end));
  return { ...outlineOf(protocol, steps, view), end, wakeAt: null };
}

function outlineOf(protocol: Protocol, steps: readonly PlannedStep[], view: FactView): Omit<Plan, 'wakeAt'> {
  const announced = view.all('disclosure.announced')[0];
  return {
    steps,
    milestones: steps.flatMap((step) => milestoneOf(protocol, step)),
    disclosure: announced ? 'ANNOUNCED' : 'SUSPICION',
    ...(announced ? { announcedAt: announced.at } : {}),
  };
}

/** Every occurrence of every step, each evaluated once, in the order of the document. */
function evaluateAll(protocol: Protocol, view: FactView, context: NextContext): ReadonlyMap<string, Evaluated> {
  const clock: Clock = { now: context.now, timeZone: context.timeZone, holidays: context.holidays };
  const found = new Map<string, Evaluated>();
  const stepOf = (id: string) => {
    const step = protocol.steps.get(id);
    invariant(step, `step ${id} is not in a checked protocol`);
    return step;
  };
  const evaluate = (key: string): Evaluated => {
    const known = found.get(key);
    if (known) return known;
    const [id = key, number] = key.split('#');
    const fresh = evaluateStep(stepOf(id), { key, occurrence: Number(number ?? 1) }, evaluation);
    found.set(key, fresh);
    return fresh;
  };
  const passed = (key: string): Reached => evaluate(key).passed;
  const evaluation: Evaluation = { clock, enrolledAt: context.enrolledAt, view, stepOf, passed };
  const keys = [...protocol.steps.values()].flatMap(keysOf);
  return new Map(keys.map((key) => [key, evaluate(key)]));
}

/** The earliest terminal fact; for one instant, the first in the document. */
function terminalEnd(protocol: Protocol, view: FactView): PlanEnd | undefined {
  return protocol.ends
    .flatMap((end): PlanEnd[] => {
      const fact = end.status === 'COMPLETED' ? undefined : view.all(end.fact)[0];
      return fact ? [{ status: end.status, at: fact.at, factId: fact.id }] : [];
    })
    .sort((a, b) => epochOf(a.at) - epochOf(b.at))[0];
}

/** The first of the last steps that was done. */
function completedEnd(protocol: Protocol, evaluated: ReadonlyMap<string, Evaluated>): PlanEnd | undefined {
  return protocol.ends
    .flatMap((end): PlanEnd[] => {
      const last = end.status === 'COMPLETED' ? evaluated.get(end.after)?.planned : undefined;
      if (last?.status !== 'done' || last.doneAt === undefined) return [];
      return [{ status: 'COMPLETED', at: last.doneAt, factId: last.doneBy ?? '' }];
    })
    .sort((a, b) => epochOf(a.at) - epochOf(b.at))[0];
}

function stopped(step: PlannedStep, end: PlanEnd): PlannedStep {
  if (step.status === 'done' || step.status === 'not-applicable' || step.status === 'missed') return step;
  const rule = `end: ${end.status.toLowerCase()}`;
  return { ...step, status: 'stopped', waitingFor: [], reason: { rule, facts: [end.factId] } };
}

function milestoneOf(protocol: Protocol, planned: PlannedStep): Plan['milestones'] {
  const step = protocol.steps.get(planned.stepId)?.document;
  if (step?.kind !== 'milestone' || planned.status !== 'done' || planned.doneAt === undefined) return [];
  return [{ id: step.milestone, at: planned.doneAt, stepKey: planned.key }];
}
