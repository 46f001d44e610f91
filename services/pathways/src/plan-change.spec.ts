import { given } from '@ariane/testing';
import fc from 'fast-check';
import { stepIdFor } from './asks';
import type { PathwayCommand } from './pathway';
import { pathwayDecider } from './pathway-decider';
import { advanceAt, enrol, fact, fold, lived, nurse, pathwayId, plannerWith, start, surgeon } from './pathway.fixture';
import { lateAlertId } from './pathway-follow';
import { smallProtocol } from './protocol.fixture';

const planner = plannerWith(smallProtocol);
const decider = pathwayDecider(planner);
const live = (...commands: PathwayCommand[]) => lived(planner, ...commands);
const changeId = '01890a5d-ac96-7000-8000-00000000000a';
const other = '01890a5d-ac96-7000-8000-00000000000b';
const acting = { changeId, by: nurse, reason: 'La patiente le demande.', now: '2026-03-03T10:00:00.000Z' };
const days = { latest: '2026-03-10' };
const add = {
  type: 'AddStep',
  ...acting,
  days: { from: '2026-03-04', target: '2026-03-06', latest: '2026-03-10' },
  step: {
    kind: 'appointment',
    label: 'Diététicienne',
    role: 'IDEC',
    visitKind: 'dietetics',
    durationMinutes: 45,
    booking: 'propose',
  },
} as const;
const skip = { type: 'SkipStep', ...acting, stepKey: 'imaging' } as const;
const move = { type: 'MoveStep', ...acting, stepKey: 'entry', days: { latest: '2026-03-20' } } as const;
const withdraw = { type: 'WithdrawChange', ...acting, now: '2026-03-03T11:00:00.000Z' } as const;
const entryDone = fact('task.done', '2026-03-03T09:00:00Z', { stepKey: 'entry', by: nurse });
const begun = [enrol, fold(entryDone), advanceAt('2026-03-03T09:00:00.000Z')] as const;

