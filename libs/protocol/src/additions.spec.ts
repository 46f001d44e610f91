import { checkProtocol, loadProtocol } from './check';
import type { Fact, FactValue } from './fact';
import { next } from './next';
import type { Plan, PlannedStep } from './plan';
import { wideProtocol } from './wide-protocol';

const protocol = loadProtocol(wideProtocol);
const enrolledAt = '2026-01-05T08:00:00Z';
const done = (stepKey: string, at: string, code = 'task.done'): Omit<Fact, 'id'> => ({ code, at, stepKey });
const visited = done('visit', '2026-01-06T08:00:00Z', 'appointment.attended');
const said = (code: string, value: FactValue, at = '2026-01-06T08:00:00Z'): Omit<Fact, 'id'> => ({
  ...{ code, value, at, stepKey: 'visit' },
});
const planAt = (now: string, ...told: readonly Omit<Fact, 'id'>[]): Plan =>
  next(
    protocol,
    [visited, ...told].map((fact, index) => ({ ...fact, id: `f${String(index)}`, seq: index })),
    { now, enrolledAt, timeZone: 'Europe/Paris', holidays: 'FR' },
  );
const stepIn = (plan: Plan, key: string): PlannedStep | undefined => plan.steps.find((step) => step.key === key);
const keysIn = (plan: Plan, id: string): readonly string[] =>
  plan.steps.filter((step) => step.stepId === id).map((step) => step.key);

describe('the wide protocol', () => {
  it('has no fault', () => {
    expect(checkProtocol(wideProtocol)).toEqual([]);
  });
});

describe('a join of n', () => {
  const blood = done('blood', '2026-01-07T08:00:00Z');
  const calm = said('plan.urgent', false);

  it('is reached by the n-th, whichever it is, each with its own offset', () => {
    const plan = planAt('2026-01-12T08:00:00Z', blood, done('scan', '2026-01-08T08:00:00Z'));
    expect(stepIn(plan, 'panel')).toMatchObject({ status: 'due', dueFrom: '2026-01-08T23:00:00Z' });
  });

  it('waits while n may still come to pass, and names what it waits for', () => {
    const plan = planAt('2026-01-08T08:00:00Z', blood, calm);
    expect(stepIn(plan, 'panel')).toMatchObject({ status: 'waiting', waitingFor: ['step:scan'] });
  });

  it('never starts once fewer than n can', () => {
    const waived = { code: 'step.waived', at: '2026-01-07T08:00:00Z', stepKey: 'scan' };
    expect(stepIn(planAt('2026-01-08T08:00:00Z', blood, calm, waived), 'panel')?.status).toBe('due');
    const drug = done('drug', '2026-01-07T09:00:00Z');
    const none = {
      ...wideProtocol,
      steps: wideProtocol.steps.map((step) => (step.id === 'scan' ? { ...step, when: 'plan.urgent' } : step)),
    };
    const plan = next(
      loadProtocol(none),
      [visited, blood, calm, drug].map((fact, index) => ({ ...fact, id: `f${String(index)}`, seq: index })),
      { now: '2026-01-08T08:00:00Z', enrolledAt, timeZone: 'Europe/Paris', holidays: 'FR' },
    );
    expect(stepIn(plan, 'panel')).toMatchObject({
      status: 'not-applicable',
      reason: { rule: 'start: nothing it follows applies' },
    });
  });
});

describe('a start counted from a planned date', () => {
  const surgery = said('plan.kind', 'surgery');
  const booked = (value: string, at: string) => ({ code: 'appointment.booked', at, stepKey: 'operation', value });
  const first = booked('2026-02-03T07:30:00Z', '2026-01-07T08:00:00Z');

  it('waits for the booking, then stands before it', () => {
    expect(stepIn(planAt('2026-01-08T08:00:00Z', surgery), 'fasting')).toMatchObject({
      status: 'waiting',
      waitingFor: ['step:operation'],
    });
    expect(stepIn(planAt('2026-01-08T08:00:00Z', surgery, first), 'fasting')).toMatchObject({
      status: 'waiting',
      dueFrom: '2026-01-30T23:00:00Z',
      latest: '2026-02-02T22:59:59Z',
    });
  });

  it('moves with a later booking, and with the real date once the step is done', () => {
    const later = booked('2026-02-10T07:30:00Z', '2026-01-09T08:00:00Z');
    const plan = planAt('2026-01-10T08:00:00Z', surgery, later, first);
    expect(stepIn(plan, 'fasting')?.dueFrom).toBe('2026-02-06T23:00:00Z');
    const real = done('operation', '2026-02-05T07:30:00Z', 'appointment.attended');
    expect(stepIn(planAt('2026-02-06T08:00:00Z', surgery, first, real), 'fasting')?.dueFrom).toBe(
      '2026-02-01T23:00:00Z',
    );
  });

  it('waits again when the visit is cancelled, and for a slot that is no instant', () => {
    const cancelled = done('operation', '2026-01-10T08:00:00Z', 'appointment.cancelled');
    expect(stepIn(planAt('2026-01-11T08:00:00Z', surgery, first, cancelled), 'fasting')?.waitingFor).toEqual([
      'step:operation',
    ]);
    const vague = booked('next week', '2026-01-07T08:00:00Z');
    expect(stepIn(planAt('2026-01-08T08:00:00Z', surgery, vague), 'fasting')?.status).toBe('waiting');
  });

  it('or from a due date stands before the target of the step', () => {
    const plan = planAt('2026-01-08T08:00:00Z', surgery);
    expect(stepIn(plan, 'operation')?.target).toBe('2026-02-05T22:59:59Z');
    expect(stepIn(plan, 'reminder')?.dueFrom).toBe('2026-01-28T23:00:00Z');
  });
});

