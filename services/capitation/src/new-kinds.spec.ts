import fc from 'fast-check';
import { formatMoney, parseMoney } from '@ariane/kernel';
import { contractOf } from './contract.fixture';
import { loadContract } from './load-contract';
import { price } from './price';

const eur = (cents: bigint): string => formatMoney({ cents, currency: 'EUR' });
const cents = (amount: unknown): bigint => parseMoney(String(amount)).cents;
const load = (components: readonly object[], given: object, more: object = {}) =>
  loadContract(contractOf(components, given, more));
const priced = (components: readonly object[], given: object, more: object = {}) =>
  price(load(components, given, more), given as Record<string, unknown>); // as: any object is one of facts
const someCents = fc.bigInt(-(10n ** 9n), 10n ** 9n);
const split = [
  { to: 'pool', share: '90%' },
  { to: 'retained', share: '10%' },
];

describe('a table', () => {
  const tables = {
    rates: [
      {
        stage: '4',
        ageFrom: '18',
        ageTo: '75',
        amount: '10.00 EUR',
        from: '2026-01-01',
        to: '2026-07-01',
        source: 'one',
      },
      { stage: '4', ageFrom: '18', ageTo: '75', amount: '11.00 EUR', from: '2026-07-01', to: null, source: 'two' },
      { stage: '4', ageFrom: '75', amount: '15.00 EUR', from: '2026-01-01', to: null },
      { stage: '5', territory: 'island', amount: '30.00 EUR', from: '2026-01-01', to: null },
      { stage: '5', territory: 'mainland', amount: '20.00 EUR', from: '2026-01-01', to: null },
    ],
  };
  const component = {
    id: 'due',
    kind: 'table',
    table: 'rates',
    by: ['stage', 'age', 'territory'],
    among: 'patients',
    times: 'weight',
  };
  const row = (id: string, stage: string, age: string, territory = 'mainland', weight = '1') => ({
    id,
    stage,
    age,
    territory,
    weight,
  });
  const given = (from: string, ...patients: object[]) => ({ period: { from, to: '2027-01-01' }, patients });

  it('gives each the rate of their stage, age band and territory on the day, times a quantity', () => {
    const { amounts } = priced(
      [component],
      given(
        '2026-06-30',
        row('a', '4', '18'),
        row('b', '4', '74'),
        row('c', '4', '75'),
        row('d', '5', '3', 'island', '2'),
      ),
      { tables },
    );
    expect(amounts['due.lines']).toEqual({ a: '10.00 EUR', b: '10.00 EUR', c: '15.00 EUR', d: '60.00 EUR' });
    expect(priced([component], given('2026-07-01', row('a', '4', '18')), { tables }).amounts.due).toBe('11.00 EUR');
  });

  it('refuses facts for which there is no row, and says which', () => {
    const facts = given('2026-06-30', row('a', '4', '17'));
    expect(() => price(load([component], facts, { tables }), facts)).toThrow('no row for 4, 17, mainland, 2026-06-30');
  });

  it.each([
    ['a table that is not there', { table: 'prices' }, 'there is no table prices'],
    ['a key that no fact has', { by: ['stage', 'colour'] }, 'colour is nowhere'],
    ['a quantity of money', { times: 'amount' }, 'amount is nowhere'],
  ])('refuses %s at load', (_name, change, reason) => {
    expect(() => load([{ ...component, ...change }], given('2026-06-30', row('a', '4', '20')), { tables })).toThrow(
      reason,
    );
  });

  it.each([
    [
      'two rows for the same facts and days',
      { stage: '5', amount: '1.00 EUR', from: '2026-12-31', to: null },
      'another row answers',
    ],
    ['a row without money', { stage: '6', amount: '1' }, 'not money of the contract'],
    ['a row in another currency', { stage: '6', amount: '1.00 USD' }, 'not money of the contract'],
    ['a value that is also a band', { stage: '6', stageFrom: '3', amount: '1.00 EUR' }, 'both a value and a band'],
    ['a day that is none', { stage: '6', amount: '1.00 EUR', from: 'soon' }, 'from is no day'],
  ])('refuses %s', (_name, extra, reason) => {
    const facts = given('2026-06-30', row('a', '4', '20'));
    expect(() => load([component], facts, { tables: { rates: [...tables.rates, extra] } })).toThrow(reason);
  });
});

