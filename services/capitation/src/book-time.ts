import { Temporal } from 'temporal-polyfill';

/** The month `2026-03` an instant falls in, in the book's time zone: a month's border is local midnight. */
export function monthOf(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toPlainYearMonth().toString();
}

/** The civil day `2026-03-02` an instant falls on in a time zone. */
export const dayOf = (instant: string, timeZone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/**
 * The month an entry is booked in: its effective month, or the first later one that is not closed. `prior` says that
 * it belongs to an earlier month than the one it is booked in.
 */
export function accountingPeriod(
  effectiveMonth: string,
  closed: ReadonlySet<string>,
): { period: string; prior: boolean } {
  let month = Temporal.PlainYearMonth.from(effectiveMonth);
  while (closed.has(month.toString())) month = month.add({ months: 1 });
  return { period: month.toString(), prior: month.toString() !== effectiveMonth };
}

/** An instant in the one form that is hashed: UTC with milliseconds. */
export const instantText = (instant: string): string => new Date(instant).toISOString();
