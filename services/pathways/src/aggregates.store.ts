import { foreseesFistula } from '@ariane/clinical-rules';
import { pathwaysEvents } from '@ariane/contracts';
import { uuidv5 } from '@ariane/kernel';
import type { Fact } from '@ariane/protocol';
import { type Aggregate, type Effect, effect } from '@ariane/store';
import { alerts } from './alerts.store';
import { placeWork } from './duties.store';
import { organisation, type Organisation, type OrganisationEvent, type RegisterOrganisation } from './organisation';
import type { Pathway, PathwayCommand, PathwayEvent } from './pathway';
import { pathwayDecider } from './pathway-decider';
import { type Follow, followPathway } from './pathway-follow';
import { patient, type Patient, type PatientCommand, type PatientEvent } from './patient';
import { patientFactsOf } from './patient-facts';
import { toldElsewhere } from './elsewhere';
import {
  paymentContract,
  type PaymentContract,
  type PaymentContractCommand,
  type PaymentContractEvent,
} from './payment-contract';
import { practitioner, type Practitioner, type PractitionerEvent, type RegisterPractitioner } from './practitioner';
import { protocolVersion, type ProtocolCommand, type ProtocolEvent, type ProtocolVersion } from './protocol-version';
import { planner } from './protocols.store';
import { task, type Task, type TaskCommand, type TaskEvent } from './task';
import { seePlan, seeTask } from './works.store';

const {
  PatientRegistered,
  PatientTraitsCorrected,
  ConditionRecorded,
  MeasurementRecorded,
  PractitionerRegistered,
  OrganisationRegistered,
  TaskOpened,
  TaskDone,
  TaskCancelled,
  TaskReassigned,
  PathwayEnrolled,
  FactRecorded,
  StepDue,
  StepDone,
  StepLate,
  StepDropped,
  DisclosureAnnounced,
  MilestoneReached,
  PathwayClosed,
  CareTeamMemberAdded,
  CareTeamMemberLeft,
  PlanChanged,
  PlanChangeWithdrawn,
  FactWithdrawn,
  PathwayReopened,
  PathwayMigrated,
  ProtocolPublished,
  ProtocolActivated,
} = pathwaysEvents;

export const patients: Aggregate<Patient, PatientCommand, PatientEvent> = {
  name: 'patient',
  collection: 'patients',
  ...patient,
  facts: { PatientRegistered, PatientTraitsCorrected, ConditionRecorded, MeasurementRecorded },
  subject: (_state, _event, id) => id,
  patient: ({ id }) => id,
  sealed: ['familyName', 'givenNames', 'birthDate', 'sex', 'language', 'identifiers'],
  indexes: [
    // A person without identifier claims none; an empty list would otherwise be one value that all share.
    { keys: { identifierHashes: 1 }, unique: true, partial: { 'identifierHashes.0': { $exists: true } } },
  ],
  follow: followPatient,
};

/** A person's pathways are told what they need of the person when they begin, and of what is added later. */
function followPatient(event: PatientEvent, state: Patient): readonly Effect[] {
  const told = (pathwayIds: readonly string[]) =>
    pathwayIds.map((id) => effect(pathways, id, { type: 'FoldPatient', ...patientFactsOf(state, id) }));
  const active = state.pathways.filter((one) => one.active).map(({ pathwayId }) => pathwayId);
  switch (event.type) {
    case 'PathwayLinked':
      return told([event.data.pathwayId]);
    case 'MeasurementRecorded':
    case 'PatientTraitsCorrected':
      return told(active);
    case 'ConditionRecorded':
      return foreseesFistula(event.data.code) ? told(active) : [];
    case 'FactShared': {
      const others = active.filter((id) => id !== event.data.pathwayId);
      return others.map((id) => effect(pathways, id, { type: 'FoldFacts', facts: [toldElsewhere(event.data)] }));
    }
    default:
      return [];
  }
}

export const practitioners: Aggregate<Practitioner, RegisterPractitioner, PractitionerEvent> = {
  name: 'practitioner',
  collection: 'practitioners',
  ...practitioner,
  facts: { PractitionerRegistered },
  subject: (_state, _event, id) => id,
  sealed: ['rpps', 'name'],
  indexes: [{ keys: { roles: 1 } }, { keys: { specialties: 1 } }],
};

