import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatMoney, parseMoney } from '@ariane/kernel';
import fc from 'fast-check';
import type { SharedSavingsComponent } from './components';
import type { Contract, ContractDocument } from './contract';
import { loadContract } from './load-contract';
import { price } from './price';
import { recompute } from './recompute';
import { showValue } from './value';

const read = (name: string): ContractDocument =>
  JSON.parse(readFileSync(join(__dirname, '../fixtures', name), 'utf8')) as ContractDocument; // as: our own fixtures
const savingsDocument = read('3-savings.json');
const pmpmDocument = read('2-pmpm.json');
const eur = (cents: bigint): string => formatMoney({ cents, currency: 'EUR' });
const cents = (amount: unknown): bigint => parseMoney(String(amount)).cents;

const settlement = savingsDocument.components.find(
  (component): component is SharedSavingsComponent => component.kind === 'sharedSavings',
)!;
const withSettlement = (change: Partial<SharedSavingsComponent>): Contract =>
  loadContract({
    ...savingsDocument,
    components: savingsDocument.components.map((one) => (one.id === 'settlement' ? { ...settlement, ...change } : one)),
  });
/** What the settlement pays against a benchmark of 11,482.37 a year. */
const paid = (contract: Contract, actual: bigint, qualityScore = '0.87'): bigint =>
  cents(
    price(contract, { personMonths: '12', qualityScore, grossActual: eur(actual), outliers: [], groups: [] }).amounts
      .settlement,
  );
const benchmark = 1148237n;
const someActual = fc.bigInt(0n, 3n * benchmark);

describe('shared savings', () => {
  const contract = loadContract(savingsDocument);

  it('never pay above the cap nor ask above the cap on losses', () => {
    fc.assert(
      fc.property(someActual, fc.integer({ min: 0, max: 100 }), (actual, percent) => {
        const payment = paid(contract, actual, `${percent}%`);
        expect(payment).toBeLessThanOrEqual(114824n);
        expect(payment).toBeGreaterThanOrEqual(-45929n);
      }),
    );
  });

  it('pay nothing below the minimum rate, and from the first euro once it is reached', () => {
    expect(paid(contract, benchmark - 22964n)).toBe(0n);
    expect(paid(contract, benchmark - 22965n)).toBe(9990n);
    expect(paid(contract, benchmark + 22964n)).toBe(0n);
    expect(paid(contract, benchmark + 22965n)).toBe(-6890n);
  });

  it('never pay less for better quality, nor more for a higher cost', () => {
    fc.assert(
      fc.property(someActual, fc.nat({ max: 100 }), fc.nat({ max: 100 }), (actual, one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        expect(paid(contract, actual, `${high}%`)).toBeGreaterThanOrEqual(paid(contract, actual, `${low}%`));
        expect(paid(contract, actual)).toBeGreaterThanOrEqual(paid(contract, actual + BigInt(high) * 1000n));
      }),
    );
  });

  it('ask nothing for losses in a contract without a losing side, and mirror savings where both sides are the same', () => {
    const oneSided = withSettlement({ losses: null });
    const side = { minimumRate: '2%', rate: '50%', cap: '10%' };
    const mirrored = withSettlement({ savings: side, losses: side });
    fc.assert(
      fc.property(fc.bigInt(0n, benchmark), (difference) => {
        expect(paid(oneSided, benchmark + difference)).toBe(0n);
        expect(paid(mirrored, benchmark + difference)).toBe(-paid(mirrored, benchmark - difference));
      }),
    );
  });

  it('by tiers pay each band at its own rate, without a step where bands meet', () => {
    const tiers = [
      { upTo: '25%', rate: '100%' },
      { upTo: '35%', rate: '50%' },
      { upTo: null, rate: '10%' },
    ];
    const corridor = withSettlement({ savings: { minimumRate: '0%', tiers, cap: null }, losses: null });
    expect(paid(corridor, 0n)).toBe(287059n + 57412n + 74635n + 1n);
    fc.assert(
      fc.property(fc.bigInt(1n, benchmark), (actual) => {
        const step = paid(corridor, actual - 1n) - paid(corridor, actual);
        expect(step).toBeGreaterThanOrEqual(0n);
        expect(step).toBeLessThanOrEqual(1n);
      }),
    );
  });

  it.each([
    [[{ upTo: '25%', rate: '100%' }], 'only the last one is open'],
    [
      [
        { upTo: '35%', rate: '1%' },
        { upTo: '25%', rate: '1%' },
        { upTo: null, rate: '1%' },
      ],
      'they do not ascend',
    ],
  ])('are refused with tiers %j', (tiers, reason) => {
    expect(() => withSettlement({ savings: { minimumRate: '0%', tiers, cap: null } })).toThrow(reason);
  });
});

