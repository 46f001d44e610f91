import type { Fact, FactValue, PlannedStep } from '@ariane/protocol';
import { dayMs, written } from './calendar';
import { chanceOf, normalOf } from './chance';
import { agendaOf, type Agenda } from './agenda';
import type { Course, Visit } from './course';
import type { Queue } from './queue';
import type { Act, Scenario } from './scenario';
import { purposeOf, valueOf } from './values';

interface Asked {
  readonly act: Act;
  readonly key: string;
  readonly attempt: number;
  readonly askedMs: number;
  readonly queuedWeeks: number;
}

/** What will happen, unless it is no longer to be done by then. */
type Coming =
  | { readonly kind: 'attempt'; readonly asked: Asked }
  | { readonly kind: 'supply'; readonly code: string; readonly stepKey: string | undefined }
  | { readonly kind: 'booked'; readonly slotMs: number; readonly stepKey: string }
  | { readonly kind: 'outside'; readonly index: number; readonly nth: number };

const yearMs = 365.25 * dayMs;
const nothing: readonly Fact[] = [];

/**
 * Lets one patient live a protocol: at each turn `next` says what is to do, the world does it after its delays, and time
 * moves to the next thing that happens or at which the plan changes.
 *
 * @param root the patient's luck
 * @param enrolledMs an instant, milliseconds since 1970
 */
export function live(scenario: Scenario, queue: Queue, root: number, enrolledMs: number): Course {
  return new Life(scenario, queue, root, enrolledMs).course();
}

