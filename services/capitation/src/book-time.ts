import { civilDay, DomainError, endOfDay, monthPattern, startOfDay } from '@ariane/kernel';

/** The first millisecond of a month `2026-03` in a time zone: local midnight, as UTC epoch milliseconds. */
export const monthStart = (month: string, timeZone: string): number => Date.parse(startOfDay(`${month}-01`, timeZone));

/** The month after (or, with a negative step, before) a month `2026-12`. */
export function monthAfter(month: string, step = 1): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + step;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** How many months from one to another, below zero when the other is before. */
export function monthsBetween(from: string, to: string): number {
  const index = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return index(to) - index(from);
}

/** The month `2026-03` an instant falls in, in the book's time zone: a month's border is local midnight. */
export const monthOf = (instant: string, timeZone: string): string => civilDay(instant, timeZone).slice(0, 7);

/** The last millisecond of a month in a time zone, as a UTC instant: when what the whole month earned is true. */
export const monthEnd = (month: string, timeZone: string): string =>
  new Date(monthStart(monthAfter(month), timeZone) - 1).toISOString();

/** How many civil days a month has: 28 to 31, whatever the clocks do. */
export const daysIn = (month: string): number =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();

/** Throws INVALID_INPUT for what is no month of the calendar. */
export function checkedMonth(text: string): string {
  if (monthPattern.test(text)) return text;
  throw new DomainError('INVALID_INPUT', {}, 'month');
}

/** The civil day `2026-03-02` an instant falls on in a time zone. */
export const dayOf = civilDay;

/** The last millisecond of a civil day in a time zone, as a UTC instant. */
export const dayEnd = (day: string, timeZone: string): string =>
  new Date(Date.parse(endOfDay(day, timeZone)) + 999).toISOString();

/**
 * The month an entry is booked in: its effective month, or the first that is open. Closing a month closes those before
 * it. `prior` says that the entry belongs to an earlier month than the one it is booked in.
 */
export function accountingPeriod(
  effectiveMonth: string,
  closedThrough: string | null,
): { period: string; prior: boolean } {
  const isClosed = closedThrough !== null && effectiveMonth <= closedThrough;
  return { period: isClosed ? monthAfter(closedThrough) : effectiveMonth, prior: isClosed };
}

/** An instant in the one form that is hashed: UTC with milliseconds. */
export const instantText = (instant: string): string => new Date(instant).toISOString();
