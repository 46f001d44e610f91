import { Temporal } from 'temporal-polyfill';

/** The instant a civil day begins in a contract's time zone: its border is local midnight, never UTC's. */
export const startOf = (day: string, timeZone: string): string =>
  Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toInstant().toString();
