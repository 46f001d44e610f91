import { DomainError } from '@ariane/kernel';
import type { Known } from './expression';

const factAmong = (known: readonly Known[]): string | undefined =>
  known.flatMap(({ because }) => (because.of === 'fact' ? [because.name] : []))[0];

/** The refusal of values that cannot be used so: by the name of the first fact among them, or else by `name`. */
export const malformed = (known: readonly Known[], reason: string, name: string): DomainError =>
  new DomainError('FACT_MALFORMED', { name: factAmong(known) ?? name, reason });

/** An operator at work: its refusal of a fact names the fact, which whoever wrote it can find. */
export function atFact<T>(operator: string, known: readonly Known[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const divisors = known.slice(1);
    if (error.code === 'DIVISION_BY_ZERO' && factAmong(divisors) !== undefined)
      throw malformed(divisors, 'zero, and something is divided by it', operator);
    if (error.code === 'FACT_MALFORMED') throw malformed(known, `it does not go with ${operator}`, operator);
    throw error;
  }
}
