import { type Principal, rolesOf } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';

/**
 * Who stands behind an act that two persons share. A secretary's act is the act of who is named by the token itself.
 *
 * @throws APPROVER_REQUIRED for a service
 */
export function namedPerson(principal: Principal): string {
  if (principal.kind !== 'person') throw new DomainError('APPROVER_REQUIRED');
  return principal.subject;
}

/** Whether a reader may see what every party is owed. */
export const seesAll = (principal: Principal): boolean =>
  rolesOf(principal).some((role) => ['finance', 'finance-approver', 'auditor', 'service'].includes(role));

/** The party a professional is in the books; undefined for who is none. */
export const partyOf = (principal: Principal): string | undefined =>
  principal.kind === 'person' && principal.practitionerId !== undefined
    ? `prac:${principal.practitionerId}`
    : undefined;