describe('a penalty', () => {
  const rules = [
    { id: 'half', when: 'short', reduction: '50%' },
    { id: 'third', when: 'noNurse', reduction: '33%' },
    { id: 'all', when: 'noDoctor', reduction: '100%' },
  ];
  const component = {
    id: 'due',
    kind: 'penalty',
    patients: 'patients',
    amount: 'amount',
    rules,
    combine: 'MULTIPLICATIVE',
  };
  const given = (short: boolean, noNurse: boolean, noDoctor = false) => ({
    patients: [{ id: 'p', amount: '100.00 EUR', short, noNurse, noDoctor }],
  });

  it('takes shares of what is left, or of the whole where the contract adds them: 33.50 against 17.00', () => {
    expect(priced([component], given(true, true)).amounts.due).toBe('33.50 EUR');
    expect(priced([{ ...component, combine: 'ADDITIVE' }], given(true, true)).amounts.due).toBe('17.00 EUR');
    expect(priced([{ ...component, combine: 'ADDITIVE' }], given(true, true, true)).amounts.due).toBe('0.00 EUR');
    expect(priced([component], given(false, false)).amounts.due).toBe('100.00 EUR');
  });

  it('never pays less when one more condition is met, and never a negative amount', () => {
    const flags = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(flags, fc.nat({ max: 2 }), fc.constantFrom('MULTIPLICATIVE', 'ADDITIVE'), (unmet, index, combine) => {
        const due = (of: boolean[]) =>
          cents(priced([{ ...component, combine }], given(of[0]!, of[1]!, of[2])).amounts.due);
        const better = unmet.map((flag, at) => flag && at !== index);
        expect(due(better)).toBeGreaterThanOrEqual(due(unmet));
        expect(due(unmet)).toBeGreaterThanOrEqual(0n);
      }),
    );
  });

  it('pays in twelfths that make the whole, within a cent of each other', () => {
    const twelfths = { ...component, instalments: 12, reached: 'passed', split };
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 8 }), fc.nat({ max: 12 }), (amount, passed) => {
        const facts = {
          passed: String(passed),
          patients: [{ id: 'p', amount: eur(BigInt(amount)), short: false, noNurse: false, noDoctor: false }],
        };
        const { amounts, transfers } = priced([twelfths], facts);
        const parts = Object.values(amounts['due.instalments'] as Record<string, string>).map(cents); // as: a list
        expect(parts.reduce((total, part) => total + part, 0n)).toBe(BigInt(amount));
        expect(parts[0]! - parts[11]!).toBeLessThanOrEqual(1n);
        expect(cents(amounts['due.toDate'])).toBe(parts.slice(0, passed).reduce((total, part) => total + part, 0n));
        expect(transfers.reduce((total, transfer) => total + transfer.cents, 0n)).toBe(cents(amounts['due.toDate']));
      }),
    );
  });

  it.each(['13', '-1', '1.5'])('refuses %s of twelve months', (passed) => {
    const facts = { passed: '1', ...given(false, false) };
    const contract = load([{ ...component, instalments: 12, reached: 'passed' }], facts);
    expect(() => price(contract, { ...facts, passed })).toThrow('not a whole number from 0 to 12');
  });

  it('refuses a reduction above the whole, and a count of months without parts', () => {
    const above = [{ ...component, rules: [{ id: 'x', when: 'short', reduction: '101%' }] }];
    expect(() => priced(above, given(true, false))).toThrow('not from 0 to 1');
    expect(() => load([{ ...component, reached: '1' }], given(true, false))).toThrow('instalments');
  });
});

describe('a floor', () => {
  it('is never below its minimum nor above its ceiling, and tops up by the difference', () => {
    const component = { id: 'due', kind: 'floor', of: 'fees', minimum: 'least', maximum: 'most', split };
    fc.assert(
      fc.property(someCents, fc.nat({ max: 10 ** 8 }), fc.nat({ max: 10 ** 8 }), (fees, least, width) => {
        const facts = { fees: eur(fees), least: eur(BigInt(least)), most: eur(BigInt(least + width)) };
        const { amounts, transfers } = priced([component], facts);
        const due = cents(amounts.due);
        expect(due >= BigInt(least) && due <= BigInt(least + width)).toBe(true);
        expect(cents(amounts['due.topUp'])).toBe(due - fees);
        expect(transfers.reduce((total, transfer) => total + transfer.cents, 0n)).toBe(due - fees);
      }),
    );
  });
});