describe('a step that a person adds', () => {
  it('is asked for like the protocol’s own, from its first civil day on', () => {
    const before = live(...begun, add, advanceAt('2026-03-03T10:00:00.000Z'));
    expect(before.step('added#1')).toMatchObject({ status: 'waiting', latest: '2026-03-10T22:59:59Z' });
    expect(before.state.wakeAt).toBe('2026-03-03T23:00:00.000Z');
    const { state, last } = live(...begun, add, advanceAt('2026-03-04T08:00:00.000Z'));
    expect(last).toContainEqual({
      type: 'StepDue',
      data: expect.objectContaining({ stepKey: 'added#1', kind: 'appointment', role: 'IDEC' }) as object,
    });
    expect(state.asks.find(({ stepKey }) => stepKey === 'added#1')).toMatchObject({
      id: stepIdFor(pathwayId, 'added#1', 1),
      service: 'scheduling',
      body: { visitKind: 'dietetics', minutes: 45, practitionerId: nurse },
    });
  });

  it('is done by what really happened, and a missed visit is one attempt more by the same deadline', () => {
    const missed = fact('appointment.missed', '2026-03-05T09:00:00Z', { stepKey: 'added#1' });
    const attended = fact('appointment.attended', '2026-03-06T09:00:00Z', { stepKey: 'added#1' });
    const again = live(...begun, add, fold(missed), advanceAt('2026-03-05T10:00:00.000Z'));
    expect(again.step('added#1')).toMatchObject({ attempt: 2, status: 'due', latest: '2026-03-10T22:59:59Z' });
    const done = live(...begun, add, fold(missed, attended), advanceAt('2026-03-06T10:00:00.000Z'));
    expect(done.step('added#1')).toMatchObject({ status: 'done', doneAt: '2026-03-06T09:00:00Z' });
    expect(done.last).toContainEqual({
      type: 'StepDone',
      data: expect.objectContaining({ stepKey: 'added#1', factId: attended.id }) as object,
    });
  });

  it('is late after its last day, and a human in the team is told', () => {
    const late = live(...begun, add, advanceAt('2026-03-04T08:00:00.000Z'), advanceAt('2026-03-11T08:00:00.000Z'));
    expect(late.follows).toContainEqual(
      expect.objectContaining({
        to: 'alert',
        id: lateAlertId(pathwayId, 'added#1', 1),
        command: expect.objectContaining({ type: 'RaiseAlert', ownerId: nurse }) as object,
      }),
    );
  });

  it('stops with the pathway', () => {
    const died = fact('patient.died', '2026-03-05T10:00:00Z');
    const { step, state } = live(...begun, add, fold(died), advanceAt('2026-03-05T11:00:00.000Z'));
    expect(step('added#1')).toMatchObject({ status: 'stopped' });
    expect(state.asks).toEqual([]);
  });

  it('vanishes when it is taken back, and its ask with it; once done it can no longer be', () => {
    const due = [...begun, add, advanceAt('2026-03-04T08:00:00.000Z')] as const;
    const { step, state, last } = live(...due, withdraw, advanceAt('2026-03-04T09:00:00.000Z'));
    expect(step('added#1')).toBeUndefined();
    expect(state.asks.filter(({ stepKey }) => stepKey === 'added#1')).toEqual([]);
    expect(last).toContainEqual({
      type: 'StepDropped',
      data: expect.objectContaining({ stepKey: 'added#1', reason: 'vanished' }) as object,
    });
    const attended = fact('appointment.attended', '2026-03-04T09:00:00Z', { stepKey: 'added#1' });
    given(decider, ...live(...due, fold(attended)).events)
      .when({ ...withdraw, now: '2026-03-04T10:00:00.000Z' })
      .thenRefused('STATE_CONFLICT', 'changeId');
  });

  it.each<[string, object, string]>([
    ['a last day that has passed', { days: { latest: '2026-03-02' } }, 'latest'],
    ['a target after the last day', { days: { target: '2026-03-11', latest: '2026-03-10' } }, 'target'],
    [
      'a first day after the target',
      { days: { from: '2026-03-07', target: '2026-03-06', latest: '2026-03-10' } },
      'from',
    ],
  ])('is refused with %s', (_why, wrong, field) => {
    given(decider, ...live(...begun).events)
      .when({ ...add, ...wrong })
      .thenRefused('STEP_DAYS_INVALID', field);
  });

  it('is refused for a role that the protocol does not know', () => {
    given(decider, ...live(...begun).events)
      .when({ ...add, step: { ...add.step, role: 'PILOT' } })
      .thenRefused('RULE_BROKEN', 'role');
  });

  it('is made once, however often it is sent, and its id stands for nothing else', () => {
    const { events } = live(...begun, add);
    given(decider, ...events)
      .when(add)
      .thenNothing();
    given(decider, ...events)
      .when(skip)
      .thenRefused('ALREADY_EXISTS', 'changeId');
  });
});

describe('a step that a person has done once more', () => {
  it('has the protocol’s own name and ask, and leaves what the protocol says as it is', () => {
    const attended = fact('appointment.attended', '2026-03-09T09:00:00Z', { stepKey: 'imaging' });
    const repeat = { type: 'RepeatStep', ...acting, stepKey: 'imaging', days: { latest: '2026-03-20' } } as const;
    const now = '2026-03-09T10:00:00.000Z';
    const { state, step } = live(...begun, fold(attended), advanceAt(now), { ...repeat, now }, advanceAt(now));
    expect(step('imaging')).toMatchObject({ status: 'done' });
    expect(step('added#1')).toMatchObject({ status: 'due', kind: 'appointment', role: 'RAD' });
    expect(state.asks.find(({ stepKey }) => stepKey === 'added#1')).toMatchObject({
      body: { visitKind: 'breast-imaging' },
    });
    expect(planner.step(state, 'added#1')).toEqual(planner.step(state, 'imaging'));
  });

  it('is no milestone: that is reached by what it follows', () => {
    given(decider, ...live(...begun).events)
      .when({ type: 'RepeatStep', ...acting, stepKey: 'milestone-diagnosis', days })
      .thenRefused('RULE_BROKEN', 'stepKey');
  });
});

