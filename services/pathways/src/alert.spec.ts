import { given } from '@ariane/testing';
import { fold } from '@ariane/kernel';
import { type Alert, alert, type AlertCommand, type AlertEvent, type AlertWatch } from './alert';

const pathwayId = '01890a5d-ac96-7000-8000-000000000001';
const patientId = '01890a5d-ac96-7000-8000-000000000002';
const alertId = '01890a5d-ac96-7000-8000-000000000009';
const about = {
  pathwayId,
  patientId,
  tier: 2,
  reason: 'step-late',
  stepKey: 'imaging',
  ownerId: 'nurse',
  ownerRole: 'IDEC',
  raisedAt: '2026-03-13T22:00:00Z',
};
const raise: AlertCommand = { type: 'RaiseAlert', id: alertId, ...about };
const raised: AlertEvent = { type: 'AlertRaised', data: { alertId, ...about } };
const now = '2026-03-14T08:00:00Z';
const closed: AlertEvent = {
  type: 'AlertClosed',
  data: { alertId, pathwayId, patientId, reason: 'patient-called', at: now, by: 'nurse' },
};

describe('an alert', () => {
  it('is raised once for its cause, even after somebody has closed it', () => {
    given(alert).when(raise).then(raised);
    given(alert, raised).when(raise).thenNothing();
    given(alert, raised, closed).when(raise).thenNothing();
  });

  it('is acknowledged by somebody, once: who does has had it delivered and has seen it', () => {
    const seen: AlertCommand = { type: 'AcknowledgeAlert', by: 'nurse', now };
    const acknowledged: AlertEvent = {
      type: 'AlertAcknowledged',
      data: { alertId, pathwayId, patientId, by: 'nurse', at: now },
    };
    const delivered: AlertEvent = { type: 'AlertDelivered', data: { at: now } };
    given(alert, raised)
      .when(seen)
      .then(delivered, { type: 'AlertSeen', data: { by: 'nurse', at: now } }, acknowledged)
      .thenState({
        status: 'acknowledged',
        deliveredAt: now,
        seenAt: now,
        acknowledgedAt: now,
        acknowledgedBy: 'nurse',
      });
    given(alert, raised).when({ type: 'DeliverAlert', by: 'nurse', now }).then(delivered);
    given(alert, raised, delivered)
      .when({ type: 'SeeAlert', by: 'nurse', now })
      .thenState({ status: 'open', seenBy: 'nurse' });
    given(alert, raised, acknowledged).when(seen).thenNothing();
    given(alert, raised, closed).when(seen).thenRefused('STATE_CONFLICT');
  });

  it('is handed over by hand and then waits for an answer anew; not to who has it, and not once it is closed', () => {
    const give = { type: 'HandOverAlert', by: 'nurse', reason: 'better-placed', now } as const;
    const about = { alertId, pathwayId, patientId, from: 'nurse', reason: 'better-placed', at: now };
    const acknowledged: AlertEvent = {
      type: 'AlertAcknowledged',
      data: { alertId, pathwayId, patientId, by: 'nurse', at: now },
    };
    given(alert, raised, acknowledged)
      .when({ ...give, to: 'surgeon', role: 'SUR' })
      .then({ type: 'AlertReassigned', data: { ...about, ownerId: 'surgeon', ownerRole: 'SUR' } })
      .thenState({ status: 'open', ownerId: 'surgeon', ownerRole: 'SUR', rung: 0, waitingSince: now });
    given(alert, raised)
      .when({ ...give, to: 'nurse', role: 'IDEC' })
      .thenNothing();
    given(alert, raised, closed)
      .when({ ...give, to: 'surgeon', role: 'SUR' })
      .thenRefused('STATE_CONFLICT');
  });

  it('is closed by a human for a reason, or lifted when its cause is gone', () => {
    given(alert, raised).when({ type: 'CloseAlert', by: 'nurse', reason: 'patient-called', now }).then(closed);
    given(alert, raised)
      .when({ type: 'LiftAlert', reason: 'step-done', at: now })
      .thenState({ status: 'closed', closedFor: 'step-done' });
    given(alert).when({ type: 'LiftAlert', reason: 'step-done', at: now }).thenNothing();
    given(alert).when({ type: 'CloseAlert', by: 'nurse', reason: 'x', now }).thenRefused('NOT_FOUND');
  });

  it('goes to the next in line when its owner leaves', () => {
    given(alert, raised)
      .when({ type: 'ReownAlert', from: 'nurse', to: 'coordinator', role: 'coordinator', reason: 'left-team', at: now })
      .thenState({ ownerId: 'coordinator', ownerRole: 'coordinator' });
    given(alert, raised)
      .when({ type: 'ReownAlert', from: 'other', to: 'x', role: 'y', reason: 'left-team', at: now })
      .thenNothing();
  });

  it('is handled with its outcome, which is more than being closed', () => {
    given(alert, raised)
      .when({ type: 'HandleAlert', by: 'nurse', outcome: 'appointment-booked', now })
      .then({ type: 'AlertClosed', data: { ...closed.data, reason: 'handled', outcome: 'appointment-booked' } })
      .thenState({ status: 'closed', closedFor: 'handled', outcome: 'appointment-booked', closedBy: 'nurse' });
  });
});