describe('a schedule', () => {
  const followed = (number: number, at: string) => done(`follow-up#${String(number)}`, at, 'appointment.attended');

  it('plans the first occurrence that is not over, at its place from the start of the series', () => {
    const plan = planAt('2026-01-08T08:00:00Z');
    expect(keysIn(plan, 'follow-up')).toEqual(['follow-up#1']);
    expect(stepIn(plan, 'follow-up#1')).toMatchObject({ status: 'waiting', dueFrom: '2026-04-05T22:00:00Z' });
  });

  it('keeps its places whenever an occurrence was done, and goes on with the next rhythm', () => {
    const facts = ['2026-04-20', '2026-07-01', '2026-10-30', '2027-01-06'].map((day, index) =>
      followed(index + 1, `${day}T08:00:00Z`),
    );
    const plan = planAt('2027-01-07T08:00:00Z', ...facts);
    expect(keysIn(plan, 'follow-up')).toHaveLength(5);
    expect(stepIn(plan, 'follow-up#3')?.dueFrom).toBe('2026-10-05T22:00:00Z');
    expect(stepIn(plan, 'follow-up#5')?.dueFrom).toBe('2027-07-05T22:00:00Z');
    expect(stepIn(plan, 'closing')?.status).toBe('waiting');
  });

  it('is over with its last occurrence, and lets what follows begin', () => {
    const days = ['2026-04-06', '2026-07-06', '2026-10-06', '2027-01-06', '2027-07-06', '2028-01-06'];
    const facts = days.flatMap((day, index) => [
      followed(index + 1, `${day}T08:00:00Z`),
      done(`result#${String(index + 1)}`, `${day}T10:00:00Z`),
    ]);
    const entered = done('screening', '2026-01-07T08:00:00Z', 'sub-protocol.enrolled');
    const plan = planAt('2028-01-07T08:00:00Z', ...facts, entered);
    expect(keysIn(plan, 'follow-up')).toHaveLength(6);
    expect(stepIn(plan, 'closing')?.status).toBe('due');
  });

  it('has companions that come with its occurrences and follow each', () => {
    const plan = planAt('2026-05-01T08:00:00Z', followed(1, '2026-04-20T08:00:00Z'));
    expect(keysIn(plan, 'result')).toEqual(['result#1', 'result#2']);
    expect([stepIn(plan, 'result#1')?.status, stepIn(plan, 'result#2')?.status]).toEqual(['late', 'waiting']);
  });

  it('from the last counts from the real date, passes over what was missed, and has no end', () => {
    const plan = planAt('2026-02-10T08:00:00Z', done('for-life#1', '2026-02-08T08:00:00Z'));
    expect(stepIn(plan, 'for-life#2')?.dueFrom).toBe('2026-03-07T23:00:00Z');
    const later = planAt('2031-06-01T08:00:00Z', done('for-life#1', '2026-02-08T08:00:00Z'));
    expect(keysIn(later, 'for-life').length).toBeGreaterThan(5);
    expect(stepIn(later, 'for-life#2')?.status).toBe('missed');
    expect(stepIn(later, `for-life#${String(keysIn(later, 'for-life').length)}`)?.status).not.toBe('missed');
  });
});

