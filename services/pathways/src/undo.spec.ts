import { given } from '@ariane/testing';
import { stepIdFor } from './asks';
import type { PathwayCommand } from './pathway';
import { pathwayDecider } from './pathway-decider';
import {
  advanceAt,
  enrol,
  fact,
  fold,
  lived,
  nurse,
  pathwayId,
  patientId,
  pinOf,
  plannerWith,
  smallVersion,
  start,
  surgeon,
} from './pathway.fixture';
import { planDifference } from './plan-difference';
import { smallProtocol } from './protocol.fixture';
import { teamFor } from './sub-pathway';

const second = smallVersion(2, (steps) => [
  ...steps
    .filter(({ id }) => id !== 'second-reading')
    .map((step) => (step.id === 'imaging' ? { ...step, window: { target: '2wd', latest: '3wd' } } : step)),
  { ...steps[0], id: 'quality-call', kind: 'task', start: { all: [{ after: 'entry' }] } },
]);
const planner = plannerWith(smallProtocol, second);
const decider = pathwayDecider(planner);
const live = (...commands: PathwayCommand[]) => lived(planner, ...commands);
const died = fact('patient.died', '2026-03-04T10:00:00Z', { by: nurse });
const entryDone = fact('task.done', '2026-03-03T09:00:00Z', { stepKey: 'entry', by: nurse });
const withdraw: PathwayCommand = {
  type: 'WithdrawFact',
  factId: died.id,
  by: surgeon,
  reason: 'Saisi dans le dossier d’un homonyme.',
  now: '2026-03-05T08:00:00.000Z',
};

describe('H14: a death recorded by mistake', () => {
  const alive = [enrol, fold(entryDone), advanceAt('2026-03-03T09:00:00.000Z')] as const;
  const closed = [...alive, fold(died), advanceAt('2026-03-04T10:00:00.000Z')] as const;

  it('is taken back by a named person with a reason, and the plan is as it was', () => {
    const now = '2026-03-05T08:00:00.000Z';
    const { state, step } = live(...closed, withdraw, advanceAt(now));
    const never = live(...alive, advanceAt(now));
    expect(state).toMatchObject({ status: 'ACTIVE', settled: true, wakeAt: never.state.wakeAt });
    expect(state.closedAt).toBeUndefined();
    for (const { key, status, latest } of never.state.steps) {
      expect([key, step(key)?.status, step(key)?.latest]).toEqual([key, status, latest]);
    }
    expect(state.withdrawn).toMatchObject([{ fact: { code: 'patient.died' }, by: surgeon }]);
  });

  it('has what was cancelled asked for once more, under an id of its own', () => {
    const now = '2026-03-05T08:00:00.000Z';
    const cancelled = fact('appointment.cancelled', '2026-03-04T10:00:05Z', {
      stepKey: 'imaging',
      value: 'pathway-closed',
    });
    const { state } = live(...closed, fold(cancelled), withdraw, advanceAt(now));
    expect(state.asks.map(({ id }) => id)).toEqual([stepIdFor(pathwayId, 'imaging', 2)]);
    // What scheduling tells late changes nothing: it was no failure of the patient's.
    const { state: late } = live(...closed, withdraw, advanceAt(now), fold(cancelled), advanceAt(now));
    expect(late.asks.map(({ id }) => id)).toEqual([stepIdFor(pathwayId, 'imaging', 2)]);
  });

  it('opens a task that was cancelled anew', () => {
    const now = '2026-03-03T08:00:00.000Z';
    const early = { ...died, at: '2026-03-02T10:00:00Z' };
    const { follows } = live(
      enrol,
      advanceAt(start),
      fold(early),
      advanceAt(now),
      { ...withdraw, now },
      advanceAt(now),
    );
    expect(follows).toContainEqual(
      expect.objectContaining({
        to: 'task',
        id: stepIdFor(pathwayId, 'entry', 2),
        command: expect.objectContaining({ type: 'OpenTask' }) as object,
      }),
    );
  });

  it('is told to others, takes the patient’s place in the protocol again, and is not believed twice', () => {
    const { last, follows, events } = live(...closed, withdraw);
    expect(last.map(({ type }) => type)).toEqual(['FactWithdrawn', 'PathwayReopened']);
    expect(follows).toEqual([
      { to: 'patient', id: patientId, command: { type: 'CorrectTraits', deceasedAt: undefined } },
      { to: 'patient', id: patientId, command: { type: 'LinkPathway', pathwayId, protocolId: 'small' } },
    ]);
    given(decider, ...events)
      .when(fold(died))
      .thenNothing();
  });

  it('is the person’s: the register is told, which tells the other pathways, and counts once in each', () => {
    const { follows, events } = live(...alive, fold(died));
    expect(follows).toEqual([
      { to: 'patient', id: patientId, command: { type: 'CorrectTraits', deceasedAt: died.at } },
    ]);
    const person = { birthDate: '1948-05-17', sex: 'female' } as const;
    const registered = fact('patient.died', died.at, { id: '01890a5d-ac96-7000-8000-0000000000bb' });
    const told: PathwayCommand = { type: 'FoldPatient', person, facts: [registered] };
    expect(decider.decide(live(...alive, fold(died)).state, told).map(({ type }) => type)).toEqual(['PersonKept']);
    expect(events.map(({ type }) => type)).toContain('FactFolded');
    const undone = { ...withdraw, factId: registered.id } as PathwayCommand;
    const again = live(...alive, told, advanceAt('2026-03-04T10:00:00.000Z'), undone, told);
    expect(again.last).toContainEqual(expect.objectContaining({ type: 'FactFolded' }));
  });

  it('leaves the pathway closed when another fact ends it too', () => {
    const refused = fact('patient.refused', '2026-03-04T11:00:00Z', { by: nurse });
    const { last } = live(...closed, fold(refused), withdraw);
    expect(last.map(({ type }) => type)).toEqual(['FactWithdrawn']);
  });
});

