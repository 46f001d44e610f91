import type { Fact } from '@ariane/protocol';
import type { Pathway } from './pathway';
import { smallPlanner, smallProtocol } from './protocol.fixture';
import { asPlanned, knownAt, protocolAt, stepsOf } from './timeline';

const pin = { id: 'small', version: 1, sha256: smallProtocol.sha256 };
const fact = (id: string, code: string, at: string, more: Partial<Fact> = {}): Fact => ({ id, code, at, ...more });
const entry = fact('entry', 'task.done', '2026-03-03T09:00:00Z', { stepKey: 'entry', seq: 1 });
const visit = fact('visit', 'appointment.attended', '2026-03-05T09:00:00Z', { stepKey: 'imaging', seq: 2 });
const reading = fact('acr', 'imaging.acr', '2026-03-05T09:00:00Z', { stepKey: 'imaging', value: 0, seq: 3 });
const recorded = new Map([
  ['entry', '2026-03-03T09:00:00Z'],
  ['visit', '2026-03-05T09:00:00Z'],
  // Known four days after it became true.
  ['acr', '2026-03-09T16:00:00Z'],
]);
const pathway: Pathway = {
  id: '01890a5d-ac96-7000-8000-000000000001',
  patientId: 'patient',
  protocol: pin,
  contract: { id: 'onco-pathway-a', version: 1, sha256: '1'.repeat(64) },
  enrolledAt: '2026-03-02T08:00:00Z',
  timeZone: 'Europe/Paris',
  holidays: 'FR',
  status: 'ACTIVE',
  disclosure: 'SUSPICION',
  team: [],
  person: { birthDate: '1948-05-17', sex: 'female' },
  facts: [entry, visit, reading],
  steps: [],
  milestones: [],
  asks: [],
  asksSince: null,
  bookings: [],
  wakeAt: null,
  settled: true,
};
const stepsAt = (asOf: string, of: Pathway = pathway) => {
  const known = knownAt(of, recorded, asOf);
  const plan = smallPlanner.plan(known, asOf);
  const documentOf = (key: string) => smallPlanner.step(known, key);
  const steps = stepsOf(known, plan, { recorded, asOf, language: 'fr', documentOf });
  return new Map(steps.map((step) => [step.key, step]));
};

describe('the plan as it was known', () => {
  it('holds what was recorded by then, and not what was recorded later of days before', () => {
    expect(stepsAt('2026-03-06T08:00:00Z').get('second-reading')).toMatchObject({
      status: 'waiting',
      waitingFor: ['imaging.acr'],
    });
    expect(stepsAt('2026-03-09T17:00:00Z').get('second-reading')).toMatchObject({
      status: 'due',
      reason: { facts: expect.arrayContaining([expect.objectContaining({ id: 'acr', value: 0 })]) as unknown },
    });
  });

  it('shows planned beside done, how late, and by which rule of which version on which facts', () => {
    expect(stepsAt('2026-03-06T08:00:00Z').get('imaging')).toMatchObject({
      label: 'Pas imaging',
      planned: { latest: expect.any(String) as string },
      done: { at: '2026-03-05T09:00:00Z', fact: { id: 'visit', recordedAt: '2026-03-05T09:00:00Z' } },
      reason: { rule: 'done: appointment.attended', factIds: ['visit'], protocol: pin },
    });
    expect(stepsAt('2026-03-02T09:00:00Z').get('entry')).toMatchObject({ status: 'due' });
    const late = stepsAt('2026-03-10T08:00:00Z', { ...pathway, facts: [] }).get('entry');
    expect(late).toMatchObject({ status: 'late', daysLate: 6 });
  });

  it('still holds a fact that was taken back later', () => {
    const withdrawn = [{ fact: reading, by: 'nurse', reason: 'wrong-patient', at: '2026-03-11T08:00:00Z' }];
    const corrected = { ...pathway, facts: [entry, visit], withdrawn };
    expect(stepsAt('2026-03-10T08:00:00Z', corrected).get('second-reading')).toMatchObject({ status: 'due' });
    expect(stepsAt('2026-03-11T09:00:00Z', corrected).get('second-reading')).toMatchObject({ status: 'waiting' });
  });

  it('is of the version that was pinned then, with the changes made by then', () => {
    const former = { ...pin, version: 0, sha256: 'former' };
    const migrations = [{ from: former, to: pin, by: 'nurse', reason: 'new', at: '2026-03-08T08:00:00Z' }];
    expect(protocolAt({ protocol: pin, migrations }, '2026-03-07T08:00:00Z')).toEqual(former);
    expect(protocolAt({ protocol: pin, migrations }, '2026-03-08T08:00:00Z')).toEqual(pin);
    const skipped = {
      id: 'c',
      stepKey: 'imaging',
      change: 'skipped' as const,
      by: 'nurse',
      reason: 'done-elsewhere',
      at: '2026-03-04T08:00:00Z',
      withdrawn: { by: 'nurse', reason: 'mistake', at: '2026-03-07T08:00:00Z' },
    };
    const changed = { ...pathway, changes: [skipped] };
    expect(knownAt(changed, recorded, '2026-03-03T08:00:00Z').changes).toEqual([]);
    expect(knownAt(changed, recorded, '2026-03-05T08:00:00Z').changes).toEqual([{ ...skipped, withdrawn: undefined }]);
    expect(knownAt(changed, recorded, '2026-03-07T08:00:00Z').changes).toEqual([skipped]);
  });

  it('has not ended before its end was known', () => {
    const died = fact('died', 'patient.died', '2026-03-06T10:00:00Z', { seq: 4 });
    const closed: Pathway = { ...pathway, facts: [...pathway.facts, died], status: 'DIED', closedAt: died.at };
    const later = new Map([...recorded, ['died', '2026-03-08T08:00:00Z'] as const]);
    const at = (asOf: string) => {
      const known = knownAt(closed, later, asOf);
      return asPlanned(known, smallPlanner.plan(known, asOf));
    };
    expect(at('2026-03-07T08:00:00Z')).toMatchObject({ status: 'ACTIVE' });
    expect(at('2026-03-07T08:00:00Z')).not.toHaveProperty('closedAt');
    expect(at('2026-03-08T08:00:00Z')).toMatchObject({ status: 'DIED', closedAt: died.at });
  });
});
