import { epochOf, type HolidayTerritory, invariant } from '@ariane/kernel';
import { branchConflicts } from './branch-conflict';
import type { CellValues } from './cell-values';
import { type Cell, Cells, type Leaf } from './cells';
import type { Clock } from './condition';
import { compiledStep, type EvaluatedPlan, seriesOf } from './evaluate-plan';
import { type Evaluated, type Evaluation, evaluateStep } from './evaluate-step';
import { FactLog, type FactReaders } from './fact-log';
import { type Place, placeAt } from './place';
import type { PlannedStep } from './plan';
import { dateOf } from './planned-date';
import { type Fold, foldOf } from './progress';
import type { CompiledDoing, CompiledStep, Protocol } from './protocol';
import { Readers } from './readers';
import { sameData } from './same-data';
import { sameReached, type Series } from './start';
import { type StepVerdict, verdictOf } from './verdict';

/** The patient whose values the cells hold at the moment. */
export interface Subject {
  readonly enrolledAt: string;
  readonly log: FactLog;
  readonly values: CellValues;
}

const never = (): number => Infinity;
const whenOther = (before: unknown, after: unknown) => (sameData(before, after) ? 'none' : 'all');

/** Every occurrence of a protocol as a cell, computed by the functions that `next` runs on. Serves one subject at a time. */
export class PlanCells {
  /** Of the occurrences computed anew since the last `serve`, by number of the cell: how they were judged before. */
  private readonly touched = new Map<number, Evaluated | undefined>();
  /** Those among them that were computed anew more than once, and may be what they were. */
  private readonly wavering = new Set<number>();
  private readonly cells = new Cells((index, before) => {
    this.touch(index, before);
  });
  private readonly readers: FactReaders = new Map();
  private readonly enrolment: Leaf = new Readers();
  private readonly steps: (Cell<Evaluated> | undefined)[][] = [];
  private readonly places: (Place | undefined)[] = [];
  private readonly progress: (Cell<Fold> | undefined)[][] = [];
  private readonly verdicts: (Cell<StepVerdict> | undefined)[] = [];
  private readonly series: (Cell<Series> | undefined)[] = [];
  private readonly conflicts: Cell<ReturnType<typeof branchConflicts>>;
  private readonly evaluation: Evaluation = this.evaluationOf();
  private subject: Subject | undefined;
  private clock: Clock;

  constructor(
    private readonly protocol: Protocol,
    private readonly place: { readonly timeZone: string; readonly holidays: HolidayTerritory },
  ) {
    this.clock = { now: '', ...place };
    this.conflicts = this.cells.define({
      compute: () => branchConflicts(protocol, this.current().log, this.clock),
      change: (before, after) => whenOther([before.found, ...before.byBranch], [after.found, ...after.byBranch]),
      wakeMs: never,
    });
  }

  emptyLog(): FactLog {
    return new FactLog(this.cells, this.readers, this.protocol.facts);
  }

  /** From here on the cells are this subject's, at this instant. */
  serve(subject: Subject, now: string): void {
    this.subject = subject;
    this.clock = { now, ...this.place };
    this.cells.switchTo(subject.values);
    this.touched.clear();
    this.wavering.clear();
  }

  /** The values were copied from a subject enrolled at another time. */
  enrolAnew(): void {
    this.cells.spoil(this.enrolment);
    this.cells.wake(Infinity);
  }

  settle(): void {
    const nowMs = epochOf(this.clock.now);
    this.current().log.enter(nowMs);
    this.cells.wake(nowMs);
    this.cells.settle();
  }

  /** The first instant at which time alone changes an occurrence, in milliseconds; Infinity when there is none. */
  nextWakeMs(): number {
    return this.cells.nextWakeMs();
  }

  evaluated(): EvaluatedPlan {
    const occurrences: Evaluated[] = [];
    for (const step of this.protocol.steps.values()) {
      const { count } = this.cells.read(this.seriesCell(step));
      for (let occurrence = 1; occurrence <= count; occurrence += 1) {
        occurrences.push(this.cells.read(this.stepCell(placeAt(step, occurrence)), true));
      }
    }
    return { occurrences, conflicts: this.cells.read(this.conflicts).found, lastOf: (id) => this.lastOf(id) };
  }

  /** The last occurrence of a step, once no other can follow it. */
  lastOf(id: string): PlannedStep | undefined {
    const step = this.stepOf(id);
    const { count, passed } = this.cells.read(this.seriesCell(step));
    return count === 0 || passed.state === 'waiting'
      ? undefined
      : this.cells.read(this.stepCell(placeAt(step, count)), true).planned;
  }

