import fc from 'fast-check';
import { parseMoney } from '@ariane/kernel';
import type { OutcomeComponent } from './components';
import { contractOf } from './contract.fixture';
import { loadContract } from './load-contract';
import { price } from './price';
import { DomainError } from '@ariane/kernel';

const drug: OutcomeComponent = {
  id: 'drug',
  kind: 'outcome',
  price: 'price',
  instalments: [
    { id: 'i1', share: '1/3', due: '0', when: 'infused' },
    { id: 'i2', share: '1/3', due: '183', when: "m6 == 'CR' or m6 == 'PR'", needs: 'm6' },
    { id: 'i3', share: '1/3', due: '365', when: "m12 == 'CR'", needs: 'm12' },
  ],
  refunds: [
    { id: 'early', when: 'failureDay >= 0 and failureDay <= 90', of: 'i1', share: '75%' },
    { id: 'late', when: 'failureDay > 90 and failureDay < 365', of: 'paid', share: '20%' },
  ],
  missingEvidence: { holdDays: 60, acceptDays: 180 },
};
const full = { infused: true, m6: 'CR', m12: 'CR', failureDay: '-1' };
const declared = { rounding: { mode: 'HALF_UP', allocation: 'LARGEST_REMAINDER', tieBreak: 'DECLARED' } };
const load = (change: Partial<OutcomeComponent> = {}, more: object = {}, given: object = full) =>
  loadContract(
    contractOf([{ ...drug, ...change }], given, { ...declared, params: { price: '320000.00 EUR' }, ...more }),
  );
const contract = load();
const withoutM12 = { infused: true, m6: 'CR', failureDay: '-1' };
const at = (facts: object, day?: number, arrived: object = {}) =>
  price(contract, { ...facts, timing: { ...(day === undefined ? {} : { day: String(day) }), arrived } }).amounts;
const standing = (facts: object, day?: number, arrived?: object) => {
  const amounts = at(facts, day, arrived);
  return [amounts['drug.status'], amounts['drug.paid'], amounts['drug.pending']];
};

