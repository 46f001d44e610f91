import fc from 'fast-check';
import { formatRational, parseMoney } from '@ariane/kernel';
import type { Given } from './contract';
import { contractOf } from './contract.fixture';
import { loadContract } from './load-contract';
import { ageOn, dayNumber, daysLater, holdsFifteenth, memberMonths, type Proration } from './member-months';
import { price } from './price';

const period = { from: '2026-01-01', to: '2026-05-01' };
const cap = (proration: Proration, more: object = {}) => [
  { id: 'cap', kind: 'pmpm', members: 'members', rate: 'rate', risk: 'raw', proration, ...more },
];
const load = (proration: Proration, given: object, more: object = {}) =>
  loadContract(contractOf(cap(proration), given, { params: { rate: '30.00 EUR' }, ...more }));
const amountOf = (proration: Proration, given: Given): unknown => price(load(proration, given), given).amounts.cap;
const months = (rule: Proration, from: string, to: string, whole = period): string =>
  formatRational(
    memberMonths(rule, [
      [from, to],
      [whole.from, whole.to],
    ]),
  );
const rows = (row: object) => [{ id: 'm', raw: '1', ...row }];

describe('member months', () => {
  it('count each month of the calendar by its own days', () => {
    expect(months('DAYS', '2026-02-15', '2026-03-01')).toBe('0.5');
    expect(months('DAYS', '2026-04-16', '2026-05-01')).toBe('0.5');
    expect(months('DAYS', '2025-01-01', '2030-01-01')).toBe('4');
    expect(months('DAYS', '2026-03-02', '2026-03-02')).toBe('0');
  });

  it.each([
    ['2026-01-15', '2026-01-16', '1'],
    ['2026-01-16', '2026-02-15', '0'],
    ['2026-01-01', '2026-04-16', '4'],
    ['2026-01-01', '2026-04-15', '3'],
  ])('by the fifteenth are the fifteenths of the stay: from %s to %s, %s', (from, to, count) => {
    expect(months('FIFTEENTH', from, to)).toBe(count);
  });

  it('by whole months are the months of any day', () => {
    expect(months('WHOLE_MONTH', '2026-01-31', '2026-02-02')).toBe('2');
    expect(months('WHOLE_MONTH', '2026-05-01', '2026-06-01')).toBe('0');
  });

  const day = fc.integer({ min: 0, max: 800 }).map((count) => daysLater('2025-06-01', count));
  it('add up: a stay cut in two at any day counts by days and fifteenths what the whole counts', () => {
    fc.assert(
      fc.property(day, day, day, fc.constantFrom<Proration>('DAYS', 'FIFTEENTH'), (a, b, c, rule) => {
        const [from, cut, to] = [a, b, c].sort() as [string, string, string]; // as: three
        const count = (one: string, other: string) =>
          memberMonths(rule, [
            [one, other],
            [period.from, period.to],
          ]);
        const [left, right, whole] = [count(from, cut), count(cut, to), count(from, to)];
        expect(left.numerator * right.denominator + right.numerator * left.denominator).toBe(
          (whole.numerator * left.denominator * right.denominator) / whole.denominator,
        );
      }),
    );
  });

  it('refuse days that do not exist', () => {
    expect(() => dayNumber('2026-02-30')).toThrow('no such day');
    expect(() => months('DAYS', 'soon', '2026-02-01')).toThrow('no such day');
  });
});

