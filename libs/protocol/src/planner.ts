import { epochOf, type HolidayTerritory, invariant } from '@ariane/kernel';
import { CellValues } from './cell-values';
import type { Fact } from './fact';
import { isBefore } from './fact-log';
import { closedPlan, completedEnd, next, openPlan, terminalEnd } from './next';
import type { Plan, PlanEnd, PlannedStep } from './plan';
import { PlanCells, type Subject } from './plan-cells';
import type { Protocol } from './protocol';

/** What an advance brought. */
interface Turn {
  /** The steps whose plan is another than at the advance before; all of them at the first and at the end. */
  readonly changed: readonly PlannedStep[];
  /** To be advanced by then at the latest; never after the plan's own `wakeAt`. */
  readonly wakeAt: string | null;
  readonly end?: PlanEnd;
}

/** The plan of one patient, followed from fact to fact. */
interface FollowedPlan {
  /**
   * Moves to an instant with what has been told since, in any order and of any instant.
   * @throws when `now` is before that of the last advance
   */
  readonly advance: (now: string, facts: readonly Fact[]) => Turn;
  /** What `next` says of all facts told, at the instant of the last advance. */
  readonly plan: () => Plan;
}

/** Follows any number of patients through one protocol. */
export interface Planner {
  readonly enrol: (enrolledAt: string) => FollowedPlan;
}

/**
 * `next` for whoever asks again after every fact: only what a fact or time can have changed is judged again, by the same
 * functions, and all patients begin as a copy of one of whom nothing is known. For simulations; a service that holds no
 * plan between two requests calls `next`.
 */
export function plannerOf(
  protocol: Protocol,
  place: { readonly timeZone: string; readonly holidays: HolidayTerritory },
): Planner {
  const cells = new PlanCells(protocol, place);
  let blank: CellValues | undefined;
  const enrol = (enrolledAt: string): FollowedPlan => {
    blank ??= blankOf(cells, enrolledAt);
    return new Following(protocol, place, cells, blank, enrolledAt);
  };
  return { enrol };
}

/** The values of a patient of whom nothing is known. */
function blankOf(cells: PlanCells, enrolledAt: string): CellValues {
  const values = new CellValues();
  cells.serve({ enrolledAt, log: cells.emptyLog(), values }, enrolledAt);
  cells.evaluated();
  return values;
}

class Following implements FollowedPlan {
  private subject: Subject;
  private told = new Map<string, Fact>();
  private now = '';
  private ended: Plan | undefined;

  constructor(
    private readonly protocol: Protocol,
    private readonly place: { readonly timeZone: string; readonly holidays: HolidayTerritory },
    private readonly cells: PlanCells,
    private readonly blank: CellValues,
    private readonly enrolledAt: string,
  ) {
    this.subject = this.begun();
  }

  advance(now: string, facts: readonly Fact[]): Turn {
    const { cells, protocol } = this;
    const isFirst = this.now === '';
    invariant(isFirst || epochOf(now) >= epochOf(this.now), 'a plan is not followed back in time');
    this.now = now;
    cells.serve(this.subject, now);
    if (isFirst) cells.enrolAnew();
    const retold = facts.filter((fact) => !this.hear(fact));
    if (this.ended || retold.length > 0) return this.anew(retold);
    cells.settle();
    const end = terminalEnd(protocol, this.subject.log) ?? completedEnd(protocol, cells);
    if (end) return this.close(end);
    const { nextAt } = this.subject.log;
    const wakeMs = Math.min(cells.nextWakeMs(), nextAt === undefined ? Infinity : epochOf(nextAt));
    const changed = isFirst ? cells.evaluated().occurrences.map(({ planned }) => planned) : cells.changed();
    return { changed, wakeAt: wakeMs === Infinity ? null : new Date(wakeMs).toISOString().replace('.000Z', 'Z') };
  }

  plan(): Plan {
    if (this.ended) return this.ended;
    this.cells.serve(this.subject, this.now);
    return openPlan(this.protocol, this.cells.evaluated(), this.subject.log);
  }

  private begun(): Subject {
    return { enrolledAt: this.enrolledAt, log: this.cells.emptyLog(), values: this.blank.copy() };
  }

  /** @returns false for a fact that replaces another of its id, which only a new beginning can take out */
  private hear(fact: Fact): boolean {
    const known = this.told.get(fact.id);
    if (known) return !isBefore(fact, known);
    this.told.set(fact.id, fact);
    this.subject.log.add(fact, epochOf(this.now));
    return true;
  }

  /** What seldom happens is left to `next`: a fact told again otherwise, and whatever comes after an end. */
  private anew(retold: readonly Fact[]): Turn {
    for (const fact of retold) {
      const known = this.told.get(fact.id);
      if (!known || isBefore(fact, known)) this.told.set(fact.id, fact);
    }
    this.subject = this.begun();
    this.cells.serve(this.subject, this.now);
    this.cells.enrolAnew();
    for (const fact of this.told.values()) this.subject.log.add(fact, epochOf(this.now));
    this.cells.settle();
    const plan = this.whole();
    this.ended = plan.end ? plan : undefined;
    return { changed: plan.steps, wakeAt: plan.wakeAt, end: plan.end };
  }

  private close(end: PlanEnd): Turn {
    const isNow = epochOf(end.at) === epochOf(this.now);
    this.ended = isNow ? closedPlan(this.protocol, this.cells.evaluated(), this.subject.log, end) : this.whole();
    return { changed: this.ended.steps, wakeAt: null, end: this.ended.end };
  }

  private whole(): Plan {
    const { protocol, place, enrolledAt, now } = this;
    return next(protocol, [...this.told.values()], { ...place, enrolledAt, now });
  }
}
