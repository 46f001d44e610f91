import { civilDay, epochOf, type HolidayTerritory, isWorkingDay, startOfDay } from '@ariane/kernel';

export const dayMs = 86_400_000;
const hourMs = 3_600_000;
export const weekMs = 7 * dayMs;
const opensAt = 8 * hourMs;
const closesAt = 17 * hourMs;

/** The working days of a simulation, looked up once so that a patient's thousand dates cost nothing. */
export interface WorkCalendar {
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  readonly weeks: number;
  /** The instant in working hours (Monday to Friday, 8 to 17, no holidays) at or after this one, to the second. */
  readonly placed: (ms: number) => number;
  /** Weeks since the start; what comes before is week 0. */
  readonly weekOf: (ms: number) => number;
}

/** @param from the first civil day; @param weeks how many the simulation lasts */
export function calendarOf(from: string, weeks: number, timeZone: string, holidays: HolidayTerritory): WorkCalendar {
  const startMs = epochOf(startOfDay(from, timeZone));
  const endMs = startMs + weeks * weekMs;
  const opening: number[] = [];
  const days = weeks * 7 + 60;
  for (let day = 0; day < days; day += 1) {
    const civil = civilDay(new Date(startMs + day * dayMs + 12 * hourMs).toISOString(), timeZone);
    opening.push(isWorkingDay(civil, holidays) ? epochOf(startOfDay(civil, timeZone)) + opensAt : Number.NaN);
  }
  const placed = (ms: number): number => {
    const whole = Math.floor(ms / 1000) * 1000;
    for (let day = Math.max(0, Math.floor((whole - startMs) / dayMs)); day < days; day += 1) {
      const opens = opening[day] ?? Number.NaN;
      if (whole < opens) return opens + (whole % (closesAt - opensAt - hourMs));
      if (whole < opens + closesAt - opensAt) return whole;
    }
    return whole;
  };
  return { startMs, endMs, weeks, placed, weekOf: (ms) => Math.max(0, Math.floor((ms - startMs) / weekMs)) };
}

/** An instant as facts write it. */
export const written = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