describe('proration by the fifteenth', () => {
  it('takes the word of `fifteenth`, then the days of the stay', () => {
    expect(amountOf('FIFTEENTH', { members: rows({ fifteenth: true }) })).toBe('30.00 EUR');
    expect(amountOf('FIFTEENTH', { members: rows({ fifteenth: false }) })).toBe('0.00 EUR');
    const june = { period: { from: '2026-06-01', to: '2026-07-01' } };
    expect(amountOf('FIFTEENTH', { ...june, members: rows({ from: '2026-06-15' }) })).toBe('30.00 EUR');
    expect(amountOf('FIFTEENTH', { ...june, members: rows({ from: '2026-06-16' }) })).toBe('0.00 EUR');
    expect(amountOf('FIFTEENTH', { ...june, members: rows({ to: '2026-06-15' }) })).toBe('0.00 EUR');
    expect(amountOf('FIFTEENTH', { ...june, members: rows({ to: '2026-06-16' }) })).toBe('30.00 EUR');
    expect(amountOf('FIFTEENTH', { ...june, members: rows({}) })).toBe('30.00 EUR');
  });

  it('reads the days of a stay without a period in the calendar month of the stay', () => {
    const given = (row: object) => ({ daysInPeriod: '30', members: rows({ days: '19', ...row }) });
    expect(amountOf('FIFTEENTH', given({ from: '2026-06-12' }))).toBe('30.00 EUR');
    expect(amountOf('FIFTEENTH', given({ from: '2026-06-16' }))).toBe('0.00 EUR');
    expect(amountOf('FIFTEENTH', given({ to: '2026-06-15' }))).toBe('0.00 EUR');
    expect(amountOf('FIFTEENTH', given({ to: '2026-07-01' }))).toBe('30.00 EUR');
    expect(amountOf('DAYS', given({ from: '2026-06-12' }))).toBe('19.00 EUR');
  });

  it('reads a number of days only where a joiner’s and a leaver’s would both give the same', () => {
    const given = (days: string) => ({ daysInPeriod: '30', members: rows({ days }) });
    expect(amountOf('FIFTEENTH', given('30'))).toBe('30.00 EUR');
    expect(amountOf('FIFTEENTH', given('16'))).toBe('30.00 EUR');
    expect(amountOf('FIFTEENTH', given('14'))).toBe('0.00 EUR');
    expect(() => amountOf('FIFTEENTH', given('15'))).toThrow('may or may not hold the 15th');
    for (const length of [28, 29, 30, 31]) {
      for (let days = 0; days <= length; days += 1) {
        const [joiner, leaver] = [length - days + 1 <= 15 && days > 0, days >= 15];
        if (joiner === leaver) expect(holdsFifteenth(days, length)).toBe(joiner);
        else expect(() => holdsFifteenth(days, length)).toThrow('FACT_MALFORMED');
      }
    }
  });
});

