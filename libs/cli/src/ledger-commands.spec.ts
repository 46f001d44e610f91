import { runLine } from './ledger-commands';

describe('a month that is computed', () => {
  it('shows how far it is, its rate and the time that is left, also before it has either', () => {
    expect(runLine({ done: 8, of: 32, perSecond: 4, secondsLeft: 6 })).toBe(
      '██████░░░░░░░░░░░░░░░░░░ 8 of 32 members, 4 a second, 6 s left',
    );
    expect(runLine({ done: 0, of: 0, perSecond: 0, secondsLeft: null })).toBe(
      '░░░░░░░░░░░░░░░░░░░░░░░░ 0 of 0 members, 0 a second, time left not known yet',
    );
  });
});
