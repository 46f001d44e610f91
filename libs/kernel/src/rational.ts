import { DomainError } from './domain-error';

/** An exact fraction, always reduced, with a positive denominator. Made by the functions here only. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * How an exact value becomes a whole number of units. HALF_UP rounds half away from zero, as accountants use the word,
 * so that `round(-x) = -round(x)` and a reversal is the exact opposite. DOWN drops what is beyond the unit.
 */
export type RoundingMode = 'HALF_UP' | 'HALF_EVEN' | 'DOWN';

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

/** The fraction numerator/denominator. Throws DIVISION_BY_ZERO for a zero denominator. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new DomainError('DIVISION_BY_ZERO');
  const divisor = gcd(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export const zero = rational(0n);
export const one = rational(1n);

/** Reads `12.5`, `-3`, `90%` or `1/3` exactly. Throws NUMBER_MALFORMED for anything else. */
export function parseRational(text: string): Rational {
  const fraction = /^(-?\d+)\/(\d+)$/.exec(text);
  if (fraction?.[1] !== undefined && fraction[2] !== undefined)
    return rational(BigInt(fraction[1]), BigInt(fraction[2]));
  const decimal = /^(-?)(\d+)(?:\.(\d+))?(%?)$/.exec(text);
  if (!decimal) throw new DomainError('NUMBER_MALFORMED', { text });
  const [, sign = '', whole = '', decimals = '', percent] = decimal;
  return rational(BigInt(`${sign}${whole}${decimals}`), 10n ** BigInt(decimals.length) * (percent ? 100n : 1n));
}

export const add = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

export const negate = (a: Rational): Rational => ({ numerator: -a.numerator, denominator: a.denominator });

export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b));

export const multiply = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator);

/** Throws DIVISION_BY_ZERO. */
export const divide = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator);

/** Negative when a < b, zero when equal, positive when a > b. */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const sum = (values: readonly Rational[]): Rational => values.reduce(add, zero);

/** The greatest whole number not above the value. */
export function floor(value: Rational): bigint {
  const quotient = value.numerator / value.denominator;
  return value.numerator % value.denominator < 0n ? quotient - 1n : quotient;
}

/** The nearest whole number, ties by the mode. Symmetric around zero in every mode. */
export function roundToInteger(value: Rational, mode: RoundingMode): bigint {
  if (value.numerator < 0n) return -roundToInteger(negate(value), mode);
  const quotient = value.numerator / value.denominator;
  const twiceRest = (value.numerator % value.denominator) * 2n;
  if (mode === 'DOWN' || twiceRest < value.denominator) return quotient;
  if (twiceRest > value.denominator) return quotient + 1n;
  return mode === 'HALF_UP' || quotient % 2n === 1n ? quotient + 1n : quotient;
}

/** The value rounded to a number of decimals (0 to 20). */
export function roundToDigits(value: Rational, digits: number, mode: RoundingMode): Rational {
  const scale = 10n ** BigInt(digits);
  return rational(roundToInteger(multiply(value, rational(scale)), mode), scale);
}

/** `12.5` when the value ends in decimals, else `1/3`: always exact, and read back by parseRational. */
export function formatRational(value: Rational): string {
  let digits = 0;
  let scaled = value.numerator;
  let rest = value.denominator;
  while (rest !== 1n && digits < 40) {
    digits += 1;
    scaled *= 10n;
    const common = gcd(scaled, rest);
    scaled /= common;
    rest /= common;
  }
  if (rest !== 1n) return `${value.numerator}/${value.denominator}`;
  return formatScaled(scaled, digits);
}

/** A whole number of 10^-digits units as a decimal text: `formatScaled(-105n, 2)` is `-1.05`. */
export function formatScaled(units: bigint, digits: number): string {
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const sign = units < 0n ? '-' : '';
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${text.slice(-digits)}`;
}
