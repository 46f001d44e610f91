import { compare, parseRational, subtract, zero } from '@ariane/kernel';
import { accountOfPart, receivable, refundDue, sharedLoss, sharedSavingsIncome } from './accounts';
import { isTrue, notDue } from './clause';
import type { SharedSavingsComponent, Side } from './components';
import type { Known } from './expression';
import type { Amount, Checker, Kind, Outcome, Run, Transfer } from './kind';
import { checkSplit, partsOf } from './parts';
import { constant, inCents, known } from './rounded';

/**
 * Savings against a benchmark, shared from the first euro once they reach the minimum, up to a cap; losses likewise by
 * their own side, or not at all. (42 CFR 425.605 and 425.610 in form; every figure is the contract's.)
 */
export const sharedSavings: Kind<SharedSavingsComponent> = {
  outputs: ({ split = [] }) => ['', 'benchmark', 'actual', 'savings', ...split.map((part) => part.to)],
  speaks: ({ benchmark, actual, savings, losses }) => [
    benchmark,
    actual,
    ...[savings, losses].flatMap((side) => [side?.rate ?? [], side?.gate ?? []].flat()),
  ],
  check: (component, checker) => {
    checker.expression('benchmark', component.benchmark, ['money']);
    checker.expression('actual', component.actual, ['money']);
    checkSide('savings', component.savings, checker);
    if (component.losses) checkSide('losses', component.losses, checker);
    if (component.split) checkSplit(component.split, checker);
  },
  price: (component, run): Outcome => {
    const { document } = run.contract;
    const benchmark = inCents(run.evaluate(component.benchmark), document);
    const actual = inCents(run.evaluate(component.actual), document);
    const savings = inCents(run.combine('-', [known(benchmark), known(actual)]), document);
    const payment =
      savings.cents >= 0n
        ? inCents(shareOf(component.savings, known(savings), known(benchmark), run), document)
        : lossOf(component, savings, benchmark, run);
    const parts = component.split ? partsOf(payment, component.split, document) : new Map<string, Amount>();
    return {
      amounts: new Map([['', payment], ['benchmark', benchmark], ['actual', actual], ['savings', savings], ...parts]),
      lists: new Map(),
      transfers: transfersOf(component, payment, parts, run),
    };
  },
};

function lossOf(component: SharedSavingsComponent, savings: Amount, benchmark: Amount, run: Run): Amount {
  const { document } = run.contract;
  if (!component.losses) return inCents(notDue(document.currency, [], 'losses'), document);
  const loss = run.combine('negative', [known(savings)]);
  const owed = shareOf(component.losses, loss, known(benchmark), run);
  return inCents(run.combine('negative', [owed]), document);
}

/** What a side pays for savings (or losses) that are not negative. */
function shareOf(side: Side, saved: Known, benchmark: Known, run: Run): Known {
  const { currency } = run.contract.document;
  const minimum = run.combine('*', [benchmark, constant(side.minimumRate)]);
  const reached = run.combine('>=', [saved, minimum]);
  if (!isTrue(reached)) return notDue(currency, [reached], 'minimumRate');
  const gate = side.gate === undefined ? undefined : run.evaluate(side.gate);
  if (gate && !isTrue(gate)) return notDue(currency, [gate], 'gate');
  const shared =
    side.rate === undefined
      ? tiered(side.tiers ?? [], saved, benchmark, run)
      : run.combine('*', [saved, run.evaluate(side.rate)]);
  if (side.cap === null) return shared;
  return run.combine('min', [shared, run.combine('*', [benchmark, constant(side.cap)])]);
}

/** Each band of savings, as a share of the benchmark, at its own rate: continuous where bands meet. */
function tiered(tiers: NonNullable<Side['tiers']>, saved: Known, benchmark: Known, run: Run): Known {
  const bands = tiers.map(({ upTo, rate }, index) => {
    const from = tiers[index - 1]?.upTo ?? '0%';
    const floor = run.combine('*', [benchmark, constant(from)]);
    const above = run.combine('max', [run.combine('-', [saved, floor]), run.combine('-', [saved, saved])]);
    if (upTo === null) return run.combine('*', [above, constant(rate)]);
    const width = run.combine('-', [run.combine('*', [benchmark, constant(upTo)]), floor]);
    return run.combine('*', [run.combine('min', [above, width]), constant(rate)]);
  });
  return run.combine('+', bands);
}

function transfersOf(
  component: SharedSavingsComponent,
  payment: Amount,
  parts: ReadonlyMap<string, Amount>,
  run: Run,
): readonly Transfer[] {
  const { document } = run.contract;
  const { payer } = document.parties;
  const code = 'SAVINGS_DUE';
  if (parts.size > 0) {
    return [...parts].map(([to, part]) => ({
      ...{ line: `${component.id}.${to}`, code, debit: receivable(payer), credit: accountOfPart(document, to) },
      ...part,
    }));
  }
  const line = component.id;
  if (payment.cents >= 0n)
    return [{ line, code, debit: receivable(payer), credit: sharedSavingsIncome(document), ...payment }];
  return [{ line, code, debit: refundDue(payer), credit: sharedLoss(document), ...payment }];
}

function checkSide(name: string, side: Side, checker: Checker): void {
  if (side.rate !== undefined) checker.expression(`${name}.rate`, side.rate, ['num']);
  if (side.gate !== undefined) checker.expression(`${name}.gate`, side.gate, ['bool']);
  const ends = (side.tiers ?? []).map((tier) => tier.upTo);
  if (ends.length === 0) return;
  if (ends.at(-1) !== null || ends.slice(0, -1).includes(null))
    checker.refuse(`${name}.tiers`, 'only the last one is open');
  const bounds = ends.flatMap((end) => (end === null ? [] : [parseRational(end)]));
  const ascends = bounds.every((bound, index) => compare(subtract(bound, bounds[index - 1] ?? zero), zero) > 0);
  if (!ascends) checker.refuse(`${name}.tiers`, 'they do not ascend');
}
