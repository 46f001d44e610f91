import { consentAllows, mayDo, type Principal } from '@ariane/auth';
import type { Change } from './change';
import { type Member, membersOn } from './care-team';
import type { Pathway } from './pathway';
import { dayOf } from './pathway-time';

/** How much of a pathway somebody may see: all of it, what the patient may read, or that it exists not at all. */
export type Sight = 'whole' | 'patient' | 'none';

/** Why somebody may see a pathway, the first that holds; `none` where nothing does. */
export type Ground =
  'service' | 'care-team' | 'answering-alert' | 'break-glass' | 'patient' | 'trusted-person' | 'none';

/** What lets somebody from outside the care team in, by their id in the directory. */
export interface Exceptions {
  /** Owners of the pathway's alerts that are not closed. */
  readonly answering?: readonly string[];
  /** Who opened the patient's file in an emergency, less than an hour ago. */
  readonly brokeGlass?: readonly string[];
}

/** The care team of that day, as far as what concerns the patient may be shared with them. */
export const sharedWith = (pathway: Pick<Pathway, 'team' | 'timeZone'>, now: string): readonly Member[] =>
  membersOn(pathway.team, dayOf(pathway, now)).filter(({ ground, practitionerId }) =>
    consentAllows({ purpose: 'care', ground, recipient: practitionerId }),
  );

/**
 * What the page of abilities gives of a pathway, and by which relation. The care team of that day and our own services
 * see the whole; the patient, and who stands by them, the neutral side of it. Whoever a roster names from outside the
 * team sees the whole as long as an alert of it is theirs to answer; whoever broke the glass, until their hour is over.
 */
export function groundOf(
  pathway: Pick<Pathway, 'team' | 'patientId' | 'timeZone'>,
  principal: Principal,
  now: string,
  { answering = [], brokeGlass = [] }: Exceptions = {},
): Ground {
  const { patientId } = pathway;
  const sees = (known: object): boolean => mayDo(principal, 'read', 'Pathway', { ...known });
  if (principal.kind === 'service') return sees({}) ? 'service' : 'none';
  if (sees({ team: sharedWith(pathway, now) })) return 'care-team';
  if (sees({ answering })) return 'answering-alert';
  if (sees({ brokeGlass })) return 'break-glass';
  if (!mayDo(principal, 'read-neutral', 'Pathway', { patientId })) return 'none';
  return principal.patientId === patientId ? 'patient' : 'trusted-person';
}

/** How much that is. */
export const sightOf = (...asked: Parameters<typeof groundOf>): Sight => sightBy(groundOf(...asked));

export function sightBy(ground: Ground): Sight {
  if (ground === 'none') return 'none';
  return ground === 'patient' || ground === 'trusted-person' ? 'patient' : 'whole';
}

/** Whether somebody may hear of a change: those who cared for the pathway when it was written down. */
export const concerns = ({ territory, readers }: Change, principal: Principal): boolean =>
  territory === principal.territory && mayDo(principal, 'list', 'WorkItem', { readers });