describe('what openIMIS and eHealth-UA get wrong', () => {
  const cents = (text: unknown): bigint => parseMoney(String(text)).cents;

  it('pure per-head capitation is billed in full: rate times heads, whatever else the contract pays', () => {
    const members = Array.from({ length: 1234 }, (_, index) => ({ id: `m-${index}`, raw: '1' }));
    const given = { period: { from: '2026-06-01', to: '2026-07-01' }, members, costs: [] };
    const alone = load('WHOLE_MONTH', given);
    expect(price(alone, given).amounts.cap).toBe('37020.00 EUR');
    expect(price(alone, given).transfers.map(({ cents: due }) => due)).toEqual([3702000n]);
    const components = [
      ...cap('WHOLE_MONTH'),
      { id: 'ceded', kind: 'stopLoss', patients: 'costs', attachment: 'rate', ceded: '80%' },
    ];
    const both = loadContract(contractOf(components, given, { params: { rate: '30.00 EUR' } }));
    expect(price(both, given).transfers).toEqual(price(alone, given).transfers);
  });

  it('April is a month like any other in a period of four months', () => {
    const given = { period, members: rows({}) };
    for (const rule of ['DAYS', 'WHOLE_MONTH', 'FIFTEENTH'] as const) expect(amountOf(rule, given)).toBe('120.00 EUR');
    const inApril = (rule: Proration) => amountOf(rule, { period, members: rows({ from: '2026-04-01' }) });
    for (const rule of ['DAYS', 'WHOLE_MONTH', 'FIFTEENTH'] as const) expect(inApril(rule)).toBe('30.00 EUR');
    for (let month = 1; month <= 12; month += 1) {
      const start = `2026-${String(month).padStart(2, '0')}-01`;
      const four = {
        from: start,
        to: `${month > 8 ? 2027 : 2026}-${String(((month + 3) % 12) + 1).padStart(2, '0')}-01`,
      };
      expect(amountOf('DAYS', { period: four, members: rows({}) })).toBe('120.00 EUR');
    }
  });

  it('a member who turns 18 on the first of the month is an adult from that day, and not the day before', () => {
    expect(ageOn('2008-06-01', '2026-06-01')).toBe(18);
    expect(ageOn('2008-06-02', '2026-06-01')).toBe(17);
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17);
    expect(ageOn('2008-02-29', '2026-03-01')).toBe(18);
    const bands = [
      { ageFrom: '0', ageTo: '6', amount: '40.00 EUR' },
      { ageFrom: '6', ageTo: '18', amount: '20.00 EUR' },
      { ageFrom: '18', ageTo: '40', amount: '10.00 EUR' },
      { ageFrom: '40', ageTo: '65', amount: '12.00 EUR' },
      { ageFrom: '65', ageTo: null, amount: '30.00 EUR' },
    ];
    const given = {
      period: { from: '2026-06-01', to: '2026-07-01' },
      members: [
        { id: 'on the day', birthDate: '2008-06-01' },
        { id: 'the day after', birthDate: '2008-06-02' },
        { id: 'the day before', birthDate: '2008-05-31' },
        { id: 'a newborn', birthDate: '2026-06-01' },
        { id: 'of 65 years', birthDate: '1961-06-01' },
      ],
    };
    const components = [
      { id: 'rates', kind: 'table', table: 'bands', by: ['age'], among: 'members' },
      { id: 'cap', kind: 'pmpm', members: 'members', rate: 'rates.line', risk: '1', proration: 'WHOLE_MONTH' },
    ];
    const { amounts } = price(loadContract(contractOf(components, given, { tables: { bands } })), given);
    expect(amounts['cap.lines']).toEqual({
      'on the day': '10.00 EUR',
      'the day after': '20.00 EUR',
      'the day before': '10.00 EUR',
      'a newborn': '40.00 EUR',
      'of 65 years': '30.00 EUR',
    });
  });

  it('a suspended contract pays nothing for its suspended days, and every other day in full', () => {
    const june = { from: '2026-06-01', to: '2026-07-01' };
    const suspended = (...spans: [string, string][]) => ({
      period: june,
      members: rows({}),
      suspensions: spans.map(([from, to], index) => ({ id: `s-${index}`, from, to })),
    });
    expect(amountOf('DAYS', suspended(['2026-06-11', '2026-06-21']))).toBe('20.00 EUR');
    expect(amountOf('DAYS', suspended(['2026-06-11', '2026-06-21'], ['2026-06-15', '2026-06-26']))).toBe('15.00 EUR');
    expect(amountOf('DAYS', suspended(['2026-01-01', '2027-01-01']))).toBe('0.00 EUR');
    expect(amountOf('FIFTEENTH', suspended(['2026-06-15', '2026-06-16']))).toBe('0.00 EUR');
    expect(amountOf('FIFTEENTH', suspended(['2026-06-16', '2026-07-01']))).toBe('30.00 EUR');
    expect(amountOf('WHOLE_MONTH', suspended(['2026-06-02', '2026-07-01']))).toBe('30.00 EUR');
    expect(amountOf('WHOLE_MONTH', suspended(['2026-06-01', '2026-07-01']))).toBe('0.00 EUR');
  });

  it('the total is the sum of the lines that are listed, never a counter beside them', () => {
    const row = fc.record({
      id: fc.uuid(),
      raw: fc.constantFrom('0.333', '1', '1.7'),
      from: fc.constantFrom('2026-06-01', '2026-06-12'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ({ id }) => id, minLength: 1, maxLength: 30 }), (members) => {
        const given = { period: { from: '2026-06-01', to: '2026-07-01' }, members };
        const { amounts } = price(load('DAYS', given), given);
        const lines = Object.values(amounts['cap.lines'] as Record<string, string>); // as: a list
        expect(lines).toHaveLength(members.length);
        expect(lines.reduce((total, line) => total + cents(line), 0n)).toBe(cents(amounts.cap));
      }),
    );
  });
});
