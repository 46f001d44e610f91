/** Runs `work` from `callers` at once for `milliseconds`; how many ended per second. */
export async function rate(
  callers: number,
  milliseconds: number,
  work: (index: number) => Promise<number>,
): Promise<number> {
  const until = performance.now() + milliseconds;
  const from = performance.now();
  let done = 0;
  let index = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < until) {
        const ended = await work(index++);
        done += ended;
      }
    }),
  );
  return (done / (performance.now() - from)) * 1000;
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** `median [least, greatest]`. */
export function spread(values: readonly number[], digits = 0): string {
  return `${quantile(values, 0.5).toFixed(digits)} [${Math.min(...values).toFixed(digits)}, ${Math.max(...values).toFixed(digits)}]`;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
