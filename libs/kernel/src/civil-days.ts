import { Temporal } from 'temporal-polyfill';
import { type HolidayTerritory, isHoliday } from './holidays';
import { dayMs, dayText, instantOf, isTabled, tabledDays } from './instant';
import { Memory } from './memory';

/** An amount of civil time: days, working days, weeks, months or years. Never hours, so daylight saving cannot bend it. */
export interface CivilSpan {
  readonly count: number;
  readonly unit: 'd' | 'wd' | 'wk' | 'mo' | 'y';
}

/**
 * The civil days of a time zone as whole numbers: days since 1970, which no zone and no change of clocks can bend. For
 * rules that ask for thousands of dates; each day is looked up in the zone's rules once.
 */
export class ZoneDays {
  private readonly starts = new Float64Array(tabledDays).fill(Number.NaN);
  private readonly firsts: string[] = [];
  private readonly lasts: string[] = [];

  constructor(private readonly timeZone: string) {}

  /** The civil day it is at an instant in milliseconds since 1970. Throws RangeError for NaN. */
  dayAt(epochMs: number): number {
    const day = Math.floor(epochMs / dayMs);
    if (epochMs < this.startMs(day)) return day - 1;
    return epochMs < this.startMs(day + 1) ? day : day + 1;
  }

  /** The first instant of a day; not always midnight, since some zones skip it. */
  startMs(day: number): number {
    if (!isTabled(day)) return this.lookedUp(day);
    const known = this.starts[day] ?? Number.NaN;
    if (!Number.isNaN(known)) return known;
    const start = this.lookedUp(day);
    this.starts[day] = start;
    return start;
  }

  /** The first instant of a day, written. */
  firstOf(day: number): string {
    if (!isTabled(day)) return instantOf(this.startMs(day));
    return (this.firsts[day] ??= instantOf(this.startMs(day)));
  }

  /** The last whole second of a day, written. Days of 23 and 25 hours end where they should. */
  lastOf(day: number): string {
    if (!isTabled(day)) return instantOf(this.startMs(day + 1) - 1000);
    return (this.lasts[day] ??= instantOf(this.startMs(day + 1) - 1000));
  }

  private lookedUp(day: number): number {
    const { timeZone } = this;
    return Temporal.PlainDate.from(dayText(day)).toZonedDateTime({ timeZone }).epochMilliseconds;
  }
}

const zones = new Memory<string, ZoneDays>();

/** The days of a zone (`Europe/Paris`, `Indian/Reunion`), shared by all who ask. */
export const zoneDays = (timeZone: string): ZoneDays => zones.get(timeZone, (name) => new ZoneDays(name));

/** 1 January 1970 was a Thursday: the remainder of 2 and 3 is Saturday and Sunday. */
const isWeekend = (day: number): boolean => {
  const weekday = ((day % 7) + 7) % 7;
  return weekday === 2 || weekday === 3;
};

/** Per territory and day: 0 not yet looked up, 1 working, 2 not. */
const workings = new Memory<HolidayTerritory, Uint8Array>();
const noneKnown = (): Uint8Array => new Uint8Array(tabledDays);

/** Monday to Friday, except public holidays of the territory (French "jours ouvrés"), for a day since 1970. */
export function worksOn(day: number, territory: HolidayTerritory): boolean {
  const known = workings.get(territory, noneKnown);
  const found = known[day] ?? 0;
  if (found !== 0) return found === 1;
  const works = !isWeekend(day) && !isHoliday(dayText(day), territory);
  if (isTabled(day)) known[day] = works ? 1 : 2;
  return works;
}

/** `addSpan` over days since 1970. */
export function daysLater(day: number, { count, unit }: CivilSpan, territory: HolidayTerritory): number {
  switch (unit) {
    case 'd':
      return day + count;
    case 'wk':
      return day + 7 * count;
    case 'wd':
      return workingDaysLater(day, count, territory);
    case 'mo':
      return monthsLater(day, count);
    case 'y':
      return monthsLater(day, 12 * count);
  }
}

/** `addWorkingDays` over days since 1970. */
export function workingDaysLater(day: number, count: number, territory: HolidayTerritory): number {
  const step = Math.sign(count);
  let at = day;
  for (let left = Math.abs(count); left > 0;) {
    at += step;
    if (worksOn(at, territory)) left -= 1;
  }
  return at;
}

/** The same day of another month, or its last when it has no such day. */
function monthsLater(day: number, months: number): number {
  const date = new Date(day * dayMs);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = Date.UTC(year, month + 1, 0) / dayMs;
  return Math.min(Date.UTC(year, month, date.getUTCDate()) / dayMs, last);
}
