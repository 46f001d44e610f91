import { rational } from '@ariane/kernel';
import fc from 'fast-check';
import { ageing, ages, bridgeOf, effects, figuresOf, flatFigures, type MonthFigures, type Tally } from './variance';

const cents = fc.bigInt(-(10n ** 9n), 10n ** 9n);
const positive = fc.bigInt(1n, 10n ** 6n);
const anyMonth: fc.Arbitrary<MonthFigures> = fc
  .record({ days: positive, rate: positive, due: positive, retro: cents, quality: cents })
  .map(({ days, rate, due, retro, quality }) =>
    figuresOf({
      ...{ days, daysInMonth: 30, rateCents: rational(rate, 7n), dueCents: due },
      ...{ retroCents: retro, qualityCents: quality },
    }),
  );

describe('invariant 23: the bridge between two months', () => {
  it('sums to the change, to the cent', () => {
    fc.assert(
      fc.property(anyMonth, anyMonth, (before, after) => {
        const bridge = bridgeOf(before, after);
        const sum = effects.reduce((total, effect) => total + bridge.effects[effect], 0n);
        expect(sum).toBe(bridge.after - bridge.before);
        // What is told as rounding is what three effects lose at most, and never a cause that hides there.
        const { ROUNDING: left } = bridge.effects;
        expect(left >= -3n && left <= 3n).toBe(true);
      }),
    );
  });

  it('tells one cause when only one changed', () => {
    const month = (changes: Partial<Parameters<typeof figuresOf>[0]>) =>
      figuresOf({
        ...{ days: 3_000n, daysInMonth: 30, rateCents: rational(42_50n), dueCents: 4_250_00n },
        ...{ retroCents: 0n, qualityCents: 0n, ...changes },
      });
    const only = (after: MonthFigures) => effects.filter((effect) => bridgeOf(month({}), after).effects[effect] !== 0n);
    expect(only(month({ days: 6_000n, dueCents: 8_500_00n }))).toEqual(['VOLUME']);
    expect(only(month({ dueCents: 5_000_00n }))).toEqual(['MIX']);
    expect(only(month({ rateCents: rational(85_00n), dueCents: 8_500_00n }))).toEqual(['RATE']);
    expect(only(month({ retroCents: 5_70n }))).toEqual(['RETRO']);
    expect(only(month({ qualityCents: -85_00n }))).toEqual(['QUALITY']);
    expect(only(month({}))).toEqual([]);
  });
});

describe('the bridge of a contract of flat prices', () => {
  const none = { retroCents: 0n, qualityCents: 0n };
  const between = (before: Readonly<Record<string, Tally>>, after: Readonly<Record<string, Tally>>) =>
    bridgeOf(...flatFigures(new Map(Object.entries(before)), new Map(Object.entries(after)), [none, none]));
  const at = (price: bigint, count: bigint): Tally => ({ count, cents: price * count });
  const told = (bridge: ReturnType<typeof bridgeOf>) =>
    Object.fromEntries(Object.entries(bridge.effects).filter(([, cents]) => cents !== 0n));

  it('tells more of the same, other ones, and another price apart', () => {
    const before = { diagnosis: at(1_200_00n, 2n), surgery: at(1_800_00n, 2n) };
    const twice = { diagnosis: at(1_200_00n, 4n), surgery: at(1_800_00n, 4n) };
    expect(told(between(before, twice))).toEqual({ VOLUME: 6_000_00n });
    expect(told(between(before, { diagnosis: at(1_200_00n, 1n), surgery: at(1_800_00n, 3n) }))).toEqual({
      MIX: 600_00n,
    });
    expect(told(between(before, { ...before, surgery: at(1_900_00n, 2n) }))).toEqual({ RATE: 200_00n });
  });

  it('has no price to compare with what was not there: all of it is volume', () => {
    expect(told(between({}, { surgery: at(1_800_00n, 3n) }))).toEqual({ VOLUME: 5_400_00n });
    expect(told(between({ surgery: at(1_800_00n, 3n) }, {}))).toEqual({ VOLUME: -5_400_00n });
    expect(told(between({}, {}))).toEqual({});
  });

  it('sums to the change, to the cent', () => {
    const tally = fc.record({ count: fc.bigInt(1n, 500n), cents: fc.bigInt(1n, 10n ** 8n) });
    const month = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tally);
    fc.assert(
      fc.property(month, month, (before, after) => {
        const bridge = between(before, after);
        const sum = effects.reduce((total, effect) => total + bridge.effects[effect], 0n);
        expect(sum).toBe(bridge.after - bridge.before);
        expect(bridge.effects.ROUNDING >= -3n && bridge.effects.ROUNDING <= 3n).toBe(true);
      }),
    );
  });
});

describe('ageing', () => {
  it('sums to what is open, whatever was paid', () => {
    const month = fc.record({ cents: fc.bigInt(-(10n ** 6n), 10n ** 6n), days: fc.integer({ min: -10, max: 400 }) });
    fc.assert(
      fc.property(fc.array(month, { maxLength: 12 }), fc.bigInt(0n, 10n ** 6n), (months, settled) => {
        const aged = ageing(months, settled);
        const open = months.reduce((sum, one) => sum + one.cents, 0n) - settled;
        expect(ages.reduce((sum, age) => sum + aged[age], 0n)).toBe(open);
      }),
    );
  });

  it('settles the oldest first', () => {
    const months = [
      { cents: 100n, days: 95 },
      { cents: 100n, days: 65 },
      { cents: 100n, days: 5 },
    ];
    expect(ageing(months, 150n)).toEqual({ CURRENT: 0n, TO_30: 100n, TO_60: 0n, TO_90: 50n, OVER_90: 0n });
    expect(ageing(months, 310n).CURRENT).toBe(-10n);
  });
});
