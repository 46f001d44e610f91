import { canonicalJson, invariant } from '@ariane/kernel';
import type { Plan, PlannedStep, StepDocument } from '@ariane/protocol';
import { askFor, askedFor } from './asks';
import type { Ask, Now, Pathway, PathwayEvent, StepEnd, StepRecord } from './pathway';
import { sortable } from './pathway-time';
import { hostOf } from './shared-visit';

/**
 * Compares the plan with what was planned and told before: what is due, done, late or dropped is told once each, and
 * what other services must be asked for stays outstanding until they have answered. The same plan again changes nothing.
 *
 * @param documentOf what the pinned protocol says of a step
 */
export function advance(
  pathway: Pathway,
  plan: Plan,
  now: Now,
  documentOf: (key: string) => StepDocument | undefined,
): readonly PathwayEvent[] {
  if (pathway.status !== 'ACTIVE') return [];
  const before = new Map(pathway.steps.map((step) => [step.key, step]));
  const told = plan.steps.map((planned) => tell(pathway, planned, before.get(planned.key), now));
  const gone = vanished(pathway, plan);
  const early = plan.end ? [] : told.flatMap(({ early: step }) => step ?? []);
  const steps = [...told.map(({ step }) => step), ...gone.filter(({ toldEnd }) => toldEnd === 'done')];
  const asks = plan.end ? [] : outstanding(pathway, told, now, documentOf);
  const wakeAt = plan.wakeAt === null ? null : sortable(plan.wakeAt);
  const facts = [...told.flatMap(({ events }) => events), ...turningPoints(pathway, plan)];
  const dropped = [
    ...gone.filter(({ toldEnd }) => toldEnd === undefined).flatMap((step) => goneEvents(pathway, step, 'vanished')),
    ...early.flatMap((step) => goneEvents(pathway, step, 'not-yet')),
  ];
  const same =
    facts.length + dropped.length === 0 &&
    wakeAt === pathway.wakeAt &&
    canonicalJson(steps) === canonicalJson(pathway.steps);
  if (pathway.settled && same) return [];
  return [...dropped, { type: 'PlanKept', data: { steps, asks, wakeAt, plannedAt: now.care } }, ...facts];
}

/** Steps of the plan before that another version, or who had added them, no longer has. What was done stays. */
function vanished(pathway: Pathway, plan: Plan): readonly StepRecord[] {
  const current = new Set(plan.steps.map(({ key }) => key));
  return pathway.steps.filter(({ key }) => !current.has(key));
}

/** Told while the record is still there, so that its task and alerts can be found. */
function goneEvents(pathway: Pathway, step: StepRecord, reason: 'vanished' | 'not-yet'): readonly PathwayEvent[] {
  const about = { pathwayId: pathway.id, patientId: pathway.patientId, stepKey: step.key };
  if (step.kind === 'milestone') return [];
  return [{ type: 'StepDropped', data: { ...about, reason, ...askedFor(pathway, step) } }];
}

interface Told {
  readonly step: StepRecord;
  readonly events: readonly PathwayEvent[];
  /** True when this very attempt has just become due. */
  readonly due: boolean;
  /** The step as it was asked for, where what it follows has come back: what was asked for is called off. */
  readonly early?: StepRecord;
}

const endOf = (status: PlannedStep['status']): StepEnd | undefined =>
  status === 'done' || status === 'missed' || status === 'not-applicable' || status === 'stopped' ? status : undefined;

/** Due or late, and nothing missing: somebody can do it now. A milestone is reached, never asked for. */
const isActionable = ({ status, waitingFor, kind }: PlannedStep | StepRecord): boolean =>
  (status === 'due' || status === 'late') && waitingFor.length === 0 && kind !== 'milestone';

/** It had been told as due, and waits now for another step that was done and is so no longer. */
const isEarly = ({ status, attempt, waitingFor }: PlannedStep, before: StepRecord): boolean =>
  status === 'waiting' &&
  waitingFor.some((one) => one.startsWith('step:')) &&
  (before.status === 'due' || before.status === 'late') &&
  before.toldDue === attempt;

