import { epochOf, type HolidayTerritory, invariant } from '@ariane/kernel';
import { branchConflicts } from './branch-conflict';
import { type Cell, Cells, type Leaf, type Values } from './cells';
import type { Clock } from './condition';
import { type EvaluatedPlan, seriesOf } from './evaluate-plan';
import { type Evaluated, type Evaluation, evaluateStep } from './evaluate-step';
import { FactLog, type FactReaders } from './fact-log';
import type { PlannedStep } from './plan';
import { dateOf } from './planned-date';
import { type Progress, progressOf } from './progress';
import { type CompiledDoing, type CompiledStep, keyOf, type Protocol } from './protocol';
import { sameData } from './same-data';
import type { Series } from './start';

/** The patient whose values the cells hold at the moment. */
export interface Subject {
  readonly enrolledAt: string;
  readonly log: FactLog;
  readonly values: Values;
}

const never = (): number => Infinity;
const whenOther = (before: unknown, after: unknown) => (sameData(before, after) ? 'none' : 'all');

/** Every occurrence of a protocol as a cell, computed by the functions that `next` runs on. Serves one subject at a time. */
export class PlanCells {
  /** Cells whose value changed since it was last cleared. */
  readonly touched = new Set<number>();
  private readonly cells = new Cells((index) => this.touched.add(index));
  private readonly readers: FactReaders = new Map();
  private readonly enrolment: Leaf = new Set();
  private readonly steps = new Map<string, Cell<Evaluated>>();
  private readonly stepsByIndex = new Map<number, Cell<Evaluated>>();
  private readonly progress = new Map<string, Cell<Progress>>();
  private readonly series = new Map<string, Cell<Series>>();
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
    const keys = [...this.protocol.steps.keys()].flatMap((id) => this.cells.read(this.seriesCell(id)).keys);
    return {
      occurrences: keys.map((key) => this.cells.read(this.stepCell(key), true)),
      conflicts: this.cells.read(this.conflicts).found,
      lastOf: (id) => this.lastOf(id),
    };
  }

  /** The last occurrence of a step, once no other can follow it. */
  lastOf(id: string): PlannedStep | undefined {
    const { keys, passed } = this.cells.read(this.seriesCell(id));
    const last = keys.at(-1);
    return last === undefined || passed.state === 'waiting'
      ? undefined
      : this.cells.read(this.stepCell(last), true).planned;
  }

  /** The planned steps among the cells touched. */
  changed(): readonly PlannedStep[] {
    const found: PlannedStep[] = [];
    for (const index of this.touched) {
      const cell = this.stepsByIndex.get(index);
      if (!cell) continue;
      const { planned } = this.cells.read(cell, true);
      if (this.cells.read(this.seriesCell(planned.stepId)).keys.includes(planned.key)) found.push(planned);
    }
    return found;
  }

  private current(): Subject {
    invariant(this.subject, 'cells are computed for somebody');
    return this.subject;
  }

  private stepOf(id: string): CompiledStep {
    const step = this.protocol.steps.get(id);
    invariant(step, `step ${id} is not in a checked protocol`);
    return step;
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
      progress: (step, key) => this.cells.read(this.progressCell(step, key)),
      passed: (key) => this.cells.read(this.stepCell(key)).passed,
      series: (id) => this.cells.read(this.seriesCell(id)),
      dateOf: (key, date) => dateOf(this.cells.read(this.stepCell(key), true), date, this.current().log),
      conflictOf: (branch) => this.cells.read(this.conflicts).byBranch.get(branch),
    };
  }

  private stepCell(key: string): Cell<Evaluated> {
    const known = this.steps.get(key);
    if (known) return known;
    const [id = key, number] = key.split('#');
    const step = this.stepOf(id);
    const place = { key, occurrence: Number(number ?? 1) };
    const cell = this.cells.define<Evaluated>({
      compute: () => evaluateStep(step, place, this.evaluation),
      change: (before, after) => {
        if (before.isOver !== after.isOver || !sameData(before.passed, after.passed)) return 'all';
        return sameData(before, after) ? 'none' : 'details';
      },
      wakeMs: ({ wakes }) => wakes.reduce((first, at) => Math.min(first, epochOf(at)), Infinity),
    });
    this.steps.set(key, cell);
    this.stepsByIndex.set(cell.index, cell);
    return cell;
  }

  private progressCell(step: CompiledDoing, key: string): Cell<Progress> {
    return kept(this.progress, key, () =>
      this.cells.define({
        compute: () => progressOf(step, key, this.current().log),
        change: whenOther,
        wakeMs: never,
      }),
    );
  }

  private seriesCell(id: string): Cell<Series> {
    const evaluate = (step: CompiledStep, occurrence: number): Evaluated =>
      this.cells.read(this.stepCell(keyOf(step, occurrence)));
    return kept(this.series, id, () =>
      this.cells.define({
        compute: () => seriesOf(this.stepOf(id), evaluate, this.evaluation.series),
        change: whenOther,
        wakeMs: never,
      }),
    );
  }
}

function kept<T>(of: Map<string, T>, name: string, make: () => T): T {
  const known = of.get(name);
  if (known !== undefined) return known;
  const fresh = make();
  of.set(name, fresh);
  return fresh;
}
