import { epochOf, invariant } from '@ariane/kernel';
import type { Alert, AlertEvent, Deferral } from './alert';
import { dueAtOf } from './alert-clock';
import { omit } from './omit';
import { sortable } from './pathway-time';

/** The alert after one of its events; when it is due next is worked out anew each time. */
export function evolveAlert(state: Alert | undefined, event: AlertEvent): Alert {
  if (event.type === 'AlertRaised') {
    const { alertId: id, ...about } = event.data;
    const waitingSince = about.raisedAt;
    const fresh = { waitingSince, rung: 0, formerOwners: [], deferrals: [], signals: 1, dueAt: null } as const;
    return { id, ...about, status: 'open', ...fresh };
  }
  invariant(state !== undefined, 'an alert begins with AlertRaised');
  const next = after(state, event);
  return { ...next, dueAt: dueAtOf(next) };
}

type Later = Exclude<AlertEvent, { type: 'AlertRaised' }>;

function after(state: Alert, event: Later): Alert {
  switch (event.type) {
    case 'AlertWatched': {
      const { clock, deliverableAt } = event.data;
      return { ...state, clock, deliverableAt };
    }
    case 'AlertDelivered':
      return { ...state, deliveredAt: event.data.at };
    case 'AlertSeen':
      return { ...state, seenAt: event.data.at, seenBy: event.data.by };
    case 'AlertAcknowledged': {
      const { by, at } = event.data;
      return { ...state, status: 'acknowledged', acknowledgedBy: by, acknowledgedAt: at };
    }
    case 'AlertClosed':
      return closed(state, event.data);
    case 'AlertReassigned': {
      const { ownerId, ownerRole, reason, at } = event.data;
      return { ...reassigned(reowned(state, reason, at), at), ownerId, ownerRole };
    }
    case 'AlertClimbed':
      return climbed(state, event.data);
    case 'AlertHeldBack':
      return { ...state, heldBack: event.data.reason === 'information' ? 'information' : 'budget' };
    case 'AlertLetThrough':
      return omit(state, 'heldBack');
    case 'AlertSnoozed': {
      const { by, reason, until, at: from } = event.data;
      const deferrals: Alert['deferrals'] = [...(state.deferrals ?? []), { kind: 'snooze', by, reason, from, until }];
      return { ...state, deferrals, snoozedUntil: sortable(until) };
    }
    case 'PathwayOpened':
      return { ...state, openings: [...(state.openings ?? []), event.data] };
    case 'AlertPaused':
      return { ...state, deferrals: [...(state.deferrals ?? []), event.data] };
    case 'AlertResumed':
      return { ...omit(state, 'snoozedUntil'), deferrals: endedAt(state.deferrals, event.data.at) };
    case 'AlertReturned':
      return waiting(state, event.data.at);
    case 'AlertReraised':
      return { ...waiting(state, event.data.at), tier: event.data.tier };
    case 'AlertLed':
      return omit(state, 'bundledInto');
    case 'AlertBundled':
      return { ...state, bundledInto: event.data.into };
    case 'SignalCounted':
      return { ...state, signals: state.signals + 1 };
  }
}

/** Acknowledged and not handled in time, it waits for an answer again, from the rung that it has reached. */
function climbed(state: Alert, data: Extract<Later, { type: 'AlertClimbed' }>['data']): Alert {
  const { ownerId, ownerRole, rung, at } = data;
  const owned = { ...(ownerId === undefined ? {} : { ownerId }), ownerRole, rung };
  if (state.status !== 'acknowledged') return { ...omit(reowned(state, 'unacknowledged', at), 'ownerId'), ...owned };
  return { ...omit(reassigned(reowned(state, 'unhandled', at), at), 'ownerId'), ...owned };
}

function closed(state: Alert, data: Extract<Later, { type: 'AlertClosed' }>['data']): Alert {
  const { by, at, reason, outcome } = data;
  const who = by === undefined ? {} : { closedBy: by };
  const what = outcome === undefined ? {} : { outcome };
  return { ...state, status: 'closed', closedFor: reason, closedAt: at, ...who, ...what };
}

function reowned(state: Alert, reason: string, until: string): Alert {
  const { ownerId, ownerRole, formerOwners = [] } = state;
  const former = { ...(ownerId === undefined ? {} : { ownerId }), ownerRole, until, reason };
  // It was put before somebody else.
  return { ...omit(state, 'deliveredAt', 'seenAt', 'seenBy'), formerOwners: [...formerOwners, former] };
}

/** Who has it now has answered nothing yet. */
const reassigned = (state: Alert, at: string): Alert => ({
  ...omit(state, 'acknowledgedBy', 'acknowledgedAt'),
  status: 'open',
  waitingSince: at,
  rung: 0,
});

/** It waits for an answer again, whatever was answered before, from the foot of its ladder. */
function waiting(state: Alert, at: string): Alert {
  const unseen = omit(state, 'deliveredAt', 'seenAt', 'seenBy', 'snoozedUntil');
  return { ...reassigned(unseen, at), deferrals: endedAt(state.deferrals, at) };
}

const endedAt = (deferrals: Alert['deferrals'], at: string): readonly Deferral[] =>
  (deferrals ?? []).map((one) => (epochOf(one.until) > epochOf(at) ? { ...one, until: at } : one));