describe('an outcome contract', () => {
  it('pays thirds with the spare cents to the first declared, and they make the price', () => {
    expect(at(full)['drug.lines']).toEqual({ i1: '106666.67 EUR', i2: '106666.67 EUR', i3: '106666.66 EUR' });
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), (cents) => {
        const text = `${cents / 100n}.${String(cents % 100n).padStart(2, '0')} EUR`;
        const { amounts } = price(load({}, { params: { price: text } }), full);
        const lines = Object.values(amounts['drug.lines'] as Record<string, string>); // as: a list of amounts
        expect(lines.reduce((total, line) => total + parseMoney(line).cents, 0n)).toBe(cents);
        expect([amounts.drug, amounts['drug.refund']]).toEqual([text, '0.00 EUR']);
      }),
    );
  });

  it.each([
    ['on its due day', 365, 'pending', '106666.66 EUR'],
    ['on the last day it is held', 425, 'pending', '106666.66 EUR'],
    ['the day after', 426, 'void', '0.00 EUR'],
    ['on the last day evidence is accepted', 545, 'void', '0.00 EUR'],
    ['the day after that', 546, 'closed', '0.00 EUR'],
  ])('reads missing evidence neither as success nor as failure: %s (%i) it is %s', (_name, day, state, pending) => {
    expect(standing(withoutM12, day)).toEqual([{ i1: 'paid', i2: 'paid', i3: state }, '213333.34 EUR', pending]);
  });

  it('reads a null like a fact that is not there, and holds it where no day is told', () => {
    expect(standing({ ...full, m12: null })).toEqual(standing(withoutM12));
    expect(standing(withoutM12)[0]).toEqual({ i1: 'paid', i2: 'paid', i3: 'pending' });
  });

  it('waits for the due day, even when the evidence is known before', () => {
    expect(standing(full, 364)[0]).toEqual({ i1: 'paid', i2: 'paid', i3: 'not due yet' });
  });

  it('accepts evidence after the hold until its last day, effective at the due date; a day later it is closed', () => {
    const late = (day: string) =>
      price(contract, { ...full, timing: { start: '2026-03-01', day: '600', arrived: { m12: day } } });
    expect(late('545').amounts['drug.paid']).toBe('320000.00 EUR');
    expect(late('546').amounts['drug.paid']).toBe('213333.34 EUR');
    const { transfers } = late('545');
    expect(transfers.map(({ line, effectiveDay }) => [line, effectiveDay])).toEqual([
      ['drug.i1', '2026-03-01'],
      ['drug.i2', '2026-08-31'],
      ['drug.i3', '2027-03-01'],
    ]);
  });

  it('does not know on a day what arrives after it', () => {
    expect(standing(full, 400, { m12: '410' })[0]).toEqual({ i1: 'paid', i2: 'paid', i3: 'pending' });
  });

  it.each([
    ['-1', '0.00 EUR'],
    ['0', '80000.00 EUR'],
    ['90', '80000.00 EUR'],
    ['91', '42666.67 EUR'],
    ['364', '42666.67 EUR'],
    ['365', '0.00 EUR'],
  ])('refunds by the window of failure, borders included: day %s gives back %s', (failureDay, refund) => {
    const amounts = at({ ...full, m12: 'PD', failureDay });
    expect(amounts['drug.refund']).toBe(refund);
    const [net, paid, back] = [amounts.drug, amounts['drug.paid'], amounts['drug.refund']].map(
      (text) => parseMoney(text as string).cents, // as: these are no lists
    );
    expect(net).toBe(paid! - back!);
  });

  it('moves money from the payer to the manufacturer, and refunds the other way', () => {
    const parties = { payer: 'org:payer', holder: 'org:holder', manufacturer: 'org:pharma' };
    const { transfers } = price(load({}, { parties }), { ...full, m12: 'PD', failureDay: '251' });
    expect(transfers.map(({ line, debit, credit, cents }) => [line, debit, credit, cents])).toEqual([
      ['drug.i1', 'assets:receivable:org:payer', 'liabilities:payable:org:pharma', 10666667n],
      ['drug.i2', 'assets:receivable:org:payer', 'liabilities:payable:org:pharma', 10666667n],
      ['drug.late', 'assets:receivable:org:pharma', 'liabilities:refund-due:org:payer', 4266667n],
    ]);
  });

  it('refuses facts that no evidence rule excuses', () => {
    expect(() => price(contract, { ...full, infused: null })).toThrow('"infused" is missing');
    expect(() => price(contract, { ...full, failureDay: null })).toThrow('"failureDay" is missing');
    expect(() => at(full, 400, { m12: 'soon' })).toThrow('FACT_MALFORMED');
  });

  const faulty: [string, Partial<OutcomeComponent>, string][] = [
    ['shares that do not make 1', { instalments: [{ ...drug.instalments[0]!, share: '99%' }] }, 'do not make 1'],
    ['an instalment twice', { instalments: [drug.instalments[0]!, drug.instalments[0]!] }, 'i1 appears twice'],
    [
      'a condition that is no condition',
      { instalments: [{ ...drug.instalments[0]!, share: '1', when: 'price' }] },
      'money, not bool',
    ],
    ['a need from nowhere', { instalments: [{ ...drug.instalments[0]!, share: '1', needs: 'm99' }] }, 'm99 is nowhere'],
    ['a refund of nothing paid', { refunds: [{ ...drug.refunds[0]!, of: 'i9' }] }, 'i9 is nothing paid'],
    ['a refund above what was paid', { refunds: [{ ...drug.refunds[0]!, share: '101%' }] }, 'above 1'],
    ['an acceptance shorter than the hold', { missingEvidence: { holdDays: 60, acceptDays: 59 } }, 'below holdDays'],
  ];
  it.each(faulty)('refuses %s at load', (_name, change, reason) => {
    expect(() => load(change)).toThrow(reason);
  });

  it('takes shares as percentages, decimals, fractions or numbers, and days as numbers or texts', () => {
    const instalments = [
      { id: 'a', share: 0.25, due: 0, when: 'infused' },
      { id: 'b', share: '1/4', due: '183', when: 'infused' },
      { id: 'c', share: '50%', due: 'price / price', when: 'infused' },
    ];
    const { amounts } = price(
      load({ instalments, refunds: [], missingEvidence: { holdDays: '60', acceptDays: '180' } }),
      full,
    );
    expect(amounts['drug.lines']).toEqual({ a: '80000.00 EUR', b: '80000.00 EUR', c: '160000.00 EUR' });
  });
});

describe('completeness', () => {
  const records = (missing: number) =>
    Array.from({ length: 10 }, (_record, index) =>
      index < missing
        ? { id: `r${index}`, complete: false, owner: index < 2 ? 'prac:b' : 'prac:a', defect: 'm6' }
        : { id: `r${index}`, complete: true },
    );
  const rule = { completeness: { records: 'records', threshold: '80%' } };
  const strict = load(rule, {}, { ...full, records: records(0) });

  it('below the threshold refuses to settle and lists the defects by owner, one by one and counted', () => {
    expect(price(strict, { ...full, records: records(2) }).amounts['drug.paid']).toBe('320000.00 EUR');
    const refused = (): DomainError => {
      try {
        price(strict, { ...full, records: records(3) });
      } catch (error) {
        if (error instanceof DomainError) return error;
      }
      throw new Error('it settled');
    };
    const { code, message, faults } = refused();
    expect(code).toBe('EVIDENCE_INCOMPLETE');
    expect(message).toContain('Only 70% of the records are complete, 80% are needed');
    expect(message).toContain('prac:a: m6 (1), prac:b: m6 (2)');
    expect(faults?.map(({ field, message: text }) => [field, text])).toEqual([
      ['records.0', 'prac:b: m6'],
      ['records.1', 'prac:b: m6'],
      ['records.2', 'prac:a: m6'],
    ]);
  });
});