describe('a fact recorded by mistake', () => {
  it.each([
    ['that a service told is the service’s to take back', entryDone.id, 'FACT_NOT_ALLOWED'],
    ['that is not there cannot be taken back', pathwayId, 'NOT_FOUND'],
  ])('%s', (_rule, factId, code) => {
    given(decider, ...live(enrol, fold(entryDone)).events)
      .when({ ...withdraw, factId })
      .thenRefused(code);
  });

  it('H2: an announcement that was not made is neutral again', () => {
    const announced = fact('disclosure.announced', '2026-03-04T10:00:00Z');
    const told = [enrol, fold(announced), advanceAt('2026-03-04T10:00:00.000Z')] as const;
    expect(live(...told).state.disclosure).toBe('ANNOUNCED');
    const { state } = live(...told, { ...withdraw, factId: announced.id });
    expect(state.disclosure).toBe('SUSPICION');
    expect(state.announcedAt).toBeUndefined();
  });
});

describe('migration to another version', () => {
  const migrate = {
    type: 'Migrate',
    to: pinOf(second),
    reviewBy: '2027-06-30',
    paid: ['small'],
    by: surgeon,
    reason: 'Délai d’imagerie raccourci.',
    now: '2026-03-04T08:00:00.000Z',
  } as const;
  const begun = [enrol, fold(entryDone), advanceAt('2026-03-03T09:00:00.000Z')] as const;

  it('changes the pin, keeps the former one, and reads the plan again from the same facts', () => {
    const { state, step } = live(...begun, migrate, advanceAt(migrate.now));
    expect(state).toMatchObject({ protocol: pinOf(second), migrations: [{ from: pinOf(smallProtocol), by: surgeon }] });
    expect(step('entry')).toMatchObject({ status: 'done' });
    expect(step('imaging')).toMatchObject({ status: 'due', latest: '2026-03-06T22:59:59Z' });
    expect(step('quality-call')).toMatchObject({ status: 'due' });
    expect(step('second-reading')).toBeUndefined();
  });

  it('cancels what was asked for a step that vanishes, and keeps one that was done', () => {
    const acr = fact('imaging.acr', '2026-03-09T09:00:00Z', { value: 0, stepKey: 'imaging' });
    const attended = fact('appointment.attended', '2026-03-09T09:00:00Z', { stepKey: 'imaging' });
    const now = '2026-03-09T10:00:00.000Z';
    const asked = [...begun, fold(attended, acr), advanceAt(now)] as const;
    expect(live(...asked).state.asks.map(({ stepKey }) => stepKey)).toContain('second-reading');
    const { state, last } = live(...asked, { ...migrate, now }, advanceAt(now));
    expect(state.asks.map(({ stepKey }) => stepKey)).not.toContain('second-reading');
    const requests = [stepIdFor(pathwayId, 'second-reading', 1)];
    const vanished = { stepKey: 'second-reading', reason: 'vanished', asked: requests };
    expect(last[0]).toMatchObject({ type: 'StepDropped', data: vanished });
    const given = fact('opinion.given', '2026-03-09T11:00:00Z', { stepKey: 'second-reading' });
    const kept = live(
      ...asked,
      fold(given),
      advanceAt(now),
      advanceAt('2026-03-09T12:00:00.000Z'),
      { ...migrate, now },
      advanceAt('2026-03-09T12:00:01.000Z'),
    );
    expect(kept.step('second-reading')).toMatchObject({ status: 'done' });
    expect(planner.step(kept.state, 'second-reading')).toMatchObject({ kind: 'tele-expertise' });
  });

  it('is told to a reader in sentences: added, removed, re-dated with both dates, late at once', () => {
    const { state } = live(...begun);
    const at = (now: string) =>
      planDifference(
        planner.plan(state, now),
        planner.plan({ ...state, protocol: pinOf(second) }, now),
        state.timeZone,
        'fr',
      );
    const difference = at('2026-03-09T08:00:00Z');
    expect(difference.added.map(({ stepKey }) => stepKey)).toEqual(['quality-call']);
    expect(difference.removed.map(({ stepKey }) => stepKey)).toEqual(['second-reading']);
    expect(difference.redated).toMatchObject([
      { stepKey: 'imaging', from: { latest: '2026-03-12T22:59:59Z' }, to: { latest: '2026-03-06T22:59:59Z' } },
    ]);
    expect(difference.newlyLate.map(({ stepKey }) => stepKey)).toContain('imaging');
    expect(difference.words).toContain('Redatée : Pas imaging, au plus tard le 2026-03-06 (était : 2026-03-12).');
    const plan = planner.plan(state, migrate.now);
    expect(planDifference(plan, plan, state.timeZone, 'fr').words).toEqual(['Rien ne change pour ce patient.']);
  });

  it.each<[string, object, string]>([
    ['a contract that does not pay it', { paid: ['kidney'] }, 'PROTOCOL_NOT_COVERED'],
    ['a version past its review', { reviewBy: '2026-03-03' }, 'PROTOCOL_REVIEW_OVERDUE'],
    ['another protocol', { to: { ...pinOf(second), id: 'kidney' } }, 'RULE_BROKEN'],
  ])('is refused with %s', (_why, wrong, code) => {
    given(decider, ...live(...begun).events)
      .when({ ...migrate, ...wrong })
      .thenRefused(code, 'toVersion');
  });

  it('is made once', () => {
    given(decider, ...live(...begun, migrate).events)
      .when(migrate)
      .thenNothing();
  });
});

