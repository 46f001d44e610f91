import { addSpan, type CivilSpan, civilDay, endOfDay, epochOf } from '@ariane/kernel';
import { type Clock, judge, latest as latestInstant } from './condition';
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
  const start = latestInstant([at.start, progress.reopened?.at]) ?? at.start;
  const base = progress.reopened ? start : (at.from ?? start);
  const retry = progress.failed && dayAfter(progress.failed.at, retryAfter ? [retryAfter] : [], clock);
  const dueFrom = latestInstant([dayAfter(start, window.earliest ? [window.earliest] : [], clock), retry]) ?? start;
  const end = (span: CivilSpan) =>
    endOfDay(addSpan(civilDay(base, clock.timeZone), span, clock.holidays), clock.timeZone);
  const latest = tightest(window, read)
    .map(end)
    .reduce((first, other) => (epochOf(other) < epochOf(first) ? other : first));
  return { dueFrom, ...(window.target ? { target: end(window.target) } : {}), latest };
}

/** A tighter limit holds unless its condition is known to be false: what is not known may be the urgent case. */
function tightest(window: CompiledWindow, { view, clock }: { view: FactView; clock: Clock }): readonly CivilSpan[] {
  const tighter = window.tighter.filter((rule) => judge(rule.condition, view, clock).value !== false);
  return [window.latest, ...tighter.map((rule) => rule.latest)];
}
