import { dateFormat } from '../../formats';
import type { Appointment, Calendar } from './appointment';

/** Minutes since midnight of the clocks of the territory. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface DayColumn {
  /** The civil day. */
  readonly day: string;
  readonly open: readonly Stretch[];
  readonly blocks: readonly (Stretch & { readonly appointment: Appointment })[];
}

const HOUR = 60;
const MINUTES_OF_DAY = 24 * HOUR;
/** The least that a grid shows, so that an empty week is still a week. */
const USUAL: Stretch = { from: 8 * HOUR, to: 18 * HOUR };

/** `08:30` as minutes since midnight. */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * HOUR + Number(time.slice(3, 5));

/** The wall clock of an instant in a zone: its civil day and the minutes since midnight. */
export function wallOf(instant: string, timeZone: string): { readonly day: string; readonly minutes: number } {
  const text = dateFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(instant));
  return { day: text.slice(0, 10), minutes: minutesOf(text.slice(11)) };
}

/** The days of a calendar, each with when it is open and what stands in it. */
export function columnsOf(
  calendar: Calendar,
  days: readonly string[],
  appointments: readonly Appointment[],
): readonly DayColumn[] {
  return days.map((day) => ({
    day,
    open: openOn(calendar, day),
    blocks: appointments.flatMap((appointment) => blockOn(appointment, day, calendar.timeZone)).sort(byTime),
  }));
}

const byTime = (a: Stretch, b: Stretch): number => a.from - b.from || a.to - b.to;

/** Opening hours of a day; an exception that was added last has the last word. */
function openOn({ hours, exceptions, timeZone }: Calendar, day: string): readonly Stretch[] {
  const weekday = ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  let open: readonly Stretch[] = hours
    .filter((one) => one.weekday === weekday)
    .map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }));
  for (const exception of exceptions) {
    const stretch = clipped(exception.from, exception.to, day, timeZone);
    if (stretch === undefined) continue;
    const rest = open.flatMap((one) => without(one, stretch));
    open = exception.open ? [...rest, stretch] : rest;
  }
  return [...open].sort(byTime);
}

function blockOn(appointment: Appointment, day: string, timeZone: string): DayColumn['blocks'] {
  const { slot, status } = appointment;
  if (slot === undefined || status === 'cancelled' || status === 'missed') return [];
  const stretch = clipped(slot.startsAt, slot.endsAt, day, timeZone);
  return stretch === undefined ? [] : [{ ...stretch, appointment }];
}

/** The part of a stretch of time that lies in a civil day. */
function clipped(from: string, to: string, day: string, timeZone: string): Stretch | undefined {
  const [first, last] = [wallOf(from, timeZone), wallOf(to, timeZone)];
  if (first.day > day || last.day < day) return undefined;
  const part = {
    from: first.day === day ? first.minutes : 0,
    to: last.day === day ? last.minutes : MINUTES_OF_DAY,
  };
  return part.from < part.to ? part : undefined;
}

function without(one: Stretch, taken: Stretch): readonly Stretch[] {
  if (taken.to <= one.from || taken.from >= one.to) return [one];
  return [
    { from: one.from, to: taken.from },
    { from: taken.to, to: one.to },
  ].filter(({ from, to }) => from < to);
}

/** The hours that a grid shows: whole hours around all that is open or booked. */
export function hoursShown(columns: readonly DayColumn[]): Stretch {
  const all = columns.flatMap(({ open, blocks }) => [...open, ...blocks]);
  const from = Math.min(USUAL.from, ...all.map((one) => one.from));
  const to = Math.max(USUAL.to, ...all.map((one) => one.to));
  return { from: Math.floor(from / HOUR) * HOUR, to: Math.ceil(to / HOUR) * HOUR };
}

/** Where a stretch stands in the grid: per cent of its height. */
export const placeOf = ({ from, to }: Stretch, shown: Stretch): { readonly top: number; readonly height: number } => ({
  top: ((from - shown.from) / (shown.to - shown.from)) * 100,
  height: ((to - from) / (shown.to - shown.from)) * 100,
});