describe('a step that enrols in another protocol', () => {
  const sending = smallVersion(3, (steps) => [
    ...steps,
    {
      ...steps[0],
      id: 'kidney',
      kind: 'sub-protocol',
      protocol: 'kidney',
      until: 'closed',
      start: { all: [{ after: 'entry' }] },
    },
  ]);
  const child = '01890a5d-ac96-7000-8000-0000000000aa';
  const sent = plannerWith(sending, smallProtocol);
  const parent = { pathwayId, stepKey: 'kidney' };

  it('asks this very service, under an id that repeats', () => {
    const { state } = lived(
      sent,
      { ...enrol, protocol: pinOf(sending) },
      fold(entryDone),
      advanceAt('2026-03-03T09:00:00.000Z'),
    );
    expect(state.asks.find(({ stepKey }) => stepKey === 'kidney')).toMatchObject({
      id: stepIdFor(pathwayId, 'kidney', 1),
      service: 'pathways',
      path: '/sub-pathways',
      body: { id: stepIdFor(pathwayId, 'kidney', 1), pathwayId, patientId, stepKey: 'kidney', protocolId: 'kidney' },
    });
  });

  it('is told by the other pathway that the patient has entered, and how they left', () => {
    const begun = [{ ...enrol, pathwayId: child, parent }] as const;
    expect(lived(sent, ...begun).follows).toContainEqual({
      to: 'pathway',
      id: pathwayId,
      command: {
        type: 'FoldFacts',
        facts: [expect.objectContaining({ code: 'sub-protocol.enrolled', at: start, stepKey: 'kidney' }) as object],
      },
    });
    const ended = lived(sent, ...begun, fold(died), advanceAt('2026-03-04T10:00:00.000Z'));
    expect(ended.follows).toContainEqual({
      to: 'pathway',
      id: pathwayId,
      command: {
        type: 'FoldFacts',
        facts: [expect.objectContaining({ code: 'sub-protocol.closed', stepKey: 'kidney', value: 'DIED' }) as object],
      },
    });
  });

  it('takes along who has a role there, and always somebody who coordinates', () => {
    const { team } = lived(sent, enrol).state;
    expect(teamFor({ team, timeZone: 'Europe/Paris' }, ['NEPH'], start)).toEqual([
      { practitionerId: nurse, role: 'coordinator', ground: 'same-establishment' },
    ]);
    expect(teamFor({ team, timeZone: 'Europe/Paris' }, ['IDEC', 'NEPH'], start)).toEqual([
      { practitionerId: nurse, role: 'IDEC', ground: 'same-establishment' },
    ]);
  });
});
