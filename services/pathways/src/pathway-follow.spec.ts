import { stepIdFor } from './asks';
import type { Pathway, PathwayCommand, PathwayEvent } from './pathway';
import { pathwayDecider } from './pathway-decider';
import { type Follow, followPathway, lateAlertId } from './pathway-follow';
import { smallPlanner, smallProtocol } from './protocol.fixture';

const pathwayId = '01890a5d-ac96-7000-8000-000000000001';
const patientId = '01890a5d-ac96-7000-8000-000000000002';
const decider = pathwayDecider(smallPlanner);
const enrol: PathwayCommand = {
  type: 'Enrol',
  pathwayId,
  patientId,
  protocol: { id: 'small', version: 1, sha256: smallProtocol.sha256 },
  reviewBy: '2027-06-30',
  contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
  timeZone: 'Europe/Paris',
  holidays: 'FR',
  team: [
    { practitionerId: 'coordinator', role: 'coordinator', ground: 'same-establishment' },
    { practitionerId: 'nurse', role: 'IDEC', ground: 'same-establishment' },
  ],
  now: '2026-03-02T08:00:00.000Z',
};
const advanceAt = (care: string): PathwayCommand => ({ type: 'Advance', now: { care, machine: care } });

/** What the last of some commands brings about. */
function followed(...commands: PathwayCommand[]): Follow[] {
  let state: Pathway | undefined;
  let follows: Follow[] = [];
  for (const command of commands) {
    const events: readonly PathwayEvent[] = decider.decide(state, command);
    follows = [];
    for (const event of events) {
      const after = decider.evolve(state, event);
      state = after;
      follows.push(...followPathway(smallPlanner, event, after));
    }
  }
  return follows;
}
const entry = stepIdFor(pathwayId, 'entry', 1);
const lateEntry = lateAlertId(pathwayId, 'entry', 1);
const late = [enrol, advanceAt('2026-03-02T08:00:00.000Z'), advanceAt('2026-03-06T08:00:00.000Z')] as const;

describe('what follows from a pathway’s events', () => {
  it('enrolment takes the patient’s place in this protocol', () => {
    expect(followed(enrol)).toEqual([
      { to: 'patient', id: patientId, command: { type: 'LinkPathway', pathwayId, protocolId: 'small' } },
    ]);
  });

  it('a due task is owned by the holder of its role', () => {
    expect(followed(...late.slice(0, 2))).toMatchObject([
      { to: 'task', id: entry, command: { type: 'OpenTask', ownerId: 'nurse', role: 'IDEC', stepKey: 'entry' } },
    ]);
  });

  it('a late step alerts its named owner, under one id for the attempt', () => {
    expect(followed(...late)).toMatchObject([
      { to: 'alert', id: lateEntry, command: { type: 'RaiseAlert', ownerId: 'nurse', tier: 3, reason: 'step-late' } },
    ]);
  });

  it('H4: when the owner leaves, the coordinator owns the task and the alert', () => {
    const leave: PathwayCommand = {
      type: 'LeaveTeam',
      practitionerId: 'nurse',
      role: 'IDEC',
      now: '2026-03-06T09:00:00Z',
    };
    const left = { reason: 'left-team', at: '2026-03-05T23:00:00Z' };
    expect(followed(...late, leave)).toEqual([
      { to: 'task', id: entry, command: { type: 'ReownTask', from: 'nurse', to: 'coordinator', ...left } },
      {
        to: 'alert',
        id: lateEntry,
        command: { type: 'ReownAlert', from: 'nurse', to: 'coordinator', role: 'coordinator', ...left },
      },
    ]);
  });

  it('a step that is done ends its task and lifts its alerts', () => {
    const done = { id: 'f', code: 'task.done', at: '2026-03-06T09:00:00Z', stepKey: 'entry', by: 'nurse' };
    const follows = followed(...late, { type: 'FoldFacts', facts: [done] }, advanceAt('2026-03-06T09:00:00Z'));
    expect(follows).toContainEqual({
      to: 'task',
      id: entry,
      command: { type: 'SettleTask', at: '2026-03-06T09:00:00Z', by: 'nurse' },
    });
    expect(follows).toContainEqual({
      to: 'alert',
      id: lateEntry,
      command: { type: 'LiftAlert', reason: 'step-done', at: '2026-03-06T09:00:00Z' },
    });
  });

  it('the end cancels what is open, lifts the alerts and frees the patient’s place', () => {
    const died = { id: 'f', code: 'patient.died', at: '2026-03-06T09:00:00Z' };
    const follows = followed(...late, { type: 'FoldFacts', facts: [died] }, advanceAt('2026-03-06T09:00:00Z'));
    expect(follows).toContainEqual({ to: 'task', id: entry, command: { type: 'CancelTask', reason: 'step-dropped' } });
    expect(follows.some(({ to, id }) => to === 'alert' && id === lateEntry)).toBe(true);
    expect(follows.at(-1)).toEqual({ to: 'patient', id: patientId, command: { type: 'UnlinkPathway', pathwayId } });
  });

  it('H3: what a service refused alerts the coordinator', () => {
    const done = { id: 'f', code: 'task.done', at: '2026-03-03T09:00:00Z', stepKey: 'entry', by: 'nurse' };
    const askId = stepIdFor(pathwayId, 'imaging', 1);
    const refused: PathwayCommand = { type: 'RefuseAsk', askId, code: 'CALENDAR_INVALID', now: '2026-03-03T09:00:01Z' };
    const fold: PathwayCommand = { type: 'FoldFacts', facts: [done] };
    expect(followed(enrol, fold, advanceAt('2026-03-03T09:00:00Z'), refused)).toMatchObject([
      { to: 'alert', command: { ownerId: 'coordinator', reason: 'ask-refused', stepKey: 'imaging' } },
    ]);
  });

  it('H3: a fact that some service could not apply alerts the coordinator, once for the event and the service', () => {
    const parked: PathwayCommand = {
      type: 'NoticeParkedKey',
      eventId: 'e',
      producer: 'scheduling',
      consumer: 'pathways',
      at: '2026-03-03T08:00:00Z',
    };
    const [first] = followed(enrol, parked);
    expect(first).toMatchObject({ to: 'alert', command: { ownerId: 'coordinator', reason: 'event-parked', tier: 2 } });
    expect(followed(enrol, parked, parked)[0]?.id).toBe(first?.id);
    expect(decider.decide(undefined, parked)).toEqual([]);
  });
});