describe('a schedule with a condition', () => {
  const conditional = loadProtocol({
    ...wideProtocol,
    steps: wideProtocol.steps.map((step) =>
      step.id === 'for-life'
        ? { ...step, when: 'plan.urgent', cancels: [] }
        : step.id === 'call'
          ? { ...step, cancels: ['for-life'] }
          : step,
    ),
  });
  const at = (now: string, ...told: readonly Omit<Fact, 'id'>[]): Plan =>
    next(
      conditional,
      [visited, ...told].map((fact, index) => ({ ...fact, id: `f${String(index)}`, seq: index })),
      { now, enrolledAt, timeZone: 'Europe/Paris', holidays: 'FR' },
    );
  const second = done('for-life#2', '2026-04-10T08:00:00Z');

  it('passes over what is ruled out once its time has passed, and keeps what was done after it', () => {
    const calm = said('plan.urgent', false);
    expect(keysIn(at('2026-03-01T08:00:00Z', calm), 'for-life')).toHaveLength(1);
    expect(stepIn(at('2026-03-20T08:00:00Z', calm), 'for-life#2')?.reason.rule).toBe('when: plan.urgent');
    const plan = at('2026-04-20T08:00:00Z', calm, second);
    expect(stepIn(plan, 'for-life#1')?.status).toBe('not-applicable');
    expect(stepIn(plan, 'for-life#2')?.status).toBe('done');
  });

  it('that is cancelled keeps what was missed and done before, and ends there', () => {
    const urgent = said('plan.urgent', true);
    const plan = at('2026-05-20T08:00:00Z', urgent, second, done('call', '2026-05-01T08:00:00Z'));
    const statuses = keysIn(plan, 'for-life').map((key) => stepIn(plan, key)?.status);
    expect(statuses).toEqual(['missed', 'done', 'not-applicable']);
  });
});

describe('a branch', () => {
  it('opens its steps and leaves those of the other not applicable', () => {
    const plan = planAt('2026-01-08T08:00:00Z', said('plan.kind', 'drug'));
    expect([stepIn(plan, 'drug')?.status, stepIn(plan, 'operation')?.status]).toEqual(['due', 'not-applicable']);
    expect(stepIn(plan, 'operation')?.reason.rule).toBe("when: plan.kind = 'surgery'");
    expect(plan.conflicts).toBeUndefined();
  });

  it('that holds with one it excludes is a conflict, and no step of either is asked', () => {
    const plan = planAt('2026-01-08T08:00:00Z', said('plan.urgent', true), said('plan.alone', true));
    expect(plan.conflicts).toEqual([{ branches: ['hurried', 'patient'], facts: ['f1', 'f2'] }]);
    expect(stepIn(plan, 'hurry')).toMatchObject({
      status: 'waiting',
      waitingFor: ['plan.urgent', 'plan.alone'],
      reason: { rule: 'conflict: hurried and patient both hold' },
    });
  });

  it('is refused by the check when its condition overlaps with one it excludes', () => {
    const branches = wideProtocol.branches?.map((branch) =>
      branch.id === 'drug-first' ? { ...branch, when: "plan.kind in ('drug' | 'surgery')" } : branch,
    );
    expect(checkProtocol({ ...wideProtocol, branches })).toMatchObject([
      { kind: 'exclusion', pointer: '/branches/1/when' },
    ]);
  });
});

describe('a step that cancels others', () => {
  const drug = [said('plan.kind', 'drug'), said('plan.urgent', true), done('drug', '2026-01-08T08:00:00Z')] as const;

  it('makes those not yet done not applicable, and says so', () => {
    const plan = planAt('2026-01-09T08:00:00Z', ...drug);
    expect(stepIn(plan, 'call')).toMatchObject({ status: 'not-applicable', reason: { rule: 'cancelled: drug' } });
  });

  it('leaves what was done, before it or after', () => {
    const plan = planAt(
      '2026-01-10T08:00:00Z',
      ...drug,
      done('call', '2026-01-07T08:00:00Z'),
      done('talk', '2026-01-09T08:00:00Z'),
    );
    expect([stepIn(plan, 'call')?.status, stepIn(plan, 'talk')?.status]).toEqual(['done', 'done']);
  });
});

describe('an end by rule', () => {
  it('excludes the patient for the value that is named, and for no other', () => {
    expect(planAt('2026-01-08T08:00:00Z', said('plan.excluded', false)).end).toBeUndefined();
    expect(planAt('2026-01-08T08:00:00Z', said('plan.excluded', true)).end).toMatchObject({ status: 'EXCLUDED' });
  });
});

describe('a sub-protocol', () => {
  it('is done once the patient has entered it', () => {
    const plan = planAt('2026-01-08T08:00:00Z', done('screening', '2026-01-07T08:00:00Z', 'sub-protocol.enrolled'));
    expect(stepIn(plan, 'screening')?.status).toBe('done');
  });

  it('that leads back to where it came from, or that nobody knows, is refused', () => {
    const screening = {
      ...wideProtocol,
      id: 'screening',
      steps: wideProtocol.steps.map((step) => (step.kind === 'sub-protocol' ? { ...step, protocol: 'wide' } : step)),
    };
    expect(checkProtocol(wideProtocol, [screening])).toMatchObject([
      { kind: 'sub-protocol', message: 'leads back to itself: wide → screening → wide' },
    ]);
    expect(checkProtocol(wideProtocol, [])).toMatchObject([
      { kind: 'name', message: '"screening" is not a known protocol' },
    ]);
  });
});
