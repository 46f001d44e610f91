import type { Pin } from '@ariane/contracts';
import { DomainError, uuidv5 } from '@ariane/kernel';
import { decideChange } from './decide-change';
import { foldedFact, withdrawnFact } from './folded-fact';
import type { NewFact, Pathway, PathwayCommand, PathwayEvent, Planner } from './pathway';
import { dayOf } from './pathway-time';

type Command<T extends PathwayCommand['type']> = Extract<PathwayCommand, { type: T }>;

/**
 * Takes back a fact that was recorded by mistake. If it had ended the pathway, the pathway goes on: the plan is as it
 * was, and what had been cancelled is asked for once more. What is not undone: what was posted (capitation corrects by
 * its own rules), visits that others took in the meantime, milestones already told.
 *
 * Throws NOT_FOUND for a fact that is not there, FACT_NOT_ALLOWED for one that a service told: that one takes it back.
 */
export function withdrawFact(
  planner: Planner,
  state: Pathway,
  command: Command<'WithdrawFact'>,
): readonly PathwayEvent[] {
  const { factId, by, reason, now: at } = command;
  const isChange = (state.changes ?? []).some(({ id }) => id === factId);
  if (isChange) return decideChange(planner, state, { type: 'WithdrawChange', changeId: factId, by, reason, now: at });
  const known = (state.withdrawn ?? []).find(({ fact }) => fact.id === factId);
  if (known !== undefined) {
    if (known.by === by && known.reason === reason) return [];
    throw new DomainError('STATE_CONFLICT', { state: 'withdrawn' }, 'factId');
  }
  const fact = state.facts.find(({ id }) => id === factId);
  if (fact === undefined) throw new DomainError('NOT_FOUND', {}, 'factId');
  planner.checkFact(state.protocol, fact);
  const signed = { by, reason, at };
  return [...withdrawnFact(state, factId, signed), ...reopened(planner, state, factId, at)];
}

/** An ended pathway whose facts no longer end it. */
function reopened(planner: Planner, state: Pathway, factId: string, at: string): readonly PathwayEvent[] {
  if (state.status === 'ACTIVE') return [];
  const facts = state.facts.filter(({ id }) => id !== factId);
  if (planner.plan({ ...state, facts }, at).end !== undefined) return [];
  const { id: pathwayId, patientId, status } = state;
  return [{ type: 'PathwayReopened', data: { pathwayId, patientId, status, reopenedAt: at } }];
}

/**
 * Pins another version of the same protocol, as a named clinician approved for this patient.
 *
 * Throws STATE_CONFLICT once ended, PROTOCOL_REVIEW_OVERDUE, PROTOCOL_NOT_COVERED, and RULE_BROKEN for another protocol.
 */
export function migrate(planner: Planner, state: Pathway, command: Command<'Migrate'>): readonly PathwayEvent[] {
  const { to, reviewBy, paid, by, reason, now: at } = command;
  const { id: pathwayId, patientId, protocol: from } = state;
  if (isSamePin(from, to)) return [];
  if (state.status !== 'ACTIVE') throw new DomainError('STATE_CONFLICT', { state: state.status });
  if (to.id !== from.id) throw new DomainError('RULE_BROKEN', { rule: from.id }, 'toVersion');
  if (dayOf(state, at) > reviewBy) throw new DomainError('PROTOCOL_REVIEW_OVERDUE', { reviewBy }, 'toVersion');
  if (!paid.includes(to.id)) throw new DomainError('PROTOCOL_NOT_COVERED', {}, 'toVersion');
  const isNewlyRead = planner.readsSlots(to) && !planner.readsSlots(from);
  return [
    { type: 'PathwayMigrated', data: { pathwayId, patientId, from, protocol: to, by, reason, migratedAt: at } },
    ...(isNewlyRead ? bookedFacts(state, at).flatMap((fact, index) => foldedFact(state, fact, index)) : []),
  ];
}

/** Slots booked while nothing in the former version was dated by them. */
const bookedFacts = ({ bookings }: Pathway, at: string): readonly NewFact[] =>
  bookings.flatMap(({ status, appointmentId, stepKey, startsAt: value }) => {
    if (status !== 'booked' || value === undefined) return [];
    return [{ id: uuidv5(appointmentId, `booked/${value}`), code: 'appointment.booked', at, stepKey, value }];
  });

const isSamePin = (a: Pin, b: Pin): boolean => a.sha256 === b.sha256 && a.version === b.version && a.id === b.id;
