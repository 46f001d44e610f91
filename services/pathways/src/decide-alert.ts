import { DomainError, epochOf } from '@ariane/kernel';
import type { Alert, AlertCommand, AlertEvent } from './alert';
import { isDeferred, nextRungAt } from './alert-clock';
import { omit } from './omit';

/** The longest that an alert may be put off, in ms. Source: the rules of this project for all tiers but the urgent. */
const DEFERRED_MS_MAX = 7 * 86_400_000;

/**
 * What follows from a command on an alert.
 *
 * @throws DomainError NOT_FOUND, STATE_CONFLICT, FORBIDDEN, ALERT_URGENT, ALERT_DEFERRED_TOO_LONG
 */
export function decideAlert(state: Alert | undefined, command: AlertCommand): readonly AlertEvent[] {
  switch (command.type) {
    case 'RaiseAlert':
      return state === undefined ? raised(command) : [];
    case 'DeliverAlert':
    case 'SeeAlert':
    case 'AcknowledgeAlert':
      return answered(openOf(state), command);
    case 'CloseAlert':
      return [closed(openOf(state), command.now, { reason: command.reason, by: command.by })];
    case 'HandleAlert':
      return [closed(openOf(state), command.now, { reason: 'handled', by: command.by, outcome: command.outcome })];
    case 'HandOverAlert':
      return givenTo(openOf(state), { ...command, at: command.now });
    case 'SnoozeAlert':
    case 'PauseAlert':
      return deferred(openOf(state), command);
    case 'ResumeAlert':
      return isDeferred(openOf(state), command.now) ? [{ type: 'AlertResumed', data: { at: command.now } }] : [];
    case 'OpenForAlert':
      return opened(openOf(state), command);
    case 'LiftAlert':
    case 'ReownAlert':
    case 'ClimbAlert':
    case 'ReturnAlert':
    case 'LeadBundle':
    case 'JoinBundle':
    case 'CountSignal':
    case 'Interrupt':
    case 'HoldBack':
      // What the service does by itself is for an alert that still stands; for one that has ended it is too late.
      return isOpen(state) ? byItself(state, command) : [];
  }
}

type ByItself = Exclude<AlertCommand, { type: 'RaiseAlert' } | { by: string }>;

function byItself(state: Alert, command: ByItself): readonly AlertEvent[] {
  switch (command.type) {
    case 'LiftAlert':
      return [closed(state, command.at, { reason: command.reason })];
    case 'ReownAlert': {
      const { from, to, role, reason, at } = command;
      return state.ownerId === from ? givenTo(state, { to, role, reason, at }) : [];
    }
    case 'ClimbAlert':
      return climbed(state, command);
    case 'ReturnAlert':
      return state.snoozedUntil !== undefined && epochOf(state.snoozedUntil) <= epochOf(command.now)
        ? [{ type: 'AlertReturned', data: { at: command.now } }]
        : [];
    case 'LeadBundle':
      return [{ type: 'AlertLed', data: { at: command.at } }];
    case 'JoinBundle':
      return [{ type: 'AlertBundled', data: { into: command.into } }];
    case 'CountSignal': {
      const counted: AlertEvent = { type: 'SignalCounted', data: {} };
      if (command.tier >= state.tier) return [counted];
      return [counted, { type: 'AlertReraised', data: { ...aboutOf(state), tier: command.tier, at: command.at } }];
    }
    case 'Interrupt':
      return state.heldBack === undefined ? [] : [{ type: 'AlertLetThrough', data: {} }];
    case 'HoldBack': {
      const { reason, at } = command;
      // Whatever asks for it, what is urgent is never held back (hazard H5).
      if (state.tier === 1 || state.heldBack === reason) return [];
      return [{ type: 'AlertHeldBack', data: { ...aboutOf(state), ...ownedBy(state.ownerId), reason, at } }];
    }
  }
}

type Raise = Extract<AlertCommand, { type: 'RaiseAlert' }>;

function raised({ watch, ...command }: Raise): readonly AlertEvent[] {
  const fact: AlertEvent = { type: 'AlertRaised', data: { alertId: command.id, ...omit(command, 'type', 'id') } };
  if (watch === undefined) return [fact];
  return [fact, { type: 'AlertWatched', data: { ...watch, deliverableAt: watch.placement.at } }];
}

