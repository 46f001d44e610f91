import fc from 'fast-check';
import { divide, multiply, rational, roundToInteger, subtract, sum } from '@ariane/kernel';
import { monthAfter } from './book-time';
import { leavesOf } from './explanation';
import { curveOf, estimateOf, exactShare, type LagView, lagRule, openMonths, shareAt } from './lag';
import type { LagCell } from './outside-bill';

const view: LagView = { currency: 'EUR', through: '2026-12' };
const { maturityMonths, historyMonths } = lagRule;

/** A month's care, so many cents of it received after 0, 1, 2… months. */
const care = (careMonth: string, byLag: readonly bigint[]): LagCell[] =>
  byLag.map((cents, lag) => ({ careMonth, receivedMonth: monthAfter(careMonth, lag), cents }));
/** Complete months, the latest last. */
const history = (months: readonly (readonly bigint[])[]): LagCell[] =>
  months.flatMap((byLag, index) => care(monthAfter(view.through, index + 1 - maturityMonths - months.length), byLag));

const byLag = fc.array(fc.bigInt(0n, 1_000_000n), { minLength: maturityMonths, maxLength: maturityMonths });
const months = fc.array(
  byLag.map(([first = 0n, ...rest]) => [first + 1n, ...rest]),
  { minLength: historyMonths, maxLength: 15 },
);

describe('the accrual of care outside by its lag', () => {
  it('gives back, over the complete months, exactly what they came to: known then / share = final', () => {
    fc.assert(
      fc.property(months, fc.nat({ max: maturityMonths - 1 }), (known, lag) => {
        const share = shareAt(curveOf(history(known), view), lag);
        const inTime = known.flatMap((one) => one.slice(0, lag + 1)).map((cents) => rational(cents));
        const whole = divide(sum(inTime), exactShare(share!)); // the history is long enough
        expect(whole).toEqual(sum(known.flat().map((cents) => rational(cents))));
      }),
    );
  });

  it('estimates received / share − received, rounded once, to the cent', () => {
    fc.assert(
      fc.property(months, byLag, fc.nat({ max: maturityMonths - 1 }), (known, young, lag) => {
        const month = monthAfter(view.through, -lag);
        const cells = [...history(known), ...care(month, young)];
        const curve = curveOf(cells, view);
        const { receivedCents, outstanding } = estimateOf(cells, month, curve, view);
        expect(receivedCents).toBe(young.slice(0, lag + 1).reduce((total, cents) => total + cents, 0n));
        const received = rational(receivedCents);
        const share = exactShare(shareAt(curve, lag)!); // the history is long enough
        const exact = subtract(multiply(received, divide(rational(1n), share)), received);
        expect(outstanding?.cents).toBe(roundToInteger(exact, 'HALF_UP'));
      }),
    );
  });

  it('does not look at what was received later than it is asked for', () => {
    fc.assert(
      fc.property(months, byLag, (known, later) => {
        const cells = history(known);
        const after = later.map((cents) => ({ careMonth: '2026-06', receivedMonth: '2027-01', cents }));
        expect(curveOf([...cells, ...after], view)).toEqual(curveOf(cells, view));
      }),
    );
  });

  const steady = Array.from({ length: historyMonths }, () => [5_000n, 3_000n, 2_000n]);

  it('is worked by hand: half is known at once, so 50.00 received stands for 50.00 more', () => {
    const cells = [...history(steady), ...care('2026-12', [5_000n])];
    const curve = curveOf(cells, view);
    const estimate = estimateOf(cells, '2026-12', curve, view);
    expect(estimate).toMatchObject({ lag: 0, receivedCents: 5_000n, outstanding: { cents: 5_000n } });
    const shares = [0, 1, 2, 5, 9].map((lag) => exactShare(shareAt(curve, lag)!)); // the history is long enough
    expect(shares).toEqual([rational(1n, 2n), rational(4n, 5n), rational(1n), rational(1n), rational(1n)]);
    const leaves = leavesOf(estimate.outstanding!.because); // it is assessed
    expect(leaves).toContainEqual({ of: 'fact', name: 'received', value: '50.00 EUR', events: [] });
    expect(leaves).toContainEqual({ of: 'fact', name: 'final', value: '600.00 EUR', events: [] });
  });

  it('is not assessed with too little history, unless a contract says what is known when', () => {
    const cells = [...history(steady.slice(1)), ...care('2026-12', [5_000n])];
    const curve = curveOf(cells, view);
    expect(curve).toMatchObject({ from: 'NOWHERE', months: historyMonths - 1 });
    expect(estimateOf(cells, '2026-12', curve, view)).toMatchObject({
      ...{ outstanding: null, notAssessed: { code: 'ACCRUAL_HISTORY_SHORT', params: { needed: '6', months: '5' } } },
    });
    const byContract = curveOf(cells, view, { outsideCompletion0: '40%', outsideCompletion1: '1/2', rate: '3' });
    expect(byContract.from).toBe('CONTRACT');
    expect(estimateOf(cells, '2026-12', byContract, view).outstanding?.cents).toBe(7_500n);
    expect(exactShare(shareAt(byContract, 2)!)).toEqual(rational(1n)); // the contract says so
  });

  it('is not assessed where nothing is ever known so early', () => {
    const cells = history(steady.map(([, ...rest]) => [0n, ...rest]));
    expect(estimateOf(cells, '2026-12', curveOf(cells, view), view).notAssessed).toEqual({
      ...{ code: 'ACCRUAL_NOTHING_KNOWN', params: { lag: '0' } },
    });
  });

  it('looks at the months that may not be complete, the latest last', () => {
    expect(openMonths('2026-03')).toEqual(['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03']);
  });
});
