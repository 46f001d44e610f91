/**
 * Lets so many pieces of work run at once; who comes later waits in the order of coming. Without it a process that is
 * asked more than it can do begins everything and ends nothing: each answer takes its turns between those of all others.
 */
export class Admission {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly atOnce: number) {}

  /** Runs `work` once there is room. Whatever becomes of it, its place is free afterwards. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.atOnce) this.running += 1;
    // Whoever leaves hands the place on.
    else await new Promise<void>((enter) => this.waiting.push(enter));
    try {
      return await work();
    } finally {
      const enter = this.waiting.shift();
      if (enter === undefined) this.running -= 1;
      else enter();
    }
  }
}