  /** The planned steps that are others than at the last `serve`, in the order of the plan. */
  changed(): readonly PlannedStep[] {
    const found: { readonly place: Place; readonly planned: PlannedStep }[] = [];
    for (const [index, before] of this.touched) {
      const place = this.places[index];
      if (!place || place.occurrence > this.cells.read(this.seriesCell(place.step)).count) continue;
      const { planned } = this.cells.read(this.stepCell(place), true);
      const isBack =
        before && (before.planned === planned || (this.wavering.has(index) && sameData(before.planned, planned)));
      if (!isBack) found.push({ place, planned });
    }
    found.sort((a, b) => a.place.step.ordinal - b.place.step.ordinal || a.place.occurrence - b.place.occurrence);
    return found.map(({ planned }) => planned);
  }

  private touch(index: number, before: unknown): void {
    if (this.places[index] === undefined) return;
    if (this.touched.has(index)) this.wavering.add(index);
    else this.touched.set(index, before as Evaluated | undefined); // as: the cell of an occurrence
  }

  private current(): Subject {
    invariant(this.subject, 'cells are computed for somebody');
    return this.subject;
  }

  private stepOf(id: string): CompiledStep {
    return compiledStep(this.protocol, id);
  }

  private evaluationOf(): Evaluation {
    const current = (): Subject => this.current();
    const clock = (): Clock => this.clock;
    const enrolledAt = (): string => {
      this.cells.note(this.enrolment);
      return this.current().enrolledAt;
    };
    return {
      get clock() {
        return clock();
      },
      get view() {
        return current().log;
      },
      get enrolledAt() {
        return enrolledAt();
      },
      stepOf: (id) => this.stepOf(id),
      progress: (step, place) => this.cells.read(this.progressCell(step, place)).progress,
      passed: (place) => this.cells.read(this.stepCell(place)).passed,
      series: (step) => this.cells.read(this.seriesCell(step)),
      verdict: (step) => this.cells.read(this.verdictCell(step)),
      dateOf: (place, date) => dateOf(place, this.cells.read(this.stepCell(place), true), date, this.current().log),
      conflictOf: (branch) => this.cells.read(this.conflicts).byBranch.get(branch),
    };
  }

  private stepCell(place: Place): Cell<Evaluated> {
    const { step, occurrence } = place;
    return ((this.steps[step.ordinal] ??= [])[occurrence] ??= this.newStepCell(place));
  }

  private newStepCell(place: Place): Cell<Evaluated> {
    const cell = this.cells.define<Evaluated>({
      compute: () => evaluateStep(place, this.evaluation),
      change: (before, after) => {
        if (before === after) return 'none';
        if (before.isOver !== after.isOver || !sameReached(before.passed, after.passed)) return 'all';
        return sameData(before, after) ? 'none' : 'details';
      },
      wakeMs: ({ wakes }) => {
        let first = Infinity;
        for (const at of wakes) first = Math.min(first, epochOf(at));
        return first;
      },
    });
    this.places[cell.index] = place;
    return cell;
  }

  private newProgressCell(step: CompiledDoing, key: string): Cell<Fold> {
    return this.cells.define<Fold>({
      compute: (before) => foldOf(step, key, this.current().log, before),
      change: (before, after) => (sameData(before.progress, after.progress) ? 'unseen' : 'all'),
      wakeMs: never,
    });
  }

  private progressCell(step: CompiledDoing, { key, occurrence }: Place): Cell<Fold> {
    return ((this.progress[step.ordinal] ??= [])[occurrence] ??= this.newProgressCell(step, key));
  }

  private verdictCell(step: CompiledDoing): Cell<StepVerdict> {
    return (this.verdicts[step.ordinal] ??= this.cells.define<StepVerdict>({
      compute: () => verdictOf(step, this.evaluation),
      change: whenOther,
      wakeMs: ({ until }) => (until === undefined ? Infinity : epochOf(until)),
    }));
  }

  private newSeriesCell(step: CompiledStep): Cell<Series> {
    const evaluate = (place: Place): Evaluated => this.cells.read(this.stepCell(place));
    return this.cells.define({
      compute: () => seriesOf(step, evaluate, this.evaluation),
      change: (before, after) =>
        before.count === after.count && sameReached(before.passed, after.passed) ? 'none' : 'all',
      wakeMs: never,
    });
  }

  private seriesCell(step: CompiledStep): Cell<Series> {
    return (this.series[step.ordinal] ??= this.newSeriesCell(step));
  }
}
