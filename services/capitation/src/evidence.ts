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
  if (day !== undefined && day < dueOn) return { state: 'not due yet', why };
  const needs = needsOf(instalment);
  const arrivals = needs.flatMap((name) => timing(`arrived.${name}`, run) ?? []);
  const latest = Math.max(dueOn, ...arrivals.map((arrival) => numberOf(arrival, 'timing.arrived')));
  // What arrives after the day of pricing is not known on it.
  const isMissing = needs.some((name) => !run.has(name)) || (day !== undefined && latest > day);
  if (!isMissing && latest > lastAccepted) return { state: 'closed', why: [...why, ...arrivals] };
  if (!isMissing) {
    const condition = run.evaluate(instalment.when);
    return { state: isTrue(condition) ? 'paid' : 'not met', why: [condition] };
  }
  const lapsed = day !== undefined && day > lastAccepted ? 'closed' : 'void';
  return { state: day === undefined || day <= lastHeld ? 'pending' : lapsed, why };
}

/** The civil day an instalment is due on, where `timing.start` says what day 0 was. */
export function dueDay(instalment: Instalment, run: Run): string | undefined {
  const start = timing('start', run);
  if (start?.value.type !== 'date') return undefined;
  return daysLater(start.value.text, numberOf(run.evaluate(String(instalment.due)), instalment.id));
}

const timing = (name: string, run: Run): Known | undefined =>
  run.has(`timing.${name}`) ? run.evaluate(`timing.${name}`) : undefined;

function numberOf({ value }: Known, name: string): number {
  if ('amount' in value && value.amount.denominator === 1n) return Number(value.amount.numerator);
  throw new DomainError('FACT_MALFORMED', { name, reason: 'not a whole number of days' });
}
