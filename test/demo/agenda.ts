import { civilDay, epochOf, isWorkingDay, startOfDay } from '@ariane/kernel';
import { TIME_ZONE } from '../story/cast.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const STEP_MS = 5 * MINUTE_MS;
/** When calendars are open, in ms of the civil day: mornings and afternoons. */
const opening = [
  [8.5 * 3_600_000, 12.5 * 3_600_000],
  [13.5 * 3_600_000, 18 * 3_600_000],
] as const;
/** No visit waits longer than this for a free hour. */
const DAYS_MAX = 60;

/** Past visits in the calendars of the demo's professionals: nobody is in two places at once. */
export interface Agenda {
  /** The start, in ms since 1970, of the first free stretch on that day or after it, from `fromMs` on; taken then. */
  readonly take: (fromMs: number, minutes: number, who: readonly string[]) => number | undefined;
}

export function agendaOf(): Agenda {
  const taken = new Set<string>();
  const keysOf = (startMs: number, minutes: number, who: readonly string[]): string[] =>
    Array.from({ length: Math.ceil((minutes * MINUTE_MS) / STEP_MS) }, (_, index) => startMs + index * STEP_MS).flatMap(
      (at) => who.map((one) => `${one}|${at}`),
    );
  const take: Agenda['take'] = (fromMs, minutes, who) => {
    for (const startMs of starts(fromMs, minutes)) {
      const keys = keysOf(startMs, minutes, who);
      if (keys.some((key) => taken.has(key))) continue;
      for (const key of keys) taken.add(key);
      return startMs;
    }
    return undefined;
  };
  return { take };
}

/** Every start on the grid of five minutes at which a visit of that length fits into opening hours, from an instant on. */
function* starts(fromMs: number, minutes: number): Generator<number> {
  for (let day = 0; day < DAYS_MAX; day += 1) {
    const civil = civilDay(new Date(fromMs + day * DAY_MS).toISOString(), TIME_ZONE);
    if (!isWorkingDay(civil, 'FR')) continue;
    const midnight = epochOf(startOfDay(civil, TIME_ZONE));
    for (const [opens, closes] of opening) {
      for (let at = midnight + opens; at + minutes * MINUTE_MS <= midnight + closes; at += STEP_MS) {
        if (at >= fromMs) yield at;
      }
    }
  }
}
