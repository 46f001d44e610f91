import { given } from '@ariane/testing';
import { leave, type LeaveCommand, type LeaveFact } from './leave';

const now = '2026-03-10T09:00:00Z';
const about = {
  leaveId: '01890a5d-ac96-7000-8000-00000000000a',
  practitionerId: '01890a5d-ac96-7000-8000-00000000000b',
  from: '2026-03-16',
  until: '2026-03-20',
  timeZone: 'Europe/Paris',
};
type Record = Extract<LeaveCommand, { type: 'RecordLeave' }>;
const record = (changes: Partial<Record> = {}): Record => ({ type: 'RecordLeave', ...about, now, ...changes });
const recorded: LeaveFact = { type: 'LeaveRecorded', data: { ...about, recordedAt: now } };
const withdrawn: LeaveFact = {
  type: 'LeaveWithdrawn',
  data: { leaveId: about.leaveId, practitionerId: about.practitionerId, withdrawnAt: now },
};

describe('a leave', () => {
  it('is recorded once; told again otherwise under the same id, it is refused', () => {
    given(leave).when(record()).then(recorded);
    given(leave, recorded)
      .when(record({ now: '2026-03-11T09:00:00Z' }))
      .thenNothing();
    given(leave, recorded)
      .when(record({ until: '2026-03-27' }))
      .thenRefused('ALREADY_EXISTS');
  });

  it('may have begun, but is not over', () => {
    given(leave)
      .when(record({ from: '2026-03-01', until: '2026-03-10' }))
      .thenState({ from: '2026-03-01' });
    given(leave)
      .when(record({ from: '2026-03-01', until: '2026-03-09' }))
      .thenRefused('LEAVE_INVALID', 'until');
  });

  it.each<[string, Partial<Record>]>([
    ['until', { until: '2026-03-15' }],
    ['timeZone', { timeZone: 'Europe/Nowhere' }],
    ['deputyId', { deputyId: about.practitionerId }],
  ])('is refused where it makes no sense: %s', (field, changes) => {
    given(leave).when(record(changes)).thenRefused('LEAVE_INVALID', field);
  });

  it('is withdrawn once', () => {
    given(leave, recorded).when({ type: 'WithdrawLeave', now }).then(withdrawn).thenState({ status: 'withdrawn' });
    given(leave, recorded, withdrawn).when({ type: 'WithdrawLeave', now }).thenNothing();
    given(leave).when({ type: 'WithdrawLeave', now }).thenRefused('NOT_FOUND');
  });
});
