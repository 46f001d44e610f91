import { mayDo, mayEver, type Principal } from '@ariane/auth';
import { type Acquaintance, knownTo } from './acquaintance';

/**
 * Whether somebody may know a patient by name, as the page of abilities has it: a role of the register, a ground of care
 * on that day, a meeting at which the patient is presented, or being that patient.
 *
 * @param day civil day in the territory
 */
export function mayKnow(
  principal: Principal,
  patientId: string,
  acquaintance: Acquaintance | undefined,
  day: string,
): boolean {
  const known = acquaintance === undefined ? [] : knownTo(acquaintance, day);
  return (
    mayDo(principal, 'read', 'PatientName', { patientId, knownTo: known }) ||
    (acquaintance?.isPresented === true && mayEver(principal, 'read-presented', 'PatientName'))
  );
}
