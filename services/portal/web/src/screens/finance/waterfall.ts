/** A step of a bridge between two totals, in minor units. */
export interface Step {
  readonly id: string;
  readonly cents: bigint;
}

/** Where a bar of a waterfall stands, in minor units on the axis of the totals. */
export interface Bar {
  readonly id: string;
  readonly kind: 'total' | 'up' | 'down' | 'none';
  readonly low: number;
  readonly high: number;
  readonly cents: bigint;
}

const barOf = (id: string, from: bigint, cents: bigint): Bar => {
  const to = from + cents;
  const [low, high] = from < to ? [from, to] : [to, from];
  return { id, kind: cents === 0n ? 'none' : cents > 0n ? 'up' : 'down', low: Number(low), high: Number(high), cents };
};

const totalOf = (id: string, cents: bigint): Bar => ({
  ...{ id, kind: 'total', cents },
  ...{ low: Number(cents < 0n ? cents : 0n), high: Number(cents < 0n ? 0n : cents) },
});

/** The bars from one total by its steps to the next: each begins where the former ended. */
export function waterfall(before: bigint, steps: readonly Step[], after: bigint): readonly Bar[] {
  let at = before;
  const middle = steps.map(({ id, cents }) => {
    const bar = barOf(id, at, cents);
    at += cents;
    return bar;
  });
  return [totalOf('before', before), ...middle, totalOf('after', after)];
}

/** Whether the steps lead from one total to the other to the cent. */
export const foots = (before: bigint, steps: readonly Step[], after: bigint): boolean =>
  before + steps.reduce((sum, { cents }) => sum + cents, 0n) === after;

/** The least and the greatest of what is drawn; never of no height. A total's bar stands on zero. */
export function rangeOf(bars: readonly Bar[]): { readonly low: number; readonly high: number } {
  const low = Math.min(0, ...bars.map((bar) => bar.low));
  const high = Math.max(0, ...bars.map((bar) => bar.high));
  return high > low ? { low, high } : { low, high: low + 1 };
}
