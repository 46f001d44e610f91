import fc from 'fast-check';
import { allocate, allocateCumulative, type Share, type Spare } from './allocate';
import { add, compare, divide, multiply, parseRational, rational, subtract, sum } from './rational';

const largest: Spare = { to: 'LARGEST_REMAINDER', tieBreak: 'ID' };
const shares = (weights: Record<string, string>): Share[] =>
  Object.entries(weights).map(([id, weight]) => ({ id, weight: parseRational(weight) }));
const asRecord = (parts: readonly { id: string; cents: bigint }[]) =>
  Object.fromEntries(parts.map((part) => [part.id, part.cents]));

const someShares = fc
  .uniqueArray(fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), units: fc.bigInt(0n, 10_000_000n) }), {
    selector: (share) => share.id,
    minLength: 1,
    maxLength: 12,
  })
  .filter((list) => list.some((share) => share.units > 0n))
  .map((list) => list.map(({ id, units }): Share => ({ id, weight: rational(units, 100n) })));
const someTotal = fc.bigInt(-10_000_000_00n, 10_000_000_00n);
const someSpare = fc.constantFrom<Spare>(
  largest,
  { to: 'LARGEST_REMAINDER', tieBreak: 'DECLARED' },
  { to: 'FIRST_DECLARED' },
);

describe('allocation of cents', () => {
  it('gives the worked example 1a: the missing cent goes to the lower id of the two largest remainders', () => {
    const parts = allocate(9000n, shares({ 'cardio-017': '3', 'nurse-311': '2', 'gp-204': '2' }), largest);
    expect(asRecord(parts)).toEqual({ 'cardio-017': 3857n, 'gp-204': 2572n, 'nurse-311': 2571n });
  });

  it('gives the worked example 1b', () => {
    const weights = { 'nurse-coord-002': '35.5', 'oncologist-118': '42.25', 'gp-204': '17' };
    expect(asRecord(allocate(111111n, shares(weights), largest))).toEqual({
      'nurse-coord-002': 41630n,
      'oncologist-118': 49546n,
      'gp-204': 19935n,
    });
    expect(asRecord(allocate(123457n, shares({ pool: '90%', retained: '10%' }), largest))).toEqual({
      pool: 111111n,
      retained: 12346n,
    });
  });

  it('gives the thirds of example 4 when ties go by declared order', () => {
    const thirds = shares({ z: '1/3', m: '1/3', a: '1/3' });
    const parts = allocate(32000000n, thirds, { to: 'LARGEST_REMAINDER', tieBreak: 'DECLARED' });
    expect(parts.map((part) => part.cents)).toEqual([10666667n, 10666667n, 10666666n]);
  });

  it('gives the first declared the spare cents when the contract says so', () => {
    expect(asRecord(allocate(101n, shares({ z: '1', a: '1' }), { to: 'FIRST_DECLARED' }))).toEqual({ z: 51n, a: 50n });
  });

  it('adds up to the total', () => {
    fc.assert(
      fc.property(someTotal, someShares, someSpare, (total, list, spare) => {
        expect(allocate(total, list, spare).reduce((cents, part) => cents + part.cents, 0n)).toBe(total);
      }),
    );
  });

  it('gives each within a cent of the exact share', () => {
    fc.assert(
      fc.property(someTotal, someShares, someSpare, (total, list, spare) => {
        const weights = sum(list.map((share) => share.weight));
        allocate(total, list, spare).forEach((part, index) => {
          const exact = divide(multiply(rational(total), list[index]!.weight), weights);
          const error = subtract(rational(part.cents), exact);
          expect(compare(multiply(error, error), rational(1n))).toBe(-1);
        });
      }),
    );
  });

  it('does not depend on the order of declaration when ties go by id', () => {
    fc.assert(
      fc.property(someTotal, someShares, (total, list) => {
        expect(asRecord(allocate(total, [...list].reverse(), largest))).toEqual(
          asRecord(allocate(total, list, largest)),
        );
      }),
    );
  });

  it('is antisymmetric: the parts of -t are the opposites of the parts of t', () => {
    fc.assert(
      fc.property(someTotal, someShares, someSpare, (total, list, spare) => {
        const opposite = allocate(-total, list, spare).map(({ id, cents }) => ({ id, cents: -cents }));
        expect(asRecord(opposite)).toEqual(asRecord(allocate(total, list, spare)));
      }),
    );
  });

  it('is free of scale: multiplying every weight changes nothing', () => {
    fc.assert(
      fc.property(someTotal, someShares, fc.bigInt(1n, 1000n), (total, list, factor) => {
        const scaled = list.map(({ id, weight }) => ({ id, weight: multiply(weight, rational(factor, 7n)) }));
        expect(allocate(total, scaled, largest)).toEqual(allocate(total, list, largest));
      }),
    );
  });

  it('gives nothing for a weight of zero', () => {
    fc.assert(
      fc.property(someTotal, someShares, someSpare, (total, list, spare) => {
        const withIdle: Share[] = [{ id: 'nobody-', weight: rational(0n) }, ...list];
        expect(asRecord(allocate(total, withIdle, spare))['nobody-']).toBe(0n);
      }),
    );
  });

  it('refuses a negative weight and an id that appears twice', () => {
    expect(() => allocate(1n, shares({ a: '-1', b: '2' }), largest)).toThrow('WEIGHT_NEGATIVE');
    expect(() => allocate(1n, [...shares({ a: '1' }), ...shares({ a: '1' })], largest)).toThrow('ALREADY_EXISTS');
  });
});

describe('cumulative allocation', () => {
  it('gives 400.00 each of twelve hundreds in three, where twelve one-off splits would not', () => {
    const thirds = shares({ a: '1', b: '1', c: '1' });
    const already = new Map<string, bigint>();
    for (let month = 0; month < 12; month += 1) {
      const step = allocateCumulative(10000n, thirds, already, 'ID');
      expect(step.reduce((cents, part) => cents + part.cents, 0n)).toBe(10000n);
      for (const { id, cents } of step) already.set(id, (already.get(id) ?? 0n) + cents);
    }
    expect([...already.values()]).toEqual([40000n, 40000n, 40000n]);
  });

  it('keeps each within a cent of the exact share after any run of steps', () => {
    fc.assert(
      fc.property(someShares, fc.array(fc.bigInt(0n, 100_000n), { minLength: 1, maxLength: 20 }), (list, steps) => {
        const already = new Map<string, bigint>();
        for (const step of steps) {
          for (const { id, cents } of allocateCumulative(step, list, already, 'ID')) {
            already.set(id, (already.get(id) ?? 0n) + cents);
          }
        }
        const total = rational(steps.reduce((cents, step) => cents + step, 0n));
        const weights = list.map((share) => share.weight).reduce(add);
        for (const { id, weight } of list) {
          const error = subtract(rational(already.get(id) ?? 0n), divide(multiply(total, weight), weights));
          expect(compare(multiply(error, error), rational(1n))).toBe(-1);
        }
      }),
    );
  });

  it('takes back from one who is no longer among those who share', () => {
    const step = allocateCumulative(
      0n,
      shares({ a: '1' }),
      new Map([
        ['a', 5n],
        ['b', 5n],
      ]),
      'ID',
    );
    expect(asRecord(step)).toEqual({ a: 5n, b: -5n });
  });
});