/** Raised on a Friday night, put before its owner on Monday 16 March at 08:30 in Paris, which is 07:30 by UTC. */
const monday = '2026-03-16T07:30:00.000Z';
const watch: AlertWatch = {
  clock: {
    ladder: {
      hours: 'working',
      rungs: [
        { role: 'ONC', after: '4h' },
        { role: 'coordinator', after: '1wd' },
      ],
    },
    timeZone: 'Europe/Paris',
    holidays: 'FR',
  },
  placement: { team: [], roles: ['IDEC'], at: monday },
};
const watched: AlertEvent[] = [raised, { type: 'AlertWatched', data: { ...watch, deliverableAt: monday } }];
const firstRung = '2026-03-16T11:30:00.000Z';
const ids = { alertId, pathwayId, patientId };
const climb: AlertCommand = { type: 'ClimbAlert', rung: 1, to: 'oncologist', role: 'ONC', now: firstRung };
const climbed: AlertEvent = {
  type: 'AlertClimbed',
  data: { ...ids, rung: 1, from: 'nurse', ownerId: 'oncologist', ownerRole: 'ONC', at: firstRung },
};
const acknowledged: AlertEvent = { type: 'AlertAcknowledged', data: { ...ids, by: 'nurse', at: monday } };
const until = '2026-03-18T07:30:00Z';
const snoozed: AlertEvent = {
  type: 'AlertSnoozed',
  data: { ...ids, by: 'nurse', reason: 'patient-called', until, at: monday },
};
const reraised: AlertEvent = {
  type: 'AlertReraised',
  data: { ...ids, tier: 1, at: '2026-03-17T09:00:00Z' },
};

describe('the clock of an alert', () => {
  it('begins with it, in working hours', () => {
    given(alert)
      .when({ ...raise, watch })
      .then(...watched)
      .thenState({ deliverableAt: monday, dueAt: firstRung });
  });

  it('climbs when nobody has acknowledged it by then, not before, and once', () => {
    given(alert, ...watched)
      .when(climb)
      .then(climbed)
      .thenState({
        ownerId: 'oncologist',
        rung: 1,
        formerOwners: [{ ownerId: 'nurse', ownerRole: 'IDEC', until: firstRung, reason: 'unacknowledged' }],
        dueAt: '2026-03-17T07:30:00.000Z',
      });
    given(alert, ...watched)
      .when({ ...climb, now: '2026-03-16T11:29:59Z' })
      .thenNothing();
    given(alert, ...watched, climbed)
      .when(climb)
      .thenNothing();
    given(alert, ...watched, acknowledged)
      .when(climb)
      .thenNothing();
  });

  it('H4: runs again for who acknowledged it: not handled by then it climbs, as never answered', () => {
    const byThen = '2026-03-17T07:30:00.000Z';
    const on: AlertCommand = { ...climb, now: byThen };
    given(alert, ...watched, acknowledged)
      .when({ ...on, now: '2026-03-17T07:29:59Z' })
      .thenNothing();
    given(alert, ...watched, acknowledged)
      .when(on)
      .then({
        type: 'AlertClimbed',
        data: { ...ids, rung: 1, from: 'nurse', ownerId: 'oncologist', ownerRole: 'ONC', at: byThen },
      })
      .thenState({
        status: 'open',
        ownerId: 'oncologist',
        rung: 1,
        waitingSince: byThen,
        formerOwners: [{ ownerId: 'nurse', ownerRole: 'IDEC', until: byThen, reason: 'unhandled' }],
        dueAt: '2026-03-18T07:30:00.000Z',
      });
    expect(alertAfter(...watched, acknowledged, closed).dueAt).toBeNull();
  });

  it('H4: ends with the territory’s administrator, who has no other above', () => {
    const top: AlertEvent = {
      type: 'AlertClimbed',
      data: { ...ids, rung: 3, ownerRole: 'territory-administrator', at: until },
    };
    expect(alertAfter(...watched, climbed, top)).toMatchObject({
      ownerRole: 'territory-administrator',
      dueAt: null,
      status: 'open',
    });
    expect(alertAfter(...watched, climbed, top).ownerId).toBeUndefined();
  });

  it('stops when somebody acknowledges it, and runs for a new owner, who has answered nothing', () => {
    const at = '2026-03-17T09:00:00Z';
    const reown: AlertCommand = {
      type: 'ReownAlert',
      from: 'nurse',
      to: 'deputy',
      role: 'IDEC',
      reason: 'leave',
      at,
    };
    expect(alertAfter(...watched, acknowledged).dueAt).not.toBe(firstRung);
    given(alert, ...watched, acknowledged)
      .when(reown)
      .thenState({ status: 'open', ownerId: 'deputy', dueAt: '2026-03-17T13:00:00.000Z' });
  });

  it('is paused for a reason, seven days at most, and resumed', () => {
    const pause = { type: 'PauseAlert', by: 'nurse', reason: 'lab-closed', until, now: monday } as const;
    given(alert, ...watched)
      .when(pause)
      .thenState({ dueAt: '2026-03-18T11:30:00.000Z' });
    given(alert, ...watched, { type: 'AlertPaused', data: { kind: 'pause', by: 'nurse', reason: 'lab-closed', from: monday, until } })
      .when({ type: 'ResumeAlert', by: 'nurse', now: '2026-03-16T08:30:00Z' })
      .thenState({ dueAt: '2026-03-16T12:30:00.000Z' });
    given(alert, ...watched)
      .when({ ...pause, until: '2026-03-23T07:30:01Z' })
      .thenRefused('ALERT_DEFERRED_TOO_LONG', 'until');
    given(alert, ...watched)
      .when({ ...pause, until: monday })
      .thenRefused('ALERT_DEFERRED_TOO_LONG', 'until');
  }); // prettier-ignore

  it('comes back from a snooze by itself, open again though it had been acknowledged', () => {
    given(alert, ...watched, acknowledged)
      .when({ type: 'SnoozeAlert', by: 'nurse', reason: 'patient-called', until, now: monday })
      .then(snoozed)
      .thenState({ dueAt: '2026-03-18T07:30:00.000Z', snoozedUntil: '2026-03-18T07:30:00.000Z' });
    given(alert, ...watched, acknowledged, snoozed)
      .when({ type: 'ReturnAlert', now: until })
      .thenState({ status: 'open', dueAt: '2026-03-18T11:30:00.000Z' });
    given(alert, ...watched, snoozed)
      .when({ type: 'ReturnAlert', now: '2026-03-18T07:29:59Z' })
      .thenNothing();
  });

  it('comes back from a snooze at once when its cause is worse', () => {
    given(alert, ...watched, snoozed)
      .when({ type: 'CountSignal', tier: 1, at: '2026-03-17T09:00:00Z' })
      .then({ type: 'SignalCounted', data: {} }, reraised)
      .thenState({ tier: 1, status: 'open', signals: 2, dueAt: '2026-03-17T13:00:00.000Z' });
    given(alert, ...watched, snoozed)
      .when({ type: 'CountSignal', tier: 3, at: '2026-03-17T09:00:00Z' })
      .then({ type: 'SignalCounted', data: {} });
  });

  it('H5: of what is urgent is neither paused nor snoozed, nor is it held back, whoever asks', () => {
    const urgent: AlertEvent = { type: 'AlertRaised', data: { alertId, ...about, tier: 1 } };
    for (const type of ['SnoozeAlert', 'PauseAlert'] as const) {
      given(alert, urgent).when({ type, by: 'nurse', reason: 'later', until, now: monday }).thenRefused('ALERT_URGENT');
    }
    given(alert, urgent).when({ type: 'HoldBack', reason: 'budget', at: monday }).thenNothing();
    given(alert, ...watched, snoozed, reraised)
      .when({ type: 'HoldBack', reason: 'budget', at: monday })
      .thenNothing();
    expect(alertAfter(...watched, snoozed, reraised).snoozedUntil).toBeUndefined();
  });
});

