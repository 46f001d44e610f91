import fc from 'fast-check';
import { queueOf } from './queue';

const weeks = 60;
const wishes = fc.array(fc.nat({ max: weeks - 1 }), { maxLength: 200 });
const taken = (perWeek: number, wished: readonly number[]): readonly number[] => {
  const queue = queueOf({ scanner: perWeek }, { centre: 0, centres: 1, weeks });
  return wished.map((week) => queue.take(['scanner'], week));
};

describe('a queue', () => {
  it('never overfills a week, and lets nobody come before they wish', () => {
    fc.assert(
      fc.property(fc.nat({ max: 6 }), wishes, (perWeek, wished) => {
        const given = taken(perWeek, wished);
        given.forEach((week, index) => {
          expect(week).toBeGreaterThanOrEqual(wished[index] ?? 0);
        });
        for (let week = 0; week < weeks; week += 1) {
          expect(given.filter((other) => other === week).length).toBeLessThanOrEqual(perWeek);
        }
      }),
    );
  });

  it('leaves no room unused that somebody waits for', () => {
    fc.assert(
      fc.property(fc.nat({ max: 4 }), wishes, (perWeek, wished) => {
        const given = taken(perWeek, wished);
        for (let week = 0; week < weeks; week += 1) {
          const isWaiting = given.some((other, index) => (wished[index] ?? 0) <= week && other > week);
          if (isWaiting) expect(given.filter((other) => other === week).length).toBe(perWeek);
        }
      }),
    );
  });

  it('never shortens a wait when its capacity is halved', () => {
    fc.assert(
      fc.property(fc.nat({ max: 8 }), wishes, (perWeek, wished) => {
        const whole = taken(perWeek, wished);
        taken(perWeek / 2, wished).forEach((week, index) => {
          expect(week).toBeGreaterThanOrEqual(whole[index] ?? 0);
        });
      }),
    );
  });

  it('shares its capacity among the centres to the last visit', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20 }), fc.integer({ min: 1, max: 9 }), (perWeek, centres) => {
        const room = Array.from({ length: centres }, (_, centre) => {
          const queue = queueOf({ scanner: perWeek }, { centre, centres, weeks });
          let visits = 0;
          while (queue.take(['scanner'], 10) === 10) visits += 1;
          return visits;
        });
        expect(room.reduce((sum, visits) => sum + visits, 0)).toBe(perWeek);
        expect(Math.max(...room) - Math.min(...room)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('finds a week that has room in all that a visit needs', () => {
    const queue = queueOf({ scanner: 1, RAD: 1 }, { centre: 0, centres: 1, weeks });
    expect(queue.take(['scanner'], 3)).toBe(3);
    expect(queue.take(['RAD'], 4)).toBe(4);
    expect(queue.take(['scanner', 'RAD'], 3)).toBe(5);
    expect(queue.take(['nobody is short of this'], 3)).toBe(3);
  });
});
