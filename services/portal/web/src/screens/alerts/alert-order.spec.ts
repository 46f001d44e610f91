import type { Alert } from '../../api/care';
import { byUrgency, ladderOf, qualityOf } from './alert-order';

const alert = (over: Partial<Alert>): Alert =>
  ({
    ...{ id: 'a', reason: 'step-late', tier: 3, status: 'open', rung: 0, ownerRole: 'IDEC', signals: 1 },
    ...{ raisedAt: '2026-03-01T08:00:00Z', waitingSince: '2026-03-01T08:00:00Z' },
    ...over,
  }) as Alert; // only what is looked at

describe('the order of alerts', () => {
  it('is by urgency, then by who has waited longest', () => {
    const all = [
      alert({ id: 'week', waitingSince: '2026-02-01T08:00:00Z' }),
      alert({ id: 'later', tier: 1, waitingSince: '2026-03-02T08:00:00Z' }),
      alert({ id: 'urgent', tier: 1 }),
    ];
    expect([...all].sort(byUrgency).map(({ id }) => id)).toEqual(['urgent', 'later', 'week']);
  });
});

describe('the ladder of an alert', () => {
  const rungs = [
    { role: 'coordinator', after: '4h' },
    { role: 'on-call', after: '1wd' },
  ];
  const clock = { ladder: { hours: 'working' as const, rungs } };

  it('begins with the first owner, also once another has it, and says what is ahead', () => {
    const former = { ownerRole: 'RAD', until: '2026-03-01T12:00:00Z', reason: 'unacknowledged' };
    const climbed = alert({ clock, rung: 1, ownerRole: 'coordinator', formerOwners: [former] });
    expect(ladderOf(climbed).map(({ role, state }) => `${role} ${state}`)).toEqual([
      'RAD passed',
      'coordinator current',
      'on-call ahead',
    ]);
  });
});

describe('the quality of a rule', () => {
  it('tells what was done from what needed nothing, and counts repeats once each', () => {
    const closed = { status: 'closed', closedBy: 'nurse' } as const;
    const rules = qualityOf([
      alert({ ...closed, closedFor: 'handled', closedAt: '2026-03-01T08:10:00Z', signals: 3 }),
      alert({ ...closed, closedFor: 'mistake', closedAt: '2026-03-01T08:30:00Z' }),
      alert({ status: 'closed', closedFor: 'step-done', closedAt: '2026-03-01T09:00:00Z' }),
      alert({}),
    ]);
    expect(rules).toEqual([
      { reason: 'step-late', count: 4, handled: 1, needless: 1, snoozed: 0, repeats: 2, medianMinutes: 30 },
    ]);
  });
});
