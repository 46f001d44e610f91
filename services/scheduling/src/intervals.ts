/** A stretch of time, `from` included and `to` not, in milliseconds since 1970. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

export const overlap = (a: Interval, b: Interval): boolean => a.from < b.to && b.from < a.to;

export const contains = (outer: Interval, inner: Interval): boolean => outer.from <= inner.from && inner.to <= outer.to;

/** What is left of the intervals once `removed` is cut out of each. */
export const without = (intervals: readonly Interval[], removed: Interval): Interval[] =>
  intervals.flatMap((one) =>
    overlap(one, removed)
      ? [
          { from: one.from, to: removed.from },
          { from: removed.to, to: one.to },
        ].filter((part) => part.from < part.to)
      : [one],
  );

/** The intervals in order, those that overlap made one; those that only touch stay apart. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const one of [...intervals].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && overlap(last, one)) {
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, one.to) };
    } else result.push(one);
  }
  return result;
}