class Life {
  private readonly agenda: Agenda<Coming> = agendaOf();
  private readonly steps = new Map<string, PlannedStep>();
  private readonly asked = new Map<string, Asked>();
  private readonly supplied = new Set<string>();
  private readonly firstDue = new Map<string, number>();
  private readonly visits: Visit[] = [];
  private failedAttempts = 0;
  private told = 0;
  private nowMs: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly queue: Queue,
    private readonly root: number,
    private readonly enrolledMs: number,
  ) {
    this.nowMs = enrolledMs;
  }

  course(): Course {
    const { planner, calendar } = this.scenario;
    const plans = planner.enrol(written(this.enrolledMs));
    this.scenario.outside.forEach((_, index) => {
      this.foresee(index, 0);
    });
    let turn = plans.advance(written(this.nowMs), nothing);
    for (;;) {
      for (const step of turn.changed) this.react(step);
      if (turn.end) break;
      const wakeMs = turn.wakeAt === null ? Infinity : Date.parse(turn.wakeAt);
      const nextMs = Math.min(wakeMs, this.agenda.nextMs());
      if (nextMs >= calendar.endMs) break;
      this.nowMs = nextMs;
      const facts = this.agenda.takeUntil(nextMs).flatMap((coming) => this.happen(coming));
      if (facts.length > 0 || nextMs === wakeMs) turn = plans.advance(written(nextMs), facts);
      else turn = { ...turn, changed: [] };
    }
    const untilMs = turn.end ? Date.parse(turn.end.at) : calendar.endMs;
    for (const coming of this.agenda.takeUntil(Infinity)) {
      if (coming.kind === 'attempt') this.visit(coming.asked, untilMs, false);
    }
    const { steps, milestones } = plans.plan();
    const { enrolledMs, visits, firstDue, failedAttempts } = this;
    return { enrolledMs, untilMs, end: turn.end, steps, milestones, visits, firstDue, failedAttempts };
  }

  private react(step: PlannedStep): void {
    this.steps.set(step.key, step);
    const act = this.scenario.acts.get(step.stepId);
    if (!act || step.latest === undefined) return;
    const isToDo = step.status === 'due' || step.status === 'late';
    if (isToDo && step.waitingFor.length === 0) this.ask(act, step);
    else if ((isToDo || step.status === 'waiting') && step.waitingFor.length > 0) this.supply(act, step);
  }

  /** Somebody takes the step in hand: from here on its attempt runs, or it is forgotten until the alert. */
  private ask(act: Act, step: PlannedStep): void {
    const known = this.asked.get(step.key);
    const isLate = step.status === 'late';
    if (known?.attempt === step.attempt) {
      if (isLate && this.isForgotten(act, step)) this.schedule(known, act.habit.chasedDays * dayMs, act.habit.spread);
      return;
    }
    const dueMs = Date.parse(step.dueFrom ?? written(this.nowMs));
    if (!this.firstDue.has(step.key)) this.firstDue.set(step.key, dueMs);
    const asked: Asked = { act, key: step.key, attempt: step.attempt, askedMs: this.nowMs, queuedWeeks: 0 };
    this.asked.set(step.key, asked);
    if (this.isForgotten(act, step) && !isLate) return;
    const { days, ofTarget, spread, chasedDays } = act.habit;
    const span = Math.max(dayMs / 4, Date.parse(step.target ?? step.latest ?? written(dueMs)) - dueMs);
    const usual = days === undefined ? span * ofTarget : days * dayMs;
    this.schedule(asked, isLate ? Math.min(usual, chasedDays * dayMs) : usual, spread);
  }

  private isForgotten(act: Act, step: PlannedStep): boolean {
    return this.chance(act.purpose ^ forgetting, step.key, step.attempt) < act.habit.forgotten;
  }

  private schedule(asked: Asked, medianMs: number, spread: number): void {
    const { act, key, attempt } = asked;
    const { calendar, assumptions } = this.scenario;
    const luck = normalOf(this.root, act.purpose ^ occurrenceOf(key), attempt);
    const wishedMs = calendar.placed(this.nowMs + medianMs * Math.exp(spread * luck));
    const wishedWeek = calendar.weekOf(wishedMs);
    const short = act.resources.filter((resource) => assumptions.capacity?.[resource] !== undefined);
    const week = short.length === 0 ? wishedWeek : this.queue.take(short, wishedWeek);
    const queuedWeeks = week - wishedWeek;
    const atMs = queuedWeeks === 0 ? wishedMs : wishedMs + queuedWeeks * 7 * dayMs;
    const slot = { ...asked, queuedWeeks };
    this.asked.set(key, slot);
    this.agenda.add(week >= calendar.weeks ? calendar.endMs : atMs, { kind: 'attempt', asked: slot });
    if (act.isBookingTold) this.agenda.add(this.nowMs + 1000, { kind: 'booked', slotMs: atMs, stepKey: key });
  }

  /** A fact that a step waits for and that no step in hand will give is looked for and recorded. */
  private supply(act: Act, step: PlannedStep): void {
    const { givers, assumptions } = this.scenario;
    for (const code of step.waitingFor) {
      if (code.startsWith('step:')) continue;
      const isComing = (givers.get(code) ?? []).some((id) => this.isInHand(id));
      const from = act.reads.get(code);
      const name = `${code}|${from ?? ''}|${step.key}|${step.status}`;
      if ((isComing && step.status !== 'late') || this.supplied.has(name)) continue;
      this.supplied.add(name);
      const days = assumptions.missingFactDays ?? 2;
      this.agenda.add(this.nowMs + Math.max(1000, days * dayMs), { kind: 'supply', code, stepKey: from });
    }
  }

  private isInHand(stepId: string): boolean {
    for (const { act, key } of this.asked.values()) {
      const status = act.stepId === stepId ? this.steps.get(key)?.status : undefined;
      if (status === 'due' || status === 'late') return true;
    }
    return false;
  }

  private happen(coming: Coming): readonly Fact[] {
    switch (coming.kind) {
      case 'supply':
        return [
          this.found(
            coming.code,
            coming.stepKey,
            purposeOf(coming.code),
            this.nthOf(coming.code, this.told),
            undefined,
          ),
        ];
      case 'booked':
        return [this.fact('appointment.booked', coming.stepKey, { value: written(coming.slotMs) })];
      case 'outside': {
        const { index, nth } = coming;
        const outside = this.scenario.outside[index];
        if (!outside) return nothing;
        this.foresee(index, nth + 1);
        return [this.found(outside.code, undefined, outside.purpose, nth, outside.in)];
      }
      case 'attempt':
        return this.attempted(coming.asked);
    }
  }

  private attempted(asked: Asked): readonly Fact[] {
    const { act, key, attempt } = asked;
    const step = this.steps.get(key);
    const isToDo = step?.attempt === attempt && (step.status === 'due' || step.status === 'late');
    this.visit(asked, this.nowMs, isToDo);
    if (!isToDo) return nothing;
    const purpose = act.purpose ^ occurrenceOf(key);
    const fails = act.fails.length > 0 && this.chance(act.purpose ^ failing, key, attempt) < act.habit.fails;
    if (fails) {
      this.failedAttempts += 1;
      const nth = Math.floor(this.chance(act.purpose ^ choosing, key, attempt) * act.fails.length);
      const match = act.fails[nth] ?? act.done;
      return [this.found(match.fact, key, purpose, attempt, match.in)];
    }
    const { fact, of } = act.done;
    const told = of === undefined || of === 'any' ? key : of;
    return [
      ...act.records.map((code) =>
        this.found(code, key, purposeOf(code), this.nthOf(code, occurrenceOf(key) ^ attempt), undefined),
      ),
      this.found(fact, told, purpose, attempt, act.done.in),
    ];
  }

  /** What changes is drawn anew; what is true of the patient for good is drawn once. */
  private nthOf(code: string, nth: number): number {
    return this.scenario.changing.has(code) ? nth : 0;
  }

  private found(
    code: string,
    stepKey: string | undefined,
    purpose: number,
    nth: number,
    allowed: readonly FactValue[] | undefined,
  ): Fact {
    const draw = this.scenario.draws(code, stepKey?.split('#', 1)[0]);
    const isAllowed = (value: FactValue): boolean => allowed?.includes(value) ?? true;
    const drawn = valueOf(draw, { patient: this.root, purpose, nth }, isAllowed);
    const [first] = allowed ?? [];
    const isFit = drawn.value === undefined ? first === undefined : isAllowed(drawn.value);
    return this.fact(code, stepKey, isFit ? drawn : { ...drawn, value: first });
  }

  private fact(code: string, stepKey: string | undefined, found: Pick<Fact, 'value' | 'unit'>): Fact {
    this.told += 1;
    const { told: seq, nowMs } = this;
    return {
      id: `f${String(seq)}`,
      seq,
      code,
      at: written(nowMs),
      ...found,
      ...(stepKey === undefined ? {} : { stepKey }),
    };
  }

  private foresee(index: number, nth: number): void {
    const outside = this.scenario.outside[index];
    if (!outside || outside.perYear === 0) return;
    const wait = (-Math.log(1 - chanceOf(this.root, outside.purpose ^ waiting, nth)) / outside.perYear) * yearMs;
    const atMs = Math.ceil((this.nowMs + wait) / 1000) * 1000;
    if (atMs < this.scenario.calendar.endMs) this.agenda.add(atMs, { kind: 'outside', index, nth });
  }

  private visit({ act, askedMs, queuedWeeks }: Asked, atMs: number, tookPlace: boolean): void {
    const { calendar } = this.scenario;
    const week = Math.max(calendar.weekOf(askedMs), calendar.weekOf(atMs));
    this.visits.push({ act, askedWeek: calendar.weekOf(askedMs), week, tookPlace, queuedWeeks });
  }

  private chance(purpose: number, key: string, nth: number): number {
    return chanceOf(this.root, purpose ^ occurrenceOf(key), nth);
  }
}

/** Different lucks of one step. */
const [forgetting, failing, choosing, waiting] = [0x1b873593, 0x2545f491, 0x38495ab5, 0x4cf5ad43];

/** The third of a repeated step has another luck than the second. */
const occurrenceOf = (key: string): number => {
  const mark = key.indexOf('#');
  return mark < 0 ? 0 : Math.imul(Number(key.slice(mark + 1)), 0x9e3779b1);
};
