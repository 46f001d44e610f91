import type { Fact } from '@ariane/protocol';
import type { Pathway, StepRecord } from './pathway';
import { planWorkOf } from './plan-work';
import { smallPlanner, smallProtocol } from './protocol.fixture';

const step = (key: string, status: StepRecord['status'], more: Partial<StepRecord> = {}): StepRecord => ({
  key,
  kind: 'appointment',
  role: 'SUR',
  status,
  attempt: 1,
  mandatory: true,
  waitingFor: [],
  reason: { rule: 'start: after imaging', facts: [] },
  toldDue: 0,
  toldLate: 0,
  ...more,
});
const member = (practitionerId: string, role: string, more: object = {}) => ({
  practitionerId,
  role,
  ground: 'same-establishment',
  from: '2026-03-02',
  ...more,
});
const pathway = (more: Partial<Pathway>): Pathway => ({
  id: '01890a5d-ac96-7000-8000-000000000001',
  patientId: 'patient',
  protocol: { id: 'small', version: 1, sha256: smallProtocol.sha256 },
  contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
  enrolledAt: '2026-03-02T08:00:00Z',
  timeZone: 'Europe/Paris',
  holidays: 'FR',
  status: 'ACTIVE',
  disclosure: 'SUSPICION',
  team: [member('nurse', 'IDEC'), member('surgeon', 'SUR')],
  facts: [],
  steps: [],
  milestones: [],
  asks: [],
  asksSince: null,
  bookings: [],
  wakeAt: null,
  plannedAt: '2026-03-10T08:00:00Z',
  settled: true,
  ...more,
});
const itemsOf = (more: Partial<Pathway>) => planWorkOf(smallPlanner, pathway(more)).items;
const dates = { dueFrom: '2026-03-09T23:00:00Z', latest: '2026-03-20T22:59:59Z' };
const result: Fact = {
  id: 'f',
  code: 'imaging.acr',
  at: '2026-03-09T09:00:00Z',
  value: 5,
  stepKey: 'imaging',
  by: 'radiologist',
  seq: 1,
};

describe('what a plan leaves to somebody', () => {
  it('is late, to do, to come or waiting for somebody: a step stands under one of these', () => {
    expect(itemsOf({ steps: [step('imaging', 'due', dates)] })).toMatchObject([
      { reason: 'to-do', ownerId: 'nurse', since: '2026-03-09T23:00:00.000Z', deadline: '2026-03-20T22:59:59.000Z' },
    ]);
    expect(itemsOf({ steps: [step('announcement', 'late', dates)] })).toMatchObject([
      { reason: 'late', ownerId: 'surgeon', since: '2026-03-20T22:59:59.000Z' },
    ]);
    expect(itemsOf({ steps: [step('announcement', 'waiting', dates)] })).toMatchObject([{ reason: 'coming' }]);
    const booked = {
      stepKey: 'imaging',
      appointmentId: 'a',
      status: 'booked',
      startsAt: '2026-03-18T14:00:00Z',
    } as const;
    expect(itemsOf({ steps: [step('imaging', 'due', dates)], bookings: [booked] })).toMatchObject([
      { reason: 'coming', deadline: '2026-03-18T14:00:00.000Z' },
    ]);
    for (const status of ['done', 'missed', 'not-applicable', 'stopped'] as const)
      expect(itemsOf({ steps: [step('imaging', status, dates)] })).toEqual([]);
  });

  it('says on whom a step waits: a missing fact, a service that was asked, an expert or a meeting', () => {
    const waiting = (
      key: string,
      status: StepRecord['status'],
      more: Partial<StepRecord>,
      others: Partial<Pathway> = {},
    ) =>
      itemsOf({ steps: [step(key, status, { ...dates, ...more })], ...others }).map(({ reason, waitsOn }) => [
        reason,
        waitsOn,
      ]);
    expect(waiting('second-reading', 'waiting', { waitingFor: ['imaging.acr'] })).toEqual([
      ['waiting-for', ['fact:imaging.acr']],
    ]);
    const ask = {
      id: 'a',
      service: 'scheduling' as const,
      path: '/',
      body: {},
      idempotencyKey: 'k',
      stepKey: 'imaging',
      attempt: 1,
      askedAt: '2026-03-10T08:00:00Z',
    };
    expect(waiting('imaging', 'due', {}, { asks: [ask] })).toEqual([['waiting-for', ['service:scheduling']]]);
    expect(waiting('second-reading', 'due', {})).toEqual([['waiting-for', ['role:SUR']]]);
    expect(waiting('imaging', 'late', {}, { asks: [ask] })).toEqual([['late', ['service:scheduling']]]);
  });

  it('leaves out what still follows other steps or facts to come', () => {
    expect(itemsOf({ steps: [step('meeting-1', 'waiting', { waitingFor: ['step:imaging'] })] })).toEqual([]);
    expect(itemsOf({ steps: [step('second-reading', 'waiting', { waitingFor: ['meeting.decision'] })] })).toEqual([]);
    expect(itemsOf({ steps: [step('milestone-diagnosis', 'due', { kind: 'milestone' })] })).toEqual([]);
  });

  it('keeps a decision until the first step that follows it is done', () => {
    const decided = step('meeting-1', 'done', { kind: 'meeting', doneAt: '2026-03-09T18:00:00Z' });
    expect(itemsOf({ steps: [decided, step('announcement', 'due', dates)] })[1]).toMatchObject({
      reason: 'decision-unapplied',
      subject: 'meeting-1',
      since: '2026-03-09T18:00:00.000Z',
      waitsOn: ['step:announcement'],
    });
    expect(itemsOf({ steps: [decided, step('announcement', 'done', dates)] })).toEqual([]);
  });

  it('keeps a result that its step’s owner has not written down, since enrolment', () => {
    const steps = [step('imaging', 'done', { doneAt: '2026-03-09T09:00:00Z' })];
    expect(itemsOf({ steps, facts: [result] })).toMatchObject([
      { reason: 'result-unacknowledged', subject: 'imaging', factIds: ['f'], count: 1, ownerId: 'nurse' },
    ]);
    expect(itemsOf({ steps, facts: [{ ...result, by: 'nurse' }] })).toEqual([]);
    expect(itemsOf({ steps, facts: [{ ...result, at: '2026-01-09T09:00:00Z' }] })).toEqual([]);
    expect(itemsOf({ steps, facts: [{ ...result, code: 'other' }] })).toEqual([]);
  });

  it('says that a role is empty since its only holder left, until somebody else holds it', () => {
    const left = member('surgeon', 'SUR', { until: '2026-03-09' });
    expect(itemsOf({ team: [member('nurse', 'IDEC'), left] })).toMatchObject([
      { reason: 'member-left', subject: 'SUR', since: '2026-03-08T23:00:00.000Z', ownerId: 'nurse' },
    ]);
    expect(itemsOf({ team: [member('nurse', 'IDEC'), left, member('other', 'SUR')] })).toEqual([]);
  });

  it('is seen by the care team of that day, and by nobody once the pathway has ended', () => {
    const team = [member('nurse', 'IDEC'), member('surgeon', 'SUR', { until: '2026-03-09' })];
    expect(planWorkOf(smallPlanner, pathway({ team })).readers).toEqual(['nurse']);
    const ended = pathway({ status: 'COMPLETED', steps: [step('imaging', 'due', dates)] });
    expect(planWorkOf(smallPlanner, ended)).toMatchObject({ readers: [], items: [] });
  });
});
