import { CellValues, fresh, stale, unknown } from './cell-values';
import { Readers } from './readers';

/**
 * A value that is computed from others and kept until one of them changes. Cells belong to a protocol and are shared by
 * all its patients: who reads whom is learnt once, as they are computed, and only ever grows, so that a patient is no
 * more than a list of values.
 */
export interface Cell<T> {
  readonly index: number;
  /** @param before what it was computed to be before for the same patient, if it was */
  readonly compute: (before: T | undefined) => T;
  /** How a new value differs: not at all, in what nobody reads, only in its details, or for every reader. */
  readonly change: (before: T, after: T) => 'none' | 'unseen' | 'details' | 'all';
  /** The instant, in milliseconds, at which the value must be computed again though nothing it reads changes. */
  readonly wakeMs: (value: T) => number;
  /** Above the rank of all it reads, so that what changes is computed from the bottom up. */
  rank: number;
  readonly readers: Readers;
  readonly detailReaders: Readers;
}

/** What is read and never computed: the facts of a code, the day of enrolment. */
export type Leaf = Readers;

const nobody = -1;

/** Computes what is asked for, remembers it, and brings it up to date with as few computations as the changes allow. */
export class Cells {
  private readonly cells: Cell<unknown>[] = [];
  /** Numbers of cells to be computed again, by rank; one that has been computed meanwhile is passed over. */
  private readonly queues: number[][] = [];
  private lowest = 0;
  private patient = new CellValues();
  private current = nobody;
  private rank = 0;

  /** @param told hears of each cell whose value changed, with details, and of what it was before */
  constructor(private readonly told: (index: number, before: unknown) => void) {}

  define<T>(rules: Pick<Cell<T>, 'compute' | 'change' | 'wakeMs'>): Cell<T> {
    const index = this.cells.length;
    const cell: Cell<T> = { ...rules, index, rank: 0, readers: new Readers(), detailReaders: new Readers() };
    this.cells.push(cell as unknown as Cell<unknown>); // as: a cell is only ever given values of its own
    return cell;
  }

  /** From here on the values are this patient's. */
  switchTo(patient: CellValues): void {
    this.patient = patient;
  }

  /** What the cell being computed reads of another; `details` when it looks at more than what others follow. */
  read<T>(cell: Cell<T>, details = false): T {
    const { index } = cell;
    const { patient } = this;
    if (patient.stateOf(index) !== fresh) this.compute(cell, patient);
    if (this.current !== nobody) {
      (details ? cell.detailReaders : cell.readers).add(this.current);
      if (cell.rank >= this.rank) this.rank = cell.rank + 1;
    }
    return patient.values[index] as T; // as: what this cell computed
  }

  /** The cell being computed reads this leaf. */
  note(leaf: Leaf): void {
    if (this.current !== nobody) leaf.add(this.current);
  }

  spoil({ all }: Readers): void {
    const { patient } = this;
    for (const index of all) this.spoilOne(index, patient);
  }

  /** Spoils what time alone changes by then. */
  wake(untilMs: number): void {
    const { patient } = this;
    for (const index of patient.dueBy(untilMs)) this.spoilOne(index, patient);
  }

  /** The first instant at which time alone changes a value; Infinity when it never does. */
  nextWakeMs(): number {
    return this.patient.nextWakeMs();
  }

  /** Computes all that is spoilt, lowest rank first. */
  settle(): void {
    const { patient } = this;
    while (this.lowest < this.queues.length) {
      const index = this.queues[this.lowest]?.pop();
      if (index === undefined) {
        this.lowest += 1;
        continue;
      }
      const cell = this.cells[index];
      if (cell && patient.stateOf(index) === stale) this.compute(cell, patient);
    }
  }

  private spoilOne(index: number, patient: CellValues): void {
    if (patient.stateOf(index) !== fresh) return;
    patient.spoil(index);
    const rank = this.cells[index]?.rank ?? 0;
    while (this.queues.length <= rank) this.queues.push([]);
    this.queues[rank]?.push(index);
    if (rank < this.lowest) this.lowest = rank;
  }

  private compute<T>(cell: Cell<T>, patient: CellValues): void {
    const { index } = cell;
    const outer = this.current;
    const outerRank = this.rank;
    this.current = index;
    this.rank = 0;
    const isNew = patient.stateOf(index) === unknown;
    const before = patient.values[index] as T; // as: what this cell computed before, when it is not new
    const after = cell.compute(isNew ? undefined : before);
    if (this.rank > cell.rank) cell.rank = this.rank;
    this.current = outer;
    this.rank = outerRank;
    const change = isNew ? 'all' : cell.change(before, after);
    patient.set(index, change === 'none' ? before : after, cell.wakeMs(after));
    if (change === 'none' || change === 'unseen') return;
    this.told(index, isNew ? undefined : before);
    if (isNew) return;
    this.spoil(cell.detailReaders);
    if (change === 'all') this.spoil(cell.readers);
  }
}
