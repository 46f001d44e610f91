/** A wait that can be cut short. A wake that comes while nobody waits ends the next wait at once. */
export class Wakeable {
  private woken = false;
  private end: (() => void) | undefined;

  now(): void {
    this.woken = true;
    this.end?.();
  }

  /** Returns when woken, or after this long. */
  async within(milliseconds: number): Promise<void> {
    if (!this.woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.end = undefined;
    }
    this.woken = false;
  }
}
