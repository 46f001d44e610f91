import { epochOf } from '@ariane/kernel';
import type { Cells, Leaf } from './cells';
import { Readers } from './readers';
import type { Fact, FactDictionary } from './fact';
import { byRecording, type FactView, latestOf, stepIdOf } from './fact-view';

/** Who reads the facts of a code: all of them, those of a step, those of an occurrence. Shared by all patients. */
interface CodeReaders {
  readonly all: Leaf;
  readonly bySteps: Map<string, Leaf>;
  readonly byKeys: Map<string, Leaf>;
}

export type FactReaders = Map<string, CodeReaders>;

interface Shelf {
  readonly all: Fact[];
  readonly bySteps: Map<string, Fact[]>;
  readonly byKeys: Map<string, Fact[]>;
}

const nothing: readonly Fact[] = [];

/** The facts of one patient that are true by now, as `factView` gives them, kept as they come instead of sorted anew. */
export class FactLog implements FactView {
  private readonly shelves = new Map<string, Shelf>();
  private readonly future: Fact[] = [];

  constructor(
    private readonly cells: Cells,
    private readonly readers: FactReaders,
    private readonly dictionary: FactDictionary,
  ) {}

  get nextAt(): string | undefined {
    return this.future[0]?.at;
  }

  /** Takes a fact that no other has the id of. Those later than `nowMs` wait for `enter`. */
  add(fact: Fact, nowMs: number): void {
    if (epochOf(fact.at) > nowMs) insert(this.future, fact);
    else this.place(fact);
  }

  /** Lets in what has become true by now. */
  enter(nowMs: number): void {
    for (let [fact] = this.future; fact && epochOf(fact.at) <= nowMs; [fact] = this.future) {
      this.future.shift();
      this.place(fact);
    }
  }

  all(code: string, step?: string): readonly Fact[] {
    const readers = readersOf(this.readers, code);
    const shelf = this.shelves.get(code);
    if (step === undefined) {
      this.cells.note(readers.all);
      return shelf?.all ?? nothing;
    }
    this.cells.note(kept(readers.bySteps, step, noReader));
    return shelf?.bySteps.get(step) ?? nothing;
  }

  of(code: string, key: string): readonly Fact[] {
    this.cells.note(kept(readersOf(this.readers, code).byKeys, key, noReader));
    return this.shelves.get(code)?.byKeys.get(key) ?? nothing;
  }

  value(code: string, step?: string): ReturnType<FactView['value']> {
    return latestOf(this.all(code, step), this.dictionary[code]);
  }

  private place(fact: Fact): void {
    const { code, stepKey } = fact;
    const shelf = kept(this.shelves, code, emptyShelf);
    const readers = readersOf(this.readers, code);
    insert(shelf.all, fact);
    this.cells.spoil(readers.all);
    if (stepKey === undefined || stepKey === '') return;
    const step = stepIdOf(stepKey);
    insert(kept(shelf.bySteps, step, noFact), fact);
    insert(kept(shelf.byKeys, stepKey, noFact), fact);
    this.cells.spoil(readers.bySteps.get(step) ?? nobody);
    this.cells.spoil(readers.byKeys.get(stepKey) ?? nobody);
  }
}

const emptyShelf = (): Shelf => ({ all: [], bySteps: new Map(), byKeys: new Map() });
const nobody = new Readers();
const noFact = (): Fact[] => [];
const noReader = (): Leaf => new Readers();

const readersOf = (readers: FactReaders, code: string): CodeReaders =>
  kept(readers, code, () => ({ all: noReader(), bySteps: new Map(), byKeys: new Map() }));

function kept<T>(of: Map<string, T>, name: string, make: () => T): T {
  const known = of.get(name);
  if (known !== undefined) return known;
  const fresh = make();
  of.set(name, fresh);
  return fresh;
}

/** In the order of `factView`; most facts come last. */
function insert(facts: Fact[], fact: Fact): void {
  let place = facts.length;
  for (let other = facts[place - 1]; other && isBefore(fact, other); other = facts[place - 1]) place -= 1;
  facts.splice(place, 0, fact);
}

/** @returns whether `factView` would put the first before the second */
export const isBefore = (one: Fact, other: Fact): boolean => {
  const apart = epochOf(one.at) - epochOf(other.at);
  return apart < 0 || (apart === 0 && byRecording(one, other) < 0);
};
