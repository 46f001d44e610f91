import { uuidv5 } from '@ariane/kernel';
import type { StepDocument } from '@ariane/protocol';
import type { AlertCommand } from './alert';
import { stepIdFor } from './asks';
import { coordinatorOf, type Member, ownerOf } from './care-team';
import type { Pathway, PathwayEvent, Planner, StepRecord } from './pathway';
import { dayOf } from './pathway-time';
import type { PatientCommand } from './patient';
import type { TaskCommand } from './task';

/** A command that an event of the pathway brings about on another aggregate of this service. */
export type Follow =
  | { readonly to: 'task'; readonly id: string; readonly command: TaskCommand }
  | { readonly to: 'alert'; readonly id: string; readonly command: AlertCommand }
  | { readonly to: 'patient'; readonly id: string; readonly command: PatientCommand };

/** The id of the alert that says a step's attempt is late. */
export const lateAlertId = (pathwayId: string, stepKey: string, attempt: number): string =>
  uuidv5(pathwayId, `${stepKey}/${attempt}/late`);

/** Tier 2: to be seen today. Nothing here is an emergency of care, which goes by 15, 112 or 114. */
const TIER = 2;

/** What must commit with an event of a pathway or not at all. */
export function followPathway(planner: Planner, event: PathwayEvent, pathway: Pathway): readonly Follow[] {
  switch (event.type) {
    case 'PathwayEnrolled': {
      const command = { type: 'LinkPathway', pathwayId: pathway.id, protocolId: pathway.protocol.id } as const;
      return [{ to: 'patient', id: pathway.patientId, command }];
    }
    case 'StepDue':
      return taskOf(planner, pathway, event.data.stepKey);
    case 'StepLate':
      return alertOf(planner, pathway, event.data.stepKey, event.data.latest);
    case 'StepDone':
      return doneOf(pathway, event.data);
    case 'StepDropped':
      return endOf(pathway, event.data.stepKey, 'step-dropped', today(pathway));
    case 'CareTeamMemberLeft':
      return reowned(planner, pathway, event.data);
    case 'AskRefused':
      return refusedAlert(pathway, event.data);
    case 'ParkedKeyNoticed':
      return parkedAlert(pathway, event.data);
    case 'PathwayClosed':
      return [
        ...pathway.steps.flatMap(({ key }) => endOf(pathway, key, 'pathway-closed', event.data.closedAt)),
        { to: 'patient', id: pathway.patientId, command: { type: 'UnlinkPathway', pathwayId: pathway.id } },
      ];
    default:
      return [];
  }
}

const stepAt = (pathway: Pathway, key: string): StepRecord | undefined =>
  pathway.steps.find((step) => step.key === key);

const isTaskStep = (step: StepRecord | undefined): step is StepRecord =>
  step?.kind === 'task' || step?.kind === 'questionnaire' || step?.kind === 'document';

const opensTask = (
  document: StepDocument | undefined,
): document is StepDocument & { kind: 'task' | 'questionnaire' | 'document' } =>
  document?.kind === 'task' || document?.kind === 'questionnaire' || document?.kind === 'document';

const ownerIn = (pathway: Pathway, roles: readonly string[], at: string): Member | undefined =>
  ownerOf(pathway.team, roles, dayOf(pathway, at));

/** When the plan was last read: the team of that day owns what the plan opens. */
const today = (pathway: Pathway): string => pathway.plannedAt ?? pathway.enrolledAt;

function taskOf(planner: Planner, pathway: Pathway, stepKey: string): readonly Follow[] {
  const document = planner.step(pathway.protocol, stepKey);
  const step = stepAt(pathway, stepKey);
  if (step === undefined || !opensTask(document)) return [];
  const id = stepIdFor(pathway.id, stepKey, step.attempt);
  const owner = ownerIn(pathway, [document.role, ...(document.deputies ?? [])], today(pathway));
  const dueAt = step.latest ?? step.target;
  const opened: Follow = {
    to: 'task',
    id,
    command: {
      type: 'OpenTask',
      id,
      pathwayId: pathway.id,
      patientId: pathway.patientId,
      kind: document.kind,
      stepKey,
      title: document.label.fr,
      role: document.role,
      outcomes: document.outcomes ?? [],
      ...(owner === undefined ? {} : { ownerId: owner.practitionerId }),
      ...(dueAt === undefined ? {} : { dueAt }),
    },
  };
  const before = step.attempt - 1;
  const cancelled: Follow = {
    to: 'task',
    id: stepIdFor(pathway.id, stepKey, before),
    command: { type: 'CancelTask', reason: 'new-attempt' },
  };
  return before > 0 ? [cancelled, opened] : [opened];
}

function alertOf(planner: Planner, pathway: Pathway, stepKey: string, latest: string): readonly Follow[] {
  const document = planner.step(pathway.protocol, stepKey);
  const step = stepAt(pathway, stepKey);
  if (step === undefined || document === undefined || document.kind === 'milestone') return [];
  const owner = ownerIn(pathway, [document.late.owner], today(pathway));
  const id = lateAlertId(pathway.id, stepKey, step.attempt);
  return [raised(pathway, id, { reason: 'step-late', stepKey, raisedAt: latest, text: document.late.title.fr }, owner)];
}