describe('a step that a person skips', () => {
  it('is waived by name, told apart from done and missed, and what follows goes on', () => {
    const { step, state, last } = live(...begun, skip, advanceAt('2026-03-03T10:00:00.000Z'));
    expect(step('imaging')).toMatchObject({ status: 'not-applicable', reason: { rule: 'waived', facts: [changeId] } });
    expect(step('meeting-1')).toMatchObject({ status: 'due' });
    expect(state.asks.map(({ stepKey }) => stepKey)).not.toContain('imaging');
    expect(last).toContainEqual({
      type: 'StepDropped',
      data: expect.objectContaining({ stepKey: 'imaging', reason: 'not-applicable' }) as object,
    });
    expect(state.facts).toContainEqual(
      expect.objectContaining({ id: changeId, code: 'step.waived', by: nurse, stepKey: 'imaging' }),
    );
  });

  it('comes back when the waiver is taken back, by name too', () => {
    const now = '2026-03-03T11:30:00.000Z';
    const { step, state } = live(...begun, skip, { ...withdraw, by: surgeon }, advanceAt(now));
    expect(step('imaging')).toMatchObject({ status: 'due', latest: live(...begun).step('imaging')?.latest });
    expect(state.changes).toMatchObject([{ change: 'skipped', withdrawn: { by: surgeon, at: withdraw.now } }]);
    expect(state.withdrawn).toMatchObject([{ fact: { code: 'step.waived' }, by: surgeon }]);
  });

  it('names what others hold for it: the visit that was asked for, and one that was booked by hand', () => {
    const dropped = (...more: PathwayCommand[]) =>
      live(...begun, ...more, skip, advanceAt('2026-03-03T10:00:00.000Z')).last.find(
        ({ type }) => type === 'StepDropped',
      );
    const own = stepIdFor(pathwayId, 'imaging', 1);
    expect(dropped()).toMatchObject({ data: { asked: [own] } });
    const booking = { stepKey: 'imaging', appointmentId: pathwayId, status: 'booked' } as const;
    const byHand: PathwayCommand = { type: 'AnswerAsk', askId: pathwayId, booking };
    expect(dropped(byHand)).toMatchObject({ data: { asked: [own, pathwayId] } });
  });

  it('is asked for once more when it comes back, and the visit called off meanwhile is no failed attempt', () => {
    const now = '2026-03-03T11:30:00.000Z';
    const calledOff = { stepKey: 'imaging', value: 'step-dropped' };
    const cancelled = fact('appointment.cancelled', '2026-03-03T10:00:05Z', calledOff);
    const skipped = [...begun, skip, advanceAt('2026-03-03T10:00:00.000Z')] as const;
    for (const heard of [
      [fold(cancelled), withdraw, advanceAt(now)],
      [withdraw, advanceAt(now), fold(cancelled), advanceAt(now)],
    ]) {
      const { state } = live(...skipped, ...heard);
      const asks = state.asks.filter(({ stepKey }) => stepKey === 'imaging');
      expect(asks.map(({ id }) => id)).toEqual([stepIdFor(pathwayId, 'imaging', 2)]);
    }
    const still = live(...skipped, fold(cancelled), advanceAt(now));
    expect(still.step('imaging')).toMatchObject({ status: 'not-applicable' });
    expect(still.state.asks.filter(({ stepKey }) => stepKey === 'imaging')).toEqual([]);
  });

  it.each([
    ['done', 'entry', 'STATE_CONFLICT'],
    ['unknown', 'nowhere', 'NOT_FOUND'],
    ['a milestone', 'milestone-diagnosis', 'RULE_BROKEN'],
  ])('is not one that is %s', (_why, stepKey, code) => {
    given(decider, ...live(...begun).events)
      .when({ ...skip, stepKey })
      .thenRefused(code, 'stepKey');
  });
});

