import { pathwaysEvents } from '@ariane/contracts';
import { civilDay, epochOf, uuidv5 } from '@ariane/kernel';
import { type Aggregate, type Effect, effect } from '@ariane/store';
import { alert, type Alert, type AlertCommand, type AlertEvent } from './alert';
import { attention, type Attention, type AttentionCommand, type AttentionEvent } from './alert-budget';
import { alertBundle, type AlertBundle, type AlertBundleCommand, type AlertBundleEvent, groupOf } from './alert-bundle';
import { deliverableFrom } from './alert-clock';
import { placeWork } from './duties.store';
import { seeAlert } from './works.store';

const {
  AlertRaised,
  AlertAcknowledged,
  AlertReassigned,
  AlertClimbed,
  AlertHeldBack,
  AlertSnoozed,
  AlertReraised,
  AlertClosed,
} = pathwaysEvents;

export const alerts: Aggregate<Alert, AlertCommand, AlertEvent> = {
  name: 'alert',
  collection: 'alerts',
  ...alert,
  facts: {
    AlertRaised,
    AlertAcknowledged,
    AlertReassigned,
    AlertClimbed,
    AlertHeldBack,
    AlertSnoozed,
    AlertReraised,
    AlertClosed,
  },
  subject: ({ pathwayId }) => pathwayId,
  patient: ({ patientId }) => patientId,
  sealed: ['text'],
  indexes: [
    { keys: { ownerId: 1, status: 1 } },
    { keys: { pathwayId: 1, status: 1 } },
    { keys: { ownerRole: 1, status: 1 } },
    { keys: { reason: 1, status: 1 } },
  ],
  follow: (event, state, _id, territory) => [...followAlert(event, state, territory), ...seeAlert(shown(state))],
};

/** How often each professional was interrupted, one for each civil day. */
export const attentions: Aggregate<Attention, AttentionCommand, AttentionEvent> = {
  name: 'attention',
  collection: 'attentions',
  ...attention,
  facts: {},
  subject: (_state, _event, id) => id,
  follow: ({ type, data }) => {
    switch (type) {
      case 'Interrupted':
        return [effect(alerts, data.alertId, { type: 'Interrupt' })];
      case 'HeldBack':
        return [effect(alerts, data.alertId, { type: 'HoldBack', reason: data.reason, at: data.at })];
      case 'AttentionReleased':
        return [];
    }
  },
};

/** The open alerts of a patient for one reason. */
export const alertBundles: Aggregate<AlertBundle, AlertBundleCommand, AlertBundleEvent> = {
  name: 'alert-bundle',
  collection: 'alertBundles',
  ...alertBundle,
  facts: {},
  subject: (_state, _event, id) => id,
  follow: ({ type, data }) => {
    switch (type) {
      case 'GroupLed':
        return [effect(alerts, data.alertId, { type: 'LeadBundle', at: data.at })];
      case 'GroupJoined': {
        const { leader, alertId, tier, at } = data;
        return [
          effect(alerts, alertId, { type: 'JoinBundle', into: leader }),
          effect(alerts, leader, { type: 'CountSignal', tier, at }),
        ];
      }
      case 'GroupLeft':
        return [];
      case 'GroupClosed': {
        const { others, by, reason, at: now } = data;
        return others.map((id) => effect(alerts, id, { type: 'CloseAlert', by, reason, now }));
      }
    }
  },
};

/** What another alert stands for is not in the list beside it. */
const shown = (state: Alert): Alert => (state.bundledInto === undefined ? state : { ...state, status: 'closed' });

/** Who owns a new alert, whether it stands for itself, and whether it may interrupt are settled in its own transaction. */
function followAlert(event: AlertEvent, state: Alert, territory: string): readonly Effect[] {
  switch (event.type) {
    case 'AlertWatched': {
      const { placement } = event.data;
      const { id, ownerId, tier } = state;
      const work = { kind: 'alert' as const, id, ...(ownerId === undefined ? {} : { ownerId }) };
      const placed = placeWork(territory, work, placement);
      if (tier === 1) return [placed, ...interrupting(state, placement.at, territory)];
      const join = { type: 'JoinGroup', alertId: id, tier, at: placement.at } as const;
      return [placed, effect(alertBundles, bundleIdOf(state), join)];
    }
    case 'AlertLed':
    case 'AlertReturned':
    case 'AlertReraised':
    case 'AlertClimbed':
      return interrupting(state, event.data.at, territory);
    case 'AlertReassigned': {
      const { from, at } = event.data;
      return [...released(state, from, at, territory), ...interrupting(state, at, territory)];
    }
    case 'AlertClosed': {
      const { by, reason, at } = event.data;
      const closed = by === undefined ? {} : { closed: { by, reason } };
      return [effect(alertBundles, bundleIdOf(state), { type: 'LeaveGroup', alertId: state.id, at, ...closed })];
    }
    default:
      return [];
  }
}

const bundleIdOf = (state: Alert): string => uuidv5(state.pathwayId, `alerts/${groupOf(state)}`);

/** The attention of its owner on the day on which it is put before them; an alert that another stands for asks for none. */
function interrupting(state: Alert, since: string, territory: string): readonly Effect[] {
  const { id: alertId, tier, clock, ownerId, bundledInto } = state;
  if (clock === undefined || ownerId === undefined || bundledInto !== undefined) return [];
  const at = deliverableFrom(tier, since, clock);
  const id = attentionOf(territory, ownerId, at, clock.timeZone);
  return [effect(attentions, id, { type: 'AskAttention', alertId, tier, at })];
}

/** Whoever had it no longer than until it could be delivered was not interrupted by it. */
function released(state: Alert, from: string | undefined, at: string, territory: string): readonly Effect[] {
  const { id: alertId, clock, bundledInto, deliverableAt } = state;
  if (clock === undefined || from === undefined || bundledInto !== undefined) return [];
  if (deliverableAt === undefined || epochOf(at) > epochOf(deliverableAt)) return [];
  const id = attentionOf(territory, from, deliverableAt, clock.timeZone);
  return [effect(attentions, id, { type: 'ReleaseAttention', alertId })];
}

const attentionOf = (territory: string, ownerId: string, at: string, timeZone: string): string =>
  uuidv5(ownerId, `attention/${territory}/${civilDay(at, timeZone)}`);
