import { type Decider, DomainError, epochOf } from '@ariane/kernel';
import { advance } from './advance';
import { isCalledOff } from './asks';
import { coordinatorOf, membersOn } from './care-team';
import { decideChange } from './decide-change';
import { migrate, withdrawFact } from './decide-undo';
import { evolvePathway } from './evolve-pathway';
import { foldedFact } from './folded-fact';
import type { NewFact, Pathway, PathwayCommand, PathwayEvent, Planner } from './pathway';
import { endShare, host, release } from './shared-visit';
import { endWithParent } from './sub-pathway';
import { isOver, isToldAgain, takenOver } from './taken-over';
import { dayOf } from './pathway-time';

type Command<T extends PathwayCommand['type']> = Extract<PathwayCommand, { type: T }>;

/**
 * The pathway: facts come in from people and services, and `Advance` reads the plan again.
 *
 * @param planner the loaded protocols; the decider itself knows no rule of care
 */
export const pathwayDecider = (planner: Planner): Decider<Pathway, PathwayCommand, PathwayEvent> => ({
  decide: (state, command) => decide(planner, state, command),
  evolve: evolvePathway,
});

function decide(planner: Planner, state: Pathway | undefined, command: PathwayCommand): readonly PathwayEvent[] {
  if (command.type === 'Enrol') return enrol(planner, state, command);
  if (state === undefined) {
    // A parked key may belong to something else than a pathway, and a sub-protocol may be dropped before it begins.
    if (command.type === 'NoticeParkedKey' || command.type === 'EndWithParent') return [];
    throw new DomainError('NOT_FOUND', {}, 'pathwayId');
  }
  switch (command.type) {
    case 'FoldPatient':
      return [...personEvents(state, command), ...foldPatient(planner, state, command.facts)];
    case 'FoldFacts':
      return fold(planner, state, command.facts);
    case 'RecordFact':
      return record(planner, state, command);
    case 'Advance':
      return advanced(planner, state, command);
    case 'RefuseAsk':
      return refuse(state, command);
    case 'AnswerAsk':
      return answer(state, command);
    case 'EndWithParent':
      return endWithParent(state, command);
    case 'HostStep':
      return host(state, command);
    case 'ReleaseGuest':
      return release(state, command);
    case 'EndShare':
      return endShare(state, command);
    case 'JoinTeam':
      return join(state, command);
    case 'LeaveTeam':
      return leave(state, command);
    case 'AddStep':
    case 'RepeatStep':
    case 'MoveStep':
    case 'SkipStep':
    case 'ShareStep':
    case 'WithdrawChange':
      return decideChange(planner, state, command);
    case 'WithdrawFact':
      return withdrawFact(planner, state, command);
    case 'Migrate':
      return migrate(planner, state, command);
    case 'NoticeParkedKey': {
      const { eventId, producer, consumer, at } = command;
      return state.status === 'ACTIVE' ? [{ type: 'ParkedKeyNoticed', data: { eventId, producer, consumer, at } }] : [];
    }
  }
}

/** What the calendar records comes first, so that the plan is read with it. */
function advanced(planner: Planner, state: Pathway, { now }: Command<'Advance'>): readonly PathwayEvent[] {
  if (state.status !== 'ACTIVE') return [];
  const recorded = fold(planner, state, planner.calendar(state, now.care));
  const dated = recorded.reduce(evolvePathway, state);
  return [...recorded, ...advance(dated, planner.plan(dated, now.care), now, (key) => planner.step(dated, key))];
}

/** A protocol past its review takes no new patient, and somebody must own the alerts from the first instant. */
function enrol(planner: Planner, state: Pathway | undefined, command: Command<'Enrol'>): readonly PathwayEvent[] {
  if (state !== undefined) throw new DomainError('ALREADY_EXISTS', {}, 'id');
  const { pathwayId, patientId, protocol, contract, timeZone, holidays, now, reviewBy, parent } = command;
  if (dayOf({ timeZone }, now) > reviewBy) {
    throw new DomainError('PROTOCOL_REVIEW_OVERDUE', { reviewBy }, 'protocolId');
  }
  const { begunAt, history } = takenOver(planner, command);
  const day = dayOf({ timeZone }, begunAt);
  const team = command.team.map((member) => ({ ...member, from: day }));
  if (coordinatorOf(team, day) === undefined) throw new DomainError('COORDINATOR_REQUIRED', {}, 'careTeam');
  const about = { pathwayId, patientId, protocol, contract, enrolledAt: begunAt, timeZone, holidays };
  const enrolled: readonly PathwayEvent[] = [
    {
      type: 'PathwayEnrolled',
      data: { ...about, ...(parent === undefined ? {} : { parent }) },
    },
    ...team.map((member): PathwayEvent => ({ type: 'CareTeamMemberAdded', data: { pathwayId, patientId, ...member } })),
  ];
  const begun = enrolled.reduce<Pathway | undefined>(evolvePathway, undefined);
  return begun === undefined ? enrolled : [...enrolled, ...fold(planner, begun, history)];
}