describe('a rate per member and month', () => {
  const contract = loadContract(pmpmDocument);
  const member = fc.record({
    id: fc.stringMatching(/^[a-z]{1,6}$/),
    raw: fc.nat({ max: 5000 }).map((units) => `${Math.floor(units / 1000)}.${String(units % 1000).padStart(3, '0')}`),
    days: fc.nat({ max: 30 }).map(String),
  });
  const members = fc.uniqueArray(member, { selector: ({ id }) => id, maxLength: 20 });

  it('adds up: the total is the sum of the lines, held + net is the total, released + forfeited is what was held', () => {
    fc.assert(
      fc.property(members, fc.nat({ max: 100 }), (rows, percent) => {
        const given = { daysInPeriod: '30', qualityScore: `${percent}%`, members: rows };
        const { amounts } = price(contract, given);
        const lines = Object.values(amounts['cap.lines'] as Record<string, string>); // as: lines are a list
        expect(lines.reduce((total, line) => total + cents(line), 0n)).toBe(cents(amounts.cap));
        expect(cents(amounts.held) + cents(amounts['held.net'])).toBe(cents(amounts.cap));
        expect(cents(amounts.quality) + cents(amounts['quality.forfeited'])).toBe(cents(amounts.held));
      }),
    );
  });

  it('counts a member’s part of the month by days, or the whole of it where the contract says so', () => {
    const rows = [{ id: 'A', raw: '1.045', days: '15' }];
    const given = { daysInPeriod: '30', qualityScore: '1', members: rows };
    const whole = { ...pmpmDocument.components[0]!, proration: 'WHOLE_MONTH' };
    const monthly = loadContract({ ...pmpmDocument, components: [whole, ...pmpmDocument.components.slice(1)] });
    expect(price(contract, given).amounts.cap).toBe('21.25 EUR');
    expect(price(monthly, given).amounts.cap).toBe('42.50 EUR');
    expect(price(monthly, { ...given, members: [{ id: 'A', raw: '1.045' }] }).amounts.cap).toBe('42.50 EUR');
    expect(price(monthly, { ...given, members: [{ id: 'A', raw: '1.045', days: '0' }] }).amounts.cap).toBe('0.00 EUR');
  });

  it('is refused for a member who appears twice, and a score beyond 1', () => {
    const row = { id: 'A', raw: '1', days: '30' };
    const given = { daysInPeriod: '30', qualityScore: '1', members: [row] };
    expect(() => price(contract, { ...given, members: [row, row] })).toThrow('an id appears twice');
    expect(() => price(contract, { ...given, qualityScore: '1.01' })).toThrow('FACT_MALFORMED');
  });
});

describe('every kind', () => {
  it.each(['1-bundle.json', '1a-seed.json', '2-pmpm.json', '3-savings.json', '4-outcome.json'])(
    'explains the transfers of the examples of %s by trees that come to their amounts',
    (file) => {
      const contract = loadContract(read(file));
      const transfers = contract.document.examples.flatMap(({ given }) => price(contract, given).transfers);
      expect(transfers.length).toBeGreaterThan(0);
      for (const transfer of transfers) {
        expect(showValue(recompute(transfer.because, 'HALF_UP'), 'EUR')).toBe(eur(transfer.cents));
      }
    },
  );
});
