import { daysWithin, type Estimate, estimateOf, type LoadFigures, loadOf, waitingListOf } from './figures';
import type { Outcome, Study } from './study';
import type { Moments, StepTally, Tally } from './tally';

/** What became of a step, over all its occurrences. */
interface StepFigures extends Omit<StepTally, 'days' | 'onTarget' | 'hasTarget'> {
  /** Among those done that have a target; NaN when there is none. */
  readonly onTargetShare: number;
  /** Whole days from when it was first due: half, and nine in ten, took no longer. NaN when none was done. */
  readonly medianDays: number;
  readonly ninetyPercentDays: number;
}

interface ResourceFigures extends LoadFigures {
  /** Visits by week from the start. */
  readonly load: readonly number[];
  /** Patients waiting at the end of each week. */
  readonly waiting: readonly number[];
}

/** One protocol's figures. */
export interface SideReport {
  readonly protocol: { readonly id: string; readonly version: number; readonly sha256: string };
  readonly patients: number;
  readonly ends: Tally['ends'];
  readonly steps: Readonly<Record<string, StepFigures>>;
  readonly resources: Readonly<Record<string, ResourceFigures>>;
  /** Means per patient. */
  readonly measures: Readonly<Record<string, Estimate>>;
}

/** What a simulation found; the same settings give the same report to the last figure. */
export interface Report {
  readonly patients: number;
  readonly years: number;
  readonly seed: string;
  readonly from: string;
  /** Where the assumptions come from. */
  readonly assumptions: string;
  readonly sides: readonly SideReport[];
  /** Second less first, patient by patient, over those who have both figures. Empty for one protocol. */
  readonly differences: Readonly<Record<string, Estimate>>;
}

export function reportOf({ settings, sides }: Study, outcome: Outcome): Report {
  const { patients, years, seed, from } = settings;
  return {
    ...{ patients, years, seed, from },
    assumptions: sides[0]?.assumptions.source ?? '',
    sides: sides.flatMap(({ protocol }, index) => {
      const tally = outcome.sides[index];
      const { id, version } = protocol.document;
      return tally ? [{ protocol: { id, version, sha256: protocol.sha256 }, ...figuresOf(tally) }] : [];
    }),
    differences: estimatesOf(outcome.differences),
  };
}

function figuresOf(tally: Tally): Omit<SideReport, 'protocol'> {
  return {
    patients: tally.patients,
    ends: tally.ends,
    steps: mapped(tally.steps, stepFigures),
    resources: mapped(tally.resources, (resource) => ({
      ...loadOf(resource),
      load: resource.load,
      waiting: waitingListOf(resource),
    })),
    measures: estimatesOf(tally.measures),
  };
}

const estimatesOf = (measures: Readonly<Record<string, Moments>>): Readonly<Record<string, Estimate>> =>
  mapped(measures, estimateOf);

function stepFigures(tally: StepTally): StepFigures {
  const { days, onTarget, hasTarget, ...counts } = tally;
  return {
    ...counts,
    onTargetShare: hasTarget === 0 ? Number.NaN : onTarget / hasTarget,
    medianDays: daysWithin(days, 0.5),
    ninetyPercentDays: daysWithin(days, 0.9),
  };
}

const mapped = <T, U>(of: Readonly<Record<string, T>>, change: (value: T) => U): Readonly<Record<string, U>> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));
