import { Temporal } from 'temporal-polyfill';
import { type CivilSpan, daysLater, workingDaysLater, worksOn, zoneDays } from './civil-days';
import type { HolidayTerritory } from './holidays';
import { dayMs, dayText, epochOf, instantOf } from './instant';

/** Civil days are counted as days since 1970, which no zone and no change of clocks can bend. */
const countOf = (day: string): number => epochOf(`${day}T00:00:00Z`) / dayMs;

/** The civil day (YYYY-MM-DD) it is in the zone (`Europe/Paris`, `Indian/Reunion`) at that instant. */
export const civilDay = (instant: string, timeZone: string): string =>
  dayText(zoneDays(timeZone).dayAt(epochOf(instant)));

/** The first instant of a civil day in the zone; not always midnight, since some zones skip it. */
export const startOfDay = (day: string, timeZone: string): string => zoneDays(timeZone).firstOf(countOf(day));

/** The last whole second of a civil day in the zone. Days of 23 and 25 hours end where they should. */
export const endOfDay = (day: string, timeZone: string): string => zoneDays(timeZone).lastOf(countOf(day));

/** Monday to Friday, except public holidays of the territory (French "jours ouvrés"). */
export const isWorkingDay = (day: string, territory: HolidayTerritory): boolean => worksOn(countOf(day), territory);

/**
 * The n-th working day after a civil day (before, for a negative n); the day itself doesn't count. Zero gives the day
 * itself, working or not.
 */
export const addWorkingDays = (day: string, count: number, territory: HolidayTerritory): string =>
  dayText(workingDaysLater(countOf(day), count, territory));

/** The civil day that many days, working days, weeks, months or years later; 31 January + 1 month is 28 February. */
export const addSpan = (day: string, span: CivilSpan, territory: HolidayTerritory): string =>
  dayText(daysLater(countOf(day), span, territory));

/** The same time of day on the civil day a span later: 09:00 stays 09:00 across a change of clocks. */
export function addToInstant(instant: string, span: CivilSpan, timeZone: string, territory: HolidayTerritory): string {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  const day = Temporal.PlainDate.from(addSpan(zoned.toPlainDate().toString(), span, territory));
  return instantOf(day.toZonedDateTime({ timeZone, plainTime: zoned.toPlainTime() }).epochMilliseconds);
}

/** A month of the calendar: `2026-03`. */
export const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Whether it is a day `YYYY-MM-DD` of the calendar: 30 February is none. */
export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const read = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
}