/** Whoever acknowledges an alert has seen it, and it was delivered to whoever has seen it. */
function answered(
  state: Alert,
  { type, by, now: at }: Extract<AlertCommand, { type: 'DeliverAlert' | 'SeeAlert' | 'AcknowledgeAlert' }>,
): readonly AlertEvent[] {
  const delivered: readonly AlertEvent[] =
    state.deliveredAt === undefined ? [{ type: 'AlertDelivered', data: { at } }] : [];
  if (type === 'DeliverAlert') return delivered;
  const seen: readonly AlertEvent[] = state.seenAt === undefined ? [{ type: 'AlertSeen', data: { by, at } }] : [];
  if (type === 'SeeAlert') return [...delivered, ...seen];
  if (state.status === 'acknowledged') return [];
  return [...delivered, ...seen, { type: 'AlertAcknowledged', data: { ...aboutOf(state), by, at } }];
}

/** Given to another: it waits for their answer, whatever was answered before. */
function givenTo(
  state: Alert,
  given: { readonly to: string; readonly role: string; readonly reason: string; readonly at: string },
): readonly AlertEvent[] {
  const { to: ownerId, role: ownerRole, reason, at } = given;
  if (state.ownerId === ownerId) return [];
  return [{ type: 'AlertReassigned', data: { ...aboutOf(state), ...fromOf(state), ownerId, ownerRole, reason, at } }];
}

/** Put off for a reason and not for ever; what is urgent is not put off at all. */
function deferred(
  state: Alert,
  { type, by, reason, until, now: at }: Extract<AlertCommand, { type: 'SnoozeAlert' | 'PauseAlert' }>,
): readonly AlertEvent[] {
  if (state.tier === 1) throw new DomainError('ALERT_URGENT');
  const ms = epochOf(until) - epochOf(at);
  if (ms <= 0 || ms > DEFERRED_MS_MAX) throw new DomainError('ALERT_DEFERRED_TOO_LONG', {}, 'until');
  if (type === 'PauseAlert') return [{ type: 'AlertPaused', data: { kind: 'pause', by, reason, from: at, until } }];
  return [{ type: 'AlertSnoozed', data: { ...aboutOf(state), by, reason, until, at } }];
}

function climbed(
  state: Alert,
  { rung, to, role: ownerRole, now: at }: Extract<AlertCommand, { type: 'ClimbAlert' }>,
): readonly AlertEvent[] {
  const next = nextRungAt(state);
  if (rung !== state.rung + 1 || next === undefined || epochOf(next) > epochOf(at)) return [];
  return [{ type: 'AlertClimbed', data: { ...aboutOf(state), rung, ...fromOf(state), ...ownedBy(to), ownerRole, at } }];
}

/** Written down once for each owner: that they looked, from outside the care team, because this alert was theirs. */
function opened(state: Alert, { by, now: at }: { readonly by: string; readonly now: string }): readonly AlertEvent[] {
  if (state.ownerId !== by) throw new DomainError('FORBIDDEN');
  const isKnown = state.openings?.some((one) => one.by === by) === true;
  return isKnown ? [] : [{ type: 'PathwayOpened', data: { by, at } }];
}

const isOpen = (state: Alert | undefined): state is Alert => state !== undefined && state.status !== 'closed';

function openOf(state: Alert | undefined): Alert {
  if (state === undefined) throw new DomainError('NOT_FOUND');
  if (state.status === 'closed') throw new DomainError('STATE_CONFLICT', { state: state.status });
  return state;
}

const aboutOf = ({ id, pathwayId, patientId }: Alert) => ({ alertId: id, pathwayId, patientId });
const ownedBy = (ownerId: string | undefined) => (ownerId === undefined ? {} : { ownerId });
const fromOf = ({ ownerId }: Alert) => (ownerId === undefined ? {} : { from: ownerId });

const closed = (
  alert: Alert,
  at: string,
  how: { readonly reason: string; readonly by?: string; readonly outcome?: string },
): AlertEvent => ({ type: 'AlertClosed', data: { ...aboutOf(alert), ...how, at } });
