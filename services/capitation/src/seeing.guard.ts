import type { Principal } from '@ariane/auth';
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
