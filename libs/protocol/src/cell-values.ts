export type State = 0 | 1 | 2;

/** What is known of a cell: never computed; up to date; to be computed again. */
export const [unknown, fresh, stale] = [0, 1, 2] as const;

const blockSize = 64;

/** The values of one patient, by the number of the cell, and when time alone changes them. */
export class CellValues {
  readonly values: unknown[] = [];
  private states = new Uint8Array(0);
  /** In milliseconds since 1970; Infinity for what time does not change. */
  private wakes = new Float64Array(0);
  /** No later than the first of the wakes of each block of cells, so that few are looked at. */
  private firsts = new Float64Array(0);

  copy(): CellValues {
    const copy = new CellValues();
    for (const value of this.values) copy.values.push(value);
    copy.states = this.states.slice();
    copy.wakes = this.wakes.slice();
    copy.firsts = this.firsts.slice();
    return copy;
  }

  stateOf(index: number): State {
    return (this.states[index] ?? unknown) as State; // as: what `set` and `spoil` wrote
  }

  set(index: number, value: unknown, wakeMs: number): void {
    if (index >= this.states.length) this.grow(index);
    this.values[index] = value;
    this.states[index] = fresh;
    this.wakes[index] = wakeMs;
    const block = Math.floor(index / blockSize);
    if (wakeMs < (this.firsts[block] ?? Infinity)) this.firsts[block] = wakeMs;
  }

  /** The value stands until it is computed again, but time alone brings nothing more. */
  spoil(index: number): void {
    this.states[index] = stale;
    this.wakes[index] = Infinity;
  }

  /** The cells that time alone has changed by then. */
  dueBy(untilMs: number): readonly number[] {
    const due: number[] = [];
    for (let block = 0; block < this.firsts.length; block += 1) {
      if ((this.firsts[block] ?? Infinity) > untilMs) continue;
      for (let index = block * blockSize; index < (block + 1) * blockSize; index += 1) {
        if ((this.wakes[index] ?? Infinity) <= untilMs) due.push(index);
      }
    }
    return due;
  }

  /** The first instant at which time alone changes a value; Infinity when it never does. */
  nextWakeMs(): number {
    let first = Infinity;
    for (let block = 0; block < this.firsts.length; block += 1) {
      if ((this.firsts[block] ?? Infinity) < first) first = Math.min(first, this.firstOf(block));
    }
    return first;
  }

  /** Looks again: what was the first of a block may have been spoilt since. */
  private firstOf(block: number): number {
    let first = Infinity;
    for (let index = block * blockSize; index < (block + 1) * blockSize; index += 1) {
      const at = this.wakes[index] ?? Infinity;
      if (at < first) first = at;
    }
    this.firsts[block] = first;
    return first;
  }

  private grow(index: number): void {
    const size = Math.ceil(((index + 1) * 1.25) / blockSize) * blockSize;
    const [states, wakes] = [new Uint8Array(size), new Float64Array(size).fill(Infinity)];
    states.set(this.states);
    wakes.set(this.wakes);
    const firsts = new Float64Array(size / blockSize).fill(Infinity);
    firsts.set(this.firsts);
    while (this.values.length < size) this.values.push(undefined);
    Object.assign(this, { states, wakes, firsts });
  }
}
