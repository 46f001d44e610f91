import { epochOf, type HolidayTerritory } from '@ariane/kernel';
import { earliest } from './condition';
import { type EvaluatedPlan, evaluateAll } from './evaluate-plan';
import type { Fact } from './fact';
import { factView, type FactView } from './fact-view';
import type { Plan, PlanEnd, PlannedStep } from './plan';
import { hasValue } from './progress';
import type { Protocol } from './protocol';

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
  return openPlan(protocol, evaluated, view);
}

/** The plan of a pathway that goes on. */
export function openPlan(protocol: Protocol, evaluated: EvaluatedPlan, view: FactView): Plan {
  const wakes = evaluated.occurrences.flatMap((step) => step.wakes);
  const steps = evaluated.occurrences.map((step) => step.planned);
  return {
    ...outlineOf(protocol, steps, view),
    ...conflictsOf(evaluated),
    wakeAt: earliest([view.nextAt, ...wakes]) ?? null,
  };
}

/** The plan as it stood at its end, for good: neither time nor what is told of later instants changes it. */
function ended(protocol: Protocol, facts: readonly Fact[], context: NextContext, last: PlanEnd): Plan {
  const view = factView(facts, protocol.facts, last.at);
  return closedPlan(protocol, evaluateAll(protocol, view, { ...context, now: last.at }), view, last);
}

/** @param evaluated at the instant of the end, on the facts that were true by then */
export function closedPlan(protocol: Protocol, evaluated: EvaluatedPlan, view: FactView, last: PlanEnd): Plan {
  const end = completedEnd(protocol, evaluated) ?? last;
  const steps = evaluated.occurrences.map((step) => stopped(step.planned, end));
  return { ...outlineOf(protocol, steps, view), end, wakeAt: null };
}

const conflictsOf = ({ conflicts }: EvaluatedPlan): Pick<Plan, 'conflicts'> =>
  conflicts.length > 0 ? { conflicts } : {};

function outlineOf(protocol: Protocol, steps: readonly PlannedStep[], view: FactView): Omit<Plan, 'wakeAt'> {
  const announced = view.all('disclosure.announced')[0];
  return {
    steps,
    milestones: steps.flatMap((step) => milestoneOf(protocol, step)),
    disclosure: announced ? 'ANNOUNCED' : 'SUSPICION',
    ...(announced ? { announcedAt: announced.at } : {}),
  };
}

/** The earliest terminal fact; for one instant, the first in the document. */
export function terminalEnd(protocol: Protocol, view: FactView): PlanEnd | undefined {
  return protocol.ends
    .flatMap((end): PlanEnd[] => {
      if (end.status === 'COMPLETED') return [];
      const fact = view.all(end.fact).find((told) => hasValue(end, told));
      return fact ? [{ status: end.status, at: fact.at, factId: fact.id }] : [];
    })
    .sort((a, b) => epochOf(a.at) - epochOf(b.at))[0];
}

/** The first of the last steps that was done; of a repeated one, its last occurrence. */
export function completedEnd(protocol: Protocol, evaluated: Pick<EvaluatedPlan, 'lastOf'>): PlanEnd | undefined {
  return protocol.ends
    .flatMap((end): PlanEnd[] => {
      if (end.status !== 'COMPLETED') return [];
      const last = evaluated.lastOf(end.after);
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
