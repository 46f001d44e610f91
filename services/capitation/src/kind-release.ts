import { compare, DomainError, one, zero } from '@ariane/kernel';
import { forfeitedExpense, receivable, withheld } from './accounts';
import type { ReleaseComponent } from './components';
import type { Kind, Outcome } from './kind';
import { inCents, known } from './rounded';

/** What quality gives back of an amount withheld: the score, from 0 to 1, of it. The rest is forfeited. */
export const release: Kind<ReleaseComponent> = {
  outputs: () => ['', 'forfeited'],
  speaks: (component) => [component.of, component.score],
  check: (component, checker) => {
    checker.output('of', component.of);
    checker.expression('score', component.score, ['num']);
  },
  price: (component, run): Outcome | undefined => {
    const { document } = run.contract;
    const held = run.output(component.of);
    if (!held) return undefined;
    const score = run.evaluate(component.score);
    const inRange =
      'amount' in score.value && compare(score.value.amount, zero) >= 0 && compare(score.value.amount, one) <= 0;
    if (!inRange) throw new DomainError('FACT_MALFORMED', { name: component.score, reason: 'not from 0 to 1' });
    const released = inCents(run.combine('*', [known(held), score]), document);
    const forfeited = inCents(run.combine('-', [known(held), known(released)]), document);
    const credit = withheld(document);
    return {
      amounts: new Map([
        ['', released],
        ['forfeited', forfeited],
      ]),
      lists: new Map(),
      transfers: [
        { line: component.id, code: 'RELEASED', debit: receivable(document.parties.payer), credit, ...released },
        { line: `${component.id}.forfeited`, code: 'FORFEITED', debit: forfeitedExpense, credit, ...forfeited },
      ],
    };
  },
};
