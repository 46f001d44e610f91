import type { CivilSpan } from '@ariane/kernel';

/** One rhythm of a schedule; only the last may go on without end. */
interface Rhythm {
  readonly every: CivilSpan;
  readonly for: CivilSpan | undefined;
}

/** The occurrences of a series, counted from its start. */
export interface Schedule {
  readonly rhythms: readonly {
    readonly every: CivilSpan;
    /** How many occurrences it gives; Infinity for one without end. */
    readonly count: number;
    /** From the start of the series to the start of this rhythm. */
    readonly before: readonly CivilSpan[];
  }[];
  /** Of all rhythms; Infinity when the last has no end. */
  readonly total: number;
}

const dayUnits = { d: 1, wd: 7 / 5, wk: 7, mo: 365.25 / 12, y: 365.25 } as const;

/** How many rhythms fit: exact between months and years, days and weeks, working days; by mean lengths otherwise. */
export const fitting = (span: CivilSpan, every: CivilSpan): number =>
  Math.floor((span.count * dayUnits[span.unit]) / (every.count * dayUnits[every.unit]) + 1e-9);

/** Counts the occurrences of each rhythm: every 3 months for 2 years gives 8, the last one 2 years after the start. */
export function scheduleOf(rhythms: readonly Rhythm[]): Schedule {
  const counted = rhythms.map(({ every, for: length }, index) => ({
    every,
    count: length === undefined ? Infinity : fitting(length, every),
    before: rhythms.slice(0, index).flatMap((earlier) => (earlier.for ? [earlier.for] : [])),
  }));
  return { rhythms: counted, total: counted.reduce((sum, { count }) => sum + count, 0) };
}

/** Years as months and weeks as days, so that a rhythm of months added up never drifts: 31 January, 28 February, 31 March. */
function added(spans: readonly CivilSpan[]): readonly CivilSpan[] {
  return spans.reduce<readonly CivilSpan[]>((sums, { count, unit }) => {
    const span: CivilSpan =
      unit === 'y'
        ? { count: 12 * count, unit: 'mo' }
        : unit === 'wk'
          ? { count: 7 * count, unit: 'd' }
          : { count, unit };
    const last = sums.at(-1);
    return last?.unit === span.unit
      ? [...sums.slice(0, -1), { count: last.count + span.count, unit: span.unit }]
      : [...sums, span];
  }, []);
}

/**
 * The spans from the start of the series to an occurrence, and from the one before it; none beyond the last.
 * @param occurrence from 1
 */
export function placeOf(
  schedule: Schedule,
  occurrence: number,
): { readonly fromStart: readonly CivilSpan[]; readonly fromLast: CivilSpan } | undefined {
  let rank = occurrence;
  for (const { every, count, before } of schedule.rhythms) {
    if (rank <= count) {
      const here = { count: rank * every.count, unit: every.unit };
      return { fromStart: added([...before, here]), fromLast: every };
    }
    rank -= count;
  }
  return undefined;
}