describe('fees set against a capitation', () => {
  it('are taken off it, each by its share, so that forfait and act are not both paid', () => {
    const components = [
      { id: 'cap', kind: 'bundle', price: 'flat', split: [{ to: 'retained', share: '100%' }] },
      { id: 'net', kind: 'ffsOffset', of: 'cap', claims: 'claims', amount: 'paid', share: '80%' },
    ];
    const { amounts, transfers } = priced(components, {
      flat: '1000.00 EUR',
      claims: [
        { id: 'c1', paid: '23.00 EUR' },
        { id: 'c2', paid: '0.02 EUR' },
      ],
    });
    expect(amounts).toMatchObject({
      net: '981.58 EUR',
      'net.offset': '18.42 EUR',
      'net.lines': { c1: '18.40 EUR', c2: '0.02 EUR' },
    });
    expect(transfers.at(-1)).toMatchObject({ code: 'FEE_OFFSET', credit: 'assets:receivable:org:payer', cents: 1842n });
  });
});

describe('growth', () => {
  const component = {
    ...{ id: 'due', kind: 'growth', level: 'level', trend: 'trend', weights: { level: '1/3', trend: '2/3' } },
    ...{ share: '50%', patients: 'patients' },
  };
  const given = (level: bigint, trend: bigint, patients = '8000') => ({
    level: eur(level),
    trend: eur(trend),
    patients,
  });

  it.each([
    [1200n, 900n, '40000.00 EUR'],
    [-1200n, 900n, '24000.00 EUR'],
    [3000n, -500n, '40000.00 EUR'],
    [-1n, -1n, '0.00 EUR'],
  ])('with a level of %i and a trend of %i cents pays %s', (level, trend, due) => {
    expect(priced([component], given(level, trend)).amounts.due).toBe(due);
  });

  it('never pays less for a better level or trend, nor a negative amount', () => {
    fc.assert(
      fc.property(someCents, someCents, fc.nat({ max: 10 ** 6 }), (level, trend, more) => {
        const due = (one: bigint, other: bigint) => cents(priced([component], given(one, other, '37')).amounts.due);
        expect(due(level, trend)).toBeGreaterThanOrEqual(0n);
        expect(due(level + BigInt(more), trend)).toBeGreaterThanOrEqual(due(level, trend));
        expect(due(level, trend + BigInt(more))).toBeGreaterThanOrEqual(due(level, trend));
      }),
    );
  });

  it('refuses weights that do not make 1', () => {
    expect(() => load([{ ...component, weights: { level: '1/3', trend: '0.66' } }], given(1n, 1n))).toThrow(
      'do not make 1',
    );
  });
});

describe('a carry', () => {
  const component = { id: 'due', kind: 'carry', of: 'result', carried: 'before', limit: 'most', split };

  it('loses nothing: result + carried in = paid + carried out − forgiven, and a deficit is never paid', () => {
    fc.assert(
      fc.property(someCents, someCents, fc.nat({ max: 10 ** 8 }), (result, before, most) => {
        const facts = { result: eur(result), before: eur(before), most: eur(BigInt(most)) };
        const { amounts } = priced([component], facts);
        const [paid, carried, forgiven] = [amounts.due, amounts['due.carried'], amounts['due.forgiven']].map(cents) as [
          bigint,
          bigint,
          bigint,
        ]; // as: three
        expect(paid + carried - forgiven).toBe(result + before);
        expect(paid >= 0n && carried <= 0n && forgiven >= 0n && carried >= -BigInt(most)).toBe(true);
        expect(paid === 0n || carried === 0n).toBe(true);
      }),
    );
  });

  it('over periods pays what one period of them all would pay, when the last one leaves no deficit', () => {
    const forever = { ...component, limit: undefined };
    fc.assert(
      fc.property(fc.array(fc.bigInt(-1000n, 1000n), { minLength: 1, maxLength: 12 }), (results) => {
        let [before, paid] = [0n, 0n];
        for (const result of results) {
          const { amounts } = priced([forever], { result: eur(result), before: eur(before) });
          paid += cents(amounts.due);
          before = cents(amounts['due.carried']);
        }
        expect(paid + before).toBe(results.reduce((total, result) => total + result, 0n));
      }),
    );
  });
});

