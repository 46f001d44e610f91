import { loadProtocol } from './check';
import type { Fact } from './fact';
import { next } from './next';
import type { PlannedStep } from './plan';
import type { DoingStep, StepDocument } from './step-document';
import { testProtocol } from './test-protocol';

const cycle = testProtocol.steps.find((step): step is DoingStep => step.id === 'cycle');
if (!cycle) throw new Error('the protocol of the tests has cycles');
const { phase, role, label, labelBefore, late, sources } = cycle;
const review: StepDocument = {
  ...{ phase, role, label, labelBefore, late, sources },
  id: 'review',
  kind: 'task',
  start: { all: [{ after: 'check', each: true }] },
  when: 'creatinine > 110',
  window: { latest: '2d' },
  repeat: { times: 3 },
  again: [{ fact: 'relapse.confirmed', of: 'any' }],
};
const check: StepDocument = {
  ...{ phase, role, label, labelBefore, late, sources },
  id: 'check',
  kind: 'task',
  start: { all: [{ after: 'blood' }] },
  window: { latest: '7d' },
  repeat: { times: 3, every: '18d', after: 'cycle' },
};
const reviewed: StepDocument = {
  ...cycle,
  start: {
    all: [
      { after: 'check', each: true },
      { after: 'review', each: true },
    ],
  },
};
/** Each cycle follows its own check, and its own review where the creatinine asks for one. */
const protocol = loadProtocol({
  ...testProtocol,
  steps: testProtocol.steps.flatMap((step) => (step.id === 'cycle' ? [check, review, reviewed] : [step])),
});

const told = (code: string, at: string, more: Partial<Fact> = {}): Fact => ({ id: `${code} ${at}`, code, at, ...more });
const did = (stepKey: string, at: string): Fact => told('task.done', at, { stepKey });
const creatinine = (value: number, at: string): Fact => told('creatinine', at, { value, unit: 'umol/L' });
const stepAt = (key: string, now: string, facts: readonly Fact[]): PlannedStep | undefined =>
  next(protocol, facts, {
    now,
    enrolledAt: '2026-10-19T08:00:00Z',
    timeZone: 'Europe/Paris',
    holidays: 'FR',
  }).steps.find((step) => step.key === key);

const firstCycle: readonly Fact[] = [
  told('appointment.attended', '2026-10-20T08:00:00Z', { stepKey: 'visit' }),
  told('task.done', '2026-10-21T08:00:00Z', { stepKey: 'blood', value: 'good' }),
  creatinine(80, '2026-10-21T07:00:00Z'),
  did('check#1', '2026-10-22T08:00:00Z'),
  told('appointment.attended', '2026-10-23T08:00:00Z', { stepKey: 'cycle#1' }),
];
const worse = [creatinine(150, '2026-11-12T07:00:00Z'), did('check#2', '2026-11-12T08:00:00Z')];

describe('an occurrence whose follower has been done without it', () => {
  it('never comes back, whatever today’s facts say: that concerns the next one', () => {
    const now = '2026-11-12T09:00:00Z';
    expect(stepAt('review#1', '2026-10-22T09:00:00Z', firstCycle.slice(0, 4))).toMatchObject({
      status: 'not-applicable',
      reason: { rule: 'when: creatinine > 110' },
    });
    expect(stepAt('review#1', now, [...firstCycle, ...worse])).toMatchObject({
      status: 'not-applicable',
      waitingFor: [],
      reason: { rule: 'overtaken: cycle#1 is done', facts: ['appointment.attended 2026-10-23T08:00:00Z'] },
    });
    expect(stepAt('review#2', now, [...firstCycle, ...worse])?.status).toBe('due');
    expect(stepAt('cycle#2', now, [...firstCycle, ...worse])?.waitingFor).toEqual(['step:review#2']);
  });

  it('does not wait for a fact either', () => {
    const unknown = [...firstCycle.filter(({ code }) => code !== 'creatinine')];
    expect(stepAt('review#1', '2026-10-22T09:00:00Z', unknown.slice(0, 3))?.waitingFor).toEqual(['creatinine']);
    expect(stepAt('review#1', '2026-10-24T09:00:00Z', unknown)).toMatchObject({
      status: 'not-applicable',
      waitingFor: [],
    });
  });

  it('stays done when it was done', () => {
    const facts = [
      ...firstCycle.slice(0, 4),
      creatinine(150, '2026-10-22T08:30:00Z'),
      did('review#1', '2026-10-22T10:00:00Z'),
      told('appointment.attended', '2026-10-23T08:00:00Z', { stepKey: 'cycle#1' }),
    ];
    expect(stepAt('review#1', '2026-10-24T09:00:00Z', facts)?.status).toBe('done');
  });

  it('comes back only when it was done and is asked for again afterwards', () => {
    const facts = [
      ...firstCycle.slice(0, 4),
      creatinine(150, '2026-10-22T08:30:00Z'),
      did('review#1', '2026-10-22T10:00:00Z'),
      told('appointment.attended', '2026-10-23T08:00:00Z', { stepKey: 'cycle#1' }),
    ];
    const again = (at: string) => stepAt('review#1', '2026-10-24T09:00:00Z', [...facts, told('relapse.confirmed', at)]);
    expect(again('2026-10-22T12:00:00Z')?.reason.rule).toBe('overtaken: cycle#1 is done');
    expect(again('2026-10-23T12:00:00Z')).toMatchObject({ status: 'due', attempt: 2 });
  });
});
