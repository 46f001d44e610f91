import {
  formatRational,
  formatScaled,
  parseMoney,
  parseRational,
  type Rational,
  roundToDigits,
  unitsOf,
} from '@ariane/kernel';

/** What an expression of the contract language can be. Money is in exact currency units, not yet rounded. */
export type Value =
  | { readonly type: 'money' | 'num'; readonly amount: Rational }
  | { readonly type: 'bool'; readonly is: boolean }
  | { readonly type: 'str' | 'date'; readonly text: string };

export type ValueType = Value['type'];

/** An amount in exact currency units. */
export const money = (amount: Rational): Value => ({ type: 'money', amount });
export const num = (amount: Rational): Value => ({ type: 'num', amount });
export const bool = (is: boolean): Value => ({ type: 'bool', is });

/**
 * A fact or parameter as documents write it: `"12.50 EUR"` is money, `"3"`, `"2%"` and `"1/3"` are numbers,
 * `"2026-01-01"` is a date, any other text is text, true and false are booleans.
 */
export function readValue(raw: string | boolean): Value {
  if (typeof raw === 'boolean') return bool(raw);
  if (/^-?\d+\.\d{2} [A-Z]{3}$/.test(raw)) return money(unitsOf(parseMoney(raw)));
  if (/^\d{4}-\d{2}-\d{2}$/.test(raw)) return { type: 'date', text: raw };
  if (/^-?\d+(\.\d+)?%?$|^-?\d+\/\d+$/.test(raw)) return num(parseRational(raw));
  return { type: 'str', text: raw };
}

/** The currency a raw money text carries, or undefined when it is no money. */
export const currencyOf = (raw: unknown): string | undefined =>
  typeof raw === 'string' ? /^-?\d+\.\d{2} ([A-Z]{3})$/.exec(raw)?.[1] : undefined;

/** A value for a reader: money that is whole in cents as `12.50 EUR`, exact fractions as they are. */
export function showValue(value: Value, currency: string): string {
  if ('is' in value) return String(value.is);
  if ('text' in value) return value.text;
  if (value.type === 'num') return formatRational(value.amount);
  const cents = roundToDigits(value.amount, 2, 'DOWN');
  const whole = cents.numerator === value.amount.numerator && cents.denominator === value.amount.denominator;
  const text = whole ? formatScaled((cents.numerator * 100n) / cents.denominator, 2) : formatRational(value.amount);
  return `${text} ${currency}`;
}