describe('a step that a person moves', () => {
  const lateNow = '2026-03-06T08:00:00.000Z';
  const late = [enrol, advanceAt(start), advanceAt(lateNow)] as const;
  const moved = { ...move, now: lateNow };

  it('is no longer late: its alert is lifted, and raised anew after the new last day', () => {
    const after = live(...late, moved);
    expect(after.follows).toEqual([
      {
        to: 'alert',
        id: lateAlertId(pathwayId, 'entry', 1),
        command: { type: 'LiftAlert', reason: 'moved', at: lateNow },
      },
    ]);
    const { step } = live(...late, moved, advanceAt(lateNow));
    expect(step('entry')).toMatchObject({ status: 'due', latest: '2026-03-20T22:59:59Z' });
    const again = live(...late, moved, advanceAt(lateNow), advanceAt('2026-03-21T08:00:00.000Z'));
    expect(again.follows).toMatchObject([
      { id: lateAlertId(pathwayId, 'entry', 1, 1), command: { type: 'RaiseAlert' } },
    ]);
    const done = fact('task.done', '2026-03-21T09:00:00Z', { stepKey: 'entry', by: nurse });
    const lifted = live(
      ...[...late, moved, advanceAt(lateNow), advanceAt('2026-03-21T08:00:00.000Z')],
      ...[fold(done), advanceAt('2026-03-21T09:00:00.000Z')],
    );
    expect(lifted.follows).toContainEqual(
      expect.objectContaining({
        id: lateAlertId(pathwayId, 'entry', 1, 1),
        command: expect.objectContaining({ type: 'LiftAlert' }) as object,
      }),
    );
  });

  it('waits until its new first day, and the plan wakes for it', () => {
    const later = { ...moved, days: { from: '2026-03-16', latest: '2026-03-20' } };
    const { step, state } = live(...late, later, advanceAt(lateNow));
    expect(step('entry')).toMatchObject({ status: 'waiting', dueFrom: '2026-03-15T23:00:00Z' });
    expect(state.wakeAt).toBe('2026-03-15T23:00:00.000Z');
  });

  it('that waits for another step goes on waiting for it', () => {
    const { step } = live(enrol, advanceAt(start), { ...move, stepKey: 'imaging' }, advanceAt(acting.now));
    expect(step('imaging')).toMatchObject({
      status: 'waiting',
      waitingFor: ['step:entry'],
      latest: '2026-03-20T22:59:59Z',
    });
  });

  it('has its former dates again when the move is taken back', () => {
    const now = '2026-03-06T09:00:00.000Z';
    const { step, last } = live(...late, moved, advanceAt(lateNow), { ...withdraw, now }, advanceAt(now));
    expect(step('entry')).toMatchObject({ status: 'late', latest: live(...late).step('entry')?.latest });
    expect(last).toContainEqual(expect.objectContaining({ type: 'StepLate' }));
  });
});

describe('properties of changed plans', () => {
  const changes: readonly PathwayCommand[] = [
    add,
    { ...move, changeId: other, stepKey: 'imaging' },
    { ...skip, changeId: '01890a5d-ac96-7000-8000-00000000000c', stepKey: 'second-reading' },
  ];
  const now = fc
    .integer({ min: 2, max: 40 })
    .map((day) => new Date(Date.parse(start) + day * 86_400_000).toISOString());

  it('advancing twice tells nothing new, whatever was changed', () => {
    fc.assert(
      fc.property(fc.subarray([...changes]), now, (chosen, at) => {
        const { state } = live(...begun, ...chosen, advanceAt(at));
        expect(decider.decide(state, advanceAt(at))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('all changes taken back, the plan is as the protocol has it', () => {
    fc.assert(
      fc.property(fc.subarray([...changes], { minLength: 1 }), now, (chosen, at) => {
        const undone = chosen.map((one): PathwayCommand => ({
          ...withdraw,
          changeId: 'changeId' in one ? one.changeId : changeId,
        }));
        const plain = planner.plan(live(...begun).state, at);
        expect(planner.plan(live(...begun, ...chosen, ...undone).state, at)).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });
});
