import { consentAllows, mayDo, type Principal } from '@ariane/auth';
import type { Change } from './change';
import { type Member, membersOn } from './care-team';
import type { Pathway } from './pathway';
import { dayOf } from './pathway-time';

/** How much of a pathway somebody may see: all of it, what the patient may read, or that it exists not at all. */
export type Sight = 'whole' | 'patient' | 'none';

/** The care team of that day, as far as what concerns the patient may be shared with them. */
export const sharedWith = (pathway: Pick<Pathway, 'team' | 'timeZone'>, now: string): readonly Member[] =>
  membersOn(pathway.team, dayOf(pathway, now)).filter(({ ground, practitionerId }) =>
    consentAllows({ purpose: 'care', ground, recipient: practitionerId }),
  );

/**
 * What the page of abilities gives of a pathway. The care team of that day and our own services see the whole; the
 * patient, and who stands by them, see the neutral side of it. Whoever a roster names from outside the team sees the
 * whole as long as an alert of this pathway is theirs to answer.
 *
 * @param answering owners of the pathway's alerts that are not closed
 */
export function sightOf(
  pathway: Pick<Pathway, 'team' | 'patientId' | 'timeZone'>,
  principal: Principal,
  now: string,
  answering: readonly string[] = [],
): Sight {
  const known = { patientId: pathway.patientId, team: sharedWith(pathway, now), answering };
  if (mayDo(principal, 'read', 'Pathway', known)) return 'whole';
  return mayDo(principal, 'read-neutral', 'Pathway', known) ? 'patient' : 'none';
}

/** Whether somebody may hear of a change: those who cared for the pathway when it was written down. */
export const concerns = ({ territory, readers }: Change, principal: Principal): boolean =>
  territory === principal.territory && mayDo(principal, 'list', 'WorkItem', { readers });