describe('a pool', () => {
  const component = {
    ...{ id: 'territory', kind: 'pool', fees: 'memberFees', carried: 'before', among: 'key', weight: 'points' },
    deductions: [
      { id: 'outside', amount: 'outsideCare' },
      { id: 'stopLoss', amount: 'premium' },
      { id: 'reserve', amount: 'memberFees * 5%' },
    ],
  };
  const given = (
    fees: bigint,
    outside: bigint,
    before = 0n,
    key: object[] = [
      { id: 'org:a', points: '2' },
      { id: 'org:b', points: '1' },
    ],
  ) => ({
    ...{ memberFees: eur(fees), outsideCare: eur(outside), premium: '10.00 EUR', before: eur(before), key },
  });

  it('shares by the key what outside care, stop-loss and reserve leave of the fees', () => {
    const { amounts, transfers } = priced([component], given(100000n, 20000n));
    expect(amounts).toMatchObject({
      territory: '740.00 EUR',
      'territory.reserve': '50.00 EUR',
      'territory.carried': '0.00 EUR',
      'territory.shares': { 'org:a': '493.33 EUR', 'org:b': '246.67 EUR' },
    });
    expect(transfers.map(({ line, credit, cents: moved }) => [line, credit, moved])).toEqual([
      ['territory.fees', 'liabilities:pool:a-contract:{subject}', 100000n],
      ['territory.outside', 'liabilities:pool:a-contract:{subject}:outside', 20000n],
      ['territory.stopLoss', 'liabilities:pool:a-contract:{subject}:stopLoss', 1000n],
      ['territory.reserve', 'liabilities:reserve:a-contract', 5000n],
      ['territory/org:a', 'liabilities:payable:org:a', 49333n],
      ['territory/org:b', 'liabilities:payable:org:b', 24667n],
    ]);
  });

  it('carries a deficit to the next period, and shares nothing of it', () => {
    const { amounts } = priced([component], given(100000n, 110000n));
    expect(amounts).toMatchObject({
      territory: '0.00 EUR',
      'territory.carried': '-160.00 EUR',
      'territory.shares': { 'org:a': '0.00 EUR' },
    });
    expect(priced([component], given(100000n, 20000n, -16000n)).amounts.territory).toBe('580.00 EUR');
  });

  it('loses nothing: fees − deductions + carried in = shares + undistributed + carried out', () => {
    const holder = fc.record({
      id: fc.constantFrom('org:a', 'org:b', 'org:c', 'org:d'),
      points: fc.nat({ max: 9 }).map(String),
    });
    const key = fc.uniqueArray(holder, { selector: ({ id }) => id });
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 8n),
        fc.bigInt(0n, 10n ** 8n),
        fc.bigInt(-(10n ** 6n), 0n),
        key,
        (fees, outside, before, rows) => {
          const { amounts } = priced([component], given(fees, outside, before, rows));
          const shared = Object.values(amounts['territory.shares'] as Record<string, string>).map(cents); // as: a list
          const left = cents(amounts['territory.undistributed'] ?? '0.00 EUR') + cents(amounts['territory.carried']);
          const spent = ['outside', 'stopLoss', 'reserve'].map((id) => cents(amounts[`territory.${id}`]));
          expect(shared.reduce((total, one) => total + one, 0n) + left).toBe(
            spent.reduce((rest, one) => rest - one, fees + before),
          );
        },
      ),
    );
  });

  it('refuses a deduction that is named like another amount', () => {
    const twice = [{ ...component, deductions: [{ id: 'shares', amount: 'premium' }] }];
    expect(() => load(twice, given(1n, 1n))).toThrow('territory.shares would be two amounts');
  });
});

