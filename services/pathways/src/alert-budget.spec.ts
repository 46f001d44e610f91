import { fold } from '@ariane/kernel';
import { given } from '@ariane/testing';
import fc from 'fast-check';
import { attention, type AttentionCommand, type AttentionEvent, INTERRUPTIONS_MAX } from './alert-budget';

const at = '2026-03-02T09:00:00Z';
const ask = (alertId: string, tier: number): AttentionCommand => ({ type: 'AskAttention', alertId, tier, at });
const interrupted = (alertId: string): AttentionEvent => ({ type: 'Interrupted', data: { alertId, counts: true } });
const spent = Array.from({ length: INTERRUPTIONS_MAX }, (_, index) => interrupted(`a${index}`));

describe('a professional’s attention on one day', () => {
  it('is interrupted five times by what is not urgent; the sixth waits in the list, and says why', () => {
    given(attention, ...spent.slice(1))
      .when(ask('x', 2))
      .then(interrupted('x'));
    given(attention, ...spent)
      .when(ask('x', 2))
      .then({ type: 'HeldBack', data: { alertId: 'x', reason: 'budget', at } });
  });

  it('is never interrupted by information', () => {
    given(attention)
      .when(ask('x', 4))
      .then({ type: 'HeldBack', data: { alertId: 'x', reason: 'information', at } });
  });

  it('is free again where an alert went to another before it was delivered', () => {
    const released: AttentionEvent = { type: 'AttentionReleased', data: { alertId: 'a0' } };
    given(attention, ...spent)
      .when({ type: 'ReleaseAttention', alertId: 'a0' })
      .then(released);
    given(attention, ...spent, released)
      .when(ask('x', 3))
      .then(interrupted('x'));
    given(attention).when({ type: 'ReleaseAttention', alertId: 'a0' }).thenNothing();
  });

  it('H5: urgent alerts always interrupt and take nothing of the budget, in whatever order alerts come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 40 }), (asked) => {
        const events = asked.reduce<readonly AttentionEvent[]>(
          (before, tier, index) => [
            ...before,
            ...attention.decide(fold(attention, undefined, before), ask(`a${index}`, tier)),
          ],
          [],
        );
        const held = (tier: number) => events.filter(({ type }, index) => type === 'HeldBack' && asked[index] === tier);
        const others = asked.filter((tier) => tier === 2 || tier === 3).length;
        expect(held(1)).toEqual([]);
        expect(held(2).length + held(3).length).toBe(Math.max(0, others - INTERRUPTIONS_MAX));
      }),
    );
  });
});
