/**
 * A value that is computed from others and kept until one of them changes. Cells belong to a protocol and are shared by
 * all its patients: who reads whom is learnt once, as they are computed, and only ever grows, so that a patient is no
 * more than a list of values.
 */
export interface Cell<T> {
  readonly index: number;
  readonly compute: () => T;
  /** How a new value differs for those who read it: not at all, only in its details, or for every reader. */
  readonly change: (before: T, after: T) => 'none' | 'details' | 'all';
  /** The instant, in milliseconds, at which the value must be computed again though nothing it reads changes. */
  readonly wakeMs: (value: T) => number;
  /** Above the rank of all it reads, so that what changes is computed from the bottom up. */
  rank: number;
  readonly readers: Set<number>;
  readonly detailReaders: Set<number>;
}

/** What is read and never computed: the facts of a code, the day of enrolment. */
export type Leaf = Set<number>;

/** The values of one patient. */
export interface Values {
  readonly values: unknown[];
  readonly states: State[];
  readonly wakes: number[];
}

type State = 'unknown' | 'fresh' | 'stale';

const nobody = -1;

/** Computes what is asked for, remembers it, and brings it up to date with as few computations as the changes allow. */
export class Cells {
  private readonly cells: Cell<unknown>[] = [];
  private readonly queue: number[] = [];
  private patient: Values = { values: [], states: [], wakes: [] };
  private current = nobody;
  private rank = 0;

  /** @param told hears of each cell whose value changed, with details */
  constructor(private readonly told: (index: number) => void) {}

  define<T>(rules: Pick<Cell<T>, 'compute' | 'change' | 'wakeMs'>): Cell<T> {
    const index = this.cells.length;
    const cell: Cell<T> = { ...rules, index, rank: 0, readers: new Set(), detailReaders: new Set() };
    this.cells.push(cell as unknown as Cell<unknown>); // as: a cell is only ever given values of its own
    return cell;
  }

  /** From here on the values are this patient's. */
  switchTo(patient: Values): void {
    this.patient = patient;
  }

  /** What the cell being computed reads of another; `details` when it looks at more than what others follow. */
  read<T>(cell: Cell<T>, details = false): T {
    const { index } = cell;
    if (this.patient.states[index] !== 'fresh') this.compute(cell);
    if (this.current !== nobody) {
      (details ? cell.detailReaders : cell.readers).add(this.current);
      if (cell.rank >= this.rank) this.rank = cell.rank + 1;
    }
    return this.patient.values[index] as T; // as: what this cell computed
  }

  /** The cell being computed reads this leaf. */
  note(leaf: Leaf): void {
    if (this.current !== nobody) leaf.add(this.current);
  }

  spoil(readers: Iterable<number>): void {
    for (const index of readers) this.spoilOne(index);
  }

  /** Spoils what time alone changes by then. */
  wake(untilMs: number): void {
    const { wakes } = this.patient;
    for (let index = 0; index < wakes.length; index += 1) {
      if ((wakes[index] ?? Infinity) <= untilMs) this.spoilOne(index);
    }
  }

  /** The first instant at which time alone changes a value; Infinity when it never does. */
  nextWakeMs(): number {
    return this.patient.wakes.reduce((first, at) => (at < first ? at : first), Infinity);
  }

  /** Computes all that is spoilt, lowest rank first. */
  settle(): void {
    const { queue, cells } = this;
    while (queue.length > 0) {
      let lowest = 0;
      for (let place = 1; place < queue.length; place += 1) {
        if (this.rankAt(place) < this.rankAt(lowest)) lowest = place;
      }
      const index = queue[lowest] ?? 0;
      queue[lowest] = queue.at(-1) ?? 0;
      queue.pop();
      const cell = cells[index];
      if (cell && this.patient.states[index] === 'stale') this.compute(cell);
    }
  }

  private rankAt(place: number): number {
    return this.cells[this.queue[place] ?? 0]?.rank ?? 0;
  }

  private spoilOne(index: number): void {
    const { states, wakes } = this.patient;
    if (states[index] !== 'fresh') return;
    states[index] = 'stale';
    wakes[index] = Infinity;
    this.queue.push(index);
  }

  private compute<T>(cell: Cell<T>): void {
    const { index } = cell;
    const { values, states, wakes } = this.patient;
    const [outer, outerRank] = [this.current, this.rank];
    this.current = index;
    this.rank = 0;
    const after = cell.compute();
    cell.rank = Math.max(cell.rank, this.rank);
    this.current = outer;
    this.rank = outerRank;
    const isNew = (states[index] ?? 'unknown') === 'unknown';
    const before = values[index] as T; // as: what this cell computed before, when it is not new
    const change = isNew ? 'all' : cell.change(before, after);
    while (values.length <= index) {
      values.push(undefined);
      states.push('unknown');
      wakes.push(Infinity);
    }
    states[index] = 'fresh';
    wakes[index] = cell.wakeMs(after);
    if (change === 'none') return;
    values[index] = after;
    this.told(index);
    if (isNew) return;
    this.spoil(cell.detailReaders);
    if (change === 'all') this.spoil(cell.readers);
  }
}
