import { type Acquaintance, knows } from './acquaintance';

/** Who asks for a name. */
export interface NameReader {
  readonly roles: readonly string[];
  readonly practitionerId?: string;
  readonly patientId?: string;
}

/** Who coordinates or refers finds any patient of the register, as in pathways. */
const REGISTER_ROLES = ['coordinator', 'requester'];
/** Who prepares or chairs meetings knows whose cases are presented. */
const MEETING_ROLES = ['meeting-secretary', 'chair'];

/**
 * Whether somebody may know a patient by name: a role of the register, a ground of care on that day, a meeting at which
 * the patient is presented, or being that patient. Finance, auditors and administrators never do.
 *
 * @param day civil day in the territory
 */
export function mayKnow(reader: NameReader, patientId: string, known: Acquaintance | undefined, day: string): boolean {
  if (reader.patientId === patientId) return true;
  if (reader.roles.some((role) => REGISTER_ROLES.includes(role))) return true;
  if (known === undefined) return false;
  if (known.isPresented && reader.roles.some((role) => MEETING_ROLES.includes(role))) return true;
  return reader.practitionerId !== undefined && knows(known, reader.practitionerId, day);
}