describe('a gated forfait', () => {
  const component = {
    ...{ id: 'month', kind: 'gatedForfait', patients: 'patients', amount: 'flat', split },
    gates: [
      { id: 'consent', when: 'consent' },
      { id: 'adherence', when: 'adherence > 50%' },
    ],
  };

  it('is due above half of the data and with consent, and a zero line names its gate', () => {
    const patients = [
      { id: 'a', consent: true, adherence: '0.51' },
      { id: 'b', consent: true, adherence: '50%' },
      { id: 'c', consent: false, adherence: '1' },
    ];
    const { amounts } = priced([component], { patients }, { params: { flat: '28.00 EUR' } });
    expect(amounts).toMatchObject({
      month: '28.00 EUR',
      'month.lines': { a: '28.00 EUR', b: '0.00 EUR', c: '0.00 EUR' },
      'month.reasons': { b: 'adherence', c: 'consent' },
      'month.pool': '25.20 EUR',
    });
  });

  it('refuses a month told twice for one patient, and a gate whose fact is missing', () => {
    const row = { id: 'a', consent: true, adherence: '1' };
    const contract = load([component], { patients: [row] }, { params: { flat: '28.00 EUR' } });
    expect(() => price(contract, { patients: [row, row] })).toThrow('an id appears twice');
    expect(() => price(contract, { patients: [{ id: 'a', adherence: '1' }] })).toThrow('"consent" is missing');
  });
});

describe('fees for service', () => {
  const tables = { tariffs: [{ code: 'TE2', amount: '23.00 EUR', from: '2026-01-01', to: null }] };
  const component = {
    ...{ id: 'fees', kind: 'feeForService', acts: 'acts', table: 'tariffs', by: ['code'], on: 'date', payee: 'expert' },
    exclusions: [{ id: 'covered', when: 'covered' }],
    limits: [{ id: 'yearly', codes: ['TE2'], per: ['patient', 'expert'], count: 4 }],
  };
  const act = fc.record({
    id: fc.uuid(),
    code: fc.constant('TE2'),
    date: fc.constantFrom('2026-01-01', '2026-06-01', '2026-12-31', '2027-01-01'),
    patient: fc.constantFrom('p1', 'p2'),
    expert: fc.constantFrom('prac:x', 'prac:y'),
    covered: fc.boolean(),
  });
  const acts = fc.uniqueArray(act, { selector: ({ id }) => id, minLength: 1, maxLength: 40 });

  it('never pay more than four acts of a civil year for one patient and expert, in whatever order they are heard', () => {
    fc.assert(
      fc.property(
        acts.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, other]) => {
          const { amounts } = priced([component], { acts: list }, { tables });
          expect(priced([component], { acts: other }, { tables }).amounts.fees).toBe(amounts.fees);
          const lines = amounts['fees.lines'] as Record<string, string>; // as: a list
          const paid = list.filter(({ id }) => lines[id] === '23.00 EUR');
          const groups = Object.values(
            Object.groupBy(paid, ({ patient, expert, date }) => `${patient} ${expert} ${date.slice(0, 4)}`),
          );
          for (const group of groups) expect(group!.length).toBeLessThanOrEqual(4);
          for (const one of list.filter(({ covered }) => covered)) expect(lines[one.id]).toBe('0.00 EUR');
          expect(cents(amounts.fees)).toBe(2300n * BigInt(paid.length));
        },
      ),
    );
  });

  it('are owed to who did the act, line by line; a zero line moves nothing', () => {
    const one = { id: 'a', code: 'TE2', date: '2026-03-01', patient: 'p', expert: 'prac:x', covered: false };
    const { transfers } = priced([component], { acts: [one, { ...one, id: 'b', covered: true }] }, { tables });
    expect(transfers.map(({ line, credit, cents: moved }) => [line, credit, moved])).toEqual([
      ['fees/a', 'liabilities:payable:prac:x', 2300n],
    ]);
  });
});

describe('parts and lines', () => {
  it('of a component that would name two amounts alike are refused', () => {
    const gross = [{ to: 'topUp', share: '100%' }];
    const component = { id: 'due', kind: 'floor', of: 'fees', minimum: 'fees', split: gross };
    expect(() => load([component], { fees: '1.00 EUR' })).toThrow('due.topUp would be two amounts');
  });

  it('of a list are read as their sum by other components', () => {
    const components = [
      { id: 'forfait', kind: 'bundle', price: 'flat', split },
      { id: 'share', kind: 'redistribute', from: 'forfait.pool', among: 'team', weight: 'points' },
      { id: 'held', kind: 'withhold', of: 'share', share: '10%' },
    ];
    const facts = {
      flat: '100.00 EUR',
      team: [
        { id: 'prac:a', points: '1' },
        { id: 'prac:b', points: '2' },
      ],
    };
    expect(priced(components, facts).amounts).toMatchObject({ held: '9.00 EUR', 'held.net': '81.00 EUR' });
  });
});
