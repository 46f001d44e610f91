import { DomainError } from '@ariane/kernel';
import { isTrue } from './clause';
import type { Instalment, OutcomeComponent, Refund } from './components';
import type { Known } from './expression';
import type { Run } from './kind';
import { daysLater } from './member-months';

/**
 * Where an instalment stands. `not due yet` before its due day; `paid` or `not met` once its evidence is assessed;
 * without evidence `pending` from the due day, `void` after the hold, `closed` once it is accepted no longer.
 */
export interface Assessed {
  readonly state: 'not due yet' | 'paid' | 'not met' | 'pending' | 'void' | 'closed';
  readonly why: readonly Known[];
  /** Whether it stands so because evidence is missing. */
  readonly isMissing: boolean;
  /** The next day, counted from day 0, on which time alone makes it something else. */
  readonly wakesOn?: number;
}

export const needsOf = ({ needs = [] }: Instalment | Refund): readonly string[] =>
  typeof needs === 'string' ? [needs] : needs;

/**
 * Assesses an instalment on the facts of `timing`: `day` counts from day 0 to the day of pricing; without it every due
 * day is past and no hold has run out. `arrived.<fact>` is the day a fact was known; without it, in time.
 *
 * @throws FACT_MISSING when a fact of the condition that is not among its `needs` is missing, FACT_MALFORMED
 */
export function assessed(instalment: Instalment, rule: OutcomeComponent['missingEvidence'], run: Run): Assessed {
  const due = run.evaluate(String(instalment.due));
  const dueOn = numberOf(due, instalment.id);
  const [lastHeld, lastAccepted] = [dueOn + Number(rule.holdDays), dueOn + Number(rule.acceptDays)];
  const today = timing('day', run);
  const day = today && numberOf(today, 'timing.day');
  const why = [due, ...(today ? [today] : [])];
  if (day !== undefined && day < dueOn) return { state: 'not due yet', why, isMissing: false, wakesOn: dueOn };
  const needs = needsOf(instalment);
  const arrivals = needs.flatMap((name) => timing(`arrived.${name}`, run) ?? []);
  const latest = Math.max(dueOn, ...arrivals.map((arrival) => numberOf(arrival, 'timing.arrived')));
  // What arrives after the day of pricing is not known on it.
  const isMissing = needs.some((name) => !run.has(name)) || (day !== undefined && latest > day);
  if (!isMissing && latest > lastAccepted) return { state: 'closed', why: [...why, ...arrivals], isMissing: false };
  if (!isMissing) {
    const condition = run.evaluate(instalment.when);
    return { state: isTrue(condition) ? 'paid' : 'not met', why: [condition], isMissing: false };
  }
  if (day === undefined) return { state: 'pending', why, isMissing: true };
  const ahead = [lastHeld + 1, latest].filter((one) => one > day);
  const wakes = ahead.length === 0 ? {} : { wakesOn: Math.min(...ahead) };
  const lapsed = day > lastAccepted ? 'closed' : 'void';
  return { state: day <= lastHeld ? 'pending' : lapsed, why, isMissing: true, ...wakes };
}

/** The civil day an instalment is due on, where `timing.start` says what day 0 was. */
export const dueDay = (instalment: Instalment, run: Run): string | undefined =>
  civilDayOf(numberOf(run.evaluate(String(instalment.due)), instalment.id), run);

/** A day counted from day 0, as a civil day where `timing.start` says what day 0 was. */
export function civilDayOf(day: number, run: Run): string | undefined {
  const start = timing('start', run);
  return start?.value.type === 'date' ? daysLater(start.value.text, day) : undefined;
}

const timing = (name: string, run: Run): Known | undefined =>
  run.has(`timing.${name}`) ? run.evaluate(`timing.${name}`) : undefined;

function numberOf({ value }: Known, name: string): number {
  if ('amount' in value && value.amount.denominator === 1n) return Number(value.amount.numerator);
  throw new DomainError('FACT_MALFORMED', { name, reason: 'not a whole number of days' });
}
