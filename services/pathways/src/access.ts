import { membersOn } from './care-team';
import type { Pathway } from './pathway';
import { dayOf } from './pathway-time';

/** Who reads, as the token says. */
export type Reading =
  | { readonly kind: 'service' }
  | { readonly kind: 'person'; readonly practitionerId?: string; readonly patientId?: string };

/** How much of a pathway somebody may see: all of it, what the patient may read, or that it exists not at all. */
export type Sight = 'whole' | 'patient' | 'none';

/** Why somebody may see a pathway, the first that holds; `none` where nothing does. */
export type Ground = 'service' | 'care-team' | 'answering-alert' | 'break-glass' | 'patient' | 'none';

/** What lets somebody from outside the care team in, by their id in the directory. */
export interface Exceptions {
  /** Owners of the pathway's alerts that are not closed. */
  readonly answering?: readonly string[];
  /** Who opened the patient's file in an emergency, less than an hour ago. */
  readonly brokeGlass?: readonly string[];
}

/**
 * The care team of that day and our own services see the whole; the patient sees the neutral side of it. Whoever a roster
 * names from outside the team sees the whole as long as an alert of this pathway is theirs to answer; whoever broke the
 * glass, until their hour is over.
 */
export function groundOf(
  pathway: Pick<Pathway, 'team' | 'patientId' | 'timeZone'>,
  reading: Reading,
  now: string,
  { answering = [], brokeGlass = [] }: Exceptions = {},
): Ground {
  if (reading.kind === 'service') return 'service';
  const { practitionerId, patientId } = reading;
  if (practitionerId !== undefined) {
    const team = membersOn(pathway.team, dayOf(pathway, now));
    if (team.some((member) => member.practitionerId === practitionerId)) return 'care-team';
    if (answering.includes(practitionerId)) return 'answering-alert';
    if (brokeGlass.includes(practitionerId)) return 'break-glass';
  }
  return patientId !== undefined && patientId === pathway.patientId ? 'patient' : 'none';
}

/** How much that is. */
export const sightOf = (...asked: Parameters<typeof groundOf>): Sight => sightBy(groundOf(...asked));

export const sightBy = (ground: Ground): Sight => (ground === 'patient' || ground === 'none' ? ground : 'whole');
