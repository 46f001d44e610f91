import { given } from '@ariane/testing';
import { alertBundle, type AlertBundleCommand, type AlertBundleEvent, groupOf } from './alert-bundle';

const at = '2026-03-02T09:00:00Z';
const join = (alertId: string, tier = 3): AlertBundleCommand => ({ type: 'JoinGroup', alertId, tier, at });
const led = (alertId: string): AlertBundleEvent => ({ type: 'GroupLed', data: { alertId, at } });
const joined = (alertId: string, tier = 3): AlertBundleEvent => ({
  type: 'GroupJoined',
  data: { alertId, leader: 'a', tier, at },
});

describe('alerts of one patient for one reason', () => {
  it('are one item: the first stands for those that follow', () => {
    given(alertBundle).when(join('a')).then(led('a'));
    given(alertBundle, led('a')).when(join('b', 2)).then(joined('b', 2));
    given(alertBundle, led('a'), joined('b')).when(join('b')).thenNothing();
  });

  it('keep their place in the list when the first one’s cause is gone: the next leads', () => {
    given(alertBundle, led('a'), joined('b'))
      .when({ type: 'LeaveGroup', alertId: 'a', at })
      .then({ type: 'GroupLeft', data: { alertId: 'a', at } }, led('b'))
      .thenState({ members: ['b'] });
  });

  it('end together when somebody sees to the one that stands for them', () => {
    const closed = { by: 'nurse', reason: 'handled' };
    given(alertBundle, led('a'), joined('b'), joined('c'))
      .when({ type: 'LeaveGroup', alertId: 'a', at, closed })
      .then({ type: 'GroupClosed', data: { alertId: 'a', at, others: ['b', 'c'], ...closed } })
      .thenState({ members: [] });
    given(alertBundle, led('a'), joined('b'))
      .when({ type: 'LeaveGroup', alertId: 'b', at, closed })
      .thenState({ members: ['a'] });
    given(alertBundle, led('a')).when({ type: 'LeaveGroup', alertId: 'x', at }).thenNothing();
  });

  it('have the same reason when a step is late again, at another attempt or occurrence', () => {
    const late = (stepKey: string) => groupOf({ reason: 'step-late', stepKey });
    expect(late('cycle#2')).toBe(late('cycle#3'));
    expect(late('cycle#2')).not.toBe(late('biopsy'));
    expect(late('cycle')).not.toBe(groupOf({ reason: 'ask-refused', stepKey: 'cycle' }));
  });
});
