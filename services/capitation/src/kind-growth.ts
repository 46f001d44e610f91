import { compare, one, parseRational, sum } from '@ariane/kernel';
import type { GrowthComponent } from './components';
import type { Kind, Outcome } from './kind';
import { checkPaid, paidOut, partNames } from './paid';
import { constant, inCents } from './rounded';

/**
 * A share of savings per patient, part for their level against a reference and part for their trend; a negative part
 * counts as nothing and never takes from the other. (IPEP, Article 51: 50 % × (1/3 × level + 2/3 × trend) × patients.)
 */
export const growth: Kind<GrowthComponent> = {
  outputs: (component) => ['', 'level', 'trend', ...partNames(component)],
  speaks: ({ level, trend, patients }) => [level, trend, patients],
  check: (component, checker) => {
    checker.expression('level', component.level, ['money']);
    checker.expression('trend', component.trend, ['money']);
    checker.expression('patients', component.patients, ['num']);
    const shares = [component.weights.level, component.weights.trend].map((share) => parseRational(String(share)));
    if (compare(sum(shares), one) !== 0)
      checker.refuse('weights', 'level and trend do not make 1', 'Write for example 1/3 and 2/3.');
    checkPaid(component, checker);
  },
  price: (component, run): Outcome => {
    const { document } = run.contract;
    const nothing = constant(`0.00 ${document.currency}`);
    const part = (name: 'level' | 'trend') =>
      run.combine('*', [
        run.combine('*', [constant(String(component.share)), constant(String(component.weights[name]))]),
        run.combine('*', [
          run.combine('max', [nothing, run.evaluate(component[name])]),
          run.evaluate(component.patients),
        ]),
      ]);
    const [level, trend] = [part('level'), part('trend')];
    const total = inCents(run.combine('+', [level, trend]), document);
    const { parts, transfers } = paidOut(component, total, run);
    return {
      amounts: new Map([
        ['', total],
        ['level', inCents(level, document)],
        ['trend', inCents(trend, document)],
        ...parts,
      ]),
      lists: new Map(),
      transfers,
    };
  },
};
