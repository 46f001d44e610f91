import type { PathwaysEvent } from '@ariane/contracts';
import { type Decider, DomainError, invariant } from '@ariane/kernel';
import { omit } from './omit';

/** Something that needs a human, who is named. Tier 1 is urgent: outside every cap, bundle and snooze. */
export interface Alert {
  readonly id: string;
  readonly pathwayId: string;
  readonly patientId: string;
  readonly tier: number;
  readonly reason: string;
  readonly stepKey?: string;
  readonly ownerId?: string;
  readonly ownerRole: string;
  readonly raisedAt: string;
  readonly text?: string;
  readonly status: 'open' | 'acknowledged' | 'closed';
  readonly acknowledgedBy?: string;
  readonly closedFor?: string;
}

export type AlertCommand =
  | ({ readonly type: 'RaiseAlert' } & Omit<Alert, 'status' | 'acknowledgedBy' | 'closedFor'>)
  | { readonly type: 'AcknowledgeAlert'; readonly by: string; readonly now: string }
  | { readonly type: 'CloseAlert'; readonly by: string; readonly reason: string; readonly now: string }
  /** The cause is gone: the plan closes what it had raised. */
  | { readonly type: 'LiftAlert'; readonly reason: string; readonly at: string }
  | { readonly type: 'ReownAlert'; readonly from: string; readonly to: string; readonly role: string };

export type AlertEvent =
  | Extract<PathwaysEvent, { type: 'AlertRaised' | 'AlertAcknowledged' | 'AlertClosed' }>
  | { readonly type: 'AlertReowned'; readonly data: { readonly ownerId: string; readonly ownerRole: string } };

/** An alert is raised once for its cause; it ends when the cause is gone or when a named human closes it for a reason. */
export const alert: Decider<Alert, AlertCommand, AlertEvent> = { decide, evolve };

function decide(state: Alert | undefined, command: AlertCommand): readonly AlertEvent[] {
  switch (command.type) {
    case 'RaiseAlert': {
      const data = { alertId: command.id, ...omit(command, 'type', 'id') };
      return state === undefined ? [{ type: 'AlertRaised', data }] : [];
    }
    case 'AcknowledgeAlert': {
      const alert = openOf(state);
      if (alert.status === 'acknowledged') return [];
      return [{ type: 'AlertAcknowledged', data: { ...aboutOf(alert), by: command.by, at: command.now } }];
    }
    case 'CloseAlert':
      return [closed(openOf(state), command.reason, command.now, command.by)];
    case 'LiftAlert':
      return isOpen(state) ? [closed(state, command.reason, command.at)] : [];
    case 'ReownAlert':
      return isOpen(state) && state.ownerId === command.from
        ? [{ type: 'AlertReowned', data: { ownerId: command.to, ownerRole: command.role } }]
        : [];
  }
}

const isOpen = (state: Alert | undefined): state is Alert => state !== undefined && state.status !== 'closed';

function openOf(state: Alert | undefined): Alert {
  if (state === undefined) throw new DomainError('NOT_FOUND');
  if (state.status === 'closed') throw new DomainError('STATE_CONFLICT', { state: state.status });
  return state;
}

const aboutOf = ({ id, pathwayId, patientId }: Alert) => ({ alertId: id, pathwayId, patientId });

const closed = (alert: Alert, reason: string, at: string, by?: string): AlertEvent => ({
  type: 'AlertClosed',
  data: { ...aboutOf(alert), reason, at, ...(by === undefined ? {} : { by }) },
});

function evolve(state: Alert | undefined, event: AlertEvent): Alert {
  if (event.type === 'AlertRaised') {
    const { alertId: id, ...about } = event.data;
    return { id, ...about, status: 'open' };
  }
  invariant(state !== undefined, 'an alert begins with AlertRaised');
  switch (event.type) {
    case 'AlertAcknowledged':
      return { ...state, status: 'acknowledged', acknowledgedBy: event.data.by };
    case 'AlertClosed':
      return { ...state, status: 'closed', closedFor: event.data.reason };
    case 'AlertReowned':
      return { ...state, ...event.data };
  }
}