function tell(pathway: Pathway, planned: PlannedStep, before: StepRecord | undefined, now: Now): Told {
  if (before !== undefined && isEarly(planned, before)) return toldEarly(planned, before);
  const due = isActionable(planned) && (before?.toldDue ?? 0) < planned.attempt;
  const late = planned.status === 'late' && (before?.toldLate ?? 0) < planned.attempt;
  const end = endOf(planned.status);
  const step = recordOf(planned, {
    toldDue: due ? planned.attempt : (before?.toldDue ?? 0),
    toldLate: late ? planned.attempt : (before?.toldLate ?? 0),
    ...(end === undefined ? {} : { toldEnd: end }),
    ...(before?.moves === undefined ? {} : { moves: before.moves }),
  });
  const about = { pathwayId: pathway.id, patientId: pathway.patientId, stepKey: planned.key };
  const events: PathwayEvent[] = [];
  if (due) events.push({ type: 'StepDue', data: { ...about, ...dueOf(step, now) } });
  if (late && planned.latest !== undefined)
    events.push({ type: 'StepLate', data: { ...about, latest: planned.latest } });
  if (end !== undefined && end !== before?.toldEnd) events.push(...endEvents(pathway, planned, end, step));
  return { step, events, due };
}

/** Whoever asks for it anew asks for one attempt more, as the plan will count it from now on. */
function toldEarly(planned: PlannedStep, before: StepRecord): Told {
  const { toldDue, toldLate, moves } = before;
  const next = { ...planned, attempt: planned.attempt + 1 };
  const step = recordOf(next, { toldDue, toldLate, ...(moves === undefined ? {} : { moves }) });
  return { step, events: [], due: false, early: before };
}

const dueOf = ({ kind, attempt, role, dueFrom, target, latest }: StepRecord, now: Now) => ({
  kind,
  attempt,
  role,
  dueFrom: dueFrom ?? now.care,
  ...(target === undefined ? {} : { target }),
  ...(latest === undefined ? {} : { latest }),
});

function endEvents(pathway: Pathway, planned: PlannedStep, end: StepEnd, step: StepRecord): readonly PathwayEvent[] {
  if (planned.kind === 'milestone') return [];
  const about = { pathwayId: pathway.id, patientId: pathway.patientId, stepKey: planned.key };
  if (end !== 'done') {
    // A visit after its time may still take place, and what a terminal fact stops ends with the pathway.
    const asked = end === 'not-applicable' ? askedFor(pathway, step) : {};
    return [{ type: 'StepDropped', data: { ...about, reason: end, ...asked } }];
  }
  invariant(planned.doneAt !== undefined && planned.doneBy !== undefined, 'a step that is done has its fact');
  return [{ type: 'StepDone', data: { ...about, doneAt: planned.doneAt, factId: planned.doneBy } }];
}

function recordOf(
  planned: PlannedStep,
  told: Pick<StepRecord, 'toldDue' | 'toldLate' | 'toldEnd' | 'moves'>,
): StepRecord {
  const { key, kind, role, status, attempt, mandatory, waitingFor, reason } = planned;
  const dates = { dueFrom: planned.dueFrom, target: planned.target, latest: planned.latest };
  const done = { doneAt: planned.doneAt, doneBy: planned.doneBy };
  const known = Object.fromEntries(Object.entries({ ...dates, ...done }).filter(([, value]) => value !== undefined));
  return { key, kind, role, status, attempt, mandatory, waitingFor, reason, ...known, ...told };
}

/** The asks not yet answered whose attempt is still to be done, and those of the steps that have just become due. */
function outstanding(
  pathway: Pathway,
  told: readonly Told[],
  now: Now,
  documentOf: (key: string) => StepDocument | undefined,
): readonly Ask[] {
  const byKey = new Map(told.map((one) => [one.step.key, one.step]));
  const kept = pathway.asks.filter(({ stepKey, attempt }) => {
    const step = byKey.get(stepKey);
    return step !== undefined && step.attempt === attempt && endOf(step.status) === undefined;
  });
  const fresh = told.flatMap(({ step, due }) => {
    const document = due && !hostOf(pathway, step.key) ? documentOf(step.key) : undefined;
    const ask = document && askFor(pathway, step, document, now);
    return ask === undefined ? [] : [ask];
  });
  return [...kept, ...fresh];
}

/** The announcement, the milestones and the end: of the whole pathway, in the order in which they are paid. */
function turningPoints(pathway: Pathway, plan: Plan): readonly PathwayEvent[] {
  const about = { pathwayId: pathway.id, patientId: pathway.patientId };
  const events: PathwayEvent[] = [];
  if (plan.announcedAt !== undefined && pathway.disclosure === 'SUSPICION') {
    events.push({ type: 'DisclosureAnnounced', data: { ...about, announcedAt: plan.announcedAt } });
  }
  for (const { id, at, stepKey } of plan.milestones) {
    if (pathway.milestones.includes(id)) continue;
    events.push({ type: 'MilestoneReached', data: { ...about, milestone: id, reachedAt: at, stepKey } });
  }
  if (plan.end)
    events.push({ type: 'PathwayClosed', data: { ...about, status: plan.end.status, closedAt: plan.end.at } });
  return events;
}
