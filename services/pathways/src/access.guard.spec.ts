import type { Principal } from '@ariane/auth';
import { concerns, groundOf, sharedWith, sightOf } from './access.guard';
import type { Pathway } from './pathway';

const member = (practitionerId: string, more: object = {}) =>
  ({ practitionerId, role: 'IDEC', ground: 'same-establishment', from: '2026-03-02', ...more }) as const;
const pathway: Pick<Pathway, 'team' | 'patientId' | 'timeZone'> = {
  patientId: 'patient',
  timeZone: 'Europe/Paris',
  team: [member('nurse', { until: '2026-06-01' }), member('surgeon')],
};
const now = '2026-03-10T08:00:00Z';

/** Somebody signed in in one role, known by these ids. */
const person = (role: 'specialist' | 'finance' | 'patient', ids: object = {}): Principal => ({
  kind: 'person',
  subject: 'somebody',
  roles: [role],
  territory: 'here',
  ...ids,
});
const nurse = person('specialist', { practitionerId: 'nurse' });

describe('who sees a pathway', () => {
  it('the care team of that day sees the whole, and no longer from the day of leaving', () => {
    expect(sightOf(pathway, nurse, now)).toBe('whole');
    expect(sightOf(pathway, nurse, '2026-05-31T21:59:59Z')).toBe('whole');
    expect(sightOf(pathway, nurse, '2026-05-31T22:00:00Z')).toBe('none');
  });

  it('a place in the team opens nothing to a role that does not care for patients', () => {
    expect(sightOf(pathway, person('finance', { practitionerId: 'nurse' }), now)).toBe('none');
  });

  it('a member without one of the law’s grounds is not told without the patient’s consent', () => {
    const team = [member('nurse', { ground: 'curiosity' }), member('surgeon')];
    expect(sightOf({ ...pathway, team }, nurse, now)).toBe('none');
    expect(sharedWith({ ...pathway, team }, now).map(({ practitionerId }) => practitionerId)).toEqual(['surgeon']);
  });

  it('who answers an alert of it from a roster sees the whole, and nobody else by that', () => {
    const doctor = person('specialist', { practitionerId: 'on-call' });
    expect(sightOf(pathway, doctor, now)).toBe('none');
    expect(sightOf(pathway, doctor, now, { answering: ['on-call'] })).toBe('whole');
    expect(sightOf(pathway, person('specialist'), now, { answering: ['on-call'] })).toBe('none');
  });

  it('who broke the glass reads the whole, on that ground, and nobody else by that', () => {
    const doctor = person('specialist', { practitionerId: 'duty' });
    expect(groundOf(pathway, doctor, now, { brokeGlass: ['duty'] })).toBe('break-glass');
    expect(sightOf(pathway, doctor, now, { brokeGlass: ['duty'] })).toBe('whole');
    expect(sightOf(pathway, person('specialist'), now, { brokeGlass: ['duty'] })).toBe('none');
  });

  it('the patient and who stands by them see the patient’s side, another patient nothing, and nobody by an absent id', () => {
    expect(sightOf(pathway, person('patient', { patientId: 'patient' }), now)).toBe('patient');
    expect(sightOf(pathway, person('patient', { trustedBy: 'patient' }), now)).toBe('patient');
    expect(groundOf(pathway, person('patient', { trustedBy: 'patient' }), now)).toBe('trusted-person');
    expect(sightOf(pathway, person('patient', { patientId: 'other', trustedBy: 'other' }), now)).toBe('none');
    expect(sightOf(pathway, person('patient'), now)).toBe('none');
    expect(sightOf(pathway, { kind: 'service', service: 'meetings', territory: 'here' }, now)).toBe('whole');
  });
});

it('a change is told to the care team, in its territory', () => {
  const change = {
    id: 'a',
    type: 'StepDone',
    pathwayId: 'pathway',
    sequence: 7,
    territory: 'here',
    readers: ['nurse'],
  };
  expect(concerns(change, nurse)).toBe(true);
  expect(concerns(change, person('specialist', { practitionerId: 'stranger' }))).toBe(false);
  expect(concerns({ ...change, territory: 'elsewhere' }, nurse)).toBe(false);
});
