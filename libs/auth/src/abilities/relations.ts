import type { Principal } from '../principal';

/** What a reader may be known by in a document: the directory's id, the patient's, or their party in the books. */
type ReaderId = 'practitionerId' | 'patientId' | 'trustedBy' | 'party';

/** How a reader stands to a document: a field of it, or one of a list's, holds the reader's own id. */
export interface Relation {
  readonly field: string;
  readonly holds: ReaderId;
}

/** Present in the care team that day. Stored teams hold past members too: a list is judged again, one by one. */
export const careTeam: Relation = { field: 'team.practitionerId', holds: 'practitionerId' };
/** Named by a roster to answer an alert of the pathway that is not closed, from outside its team. */
export const answering: Relation = { field: 'answering', holds: 'practitionerId' };
/** Has a ground of care that day to know who the patient is. */
export const acquainted: Relation = { field: 'knownTo', holds: 'practitionerId' };
/** Opened the patient's file in an emergency, less than an hour ago; asked only where nothing else opens it. */
export const breakingGlass: Relation = { field: 'brokeGlass', holds: 'practitionerId' };
/** Coordinates one of the patient's pathways. */
export const coordinating: Relation = { field: 'coordinatorId', holds: 'practitionerId' };
/** An item of the worklist was written with those who care for its pathway. */
export const itsReader: Relation = { field: 'readers', holds: 'practitionerId' };
export const owner: Relation = { field: 'ownerId', holds: 'practitionerId' };
export const requesting: Relation = { field: 'requesterId', holds: 'practitionerId' };
export const asked: Relation = { field: 'expertId', holds: 'practitionerId' };
export const askedBefore: Relation = { field: 'formerExpertIds', holds: 'practitionerId' };
/** The professional whom the document is about. */
export const themselves: Relation = { field: 'practitionerId', holds: 'practitionerId' };
export const thePatient: Relation = { field: 'patientId', holds: 'patientId' };
/** Whoever the patient has named to stand by them (art. L. 1111-6 CSP), as whoever signs them in vouches. */
export const trustedPerson: Relation = { field: 'patientId', holds: 'trustedBy' };
export const ownParty: Relation = { field: 'party', holds: 'party' };
/** One of those who share by a key. */
export const voting: Relation = { field: 'voters', holds: 'party' };

/** The party a professional is in the books; undefined for who is none. */
export const partyOf = (principal: Principal): string | undefined =>
  principal.kind === 'person' && principal.practitionerId !== undefined
    ? `prac:${principal.practitionerId}`
    : undefined;

/** The relation as a query of MongoDB. A reader without the id stands in it to nothing. */
export const conditionOf = ({ field, holds }: Relation, principal: Principal): Readonly<Record<string, unknown>> => ({
  [field]: idOf(holds, principal) ?? { $in: [] },
});

function idOf(holds: ReaderId, principal: Principal): string | undefined {
  if (principal.kind === 'service') return undefined;
  return holds === 'party' ? partyOf(principal) : principal[holds];
}
