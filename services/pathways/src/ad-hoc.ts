import { epochOf, nextSecond } from '@ariane/kernel';
import type { Fact, Plan, PlannedStep, StepDocument } from '@ariane/protocol';
import { plannedAddition, statusAt } from './added-step';
import { isOpen } from './open-step';
import { type ChangedDates, isAddition, type PlanChange, standing } from './plan-change';

/** What the changes of people are laid over the protocol's plan with. */
export interface Overlay {
  readonly facts: readonly Fact[];
  readonly now: string;
  readonly documentOf: (key: string) => StepDocument | undefined;
}

/**
 * The protocol's plan with what people changed of it: steps added or repeated come after the protocol's own, moved ones
 * have the dates they were given. A skipped step needs nothing here: its waiver is a fact that `next` reads. What `next`
 * said stays the protocol's only rule: the steps that follow a moved one are dated from when it really happens.
 */
export function withChanges(plan: Plan, changes: readonly PlanChange[] | undefined, overlay: Overlay): Plan {
  const current = standing(changes);
  if (current.length === 0) return plan;
  // A plan that has ended stands as it was at its end.
  const now = plan.end?.at ?? overlay.now;
  const moved = new Map(current.flatMap((one) => (one.change === 'moved' ? [[one.stepKey, one] as const] : [])));
  const added = current.filter(isAddition).flatMap((addition): PlannedStep[] => {
    const document = overlay.documentOf(addition.stepKey);
    const dates = moved.get(addition.stepKey)?.dates ?? addition.dates;
    const step = document && plannedAddition(addition, document, dates, { facts: overlay.facts, now });
    return step === undefined ? [] : [plan.end === undefined ? step : stopped(step, plan.end)];
  });
  const own = plan.steps.map((step) => {
    const change = moved.get(step.key);
    return change === undefined ? step : movedStep(step, change, now);
  });
  if (plan.end !== undefined) return { ...plan, steps: [...own, ...added] };
  const touched = [...own.filter(({ key }) => moved.has(key)), ...added];
  return { ...plan, steps: [...own, ...added], wakeAt: firstOf([plan.wakeAt, ...touched.flatMap(wakesOf(now))]) };
}

/** New dates for a step that is still to do. What it waits for, it goes on waiting for. */
function movedStep(step: PlannedStep, { id, dates }: PlanChange & { dates: ChangedDates }, now: string): PlannedStep {
  const isOverdue = step.status === 'missed' && epochOf(now) <= epochOf(dates.latest);
  if (!isOpen(step) && !isOverdue) return step;
  const given = { ...step, ...dates };
  const reason = { rule: `person: moved; ${step.reason.rule}`, facts: [...step.reason.facts, id] };
  if (step.waitingFor.length === 0) return { ...given, status: statusAt(now, given), reason };
  // What it follows has not happened: its time cannot have passed yet.
  const hasBegun = step.dueFrom !== undefined;
  return { ...given, status: hasBegun && statusAt(now, given) === 'late' ? 'late' : 'waiting', reason };
}

function stopped(step: PlannedStep, end: NonNullable<Plan['end']>): PlannedStep {
  if (step.status === 'done' || step.status === 'not-applicable') return step;
  return { ...step, status: 'stopped', reason: { rule: `end: ${end.status.toLowerCase()}`, facts: [end.factId] } };
}

/** When a step's state changes by time alone. */
const wakesOf =
  (now: string) =>
  ({ status, dueFrom, latest }: PlannedStep): readonly string[] =>
    (status === 'waiting' || status === 'due' ? [dueFrom, latest && nextSecond(latest)] : []).flatMap((at) =>
      at !== undefined && at !== '' && epochOf(at) > epochOf(now) ? [at] : [],
    );

const firstOf = (instants: readonly (string | null)[]): string | null =>
  instants.reduce((first, at) => (first === null || (at !== null && epochOf(at) < epochOf(first)) ? at : first), null);

/**
 * Steps that were dropped, or stopped by an end since taken back, and that go on: what was asked for then has been cancelled, so
 * they are asked for as one attempt more.
 */
export function withResumed(plan: Plan, resumed: Readonly<Record<string, number>> | undefined): Plan {
  if (resumed === undefined) return plan;
  const steps = plan.steps.map((step) => ({ ...step, attempt: step.attempt + (resumed[step.key] ?? 0) }));
  return { ...plan, steps };
}

/** A visit that was called off because the pathway had ended, or its step, is no failed attempt of the patient's. */
export const isOwnStop = ({ code, value }: Fact): boolean =>
  code === 'appointment.cancelled' && (value === 'pathway-closed' || value === 'step-dropped');
