import { Memory } from './memory';

export const dayMs = 86_400_000;

/** Days of these years are in tables; others, which no pathway has, are left to the machine's own rules. */
const [firstYear, years] = [1970, 150];
const monthStarts = Int32Array.from({ length: years * 12 + 1 }, (_, month) => Date.UTC(firstYear, month, 1) / dayMs);

/** How many days the tables hold, from 1 January 1970, which is day 0. */
export const tabledDays = monthStarts[years * 12] ?? 0;

const read = new Memory<string, number>();

/** Milliseconds since 1970, to compare instants whatever their precision; NaN for what is not an instant. */
export const epochOf = (instant: string): number => canonicalMs(instant) ?? read.get(instant, Date.parse);

const [zero, hyphen, colon, letterT, letterZ] = [0x30, 0x2d, 0x3a, 0x54, 0x5a];

/** Reads `2026-03-02T08:00:00Z`, as nearly all are written; undefined for what must be looked at more closely. */
function canonicalMs(instant: string): number | undefined {
  if (instant.length !== 20 || !hasSigns(instant)) return undefined;
  const year = pairAt(instant, 0) * 100 + pairAt(instant, 2) - firstYear;
  const month = pairAt(instant, 5) - 1;
  const day = pairAt(instant, 8) - 1;
  const [hour, minute, second] = [pairAt(instant, 11), pairAt(instant, 14), pairAt(instant, 17)];
  if (year < 0 || year >= years || month < 0 || month > 11 || day < 0) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const start = monthStarts[year * 12 + month] ?? 0;
  // The 30th of February is left to `Date.parse`, whatever it makes of it.
  if (start + day >= (monthStarts[year * 12 + month + 1] ?? 0)) return undefined;
  return (start + day) * dayMs + (hour * 3600 + minute * 60 + second) * 1000;
}

const hasSigns = (instant: string): boolean =>
  instant.charCodeAt(4) === hyphen &&
  instant.charCodeAt(7) === hyphen &&
  instant.charCodeAt(10) === letterT &&
  instant.charCodeAt(13) === colon &&
  instant.charCodeAt(16) === colon &&
  instant.charCodeAt(19) === letterZ;

/** The number that two digits write; beyond any month, day or hour for anything else. */
function pairAt(text: string, place: number): number {
  const tens = text.charCodeAt(place) - zero;
  const ones = text.charCodeAt(place + 1) - zero;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? 1_000_000 : tens * 10 + ones;
}

const writtenDays: string[] = [];

/** A day since 1970 as YYYY-MM-DD. */
export function dayText(day: number): string {
  if (!isTabled(day)) return new Date(day * dayMs).toISOString().slice(0, 10);
  return (writtenDays[day] ??= new Date(day * dayMs).toISOString().slice(0, 10));
}

/** Whether the tables hold a day since 1970: a whole number among theirs. */
export const isTabled = (day: number): boolean => day >= 0 && day < tabledDays;

const pairs = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const minutes = Array.from(
  { length: 1440 },
  (_, at) => `T${pairs[Math.floor(at / 60)] ?? ''}:${pairs[at % 60] ?? ''}:`,
);
const seconds = pairs.map((pair) => `${pair}Z`);

/** Writes an instant as UTC with seconds, as every contract does: `2026-03-02T08:00:00Z`. Parts of a second are left out. */
export function instantOf(epochMs: number): string {
  const day = Math.floor(epochMs / dayMs);
  if (!isTabled(day)) {
    const iso = new Date(epochMs).toISOString();
    return `${iso.slice(0, iso.length - 5)}Z`;
  }
  const second = Math.floor((epochMs - day * dayMs) / 1000);
  return `${dayText(day)}${minutes[Math.floor(second / 60)] ?? ''}${seconds[second % 60] ?? ''}`;
}

/** The second after an instant. */
export const nextSecond = (instant: string): string => instantOf(epochOf(instant) + 1000);
