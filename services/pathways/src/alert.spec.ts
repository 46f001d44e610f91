import { given } from '@ariane/testing';
import { alert, type AlertCommand, type AlertEvent } from './alert';

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

  it('is seen by somebody, once', () => {
    const seen: AlertCommand = { type: 'AcknowledgeAlert', by: 'nurse', now };
    const acknowledged: AlertEvent = {
      type: 'AlertAcknowledged',
      data: { alertId, pathwayId, patientId, by: 'nurse', at: now },
    };
    given(alert, raised).when(seen).then(acknowledged).thenState({ status: 'acknowledged' });
    given(alert, raised, acknowledged).when(seen).thenNothing();
    given(alert, raised, closed).when(seen).thenRefused('STATE_CONFLICT');
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
      .when({ type: 'ReownAlert', from: 'nurse', to: 'coordinator', role: 'coordinator' })
      .thenState({ ownerId: 'coordinator', ownerRole: 'coordinator' });
    given(alert, raised).when({ type: 'ReownAlert', from: 'other', to: 'x', role: 'y' }).thenNothing();
  });
});
