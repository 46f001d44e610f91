import fc from 'fast-check';
import { centsOf, formatMoney, fromWireMoney, parseMoney, toWireMoney } from './money';
import {
  compare,
  formatRational,
  multiply,
  negate,
  parseRational,
  rational,
  roundToDigits,
  roundToInteger,
  type RoundingMode,
  subtract,
} from './rational';

const someRational = fc
  .tuple(fc.bigInt(-1_000_000n, 1_000_000n), fc.bigInt(1n, 10_000n))
  .map(([n, d]) => rational(n, d));
const someMode = fc.constantFrom<RoundingMode>('HALF_UP', 'HALF_EVEN', 'DOWN');

describe('exact numbers', () => {
  it('reads decimals, percents and fractions without loss', () => {
    expect(parseRational('12.5')).toEqual(rational(25n, 2n));
    expect(parseRational('90%')).toEqual(rational(9n, 10n));
    expect(parseRational('1/3')).toEqual(rational(1n, 3n));
    expect(parseRational('-0.10')).toEqual(rational(-1n, 10n));
    expect(compare(parseRational('0.1'), subtract(parseRational('0.3'), parseRational('0.2')))).toBe(0);
  });

  it('refuses what is not a number', () => {
    for (const text of ['', '1,5', 'x', '1e3', '--1', '.5'])
      expect(() => parseRational(text)).toThrow('NUMBER_MALFORMED');
    expect(() => parseRational('1/0')).toThrow('DIVISION_BY_ZERO');
  });

  it('writes what it can read back, exactly', () => {
    fc.assert(
      fc.property(someRational, (value) => {
        expect(parseRational(formatRational(value))).toEqual(value);
      }),
    );
  });

  it('rounds symmetrically around zero in every mode', () => {
    fc.assert(
      fc.property(someRational, someMode, (value, mode) => {
        expect(roundToInteger(negate(value), mode)).toBe(-roundToInteger(value, mode));
      }),
    );
  });

  it('rounds to within one unit, and to within half of one except DOWN', () => {
    fc.assert(
      fc.property(someRational, someMode, (value, mode) => {
        const error = subtract(rational(roundToInteger(value, mode)), value);
        const square = multiply(error, error);
        expect(compare(square, mode === 'DOWN' ? rational(1n) : rational(1n, 4n))).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('rounds the ties of the ledger design as finance people do', () => {
    expect(centsOf(parseRational('21.335'), 'HALF_UP')).toBe(2134n);
    expect(centsOf(parseRational('-21.335'), 'HALF_UP')).toBe(-2134n);
    expect(centsOf(parseRational('0.125'), 'HALF_EVEN')).toBe(12n);
    expect(centsOf(parseRational('0.129'), 'DOWN')).toBe(12n);
    expect(formatRational(roundToDigits(parseRational('1.7914'), 3, 'HALF_UP'))).toBe('1.791');
  });
});

describe('money', () => {
  it('survives both of its written forms', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), (cents) => {
        const money = { cents, currency: 'EUR' };
        expect(parseMoney(formatMoney(money))).toEqual(money);
        expect(fromWireMoney(toWireMoney(money))).toEqual(money);
      }),
    );
    expect(formatMoney({ cents: -5n, currency: 'EUR' })).toBe('-0.05 EUR');
  });

  it('is refused with other decimals than two, or without its currency', () => {
    for (const text of ['12 EUR', '1.234 EUR', '1.23', '1.23EUR', '1,23 EUR']) {
      expect(() => parseMoney(text)).toThrow('MONEY_MALFORMED');
    }
  });
});
