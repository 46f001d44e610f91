import { personRoles } from '@ariane/kernel';

import type { PersonRole, Principal } from '../principal';
import { mayDo, mayEver, queryOf } from './ability';
import { consentAllows } from './consent';

const person = (role: PersonRole, ids: object = {}) => personOf([role], ids);
const personOf = (roles: readonly PersonRole[], ids: object): Principal => ({
  kind: 'person',
  subject: 'somebody',
  roles,
  territory: 'here',
  ...ids,
});
const service: Principal = { kind: 'service', service: 'meetings', territory: 'here' };

const request = { requesterId: 'asks', expertId: 'asked', formerExpertIds: ['was-asked'] };

describe('what a reader may see', () => {
  it('an opinion request is of who asks, who is or was asked, and who coordinates; nobody else', () => {
    for (const practitionerId of ['asks', 'asked', 'was-asked']) {
      expect(mayDo(person('specialist', { practitionerId }), 'read', 'OpinionRequest', request)).toBe(true);
    }
    expect(mayDo(person('coordinator'), 'read', 'OpinionRequest', request)).toBe(true);
    expect(mayDo(service, 'read', 'OpinionRequest', request)).toBe(true);
    expect(mayDo(person('specialist', { practitionerId: 'other' }), 'read', 'OpinionRequest', request)).toBe(false);
    expect(mayDo(person('specialist'), 'read', 'OpinionRequest', request)).toBe(false);
  });

  it('is what the query for a list has as its condition', () => {
    const { $or } = queryOf(person('chair', { practitionerId: 'me' }), 'read', 'OpinionRequest');
    expect($or).toHaveLength(3);
    expect($or).toEqual(expect.arrayContaining([{ requesterId: 'me' }, { expertId: 'me' }, { formerExpertIds: 'me' }]));
    expect(queryOf(person('coordinator'), 'read', 'OpinionRequest')).toEqual({});
    expect(queryOf(person('specialist', { practitionerId: 'me' }), 'list', 'WorkItem')).toEqual({ readers: 'me' });
  });

  it('a role the page does not name sees nothing, and so does a reader without the id a relation asks for', () => {
    expect(mayEver(person('finance'), 'read', 'Pathway')).toBe(false);
    expect(queryOf(person('finance'), 'list', 'Pathway')).toEqual({ _id: { $in: [] } });
    expect(queryOf(person('coordinator'), 'list', 'WorkItem')).toEqual({ readers: { $in: [] } });
    expect(mayDo(person('coordinator'), 'list', 'WorkItem', { readers: [] })).toBe(false);
    expect(mayDo(person('coordinator'), 'list', 'WorkItem', {})).toBe(false);
  });

  it('roles add up, each with its own relation', () => {
    const me = { practitionerId: 'me' };
    expect(mayDo(personOf(['finance', 'specialist'], me), 'read', 'Statement', { party: 'prac:other' })).toBe(true);
    expect(mayDo(personOf(['specialist'], me), 'read', 'Statement', { party: 'prac:other' })).toBe(false);
    expect(mayDo(personOf(['specialist'], me), 'read', 'Statement', { party: 'prac:me' })).toBe(true);
  });

  it('who acted is told to everybody who works here, and to no patient', () => {
    const told = personRoles.filter((role) => mayEver(person(role), 'read', 'AccountName'));
    expect(told).toEqual(personRoles.filter((role) => role !== 'patient'));
    expect(mayEver(person('patient', { trustedBy: 'p' }), 'read', 'AccountName')).toBe(false);
  });

  it('a patient’s id opens nothing to who is signed in as a professional', () => {
    const known = { patientId: 'p', team: [], answering: [] };
    expect(mayDo(person('patient', { patientId: 'p' }), 'read-neutral', 'Pathway', known)).toBe(true);
    expect(mayDo(person('specialist', { patientId: 'p' }), 'read-neutral', 'Pathway', known)).toBe(false);
  });
});

describe('consent', () => {
  const asked = { purpose: 'care', recipient: 'doctor' } as const;

  it('is not asked for within the law’s care team', () => {
    for (const ground of ['same-establishment', 'patient-designated', 'regulated-team']) {
      expect(consentAllows({ ...asked, ground })).toBe(true);
    }
  });

  it('is needed for anything else, for that purpose and that recipient', () => {
    expect(consentAllows({ recipient: 'doctor', purpose: 'study', ground: 'regulated-team' })).toBe(false);
    expect(consentAllows({ ...asked, ground: 'none' })).toBe(false);
    expect(consentAllows({ ...asked, ground: 'none' }, [{ purpose: 'care', recipient: 'other' }])).toBe(false);
    expect(consentAllows({ ...asked, ground: 'none' }, [{ purpose: 'care', recipient: 'doctor' }])).toBe(true);
  });
});
