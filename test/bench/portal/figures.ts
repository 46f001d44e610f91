import { quantile } from '../write-path/measure.ts';

/** What was measured while people worked: times in milliseconds by kind, and what went wrong. */
export class Figures {
  isCounting = false;
  readonly times = new Map<string, number[]>();
  readonly wrong = new Map<string, number>();

  time(kind: string, ms: number): void {
    if (!this.isCounting) return;
    const all = this.times.get(kind);
    if (all === undefined) this.times.set(kind, [ms]);
    else all.push(ms);
  }

  fail(what: string): void {
    if (this.isCounting) this.wrong.set(what, (this.wrong.get(what) ?? 0) + 1);
  }

  /** Says what went wrong; a bench in which something did has failed. */
  tellWrong(): void {
    const wrong = [...this.wrong].map(([what, count]) => `${count} × ${what}`);
    console.log(`\nerrors: ${wrong.length === 0 ? 'none' : wrong.join(', ')}`);
    if (wrong.length > 0) process.exitCode = 1;
  }

  /** All times of kinds whose name begins so. */
  all(prefix: string): readonly number[] {
    return [...this.times].flatMap(([kind, times]) => (kind.startsWith(prefix) ? times : []));
  }
}

/** One line of a table: how often, the middle, the 95th and 99th of a hundred, and the greatest. */
export function line(name: string, times: readonly number[]): string {
  const at = (q: number) => quantile(times, q).toFixed(0).padStart(6);
  const greatest = times.reduce((most, one) => Math.max(most, one), 0).toFixed(0);
  return `  ${name.padEnd(34)} ${String(times.length).padStart(6)} times  p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)}  greatest ${greatest.padStart(6)}`;
}
