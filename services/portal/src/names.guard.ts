import { mayDo, mayEver, type Principal } from '@ariane/auth';
import type { AccessGround } from '@ariane/service';
import { type Acquaintance, groundOf, knownTo } from './acquaintance';

/**
 * Why somebody may know a patient by name, as the page of abilities has it: a role of the register, a ground of care on
 * that day, a meeting at which the patient is presented, or being that patient. Undefined where they may not.
 *
 * @param day civil day in the territory
 */
export function groundToKnow(
  principal: Principal,
  patientId: string,
  acquaintance: Acquaintance | undefined,
  day: string,
): AccessGround | undefined {
  const known = acquaintance === undefined ? [] : knownTo(acquaintance, day);
  if (mayDo(principal, 'read', 'PatientName', { patientId, knownTo: known }))
    return careGround(principal, patientId, acquaintance, day) ?? 'office';
  const isPresented = acquaintance?.isPresented === true && mayEver(principal, 'read-presented', 'PatientName');
  return isPresented ? 'meeting-participant' : undefined;
}

/** What binds somebody to the patient besides their function; undefined where nothing does. */
function careGround(
  principal: Principal,
  patientId: string,
  acquaintance: Acquaintance | undefined,
  day: string,
): AccessGround | undefined {
  if (principal.kind === 'service') return undefined;
  const { practitionerId, patientId: own, trustedBy } = principal;
  if (own === patientId) return 'patient';
  if (trustedBy === patientId) return 'trusted-person';
  if (practitionerId === undefined || acquaintance === undefined) return undefined;
  return groundOf(acquaintance, practitionerId, day);
}
