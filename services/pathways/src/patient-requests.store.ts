import { type Aggregate, effect } from '@ariane/store';
import { tasks } from './aggregates.store';
import {
  patientRequest,
  type PatientRequest,
  type RequestCommand,
  type RequestEvent,
  requestTitles,
} from './patient-request';

/** What patients ask of their team; each is a task of who coordinates, opened and done in the same transaction. */
export const patientRequests: Aggregate<PatientRequest, RequestCommand, RequestEvent> = {
  ...patientRequest,
  name: 'patient-request',
  collection: 'patientRequests',
  facts: {},
  subject: ({ pathwayId }) => pathwayId,
  patient: ({ patientId }) => patientId,
  sealed: ['text', 'answer'],
  indexes: [{ keys: { pathwayId: 1 } }, { keys: { taskId: 1 } }],
  follow(event, { taskId, pathwayId, patientId, kind, id, ownerId, dueAt }) {
    if (event.type === 'PatientAnswered') {
      const { by, at: now } = event.data;
      return [effect(tasks, taskId, { type: 'CompleteTask', by, now })];
    }
    const about = { id: taskId, pathwayId, patientId, stepKey: `patient-request-${id}`, dueAt };
    const task = { ...about, kind: 'task', title: requestTitles[kind], role: 'coordinator', outcomes: [] } as const;
    const owned = ownerId === undefined ? {} : { ownerId };
    return [effect(tasks, taskId, { type: 'OpenTask', ...task, ...owned })];
  },
};
