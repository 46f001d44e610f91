import type { Moments, ResourceTally } from './tally';

/** A mean with its 95 % interval. */
export interface Estimate {
  readonly n: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The mean over patients and its normal 95 % interval (mean ± 1.96 standard errors). With one patient or none there is
 * no interval: the bounds are not numbers. Patients who queue for the same room are not independent, so the interval
 * is then too narrow.
 */
export function estimateOf({ n, sum, squares }: Moments): Estimate {
  const mean = sum / n;
  const variance = Math.max(0, squares - n * mean * mean) / (n - 1);
  const half = n < 2 ? Number.NaN : 1.96 * Math.sqrt(variance / n);
  return { n, mean, low: mean - half, high: mean + half };
}

/**
 * The whole days within which that share of the done were done; NaN when none was.
 * @param days how many were done in so many days, from 0
 */
export function daysWithin(days: readonly number[], share: number): number {
  const total = days.reduce((sum, n) => sum + n, 0);
  let seen = 0;
  const found = days.findIndex((n) => (seen += n) >= share * total && seen > 0);
  return found < 0 ? Number.NaN : found;
}

/** The patients waiting at the end of each week. */
export function waitingListOf({ joining }: ResourceTally): readonly number[] {
  let waiting = 0;
  return joining.map((change) => (waiting += change));
}

export interface LoadFigures {
  readonly visits: number;
  /** Over the weeks in which anything was done. */
  readonly meanPerWeek: number;
  readonly peakPerWeek: number;
  readonly peakWaiting: number;
  readonly queuedShare: number;
  /** Over all visits. */
  readonly meanQueuedWeeks: number;
}

export function loadOf(resource: ResourceTally): LoadFigures {
  const { load, visits, queued, queuedWeeks } = resource;
  const busy = load.filter((n) => n > 0).length;
  return {
    visits,
    meanPerWeek: visits / Math.max(1, busy),
    peakPerWeek: load.reduce((most, n) => Math.max(most, n), 0),
    peakWaiting: waitingListOf(resource).reduce((most, n) => Math.max(most, n), 0),
    queuedShare: queued / Math.max(1, visits),
    meanQueuedWeeks: queuedWeeks / Math.max(1, visits),
  };
}
