import { given } from '@ariane/testing';
import { duty, type DutyEvent, leavesBegun, rostersSeen } from './duty';

const at = '2026-03-01T09:00:00Z';
const leave = {
  leaveId: 'l',
  practitionerId: 'nurse',
  from: '2026-03-02',
  until: '2026-03-06',
  timeZone: 'Europe/Paris',
};
const kept: DutyEvent = { type: 'LeaveKept', data: { ...leave, at } };
const finished: DutyEvent = { type: 'LeaveFinished', data: { leaveId: 'l' } };
const roster = {
  rosterId: 'r',
  role: 'IDEC',
  practitionerId: 'nurse',
  from: '2026-01-01',
  timeZone: 'Europe/Paris',
  hours: [{ weekday: 1, from: '08:30', to: '18:30' }],
};
const placement = {
  team: [
    { practitionerId: 'nurse', role: 'IDEC' },
    { practitionerId: 'coordinator', role: 'coordinator' },
  ],
  roles: ['IDEC'],
  at: '2026-03-02T09:00:00Z',
};

describe('who is on duty in a territory', () => {
  it('keeps a roster under its id, and the newest word of it', () => {
    const set: DutyEvent = { type: 'RosterKept', data: roster };
    given(duty).when({ type: 'SetRoster', roster }).then(set);
    given(duty, set).when({ type: 'SetRoster', roster }).thenNothing();
    const changed = { ...roster, hours: [] };
    given(duty, set)
      .when({ type: 'SetRoster', roster: changed })
      .thenState({ rosters: [changed] });
  });

  it('H4: is looked at for an end of its cover at every change of a roster, and again two weeks before one ends', () => {
    const ending = { ...roster, until: '2026-04-30' };
    const set: DutyEvent = { type: 'RosterKept', data: ending };
    const known = duty.evolve(undefined, set);
    const look = { type: 'FinishCoverLook', seen: rostersSeen(known), now: '2026-03-01T09:00:00Z' } as const;
    const looked: DutyEvent = { type: 'CoverLooked', data: { coverAt: '2026-04-16T22:00:00.000Z' } };
    expect(known.coverAt).toBe('1970-01-01T00:00:00.000Z');
    given(duty, set).when(look).then(looked).thenState({ coverAt: '2026-04-16T22:00:00.000Z' });
    given(duty, set, looked)
      .when({ ...look, now: '2026-04-16T22:00:00Z' })
      .thenState({ coverAt: null });
    const changed: DutyEvent = { type: 'RosterKept', data: { ...ending, until: '2026-05-31' } };
    given(duty, set, changed).when(look).thenNothing();
    expect(duty.evolve(duty.evolve(known, looked), changed).coverAt).toBe('1970-01-01T00:00:00.000Z');
  });

  it('is due when a leave begins, at the first instant of its day there, until its work is reassigned', () => {
    given(duty).when({ type: 'RecordLeave', leave, at }).then(kept).thenState({ leaveAt: '2026-03-01T23:00:00.000Z' });
    given(duty, kept).when({ type: 'FinishLeave', leaveId: 'l' }).then(finished).thenState({ leaveAt: null });
    given(duty, kept, finished).when({ type: 'FinishLeave', leaveId: 'l' }).thenNothing();
    given(duty, kept).when({ type: 'WithdrawLeave', leaveId: 'l' }).thenState({ leaves: [], leaveAt: null });
    given(duty, kept).when({ type: 'RecordLeave', leave, at }).thenNothing();
    const known = duty.evolve(undefined, kept);
    expect(leavesBegun(known, '2026-03-01T22:59:59Z')).toEqual([]);
    expect(leavesBegun(known, '2026-03-01T23:00:00Z')).toMatchObject([leave]);
  });

  it('forgets a leave that is over once its work was reassigned', () => {
    const next = { ...leave, leaveId: 'next', from: '2026-04-01', until: '2026-04-02' };
    const later = { type: 'RecordLeave', leave: next, at: '2026-03-20T09:00:00Z' } as const;
    given(duty, kept, finished)
      .when(later)
      .thenState({ leaves: [{ ...next, reassigned: false }] });
    given(duty, kept).when(later).thenState({ leaveAt: '2026-03-01T23:00:00.000Z' });
  });

  it('H4: gives what falls to somebody on leave to who is there, and leaves alone what has the right owner', () => {
    const work = { kind: 'alert', id: 'a', ownerId: 'nurse' } as const;
    given(duty, kept)
      .when({ type: 'PlaceWork', work, placement })
      .then({ type: 'WorkPlaced', data: { ...work, to: 'coordinator', role: 'coordinator', at: placement.at } });
    given(duty).when({ type: 'PlaceWork', work, placement }).thenNothing();
    given(duty, { type: 'RosterKept', data: roster }).when({ type: 'PlaceWork', work, placement }).thenNothing();
  });
});