function parkedAlert(
  pathway: Pathway,
  { eventId, producer, consumer, at }: Extract<PathwayEvent, { type: 'ParkedKeyNoticed' }>['data'],
): readonly Follow[] {
  const owner = coordinatorOf(pathway.team, dayOf(pathway, at));
  const text = `Une information de ${producer} n’a pas pu être prise en compte par ${consumer}.`;
  return [
    raised(
      pathway,
      uuidv5(pathway.id, `parked/${consumer}/${eventId}`),
      { reason: 'event-parked', raisedAt: at, text },
      owner,
    ),
  ];
}

function refusedAlert(
  pathway: Pathway,
  { askId, service, stepKey, code, at }: Extract<PathwayEvent, { type: 'AskRefused' }>['data'],
): readonly Follow[] {
  const owner = coordinatorOf(pathway.team, dayOf(pathway, at));
  const text = `${service} n’a pas accepté ce que le parcours demandait (${code}).`;
  const about = { reason: 'ask-refused', raisedAt: at, text, stepKey };
  return [raised(pathway, uuidv5(askId, 'refused'), about, owner)];
}

function raised(
  pathway: Pathway,
  id: string,
  about: { reason: string; raisedAt: string; text: string; stepKey?: string },
  owner: Member | undefined,
): Follow {
  const { id: pathwayId, patientId } = pathway;
  const ownedBy = {
    ownerRole: owner?.role ?? 'coordinator',
    ...(owner === undefined ? {} : { ownerId: owner.practitionerId }),
  };
  return {
    to: 'alert',
    id,
    command: { type: 'RaiseAlert', id, pathwayId, patientId, tier: TIER, ...about, ...ownedBy },
  };
}

/** The step was done: its alerts are lifted, and a task still open is done too, by who recorded the fact. */
function doneOf(
  pathway: Pathway,
  { stepKey, doneAt, factId }: { stepKey: string; doneAt: string; factId: string },
): readonly Follow[] {
  const step = stepAt(pathway, stepKey);
  const by = pathway.facts.find(({ id }) => id === factId)?.by;
  const id = stepIdFor(pathway.id, stepKey, step?.attempt ?? 1);
  const settled: Follow = {
    to: 'task',
    id,
    command: { type: 'SettleTask', at: doneAt, ...(by === undefined ? {} : { by }) },
  };
  return [...(isTaskStep(step) ? [settled] : []), ...lifted(pathway, stepKey, 'step-done', doneAt)];
}

function endOf(pathway: Pathway, stepKey: string, reason: string, at: string): readonly Follow[] {
  const step = stepAt(pathway, stepKey);
  const isOpened = isTaskStep(step) && step.toldDue > 0;
  const id = stepIdFor(pathway.id, stepKey, step?.toldDue ?? 1);
  const cancelled: Follow = { to: 'task', id, command: { type: 'CancelTask', reason } };
  return [...(isOpened ? [cancelled] : []), ...lifted(pathway, stepKey, reason, at)];
}

/** Every attempt may have raised its own alert. */
function lifted(pathway: Pathway, stepKey: string, reason: string, at: string): readonly Follow[] {
  const attempts = stepAt(pathway, stepKey)?.toldLate ?? 0;
  return Array.from({ length: attempts }, (_, index) => ({
    to: 'alert' as const,
    id: lateAlertId(pathway.id, stepKey, index + 1),
    command: { type: 'LiftAlert' as const, reason, at },
  }));
}

/** What somebody owned when leaving goes to the next of the role, a deputy or the coordinator. */
function reowned(
  planner: Planner,
  pathway: Pathway,
  { practitionerId: from, until }: { practitionerId: string; until: string },
): readonly Follow[] {
  return pathway.steps.flatMap((step): Follow[] => {
    const document = planner.step(pathway.protocol, step.key);
    if (document === undefined || document.kind === 'milestone' || step.toldEnd !== undefined) return [];
    const owner = ownerOf(pathway.team, [document.role, ...(document.deputies ?? [])], until);
    const warned = ownerOf(pathway.team, [document.late.owner], until);
    const task: Follow[] =
      owner === undefined || step.toldDue === 0
        ? []
        : [
            {
              to: 'task',
              id: stepIdFor(pathway.id, step.key, step.toldDue),
              command: { type: 'ReownTask', from, to: owner.practitionerId },
            },
          ];
    const alert: Follow[] =
      warned === undefined || step.toldLate === 0
        ? []
        : [
            {
              to: 'alert',
              id: lateAlertId(pathway.id, step.key, step.toldLate),
              command: { type: 'ReownAlert', from, to: warned.practitionerId, role: warned.role },
            },
          ];
    return [...task, ...alert];
  });
}
