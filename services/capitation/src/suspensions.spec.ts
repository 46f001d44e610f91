import fc from 'fast-check';
import { contractOf } from './contract.fixture';
import type { Explanation } from './explanation';
import { eventsOf } from './explanation';
import { loadContract } from './load-contract';
import { memberMonths, type Proration } from './member-months';
import { price } from './price';
import { recompute } from './recompute';
import { memberMonth } from './roster';
import { memberLines, monthOfParts, sumOf } from './roster-lines';
import { suspendedIn, withSuspensions } from './suspensions';

const month = '2026-06';
const contractBy = (proration: Proration) =>
  loadContract(
    contractOf([{ id: 'cap', kind: 'pmpm', members: 'members', rate: '30.00 EUR', risk: '1', proration }], {
      daysInPeriod: '30',
      members: [{ id: 'a', days: '30' }],
    }),
  );

/** A month of one member by the roster's own way: by parts, with the days told of suspension. */
function roster(proration: Proration, stay: readonly [string, string | null], ...days: (readonly [string, string])[]) {
  const contract = contractBy(proration);
  const suspended = suspendedIn(
    'a-contract',
    days.map(([from, to]) => ({ from, to })),
    month,
  );
  const member = { spans: [{ from: stay[0], to: stay[1] }], values: [] };
  const counted = memberMonth(member, month, { out: suspended, asksFifteenth: proration === 'FIFTEENTH' });
  const rows = counted ? [{ id: 'a', ...counted }] : [];
  const part = sumOf('a', 'hash', memberLines(contract, month, {}, rows));
  const whole = monthOfParts(contract, month, withSuspensions({}, suspended), [part]);
  const { amounts, explain } = price(whole.contract, whole.given);
  return { amount: amounts.cap, because: explain.cap as Explanation, suspended }; // as: one amount, one tree
}

describe('a roster’s month with a suspension', () => {
  const joined = ['2026-01-01', null] as const;

  it('pays the days outside it, by the contract’s proration', () => {
    expect(roster('DAYS', joined, ['2026-06-11', '2026-06-21']).amount).toBe('20.00 EUR');
    expect(roster('DAYS', joined, ['2026-06-11', '2026-06-21'], ['2026-06-15', '2026-06-26']).amount).toBe('15.00 EUR');
    expect(roster('DAYS', joined, ['2026-01-01', '2027-01-01']).amount).toBe('0.00 EUR');
    expect(roster('WHOLE_MONTH', joined, ['2026-06-02', '2026-07-01']).amount).toBe('30.00 EUR');
    expect(roster('WHOLE_MONTH', joined, ['2026-06-01', '2026-07-01']).amount).toBe('0.00 EUR');
    expect(roster('FIFTEENTH', joined, ['2026-06-15', '2026-06-16']).amount).toBe('0.00 EUR');
    expect(roster('FIFTEENTH', joined, ['2026-06-16', '2026-07-01']).amount).toBe('30.00 EUR');
    expect(roster('FIFTEENTH', ['2026-06-16', null], ['2026-06-20', '2026-06-21']).amount).toBe('0.00 EUR');
  });

  it('comes to what the same stay comes to by its dates, whatever the days', () => {
    const day = fc.integer({ min: 1, max: 30 }).map((one) => `2026-06-${String(one).padStart(2, '0')}`);
    const days = fc.tuple(day, day).map(([a, b]): [string, string] => (a <= b ? [a, '2026-07-01'] : [b, a]));
    const rules = fc.constantFrom<Proration>('DAYS', 'WHOLE_MONTH', 'FIFTEENTH');
    fc.assert(
      fc.property(rules, days, fc.array(days, { maxLength: 3 }), (rule, [from, to], out) => {
        const { numerator, denominator } = memberMonths(rule, [[from, to], ['2026-06-01', '2026-07-01'], ...out]);
        const euros = (30n * numerator) / denominator;
        expect(roster(rule, [from, to], ...out).amount).toBe(`${euros}.00 EUR`);
      }),
    );
  });

  it('names its days in the explanation, under an event that a reader finds, and is computed again from it', () => {
    const { because, suspended } = roster('DAYS', joined, ['2026-06-11', '2026-06-21']);
    expect(eventsOf(because)).toEqual([suspended[0]?.eventId]);
    expect(because).toMatchObject({
      of: 'operation',
      operator: 'due',
      clause: 'suspended',
      from: [{}, { value: '2026-06-11' }, { value: '2026-06-21' }],
    });
    expect(recompute(because, 'HALF_UP')).toEqual({
      type: 'money',
      amount: { numerator: 20n, denominator: 1n },
    });
    expect(eventsOf(roster('DAYS', joined).because)).toEqual([]);
  });

  it('holds what of it lies in the month, told once', () => {
    const days = [
      { from: '2026-05-20', to: '2026-06-03' },
      { from: '2026-06-01', to: '2026-06-03' },
      { from: '2026-06-29', to: null },
      { from: '2026-07-01', to: null },
    ];
    expect(suspendedIn('a-contract', days, month).map(({ from, to }) => [from, to])).toEqual([
      ['2026-06-01', '2026-06-03'],
      ['2026-06-29', '2026-07-01'],
    ]);
  });
});
