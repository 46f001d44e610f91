/**
 * Runs the last of what it is asked to, at once after a calm and no more often than the pace in a rush, one at a time.
 * For work whose loss or delay costs only a repetition, such as the offsets of a group.
 */
export class Paced {
  private due: (() => Promise<void>) | undefined;
  private running: Promise<void> | undefined;
  /** By a clock that is never set back, which Date is. */
  private endedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param paceMs least time between the end of one run and the begin of the next
   * @param failed told of a run that failed; the next one is tried all the same
   */
  constructor(
    private readonly paceMs: number,
    private readonly failed: (error: unknown) => void,
  ) {}

  ask(work: () => Promise<void>): void {
    this.due = work;
    this.running ??= this.run();
  }

  /** Waits until all that was asked for has been tried. */
  async idle(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  private async run(): Promise<void> {
    while (this.due !== undefined) {
      const rest = this.endedAt + this.paceMs - performance.now();
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
      const work = this.due;
      this.due = undefined;
      await work().catch(this.failed);
      this.endedAt = performance.now();
    }
    this.running = undefined;
  }
}
