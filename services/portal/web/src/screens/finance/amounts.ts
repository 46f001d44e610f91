import type { Money } from '../../formats';

/**
 * The minor units of a decimal text, exact: `-12.5` is -1250n with two digits. Screens add up and compare by it, and
 * never by floats.
 */
export function centsOf({ amount }: Pick<Money, 'amount'>): bigint {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  const cents = BigInt(whole) * 100n + BigInt(part.padEnd(2, '0'));
  return sign === '-' ? -cents : cents;
}

/** The decimal text of minor units. */
export function amountOf(cents: bigint): string {
  const size = cents < 0n ? -cents : cents;
  return `${cents < 0n ? '-' : ''}${String(size / 100n)}.${String(size % 100n).padStart(2, '0')}`;
}

/** Amounts of one currency added up; nothing is nothing of the currency given. */
export function sumOf(amounts: readonly Money[], currency: string): Money {
  const cents = amounts.reduce((sum, one) => sum + centsOf(one), 0n);
  return { amount: amountOf(cents), currency };
}

export const negated = (money: Money): Money => ({ amount: amountOf(-centsOf(money)), currency: money.currency });

/** On the side on which an account grows: what is owed and earned is told as it adds, not as a credit below zero. */
export const grown = (account: string, balance: Money): Money =>
  /^(assets|expenses):/.test(account) ? balance : negated(balance);

/** For sorting and for the length of bars only: a picture may round. */
export const sizeOf = (money: Money): number => Number(centsOf(money));

/** A part of a whole in percent of its length, for bars; 0 where the whole is nothing. */
export function shareOf(part: Money, whole: Money): number {
  const [of, all] = [Math.abs(sizeOf(part)), Math.abs(sizeOf(whole))];
  return all === 0 ? 0 : Math.min(100, (of / all) * 100);
}

/** Rows as CSV with `;`, quoted where needed: what a spreadsheet opens as it stands on the screen. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (/[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
}
