import { passedOnNamed, stateOf } from './service-state';

describe('the state of a service', () => {
  it('is away when it gives no answer', () => {
    expect(stateOf('meetings')).toMatchObject({ name: 'meetings', isAnswering: false, parked: [] });
  });

  it('is what it says of itself, with the keys that wait for a human', () => {
    const quiet = { quiet: false, outbox: 2, lag: 3, due: 0, why: ['outbox'] };
    expect(stateOf('meetings', quiet, { items: [{ id: 'k' }] })).toEqual({
      ...{ name: 'meetings', isAnswering: true, outbox: 2, lag: 3, due: 0, why: ['outbox'] },
      parked: [{ id: 'k' }],
    });
  });

  it('is asked of services only', () => {
    expect(passedOnNamed('meetings')).toBe('meetings');
    expect(() => passedOnNamed('..')).toThrow('NOT_FOUND');
  });
});
