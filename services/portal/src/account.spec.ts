import { isOfColleague, subjectsMeant } from './account';
import type { SignedInPerson } from './person-of-claims';

const person: SignedInPerson = { subject: 'somebody', name: 'Some Body', roles: ['finance'], territory: 'here' };

describe('an account', () => {
  it('is of a colleague unless it is a patient’s or of who stands by one, whatever else they may do', () => {
    expect(isOfColleague(person)).toBe(true);
    expect(isOfColleague({ ...person, roles: ['patient'] })).toBe(false);
    expect(isOfColleague({ ...person, roles: ['finance', 'patient'] })).toBe(false);
    expect(isOfColleague({ ...person, patientId: 'p' })).toBe(false);
    expect(isOfColleague({ ...person, trustedBy: 'p' })).toBe(false);
  });

  it('is meant by its subject alone and behind “person:”, which a subject may hold itself', () => {
    expect(subjectsMeant('ada')).toEqual(['ada']);
    expect(subjectsMeant('person:ada')).toEqual(['ada', 'person:ada']);
    expect(subjectsMeant('person:person:0a1b')[0]).toBe('person:0a1b');
    expect(subjectsMeant('service:workflows')).toEqual(['service:workflows']);
  });
});
