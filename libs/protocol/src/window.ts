import { type CivilSpan, daysLater, epochOf, zoneDays } from '@ariane/kernel';
import { type Clock, judge } from './condition';
import type { FactView } from './fact-view';
import type { Progress } from './progress';
import type { CompiledWindow } from './protocol';
import { dayAfter } from './start';

/** When a step is to be done. `target` and `latest` are the last seconds of civil days. */
export interface DueWindow {
  readonly dueFrom: string;
  readonly target?: string;
  readonly latest: string;
}

/**
 * The window of an occurrence that starts at an instant. A failed attempt moves only `dueFrom`: the delay is the one the
 * patient lives. A step asked for again has its whole window counted from what asked for it.
 *
 * @param from the completion from which target and latest are counted, when the window names another than the start
 */
export function windowOf(
  window: CompiledWindow,
  at: { readonly start: string; readonly from?: string },
  progress: Progress,
  retryAfter: CivilSpan | undefined,
  read: { readonly view: FactView; readonly clock: Clock },
): DueWindow {
  const { clock } = read;
  const { reopened, failed } = progress;
  const start = later(at.start, reopened?.at);
  const earliest = dayAfter(start, window.earliest ? [window.earliest] : [], clock);
  const dueFrom = failed ? later(earliest, dayAfter(failed.at, retryAfter ? [retryAfter] : [], clock)) : earliest;
  const days = zoneDays(clock.timeZone);
  const base = days.dayAt(epochOf(reopened ? start : (at.from ?? start)));
  const end = (span: CivilSpan) => daysLater(base, span, clock.holidays);
  const latest = days.lastOf(Math.min(end(window.latest), ...tighterOf(window, read).map(end)));
  return window.target ? { dueFrom, target: days.lastOf(end(window.target)), latest } : { dueFrom, latest };
}

const later = (one: string, other: string | undefined): string =>
  other !== undefined && epochOf(other) > epochOf(one) ? other : one;

/** A tighter limit holds unless its condition is known to be false: what is not known may be the urgent case. */
function tighterOf(
  { tighter }: CompiledWindow,
  { view, clock }: { view: FactView; clock: Clock },
): readonly CivilSpan[] {
  if (tighter.length === 0) return none;
  return tighter.filter((rule) => judge(rule.condition, view, clock).value !== false).map((rule) => rule.latest);
}

const none: readonly CivilSpan[] = [];
