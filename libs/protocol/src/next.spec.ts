import type { HolidayTerritory } from '@ariane/kernel';
import { loadProtocol } from './check';
import type { Fact } from './fact';
import { next } from './next';
import type { Plan, PlannedStep } from './plan';
import { testProtocol } from './test-protocol';

const protocol = loadProtocol(testProtocol);
const enrolledAt = '2026-10-19T08:00:00Z';

type Told = Omit<Fact, 'id'>;
const fact = (code: string, at: string, more: Partial<Fact> = {}): Told => ({ code, at, ...more });
const given = (...facts: Told[]) => ({
  at: (now: string, zone = 'Europe/Paris', holidays: HolidayTerritory = 'FR'): Plan =>
    next(
      protocol,
      facts.map((told, index) => ({ ...told, id: `f${String(index + 1)}` })),
      { now, enrolledAt, timeZone: zone, holidays },
    ),
});
const step = (plan: Plan, key: string): PlannedStep => {
  const found = plan.steps.find((planned) => planned.key === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
};

const attended = (key: string, at: string) => fact('appointment.attended', at, { stepKey: key });
const visit = attended('visit', '2026-10-20T08:00:00Z');
const leaflet = fact('document.signed', '2026-10-20T09:00:00Z', { stepKey: 'leaflet' });
const good = fact('task.done', '2026-10-21T08:00:00Z', { stepKey: 'blood', value: 'good' });
const creatinine = (value: number, more: Partial<Fact> = {}) =>
  fact('creatinine', '2026-10-21T07:00:00Z', { value, unit: 'umol/L', ...more });
const ready = [visit, leaflet, good, creatinine(80)];
const cycles = [
  attended('cycle#1', '2026-10-22T08:00:00Z'),
  attended('cycle#2', '2026-11-12T09:00:00Z'),
  attended('cycle#3', '2026-12-07T09:00:00Z'),
];

describe('windows', () => {
  it('end with a civil day of the zone, the day of 25 hours included', () => {
    const plan = given().at('2026-10-19T09:00:00Z');
    expect(step(plan, 'visit')).toMatchObject({
      status: 'due',
      target: '2026-10-21T21:59:59Z',
      latest: '2026-10-26T22:59:59Z',
    });
    expect(plan.wakeAt).toBe('2026-10-26T23:00:00Z');
    const reunion = given().at('2026-10-19T09:00:00Z', 'Indian/Reunion', 'FR-974');
    expect(step(reunion, 'visit').latest).toBe('2026-10-26T19:59:59Z');
  });

  it('make a step late the second after, and it is still to do', () => {
    expect(step(given().at('2026-10-26T22:59:59Z'), 'visit').status).toBe('due');
    const late = given().at('2026-10-26T23:00:00Z');
    expect(step(late, 'visit').status).toBe('late');
    expect(late.wakeAt).toBeNull();
    expect(step(given(attended('visit', '2026-10-28T08:00:00Z')).at('2026-10-28T09:00:00Z'), 'visit').status).toBe(
      'done',
    );
  });

  it('are counted from what really happened, not from what was planned', () => {
    const blood = step(given(attended('visit', '2026-10-23T08:00:00Z')).at('2026-10-23T09:00:00Z'), 'blood');
    expect(blood).toMatchObject({ status: 'due', dueFrom: '2026-10-23T08:00:00Z', latest: '2026-10-25T22:59:59Z' });
  });

  it('open on their first civil day, and the plan is woken for it', () => {
    const plan = given(...ready, ...cycles).at('2026-12-08T08:00:00Z');
    expect(step(plan, 'surgery')).toMatchObject({ status: 'waiting', waitingFor: [], dueFrom: '2026-12-27T23:00:00Z' });
    expect(plan.wakeAt).toBe('2026-12-27T23:00:00Z');
    expect(step(given(...ready, ...cycles).at('2026-12-27T23:00:00Z'), 'surgery').status).toBe('due');
  });

  it('are tightened by a rule that is true, and by one that is unknown', () => {
    const aged = (value: number) => given(...ready, ...cycles, fact('patient.age', enrolledAt, { value, unit: 'a' }));
    expect(step(aged(60).at('2026-12-08T08:00:00Z'), 'surgery').latest).toBe('2027-01-18T22:59:59Z');
    expect(step(aged(80).at('2026-12-08T08:00:00Z'), 'surgery').latest).toBe('2027-01-04T22:59:59Z');
    expect(step(given(...ready, ...cycles).at('2026-12-08T08:00:00Z'), 'surgery').latest).toBe('2027-01-04T22:59:59Z');
  });
});

describe('attempts', () => {
  it('a missed or cancelled visit is due again at once, its deadline unchanged', () => {
    const plan = given(
      fact('appointment.missed', '2026-10-20T08:00:00Z', { stepKey: 'visit' }),
      fact('appointment.cancelled', '2026-10-21T08:00:00Z', { stepKey: 'visit' }),
    ).at('2026-10-21T09:00:00Z');
    expect(step(plan, 'visit')).toMatchObject({
      ...{ status: 'due', attempt: 3, dueFrom: '2026-10-21T08:00:00Z', latest: '2026-10-26T22:59:59Z' },
    });
  });

  it('a visit cancelled after it took place stays done', () => {
    const plan = given(visit, fact('appointment.cancelled', '2026-10-21T08:00:00Z', { stepKey: 'visit' })).at(
      '2026-10-22T08:00:00Z',
    );
    expect(step(plan, 'visit')).toMatchObject({ status: 'done', attempt: 1, doneBy: 'f1' });
  });

  it('a bad outcome puts the task off, and no outcome leaves it to do', () => {
    const outcome = (value?: string) =>
      given(visit, fact('task.done', '2026-10-21T08:00:00Z', { stepKey: 'blood', value })).at('2026-10-21T09:00:00Z');
    expect(step(outcome('bad'), 'blood')).toMatchObject({
      status: 'waiting',
      attempt: 2,
      dueFrom: '2026-10-27T23:00:00Z',
    });
    expect(step(outcome(), 'blood')).toMatchObject({ status: 'due', attempt: 1 });
  });

  it('an opinion that expires or is declined is asked again', () => {
    const asked = [visit, leaflet, good, creatinine(150)];
    const plan = given(
      ...asked,
      fact('opinion.declined', '2026-10-22T08:00:00Z', { stepKey: 'opinion' }),
      fact('opinion.expired', '2026-10-25T08:00:00Z', { stepKey: 'opinion' }),
    ).at('2026-10-25T09:00:00Z');
    expect(step(plan, 'opinion')).toMatchObject({ status: 'due', attempt: 3 });
  });
});

describe('what is unknown', () => {
  const asked = [visit, leaflet, good];

  it('makes a step wait for the fact by name, and late once its time has passed', () => {
    expect(step(given(...asked).at('2026-10-21T09:00:00Z'), 'opinion')).toMatchObject({
      status: 'waiting',
      waitingFor: ['creatinine'],
    });
    expect(step(given(...asked).at('2026-10-29T09:00:00Z'), 'opinion')).toMatchObject({
      status: 'late',
      waitingFor: ['creatinine'],
    });
  });

  it.each([
    ['in another unit', [creatinine(1.5, { unit: 'mg/dL' })]],
    ['of another type', [fact('creatinine', '2026-10-21T07:00:00Z', { value: '150', unit: 'umol/L' })]],
    ['that contradicts another of the same instant', [creatinine(150), creatinine(80)]],
  ])('includes a value %s', (_, values) => {
    expect(step(given(...asked, ...values).at('2026-10-21T09:00:00Z'), 'opinion')).toMatchObject({
      status: 'waiting',
      waitingFor: ['creatinine'],
    });
  });

  it('includes a measurement grown too old, and the plan wakes when it does', () => {
    const old = creatinine(150, { at: '2026-10-08T07:00:00Z' });
    const plan = given(...asked, old).at('2026-10-21T09:00:00Z');
    expect(step(plan, 'opinion').status).toBe('due');
    expect(plan.wakeAt).toBe('2026-10-22T07:00:00Z');
    expect(step(given(...asked, old).at('2026-10-22T07:00:00Z'), 'opinion')).toMatchObject({
      status: 'waiting',
      waitingFor: ['creatinine'],
    });
  });

  it('never lets the step that follows pass', () => {
    expect(step(given(...asked).at('2026-10-21T09:00:00Z'), 'cycle#1')).toMatchObject({
      status: 'waiting',
      waitingFor: ['step:opinion'],
    });
  });
});

describe('steps that follow', () => {
  it('pass over what is not applicable, with the rule and the fact that say so', () => {
    const plan = given(...ready).at('2026-10-21T09:00:00Z');
    expect(step(plan, 'opinion')).toMatchObject({
      status: 'not-applicable',
      reason: { rule: 'when: creatinine.within(14 days) > 110', facts: ['f4'] },
    });
    expect(step(plan, 'cycle#1').status).toBe('due');
  });

  it('pass over an optional step whose window has closed, which is missed', () => {
    const without = [visit, good, creatinine(80)];
    expect(step(given(...without).at('2026-10-23T21:59:59Z'), 'cycle#1').waitingFor).toEqual(['step:leaflet']);
    const plan = given(...without).at('2026-10-23T22:00:00Z');
    expect(step(plan, 'leaflet').status).toBe('missed');
    expect(step(plan, 'cycle#1')).toMatchObject({ status: 'due', dueFrom: '2026-10-23T22:00:00Z' });
  });

  it('go on from a step that a named professional waived', () => {
    const waived = fact('step.waived', '2026-10-21T10:00:00Z', {
      stepKey: 'opinion',
      value: 'known to the nephrologist',
    });
    const plan = given(visit, leaflet, good, waived).at('2026-10-21T11:00:00Z');
    expect(step(plan, 'opinion')).toMatchObject({
      status: 'not-applicable',
      reason: { rule: 'waived', facts: ['f4'] },
    });
    expect(step(plan, 'cycle#1')).toMatchObject({ status: 'due', dueFrom: '2026-10-21T10:00:00Z' });
  });

  it('repeat from the real date of the occurrence before', () => {
    const plan = given(...ready, attended('cycle#1', '2026-10-24T08:00:00Z')).at('2026-10-25T08:00:00Z');
    expect(step(plan, 'cycle#2')).toMatchObject({
      status: 'waiting',
      dueFrom: '2026-11-13T23:00:00Z',
      latest: '2026-11-16T22:59:59Z',
    });
    expect(step(plan, 'cycle#3')).toMatchObject({ status: 'waiting', waitingFor: ['step:cycle#2'] });
    expect(step(plan, 'surgery').waitingFor).toEqual(['step:cycle#2', 'step:cycle#3']);
  });

  it('reach a milestone at the instant of what it follows', () => {
    const operated = given(...ready, ...cycles, attended('surgery', '2027-01-04T09:00:00Z'));
    const plan = operated.at('2027-01-05T09:00:00Z');
    expect(plan.milestones).toEqual([{ id: 'surgery', at: '2027-01-04T09:00:00Z', stepKey: 'milestone-surgery' }]);
    expect(step(plan, 'closing').dueFrom).toBe('2027-02-03T23:00:00Z');
  });
});

describe('the end', () => {
  it.each([
    ['patient.died', 'DIED'],
    ['patient.refused', 'REFUSED'],
    ['patient.transferred', 'TRANSFERRED'],
  ])('%s stops at once all that is not done', (code, status) => {
    const plan = given(visit, leaflet, fact(code, '2026-10-20T10:00:00Z'), good).at('2026-12-01T08:00:00Z');
    expect(plan.end).toEqual({ status, at: '2026-10-20T10:00:00Z', factId: 'f3' });
    expect(plan.steps.filter((planned) => planned.status !== 'done').map((planned) => planned.status)).toEqual(
      Array.from({ length: 8 }, () => 'stopped'),
    );
    expect(plan.wakeAt).toBeNull();
  });

  it('comes once the last step is done, and a later death changes nothing', () => {
    const all = [
      ...ready,
      ...cycles,
      attended('surgery', '2027-01-04T09:00:00Z'),
      fact('task.done', '2027-02-05T09:00:00Z', { stepKey: 'closing' }),
    ];
    const plan = given(...all, fact('patient.died', '2027-03-01T09:00:00Z')).at('2027-03-02T09:00:00Z');
    expect(plan.end).toEqual({ status: 'COMPLETED', at: '2027-02-05T09:00:00Z', factId: 'f9' });
  });
});

describe('facts', () => {
  it('from the future are not yet true, and the plan wakes for them', () => {
    const plan = given(attended('visit', '2026-10-22T08:00:00Z')).at('2026-10-21T09:00:00Z');
    expect(step(plan, 'visit').status).toBe('due');
    expect(plan.wakeAt).toBe('2026-10-22T08:00:00Z');
  });

  it('heard twice count once', () => {
    const missed: Fact = { id: 'm', code: 'appointment.missed', at: '2026-10-20T08:00:00Z', stepKey: 'visit' };
    const context = { now: '2026-10-21T09:00:00Z', enrolledAt, timeZone: 'Europe/Paris', holidays: 'FR' as const };
    expect(next(protocol, [missed, { ...missed }], context)).toEqual(next(protocol, [missed], context));
  });

  it('of the announcement change what the patient may read, from that instant', () => {
    const told = given(fact('disclosure.announced', '2026-10-21T08:00:00Z'));
    expect(told.at('2026-10-21T07:59:59Z').disclosure).toBe('SUSPICION');
    expect(told.at('2026-10-21T08:00:00Z')).toMatchObject({
      disclosure: 'ANNOUNCED',
      announcedAt: '2026-10-21T08:00:00Z',
    });
  });
});
