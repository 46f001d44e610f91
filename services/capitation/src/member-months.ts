import { add, DomainError, invariant, one, rational, type Rational, zero } from '@ariane/kernel';
import type { Value } from './value';

/** How a member's part of a month counts: by days, wholly for any day of it, or wholly for being there on the 15th. */
export type Proration = 'DAYS' | 'WHOLE_MONTH' | 'FIFTEENTH';

const DAY_MS = 86_400_000;

/** The number of a civil day. Throws FACT_MALFORMED for a text that is no day. */
export function dayNumber(text: string): number {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const number = Date.UTC(year, month - 1, day) / DAY_MS;
  if (dayText(number) !== text) throw new DomainError('FACT_MALFORMED', { name: text, reason: 'no such day' });
  return number;
}

const dayText = (number: number): string =>
  Number.isSafeInteger(number * DAY_MS) ? new Date(number * DAY_MS).toISOString().slice(0, 10) : '';

/** A civil day so many days later. */
export const daysLater = (day: string, count: number): string => dayText(dayNumber(day) + count);

/** Whole years of age on a civil day: a birthday counts from its own day on. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return dayNumber(day) >= 0 && day.slice(5) < birth.slice(5) ? years - 1 : years;
}

/**
 * How many months of a period a stay counts for. A month is one of the calendar, whatever the period's length or
 * border: four months from January hold April like any other.
 *
 * @param spans pairs of civil days, ends exclusive: the stay, the period, then what is taken out of it (suspensions)
 */
export function memberMonths(rule: Proration, spans: readonly (readonly [string, string])[]): Rational {
  const [stay, period, ...out] = spans.map(([from, to]) => [dayNumber(from), dayNumber(to)] as const);
  invariant(stay && period, 'a stay and a period');
  const [from, to] = [Math.max(stay[0], period[0]), Math.min(stay[1], period[1])];
  const isThere = (day: number): boolean =>
    from <= day && day < to && !out.some(([begin, end]) => begin <= day && day < end);
  let total = zero;
  for (let start = monthStart(from); start < to; start = monthStart(start + 31)) {
    const length = monthStart(start + 31) - start;
    const present =
      rule === 'FIFTEENTH'
        ? Number(isThere(start + 14))
        : Array.from({ length }, (_, index) => start + index).filter(isThere).length;
    const whole = present > 0 ? one : zero;
    total = add(total, rule === 'DAYS' ? rational(BigInt(present), BigInt(length)) : whole);
  }
  return total;
}

const monthStart = (day: number): number => dayNumber(`${dayText(day).slice(0, 7)}-01`);

/** The calendar month of a day: its first day, and that of the next month. */
export function monthAround(day: string): readonly [string, string] {
  const first = monthStart(dayNumber(day));
  return [dayText(first), dayText(monthStart(first + 31))];
}

/**
 * Whether a stay of so many days, that touches an end of the month, holds the 15th: known unless it could be either a
 * late joiner's or an early leaver's. Throws FACT_MALFORMED when it could.
 */
export function holdsFifteenth(days: number, daysInMonth: number): boolean {
  const [leaver, joiner] = [days >= 15, days > daysInMonth - 15];
  if (leaver === joiner) return leaver;
  const reason = `${days} of ${daysInMonth} days may or may not hold the 15th; write "from" or "to", or "fifteenth"`;
  throw new DomainError('FACT_MALFORMED', { name: 'days', reason });
}

/** Member months from an explanation's operands: days of a month, or the days of `memberMonths`, flat. */
export function monthsFrom(rule: Proration, values: readonly Value[]): Rational {
  const [days, length] = values;
  if (days && length && 'amount' in days && 'amount' in length) {
    return holdsFifteenth(wholeOf(days.amount), wholeOf(length.amount)) ? one : zero;
  }
  const texts = values.map((value) => ('text' in value ? value.text : ''));
  return memberMonths(
    rule,
    texts.flatMap((text, index) => (index % 2 === 0 ? [[text, texts[index + 1] ?? ''] as const] : [])),
  );
}

function wholeOf({ numerator, denominator }: Rational): number {
  if (denominator !== 1n) throw new DomainError('FACT_MALFORMED', { name: 'days', reason: 'not a whole number' });
  return Number(numerator);
}
