import { DomainError } from './domain-error';
import {
  formatScaled,
  multiply,
  parseRational,
  rational,
  type Rational,
  roundToInteger,
  type RoundingMode,
} from './rational';

/** An amount in whole cents (minor units, two decimals) of an ISO 4217 currency. */
export interface Money {
  readonly cents: bigint;
  readonly currency: string;
}

/** Money on the wire outside payment contracts: `{"amount":"1234.57","currency":"EUR"}`. */
export interface WireMoney {
  readonly amount: string;
  readonly currency: string;
}

/** Reads `1234.57 EUR`, as payment contracts write it. Throws MONEY_MALFORMED for anything else. */
export function parseMoney(text: string): Money {
  const parts = /^(-?)(\d+)\.(\d{2}) ([A-Z]{3})$/.exec(text);
  if (!parts) throw new DomainError('MONEY_MALFORMED', { text });
  const [, sign = '', whole = '', decimals = '', currency = ''] = parts;
  return { cents: BigInt(`${sign}${whole}${decimals}`), currency };
}

/** `1234.57 EUR`. */
export const formatMoney = (money: Money): string => `${formatScaled(money.cents, 2)} ${money.currency}`;

export const toWireMoney = (money: Money): WireMoney => ({
  amount: formatScaled(money.cents, 2),
  currency: money.currency,
});

/** Throws MONEY_MALFORMED. */
export const fromWireMoney = (wire: WireMoney): Money => parseMoney(`${wire.amount} ${wire.currency}`);

/** The exact amount in whole currency units, for arithmetic without rounding. */
export const unitsOf = (money: Money): Rational => rational(money.cents, 100n);

/** An exact amount of currency units rounded to cents: the only place where cents are lost or found. */
export const centsOf = (units: Rational, mode: RoundingMode): bigint =>
  roundToInteger(multiply(units, parseRational('100')), mode);