export const organisations: Aggregate<Organisation, RegisterOrganisation, OrganisationEvent> = {
  name: 'organisation',
  collection: 'organisations',
  ...organisation,
  facts: { OrganisationRegistered },
  subject: (_state, _event, id) => id,
};

export const paymentContracts: Aggregate<PaymentContract, PaymentContractCommand, PaymentContractEvent> = {
  name: 'payment-contract',
  collection: 'paymentContracts',
  ...paymentContract,
  facts: {},
  subject: (_state, _event, id) => id,
  indexes: [{ keys: { protocols: 1 } }],
};

export const protocolVersions: Aggregate<ProtocolVersion, ProtocolCommand, ProtocolEvent> = {
  name: 'protocol',
  collection: 'protocols',
  ...protocolVersion,
  facts: { ProtocolPublished, ProtocolActivated },
  subject: (_state, _event, id) => id,
  indexes: [{ keys: { 'protocol.id': 1 } }],
};

export const pathways: Aggregate<Pathway, PathwayCommand, PathwayEvent> = {
  name: 'pathway',
  collection: 'pathways',
  ...pathwayDecider(planner),
  facts: {
    PathwayEnrolled,
    FactRecorded,
    StepDue,
    StepDone,
    StepLate,
    StepDropped,
    DisclosureAnnounced,
    MilestoneReached,
    PathwayClosed,
    CareTeamMemberAdded,
    CareTeamMemberLeft,
    PlanChanged,
    PlanChangeWithdrawn,
    FactWithdrawn,
    PathwayReopened,
    PathwayMigrated,
  },
  subject: (_state, _event, id) => id,
  patient: ({ patientId }) => patientId,
  // What people wrote of a patient in their own words, and the reasons they gave.
  sealed: ['person', 'changes', 'withdrawn', 'migrations'],
  indexes: [
    { keys: { patientId: 1, status: 1 } },
    // With the id at its end, so that a page of the list reads as many as it shows and no others.
    { keys: { 'team.practitionerId': 1, status: 1, _id: 1 } },
    { keys: { 'protocol.id': 1, status: 1 } },
  ],
  follow: (event, state) => [...followPathway(planner, event, state).map(effectOf), ...seePlan(event, state)],
};

export const tasks: Aggregate<Task, TaskCommand, TaskEvent> = {
  name: 'task',
  collection: 'tasks',
  ...task,
  facts: { TaskOpened, TaskDone, TaskCancelled, TaskReassigned },
  subject: ({ pathwayId }) => pathwayId,
  patient: ({ patientId }) => patientId,
  indexes: [{ keys: { ownerId: 1, status: 1 } }, { keys: { pathwayId: 1, status: 1 } }],
  follow: (event, state, _id, territory) => [...followTask(event, state, territory), ...seeTask(event, state)],
};

/** What a done task is as a fact, by its kind. */
const taskFacts = { task: 'task.done', questionnaire: 'questionnaire.answered', document: 'document.signed' } as const;

/** The task's end is a fact of the pathway, unless the step was what ended it. */
function followTask(event: TaskEvent, state: Task, territory: string): readonly Effect[] {
  if (event.type === 'TaskPlacementAsked') {
    const work = {
      kind: 'task' as const,
      id: state.id,
      ...(state.ownerId === undefined ? {} : { ownerId: state.ownerId }),
    };
    return [placeWork(territory, work, event.data.placement)];
  }
  if (event.type !== 'TaskDone' || state.settledByStep === true) return [];
  const { doneBy: by, doneAt: at, outcome } = event.data;
  const fact: Fact = {
    id: uuidv5(state.id, 'done'),
    code: taskFacts[state.kind],
    at,
    by,
    stepKey: state.stepKey,
    ...(outcome === undefined ? {} : { value: outcome }),
  };
  return [effect(pathways, state.pathwayId, { type: 'FoldFacts', facts: [fact] })];
}

function effectOf(follow: Follow): Effect {
  switch (follow.to) {
    case 'task':
      return effect(tasks, follow.id, follow.command);
    case 'alert':
      return effect(alerts, follow.id, follow.command);
    case 'patient':
      return effect(patients, follow.id, follow.command);
    case 'pathway':
      return effect(pathways, follow.id, follow.command);
  }
}
