import { uuidv5 } from '@ariane/kernel';
import { coordinatorOf, type Member, membersOn } from './care-team';
import type { Pathway, PathwayCommand } from './pathway';
import { dayOf } from './pathway-time';

interface ToParent {
  readonly to: 'pathway';
  readonly id: string;
  readonly command: PathwayCommand;
}

/** A pathway that another one asked for answers it: the patient has entered. */
export function enrolledForParent(pathway: Pathway): readonly ToParent[] {
  const { parent, id: askId, enrolledAt } = pathway;
  if (parent === undefined) return [];
  const answered: ToParent = { to: 'pathway', id: parent.pathwayId, command: { type: 'AnswerAsk', askId } };
  return [answered, ...toldParent(pathway, 'sub-protocol.enrolled', enrolledAt)];
}

/** What becomes of a pathway is a fact of the step that asked for it; how it ended is the fact's value. */
export function toldParent(
  { id, parent, status }: Pathway,
  code: 'sub-protocol.enrolled' | 'sub-protocol.closed',
  at: string,
): readonly ToParent[] {
  if (parent === undefined) return [];
  const { pathwayId, stepKey } = parent;
  const value = code === 'sub-protocol.closed' ? { value: status } : {};
  const fact = { id: uuidv5(id, `${code}/${at}`), code, at, stepKey, ...value };
  return [{ to: 'pathway', id: pathwayId, command: { type: 'FoldFacts', facts: [fact] } }];
}

/**
 * Who goes along into the other protocol: members whose role it knows, and the coordinator, who owns its alerts until
 * its own team is complete.
 *
 * @param roles of the other protocol
 */
export function teamFor(
  { team, timeZone }: Pick<Pathway, 'team' | 'timeZone'>,
  roles: readonly string[],
  now: string,
): readonly Pick<Member, 'practitionerId' | 'role' | 'ground'>[] {
  const day = dayOf({ timeZone }, now);
  const known = membersOn(team, day).filter(({ role }) => role === 'coordinator' || roles.includes(role));
  const coordinator = coordinatorOf(team, day);
  const hasOne = coordinatorOf(known, day) !== undefined;
  const added = hasOne || coordinator === undefined ? [] : [{ ...coordinator, role: 'coordinator' }];
  return [...known, ...added].map(({ practitionerId, role, ground }) => ({ practitionerId, role, ground }));
}
