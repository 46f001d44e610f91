import { type Aggregate, effect } from '@ariane/store';
import { tasks } from './aggregates.store';
import { type AskTeam, patientRequest, type PatientRequest, requestTitles, type TeamAsked } from './patient-request';

/** What patients ask of their team; each is a task of who coordinates, in the same transaction. */
export const patientRequests: Aggregate<PatientRequest, AskTeam, TeamAsked> = {
  ...patientRequest,
  name: 'patient-request',
  collection: 'patientRequests',
  facts: {},
  subject: ({ pathwayId }) => pathwayId,
  patient: ({ patientId }) => patientId,
  sealed: ['text'],
  indexes: [{ keys: { pathwayId: 1 } }],
  follow(_event, { taskId, pathwayId, patientId, kind, id, ownerId, dueAt }) {
    const about = { id: taskId, pathwayId, patientId, stepKey: `patient-request-${id}`, dueAt };
    const task = { ...about, kind: 'task', title: requestTitles[kind], role: 'coordinator', outcomes: [] } as const;
    const owned = ownerId === undefined ? {} : { ownerId };
    return [effect(tasks, taskId, { type: 'OpenTask', ...task, ...owned })];
  },
};