describe('the pathway of an alert', () => {
  it('is opened from outside the care team by who owns it, which is written down once', () => {
    const open: AlertCommand = { type: 'OpenForAlert', by: 'nurse', now };
    const opened: AlertEvent = { type: 'PathwayOpened', data: { by: 'nurse', at: now } };
    given(alert, raised)
      .when(open)
      .then(opened)
      .thenState({ openings: [{ by: 'nurse', at: now }] });
    given(alert, raised, opened).when(open).thenNothing();
    given(alert, raised)
      .when({ ...open, by: 'other' })
      .thenRefused('FORBIDDEN');
    given(alert, raised, closed).when(open).thenRefused('STATE_CONFLICT');
  });
});

describe('an alert that waits in the list', () => {
  const held: AlertEvent = {
    type: 'AlertHeldBack',
    data: { ...ids, ownerId: 'nurse', reason: 'budget', at: monday },
  };

  it('says why, and says so no longer when it may interrupt', () => {
    given(alert, ...watched)
      .when({ type: 'HoldBack', reason: 'budget', at: monday })
      .then(held)
      .thenState({ heldBack: 'budget', status: 'open', dueAt: firstRung });
    expect(alertAfter(...watched, held, { type: 'AlertLetThrough', data: {} }).heldBack).toBeUndefined();
  });

  it('climbs all the same; what another stands for climbs with that one', () => {
    given(alert, ...watched, held)
      .when(climb)
      .then(climbed);
    given(alert, ...watched)
      .when({ type: 'JoinBundle', into: 'other' })
      .thenState({ dueAt: null, bundledInto: 'other' });
    given(alert, ...watched, { type: 'AlertBundled', data: { into: 'other' } })
      .when({ type: 'LeadBundle', at: monday })
      .thenState({ dueAt: firstRung });
  });
});

function alertAfter(...events: AlertEvent[]): Alert {
  const state = fold(alert, undefined, events);
  if (state === undefined) throw new Error('An alert begins with AlertRaised.');
  return state;
}