function personEvents(state: Pathway, { person }: Command<'FoldPatient'>): readonly PathwayEvent[] {
  const same = state.person?.birthDate === person.birthDate && state.person.sex === person.sex;
  return same ? [] : [{ type: 'PersonKept', data: person }];
}

/**
 * What the register tells. A death counts once, whoever recorded it; taken back as a mistake and told again by the
 * register, which forgot it then, it is a new one.
 */
function foldPatient(planner: Planner, state: Pathway, facts: readonly NewFact[]): readonly PathwayEvent[] {
  const [deaths, others] = [facts.filter(isDeath), facts.filter((fact) => !isDeath(fact))];
  const fresh = state.facts.some(isDeath) ? [] : deaths;
  return [...fold(planner, state, others), ...fresh.flatMap((fact) => foldedFact(state, fact, others.length))];
}

const isDeath = ({ code }: NewFact): boolean => code === 'patient.died';

/**
 * What happened is kept even after the end; what was taken back as a mistake is not heard again. A booking is a fact
 * only where a plan is dated by it.
 */
function fold(planner: Planner, state: Pathway, facts: readonly NewFact[]): readonly PathwayEvent[] {
  const withdrawn = (state.withdrawn ?? []).map(({ fact }) => fact.id);
  const known = new Set([...state.facts.map(({ id }) => id), ...withdrawn]);
  // A step of another pathway that follows the visit may be dated by its slot.
  const isFollowed = (key: string | undefined) => (state.guests ?? []).some(({ stepKey }) => stepKey === key);
  const isRead = ({ code, stepKey }: NewFact): boolean =>
    code !== 'appointment.booked' || planner.readsSlots(state.protocol) || isFollowed(stepKey);
  const fresh = facts.filter((one) => !known.has(one.id) && isRead(one) && !isToldAgain(state, one));
  return fresh.flatMap((fact, index) => foldedFact(state, fact, index));
}

function record(planner: Planner, state: Pathway, { fact, now }: Command<'RecordFact'>): readonly PathwayEvent[] {
  const known = state.facts.find(({ id }) => id === fact.id);
  if (known !== undefined) {
    if (known.code === fact.code && known.at === fact.at && known.value === fact.value) return [];
    throw new DomainError('ALREADY_EXISTS', {}, 'factId');
  }
  if (state.status !== 'ACTIVE') throw new DomainError('STATE_CONFLICT', { state: state.status });
  planner.checkFact(state.protocol, fact);
  if (epochOf(fact.at) > epochOf(now)) throw new DomainError('FACT_IN_FUTURE', {}, 'at');
  return fold(planner, state, [fact]);
}

/** An answer to what was called off meanwhile is called off in its turn: no visit is made for a step that is not due. */
function answer(state: Pathway, { askId, booking, stepKey }: Command<'AnswerAsk'>): readonly PathwayEvent[] {
  if (state.status === 'ACTIVE' && stepKey !== undefined && isCalledOff(state, stepKey, askId)) {
    const about = { pathwayId: state.id, patientId: state.patientId, stepKey };
    return [{ type: 'StepDropped', data: { ...about, reason: 'called-off', asked: [askId] } }];
  }
  if (booking !== undefined && isOver(state, booking)) return [];
  const isOutstanding = state.asks.some(({ id }) => id === askId);
  if (!isOutstanding && booking === undefined) return [];
  return [{ type: 'AskAnswered', data: { askId, ...(booking === undefined ? {} : { booking }) } }];
}

/** A refused ask is not repeated: asking again would be refused again, and the pathway would never be quiet. */
function refuse(state: Pathway, { askId, code, now: at }: Command<'RefuseAsk'>): readonly PathwayEvent[] {
  const ask = state.asks.find(({ id }) => id === askId);
  if (ask === undefined) return [];
  return [{ type: 'AskRefused', data: { askId, service: ask.service, stepKey: ask.stepKey, code, at } }];
}

function join(state: Pathway, { member, now }: Command<'JoinTeam'>): readonly PathwayEvent[] {
  const day = dayOf(state, now);
  const isMember = membersOn(state.team, day).some(
    ({ practitionerId, role }) => practitionerId === member.practitionerId && role === member.role,
  );
  if (isMember) return [];
  const about = { pathwayId: state.id, patientId: state.patientId };
  return [{ type: 'CareTeamMemberAdded', data: { ...about, ...member, from: day } }];
}

function leave(state: Pathway, { practitionerId, role, now }: Command<'LeaveTeam'>): readonly PathwayEvent[] {
  const day = dayOf(state, now);
  const isSame = (member: { practitionerId: string; role: string }) =>
    member.practitionerId === practitionerId && member.role === role;
  if (!membersOn(state.team, day).some(isSame)) throw new DomainError('NOT_FOUND', {}, 'practitionerId');
  const others = state.team.filter((member) => !isSame(member));
  if (state.status === 'ACTIVE' && coordinatorOf(others, day) === undefined) {
    throw new DomainError('COORDINATOR_REQUIRED', {}, 'practitionerId');
  }
  const about = { pathwayId: state.id, patientId: state.patientId };
  return [{ type: 'CareTeamMemberLeft', data: { ...about, practitionerId, role, until: day } }];
}
