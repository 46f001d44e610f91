import { epochOf } from '@ariane/kernel';
import type { Interval } from './intervals';
import { MINUTE_MS } from './slot';
import type { Wish } from './visit';

const DAY_MS = 24 * 60 * MINUTE_MS;

/** Beyond its latest instant a visit is still looked for during two months: late is better than never. */
const LATE_DAYS_MAX = 60;

/** Calendars are read two weeks at a time, since most visits are found in the first. */
const STRIDE_MS = 14 * DAY_MS;

/**
 * Where to look for a wish's slot, nearest first: from when it is due, never before `now`, until two months after its
 * latest instant (after the beginning, when it has none).
 */
export function searchWindows(wish: Pick<Wish, 'dueFrom' | 'latest'>, now: string): Interval[] {
  const from = Math.max(epochOf(wish.dueFrom), epochOf(now));
  const latest = wish.latest === undefined ? from : Math.max(epochOf(wish.latest), from);
  const end = latest + LATE_DAYS_MAX * DAY_MS;
  const windows: Interval[] = [];
  for (let at = from; at < end; at += STRIDE_MS) windows.push({ from: at, to: Math.min(at + STRIDE_MS, end) });
  return windows;
}
