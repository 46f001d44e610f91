import { given } from '@ariane/testing';
import { omit } from './omit';
import { task, type TaskCommand, type TaskEvent } from './task';

const about = {
  pathwayId: '01890a5d-ac96-7000-8000-000000000001',
  patientId: '01890a5d-ac96-7000-8000-000000000002',
  kind: 'task' as const,
  stepKey: 'plan-choice',
  title: 'Choix',
  role: 'SUR',
  ownerId: 'surgeon',
};
const taskId = '01890a5d-ac96-7000-8000-000000000009';
const open: TaskCommand = { type: 'OpenTask', id: taskId, ...about, outcomes: ['accepted', 'refused'] };
const opened: TaskEvent[] = [
  { type: 'TaskOpened', data: { taskId, ...about } },
  { type: 'TaskOutcomesKept', data: { outcomes: ['accepted', 'refused'] } },
];
const now = '2026-03-20T14:00:00Z';
const { pathwayId, patientId, kind, stepKey } = about;
const done: TaskEvent = {
  type: 'TaskDone',
  data: { taskId, pathwayId, patientId, kind, stepKey, doneBy: 'surgeon', doneAt: now, outcome: 'accepted' },
};

describe('a task', () => {
  it('is opened once', () => {
    given(task)
      .when(open)
      .then(...opened);
    given(task, ...opened)
      .when(open)
      .thenNothing();
  });

  it('is done by somebody, with one of the outcomes that its step declares', () => {
    given(task, ...opened)
      .when({ type: 'CompleteTask', by: 'surgeon', outcome: 'accepted', now })
      .then(done);
    given(task, ...opened)
      .when({ type: 'CompleteTask', by: 'surgeon', now })
      .thenRefused('FACT_MALFORMED', 'outcome');
    given(task, ...opened)
      .when({ type: 'CompleteTask', by: 'surgeon', outcome: 'maybe', now })
      .thenRefused('FACT_MALFORMED', 'outcome');
  });

  it('ends once', () => {
    given(task, ...opened, done)
      .when({ type: 'CompleteTask', by: 'nurse', outcome: 'refused', now })
      .thenRefused('STATE_CONFLICT');
    given(task, ...opened, done)
      .when({ type: 'CancelTask', reason: 'pathway-closed' })
      .thenNothing();
    given(task).when({ type: 'CancelTask', reason: 'pathway-closed' }).thenNothing();
  });

  it('is done by who recorded the fact that ended its step, or cancelled when nobody is named', () => {
    given(task, ...opened)
      .when({ type: 'SettleTask', by: 'nurse', at: now })
      .thenState({ status: 'done', doneBy: 'nurse', settledByStep: true });
    given(task, ...opened)
      .when({ type: 'SettleTask', at: now })
      .thenState({ status: 'cancelled', reason: 'step-done' });
  });

  it('goes to another owner only from the one who left', () => {
    given(task, ...opened)
      .when({ type: 'ReownTask', from: 'surgeon', to: 'nurse', reason: 'leave', at: now })
      .thenState({ ownerId: 'nurse', formerOwners: [{ ownerId: 'surgeon', until: now, reason: 'leave' }] });
    given(task, ...opened)
      .when({ type: 'ReownTask', from: 'other', to: 'nurse', reason: 'leave', at: now })
      .thenNothing();
  });

  it('is taken by one when it is nobody’s; what a colleague owns is not taken', () => {
    const nobodys: TaskEvent = { type: 'TaskOpened', data: { taskId, ...omit(about, 'ownerId') } };
    given(task, nobodys).when({ type: 'TakeTask', by: 'nurse' }).thenState({ ownerId: 'nurse' });
    given(task, ...opened)
      .when({ type: 'TakeTask', by: 'surgeon' })
      .thenNothing();
    given(task, ...opened)
      .when({ type: 'TakeTask', by: 'nurse' })
      .thenRefused('STATE_CONFLICT');
    given(task, ...opened, done)
      .when({ type: 'TakeTask', by: 'surgeon' })
      .thenRefused('STATE_CONFLICT');
    given(task).when({ type: 'TakeTask', by: 'surgeon' }).thenRefused('NOT_FOUND');
  });

  it('is handed over, with a reason, by its owner or by who coordinates, and by nobody else', () => {
    const handOver = { type: 'HandOverTask', to: 'nurse', reason: 'leave' } as const;
    given(task, ...opened)
      .when({ ...handOver, by: 'surgeon', coordinates: false })
      .thenState({ ownerId: 'nurse', handedOver: { by: 'surgeon', from: 'surgeon', reason: 'leave' } });
    given(task, ...opened)
      .when({ ...handOver, by: 'nurse', coordinates: true })
      .thenState({ ownerId: 'nurse', handedOver: { by: 'nurse', from: 'surgeon', reason: 'leave' } });
    given(task, ...opened)
      .when({ ...handOver, by: 'nurse', coordinates: false })
      .thenRefused('FORBIDDEN');
    given(task, ...opened)
      .when({ ...handOver, by: 'surgeon', coordinates: false, to: 'surgeon' })
      .thenNothing();
  });
});
