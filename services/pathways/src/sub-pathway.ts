import { uuidv5 } from '@ariane/kernel';
import { coordinatorOf, type Member, membersOn } from './care-team';
import { foldedFact } from './folded-fact';
import type { Pathway, PathwayCommand, PathwayEvent } from './pathway';
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
  const { pathwayId, stepKey } = parent;
  const answered: ToParent = { to: 'pathway', id: pathwayId, command: { type: 'AnswerAsk', askId, stepKey } };
  return [answered, ...toldParent(pathway, 'sub-protocol.enrolled', enrolledAt)];
}

/** Why a pathway ended that its parent called off, as a fact of its own. */
const CALLED_OFF = 'sub-protocol.called-off';

/** The step of a parent will not be done: the pathways that it asked for end, and are told why. */
export const endedByParent = (asked: readonly string[], stepKey: string, reason: string, now: string) =>
  asked.map((id): ToParent => ({ to: 'pathway', id, command: { type: 'EndWithParent', stepKey, reason, now } }));

/** The patient leaves the protocol for the reason that the parent gives; nothing where another step asked for it. */
export function endWithParent(
  state: Pathway,
  { stepKey, reason: value, now: at }: Extract<PathwayCommand, { type: 'EndWithParent' }>,
): readonly PathwayEvent[] {
  if (state.status !== 'ACTIVE' || state.parent?.stepKey !== stepKey) return [];
  const { id: pathwayId, patientId } = state;
  const told = foldedFact(state, { id: uuidv5(state.id, CALLED_OFF), code: CALLED_OFF, at, value }, 0);
  return [...told, { type: 'PathwayClosed', data: { pathwayId, patientId, status: 'EXCLUDED', closedAt: at } }];
}

/** What becomes of a pathway is a fact of the step that asked for it; how it ended is the fact's value. */
export function toldParent(
  { id, parent, status, facts }: Pathway,
  code: 'sub-protocol.enrolled' | 'sub-protocol.closed',
  at: string,
): readonly ToParent[] {
  // Whom the parent itself called off has nothing to tell it: a step that comes back asks for another.
  if (parent === undefined || facts.some((fact) => fact.code === CALLED_OFF)) return [];
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
