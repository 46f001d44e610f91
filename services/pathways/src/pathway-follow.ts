import { startOfDay } from '@ariane/kernel';
import type { StepDocument } from '@ariane/protocol';
import type { AlertCommand } from './alert';
import { stepIdFor } from './asks';
import { type Member, ownerOf } from './care-team';
import { isShared, withdrawnElsewhere } from './elsewhere';
import {
  lateAlert,
  lateAlertId,
  lifted,
  liftedByMove,
  parkedAlert,
  placementOf,
  refusedAlert,
  stepAt,
  workingFrom,
} from './follow-alerts';
import { omit } from './omit';
import type { NewFact, Pathway, PathwayCommand, PathwayEvent, Planner, StepRecord } from './pathway';
import { dayOf } from './pathway-time';
import type { PatientCommand } from './patient';
import { followVisit, hostOf, releasedBy, toldGuests } from './shared-visit';
import { endedByParent, enrolledForParent, toldParent } from './sub-pathway';
import type { TaskCommand } from './task';

export { lateAlertId } from './follow-alerts';

/** A command that an event of the pathway brings about on another aggregate of this service. */
export type Follow =
  | { readonly to: 'task'; readonly id: string; readonly command: TaskCommand }
  | { readonly to: 'alert'; readonly id: string; readonly command: AlertCommand }
  | { readonly to: 'patient'; readonly id: string; readonly command: PatientCommand }
  | { readonly to: 'pathway'; readonly id: string; readonly command: PathwayCommand };

/** What must commit with an event of a pathway or not at all. */
export function followPathway(planner: Planner, event: PathwayEvent, pathway: Pathway): readonly Follow[] {
  switch (event.type) {
    case 'PathwayEnrolled':
      return [linked(pathway), ...enrolledForParent(pathway)];
    case 'StepDue':
      return taskOf(planner, pathway, event.data.stepKey);
    case 'StepLate':
      return lateAlert(planner, pathway, event.data.stepKey, event.data.latest);
    case 'StepDone':
      return doneOf(pathway, event.data);
    case 'StepDropped':
      return [...droppedOf(pathway, event.data), ...followVisit(pathway, event)];
    case 'StepHosted':
    case 'AskAnswered':
    case 'ShareEnded':
      return followVisit(pathway, event);
    case 'PlanChanged':
    case 'PlanChangeWithdrawn':
      return changed(pathway, event);
    case 'PathwayReopened':
      return [linked(pathway)];
    case 'CareTeamMemberLeft':
      return reowned(planner, pathway, event.data);
    case 'FactFolded':
      if (isDeath(event.data.code)) return [registered(pathway, event.data.at)];
      return [
        ...(isShared(event.data.code) ? toldOthers(pathway, omit(event.data, 'seq')) : []),
        ...toldGuests(pathway, omit(event.data, 'seq')),
      ];
    case 'FactWithdrawn': {
      const { code, factId, at } = event.data;
      if (isDeath(code)) return [registered(pathway, undefined)];
      return isShared(code) ? toldOthers(pathway, withdrawnElsewhere(factId, at)) : [];
    }
    case 'AskRefused':
      return refusedAlert(pathway, event.data);
    case 'ParkedKeyNoticed':
      return parkedAlert(pathway, event.data);
    case 'PathwayClosed':
      return [
        ...pathway.steps.flatMap(({ key }) => endOf(pathway, key, 'pathway-closed', event.data.closedAt)),
        { to: 'patient', id: pathway.patientId, command: { type: 'UnlinkPathway', pathwayId: pathway.id } },
        ...toldParent(pathway, 'sub-protocol.closed', event.data.closedAt),
      ];
    default:
      return [];
  }
}

