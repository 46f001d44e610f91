import { membersOn } from './care-team';
import type { Pathway } from './pathway';
import { dayOf } from './pathway-time';

/** Who reads, as the token says. */
export type Reading =
  | { readonly kind: 'service' }
  | { readonly kind: 'person'; readonly practitionerId?: string; readonly patientId?: string };

/** How much of a pathway somebody may see: all of it, what the patient may read, or that it exists not at all. */
export type Sight = 'whole' | 'patient' | 'none';

/**
 * The care team of that day and our own services see the whole; the patient sees the neutral side of it. Whoever a roster
 * names from outside the team sees the whole as long as an alert of this pathway is theirs to answer.
 *
 * @param answering owners of the pathway's alerts that are not closed
 */
export function sightOf(
  pathway: Pick<Pathway, 'team' | 'patientId' | 'timeZone'>,
  reading: Reading,
  now: string,
  answering: readonly string[] = [],
): Sight {
  if (reading.kind === 'service') return 'whole';
  const { practitionerId, patientId } = reading;
  const isMember = membersOn(pathway.team, dayOf(pathway, now)).some(
    (member) => member.practitionerId === practitionerId,
  );
  if (practitionerId !== undefined && (isMember || answering.includes(practitionerId))) return 'whole';
  return patientId !== undefined && patientId === pathway.patientId ? 'patient' : 'none';
}
