import { epochOf } from '@ariane/kernel';
import fc from 'fast-check';
import { type Climbing, escalationOf, type Ladder, reachedAt, roleAt, unhandledAt } from './alert-ladder';
import { addMs, type WorkingTime } from './working-hours';

const working: WorkingTime = { timeZone: 'Europe/Paris', holidays: 'FR' };
const climbing = (ladder: Ladder, since: string, pauses: Climbing['pauses'] = []): Climbing => ({
  ladder,
  since,
  pauses,
  working,
});
const rungs = [
  { role: 'IDEC', after: '4h' },
  { role: 'ONC', after: '1wd' },
];
const friday = '2026-03-06T16:30:00Z';

describe('the ladder of an alert', () => {
  it('is the protocol’s, and this week’s unless it says how urgent it is', () => {
    expect(escalationOf({ ladder: rungs })).toEqual({ tier: 3, ladder: { hours: 'working', rungs } });
    expect(escalationOf({ tier: 2, ladder: rungs, hours: 'always' }).ladder.hours).toBe('always');
  });

  it.each([1, 2, 3] as const)('has a rung where the protocol names none: tier %d', (tier) => {
    expect(escalationOf({ tier }).ladder.rungs[0]).toMatchObject({ role: 'coordinator' });
  });

  it('of an urgent alert climbs by night too, whatever the protocol says of hours', () => {
    const { ladder } = escalationOf({ tier: 1, hours: 'working' });
    expect(reachedAt(climbing(ladder, '2026-03-07T23:00:00Z'), 1)).toBe('2026-03-07T23:15:00.000Z');
  });

  it('counts hours and working days in working hours', () => {
    const ladder: Ladder = { hours: 'working', rungs };
    expect(reachedAt(climbing(ladder, friday), 1)).toBe('2026-03-09T10:30:00.000Z');
    expect(reachedAt(climbing(ladder, friday), 2)).toBe('2026-03-09T16:30:00.000Z');
  });

  it('H4: above its last rung is who is on call, then the territory’s administrator, then nobody', () => {
    const ladder: Ladder = { hours: 'working', rungs };
    expect([1, 2, 3, 4, 5].map((rung) => roleAt(ladder, rung))).toEqual([
      'IDEC',
      'ONC',
      'on-call',
      'territory-administrator',
      undefined,
    ]);
    expect(reachedAt(climbing(ladder, friday), 3)).toBe('2026-03-10T16:30:00.000Z');
    expect(reachedAt(climbing(ladder, friday), 4)).toBe('2026-03-11T16:30:00.000Z');
    expect(reachedAt(climbing(ladder, friday), 5)).toBeUndefined();
    const urgent = escalationOf({ tier: 1, ladder: [{ role: 'ONC', after: '1h' }] }).ladder;
    expect(reachedAt(climbing(urgent, friday), 2)).toBe('2026-03-06T18:30:00.000Z');
  });

  it('has nobody above it where there is none: information climbs to no one', () => {
    expect(reachedAt(climbing(escalationOf({ tier: 4 }).ladder, friday), 1)).toBeUndefined();
  });

  it.each([
    [1, 'always', '2026-03-06T20:30:00.000Z'],
    [2, 'working', '2026-03-09T16:30:00.000Z'],
    [3, 'working', '2026-03-13T16:30:00.000Z'],
  ] as const)('gives whoever acknowledged an alert of tier %d its own time to handle it', (tier, hours, at) => {
    expect(unhandledAt(climbing({ hours, rungs }, friday), tier)).toBe(at);
  });

  it('is reached in the morning where a civil duration ends at night', () => {
    const ladder: Ladder = { hours: 'working', rungs: [{ role: 'ONC', after: '1wd' }] };
    expect(reachedAt(climbing(ladder, '2026-03-05T22:00:00Z'), 1)).toBe('2026-03-09T07:30:00.000Z');
  });

  it('stands still in a pause', () => {
    const ladder: Ladder = { hours: 'working', rungs };
    const pauses = [{ from: friday, until: '2026-03-09T10:30:00Z' }];
    expect(reachedAt(climbing(ladder, friday, pauses), 1)).toBe('2026-03-09T14:30:00.000Z');
  });

  it('is climbed rung by rung: none before the one below it, none before the alert', () => {
    const anAfter = fc.oneof(
      fc.integer({ min: 1, max: 99 }).map((count) => `${count}h`),
      fc.integer({ min: 1, max: 20 }).chain((count) => fc.constantFrom(`${count}d`, `${count}wd`, `${count}min`)),
    );
    const aLadder = fc.record({
      hours: fc.constantFrom('working', 'always'),
      rungs: fc.array(
        anAfter.map((after) => ({ role: 'ONC', after })),
        { minLength: 2, maxLength: 4 },
      ),
    });
    const anInstant = fc
      .integer({ min: 0, max: 500_000 })
      .map((count) => addMs('2026-01-01T00:00:00Z', count * 60_000));
    fc.assert(
      fc.property(aLadder, anInstant, (ladder, since) => {
        const instants = ladder.rungs.map((_, index) => epochOf(reachedAt(climbing(ladder, since), index + 1) ?? ''));
        expect([epochOf(since), ...instants]).toEqual([epochOf(since), ...instants].sort((a, b) => a - b));
      }),
    );
  });
});
