import { dateFormat } from '../../formats';
import type { Calendar } from './appointment';

type Hours = Calendar['hours'];

/** The 5th of January 2026 is a Monday. */
const weekdayText = (weekday: number, language: string): string =>
  dateFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 0, 4 + weekday)));

/** `lun.–ven. 08:30–12:30, 13:30–18:00`: days in a row that are alike are written once. */
export function hoursText(hours: Hours, language: string): string {
  const days = new Map<number, string>();
  for (const { weekday, from, to } of [...hours].sort((a, b) => a.weekday - b.weekday || (a.from < b.from ? -1 : 1))) {
    const before = days.get(weekday);
    days.set(weekday, before === undefined ? `${from}–${to}` : `${before}, ${from}–${to}`);
  }
  const runs: { first: number; last: number; text: string }[] = [];
  for (const [weekday, text] of days) {
    const run = runs.at(-1);
    if (run?.text === text && run.last === weekday - 1) run.last = weekday;
    else runs.push({ first: weekday, last: weekday, text });
  }
  return runs
    .map(({ first, last, text }) => {
      const from = weekdayText(first, language);
      return `${first === last ? from : `${from}–${weekdayText(last, language)}`} ${text}`;
    })
    .join(' ; ');
}