function changed(
  pathway: Pathway,
  { type, data }: Extract<PathwayEvent, { type: 'PlanChanged' | 'PlanChangeWithdrawn' }>,
): readonly Follow[] {
  const { change, changeId, stepKey, at } = data;
  if (change === 'moved') return liftedByMove(pathway, stepKey, at);
  return type === 'PlanChangeWithdrawn' ? releasedBy(pathway, changeId) : [];
}

const isDeath = (code: string): boolean => code === 'patient.died';

/** A death is the person's, not the pathway's: the register tells it to all of theirs, and takes no new one (H14). */
const registered = ({ patientId: id }: Pathway, deceasedAt: string | undefined): Follow => ({
  to: 'patient',
  id,
  command: { type: 'CorrectTraits', deceasedAt },
});

const linked = ({ id: pathwayId, patientId, protocol }: Pathway): Follow => ({
  to: 'patient',
  id: patientId,
  command: { type: 'LinkPathway', pathwayId, protocolId: protocol.id },
});

/** What a rule across the patient's pathways reads goes to the others by way of the patient (hazard H9). */
function toldOthers(pathway: Pathway, fact: NewFact): readonly Follow[] {
  const told = { pathwayId: pathway.id, protocolId: pathway.protocol.id, fact };
  return [{ to: 'patient', id: pathway.patientId, command: { type: 'ShareFact', ...told } }];
}

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
  const document = planner.step(pathway, stepKey);
  const step = stepAt(pathway, stepKey);
  // A questionnaire that another pathway asks for is answered there.
  if (step === undefined || !opensTask(document) || hostOf(pathway, stepKey)) return [];
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
      placement: placementOf(
        pathway,
        [document.role, ...(document.deputies ?? [])],
        workingFrom(pathway, today(pathway)),
      ),
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

const endOf = (pathway: Pathway, stepKey: string, reason: string, at: string): readonly Follow[] => [
  ...taskEnded(pathway, stepKey, reason),
  ...lifted(pathway, stepKey, reason, at),
];

function taskEnded(pathway: Pathway, stepKey: string, reason: string): readonly Follow[] {
  const step = stepAt(pathway, stepKey);
  const isOpened = isTaskStep(step) && step.toldDue > 0;
  const id = stepIdFor(pathway.id, stepKey, step?.toldDue ?? 1);
  return isOpened ? [{ to: 'task', id, command: { type: 'CancelTask', reason } }] : [];
}

/** What was asked for under the step ends with it. A late answer that is called off concerns no task and no alert. */
function droppedOf(
  pathway: Pathway,
  { stepKey, reason, asked = [] }: Extract<PathwayEvent, { type: 'StepDropped' }>['data'],
): readonly Follow[] {
  const kind = stepAt(pathway, stepKey)?.kind;
  const isSub = kind === 'sub-protocol' || (kind === undefined && reason === 'called-off');
  const ended = isSub ? endedByParent(asked, stepKey, reason, today(pathway)) : [];
  if (reason === 'shared') return taskEnded(pathway, stepKey, reason);
  return reason === 'called-off' ? ended : [...endOf(pathway, stepKey, 'step-dropped', today(pathway)), ...ended];
}

/** What somebody owned when leaving goes to the next of the role, a deputy or the coordinator. */
function reowned(
  planner: Planner,
  pathway: Pathway,
  { practitionerId: from, until }: { practitionerId: string; until: string },
): readonly Follow[] {
  const left = { reason: 'left-team', at: startOfDay(until, pathway.timeZone) };
  return pathway.steps.flatMap((step): Follow[] => {
    const document = planner.step(pathway, step.key);
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
              command: { type: 'ReownTask', from, to: owner.practitionerId, ...left },
            },
          ];
    const alert: Follow[] =
      warned === undefined || step.toldLate === 0
        ? []
        : [
            {
              to: 'alert',
              id: lateAlertId(pathway.id, step.key, step.toldLate, step.moves),
              command: { type: 'ReownAlert', from, to: warned.practitionerId, role: warned.role, ...left },
            },
          ];
    return [...task, ...alert];
  });
}
