import type { SignedInPerson } from './person-of-claims';

/** What a service writes before the subject of a person who acted. */
const PERSON = 'person:';

/** Whether colleagues may ever be told whose account it is: nobody's who reads as a patient or stands by one. */
export const isOfColleague = ({ roles, patientId, trustedBy }: SignedInPerson): boolean =>
  !roles.includes('patient') && patientId === undefined && trustedBy === undefined;

/**
 * The subjects that a service may mean by what it has written of who acted, the likelier first: it writes the subject
 * alone or behind `person:`, with which some subjects begin of themselves.
 */
export const subjectsMeant = (written: string): readonly string[] =>
  written.startsWith(PERSON) ? [written.slice(PERSON.length), written] : [written];
