import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compare,
  formatMoney,
  parseMoney,
  rational,
  roundToInteger,
  type RoundingMode,
  subtract,
} from '@ariane/kernel';
import fc from 'fast-check';
import type { SharedSavingsComponent } from './components';
import type { Contract, ContractDocument, Given } from './contract';
import { contractOf } from './contract.fixture';
import { eventsOf, leavesOf } from './explanation';
import { loadContract } from './load-contract';
import { price } from './price';
import type { Line } from './recalculate';
import { recompute } from './recompute';
import { settle } from './settle';
import { showValue } from './value';

/** The invariants of the ledger's design that concern contracts, by their numbers there. */
const root = join(__dirname, '..');
const read = (file: string): ContractDocument => JSON.parse(readFileSync(join(root, file), 'utf8')) as ContractDocument; // as: our own files
const eur = (cents: bigint): string => formatMoney({ cents, currency: 'EUR' });
const cents = (text: unknown): bigint => parseMoney(String(text)).cents;
const listOf = (amount: unknown): Readonly<Record<string, string>> => amount as Record<string, string>; // as: a list of amounts
const total = (all: readonly bigint[]): bigint => all.reduce((sum, one) => sum + one, 0n);

const person = fc.record({ id: fc.stringMatching(/^prac:[a-z]{1,4}$/), points: fc.nat({ max: 1000 }).map(String) });
const people = fc.uniqueArray(person, { selector: ({ id }) => id, minLength: 1, maxLength: 12 });
const amount = fc.bigInt(-(10n ** 9n), 10n ** 9n);

const sharing = (allocation: string, tieBreak = 'ID'): Contract =>
  loadContract(
    contractOf(
      [
        { id: 'flat', kind: 'bundle', price: 'due', split: [{ to: 'pool', share: '100%' }] },
        { id: 'share', kind: 'redistribute', from: 'flat.pool', among: 'team', weight: 'points' },
      ],
      { due: '1.00 EUR', team: [] },
      { rounding: { mode: 'HALF_UP', allocation, tieBreak } },
    ),
  );
const largest = sharing('LARGEST_REMAINDER');
const shares = (contract: Contract, due: bigint, team: object[], more: object = {}): Readonly<Record<string, string>> =>
  listOf(price(contract, { due: eur(due), team, ...more }).amounts.share);

describe('invariant 13, allocation', () => {
  it('13: shares make the whole, each within a cent of its exact part, whatever the order, and zero weight gets zero', () => {
    fc.assert(
      fc.property(amount, people, (due, team) => {
        const given = shares(largest, due, team);
        const weight = total(team.map(({ points }) => BigInt(points)));
        if (weight === 0n) {
          expect(given).toEqual({});
          return;
        }
        expect(total(Object.values(given).map(cents))).toBe(due);
        for (const { id, points } of team) {
          const off = cents(given[id]) * weight - due * BigInt(points);
          expect(off < weight && off > -weight).toBe(true);
          if (points === '0') expect(given[id]).toBe('0.00 EUR');
        }
        expect(shares(largest, due, [...team].reverse())).toEqual(given);
      }),
    );
  });

  it('13: the parts of the opposite are the opposites, and scaled weights change nothing', () => {
    fc.assert(
      fc.property(amount, people, fc.integer({ min: 2, max: 50 }), (due, team, scale) => {
        const given = shares(largest, due, team);
        const opposite = Object.entries(shares(largest, -due, team)).map(([id, text]) => [id, eur(-cents(text))]);
        expect(Object.fromEntries(opposite)).toEqual(given);
        const scaled = team.map((one) => ({ ...one, points: String(Number(one.points) * scale) }));
        expect(shares(largest, due, scaled)).toEqual(given);
      }),
    );
  });

  it('13: cumulative shares stay within a cent of the exact part after any steps, and each step is spent to the cent', () => {
    const cumulative = sharing('CUMULATIVE');
    const steps = fc.array(fc.bigInt(1n, 100_000n), { minLength: 1, maxLength: 8 });
    const team = people.filter((all) => all.some(({ points }) => points !== '0'));
    fc.assert(
      fc.property(steps, team, (dues, all) => {
        let already: Readonly<Record<string, string>> = {};
        for (const due of dues) {
          const step = shares(cumulative, due, all, { allocated: { share: already } });
          expect(total(Object.values(step).map(cents))).toBe(due);
          already = Object.fromEntries(
            all.map(({ id }) => [id, eur(cents(step[id]) + (id in already ? cents(already[id]) : 0n))]),
          );
        }
        const weight = total(all.map(({ points }) => BigInt(points)));
        for (const { id, points } of all) {
          const off = cents(already[id]) * weight - total(dues) * BigInt(points);
          expect(off < weight && off > -weight).toBe(true);
        }
      }),
    );
  });
});

describe('invariant 14, rounding', () => {
  const modes: RoundingMode[] = ['HALF_UP', 'HALF_EVEN', 'DOWN'];
  it('14: is symmetric in every mode, so that a reversal is the exact opposite', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(1n, 10n ** 9n), fc.constantFrom(...modes), (top, bottom, mode) => {
        expect(roundToInteger(rational(-top, bottom), mode)).toBe(-roundToInteger(rational(top, bottom), mode));
      }),
    );
  });

  it('14: happens at a component’s output only, in the contract’s mode: ties of half a cent go where the mode says', () => {
    const half = (mode: string, due: string): unknown => {
      const components = [{ id: 'due', kind: 'bundle', price: 'whole / 2', split: [{ to: 'pool', share: '100%' }] }];
      const rounding = { mode, allocation: 'LARGEST_REMAINDER', tieBreak: 'ID' };
      return price(loadContract(contractOf(components, { whole: due }, { rounding })), { whole: due }).amounts.due;
    };
    expect(modes.map((mode) => half(mode, '0.01 EUR'))).toEqual(['0.01 EUR', '0.00 EUR', '0.00 EUR']);
    expect(modes.map((mode) => half(mode, '0.03 EUR'))).toEqual(['0.02 EUR', '0.02 EUR', '0.01 EUR']);
    expect(modes.map((mode) => half(mode, '-0.01 EUR'))).toEqual(['-0.01 EUR', '0.00 EUR', '0.00 EUR']);
  });

  it('14: no file that prices makes a float of money', () => {
    const pricing = readdirSync(__dirname).filter(
      (file) => file.endsWith('.ts') && !/\.(spec|store|controller|consumer)\./.test(file),
    );
    for (const file of pricing) {
      const text = readFileSync(join(__dirname, file), 'utf8');
      expect(`${file}: ${/parseFloat|toFixed|Number\([^)]*(cents|money)/i.exec(text)?.[0] ?? ''}`).toBe(`${file}: `);
      expect(`${file}: ${/\w*(Cents|Amount|money)\??: number/.exec(text)?.[0] ?? ''}`).toBe(`${file}: `);
    }
  });
});

describe('invariants 15 to 17, recalculation', () => {
  const contract = loadContract(read('fixtures/2-pmpm.json'));
  const subject = { book: 'demo.msp-b', id: 'ep-1', period: '2026-06' };
  const month = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G'),
      raw: fc.constantFrom('0.613', '1.000', '1.872'),
      days: fc.nat({ max: 30 }).map(String),
    }),
    { selector: ({ id }) => id, minLength: 1 },
  );
  const givenOf = (members: object[]): Given => ({ daysInPeriod: '30', qualityScore: '0.85', members });
  const run = (members: object[], lines: readonly Line[]) =>
    settle(contract, subject, givenOf(members), lines, { instants: new Map(), fallback: '2026-06-30T00:00:00Z' }, [
      'e',
    ]);
  const standing = (lines: readonly Line[]) => new Map(lines.map(({ key, posted }) => [key, posted]));

  it('15: a second run over the same facts gives nothing new', () => {
    fc.assert(
      fc.property(month, (members) => {
        const first = run(members, []);
        const second = run(members, first.lines);
        expect(second.drafts).toEqual([]);
        expect(second.lines).toEqual(first.lines);
        expect(second.run).toEqual(first.run);
      }),
    );
  });

  it('16: the order in which members are listed changes neither targets nor lines', () => {
    fc.assert(
      fc.property(month, (members) => {
        expect(standing(run([...members].reverse(), []).lines)).toEqual(standing(run(members, []).lines));
      }),
    );
  });

  it('17: a run after each correction leaves what one run at the end leaves, and the entries add up to it', () => {
    fc.assert(
      fc.property(fc.array(month, { minLength: 1, maxLength: 5 }), (history) => {
        let lines: readonly Line[] = [];
        const balances = new Map<string, bigint>();
        for (const members of history) {
          const step = run(members, lines);
          for (const { a, d, amt } of step.drafts.flatMap(({ legs }) => legs)) {
            balances.set(a, (balances.get(a) ?? 0n) + BigInt(d) * amt);
          }
          lines = step.lines;
        }
        const once = run(history.at(-1)!, []);
        const atEnd = new Map<string, bigint>();
        for (const { a, d, amt } of once.drafts.flatMap(({ legs }) => legs)) {
          atEnd.set(a, (atEnd.get(a) ?? 0n) + BigInt(d) * amt);
        }
        const notZero = (of: ReadonlyMap<string, bigint>) => [...of].filter(([, one]) => one !== 0n).sort();
        expect(notZero(standing(lines))).toEqual(notZero(standing(once.lines)));
        expect(notZero(balances)).toEqual(notZero(atEnd));
      }),
    );
  });
});

describe('invariant 18, conservation of a bundle', () => {
  it('18: price = pool + retained, and pool = payables + undistributed', () => {
    const contract = loadContract(read('fixtures/1-bundle.json'));
    fc.assert(
      fc.property(
        fc.uniqueArray(person, { selector: ({ id }) => id, maxLength: 8 }),
        fc.bigInt(0n, 10n ** 9n),
        (participants, due) => {
          const priced = loadContract({ ...contract.document, params: { price: eur(due) } });
          const { amounts } = price(priced, { pathway: { status: 'COMPLETED' }, participants });
          expect(cents(amounts['forfait.pool']) + cents(amounts['forfait.retained'])).toBe(due);
          const left = cents(amounts['share.undistributed'] ?? '0.00 EUR');
          expect(total(Object.values(listOf(amounts.share)).map(cents)) + left).toBe(cents(amounts['forfait.pool']));
        },
      ),
    );
  });
});

describe('invariant 20, corridors', () => {
  const benchmark = 1148237n;
  const savings = read('fixtures/3-savings.json');
  const settlement = savings.components.find((one): one is SharedSavingsComponent => one.kind === 'sharedSavings')!;
  const rate = fc.nat({ max: 100 }).map((percent) => `${percent}%`);
  const band = fc.record({ width: fc.integer({ min: 1, max: 30 }), rate });
  const tiers = fc.array(band, { minLength: 1, maxLength: 5 }).map((bands) =>
    bands.map((one, index) => ({
      upTo:
        index === bands.length - 1 ? null : `${bands.slice(0, index + 1).reduce((sum, { width }) => sum + width, 0)}%`,
      rate: one.rate,
    })),
  );
  const side = fc.record({
    minimumRate: fc.constantFrom('0%', '2%', '10%'),
    tiers,
    cap: fc.constantFrom(null, '4%', '10%'),
  });
  const corridor = (change: Partial<SharedSavingsComponent>): Contract =>
    loadContract({
      ...savings,
      components: savings.components.map((one) => (one.id === 'settlement' ? { ...settlement, ...change } : one)),
    });
  const paid = (contract: Contract, actual: bigint, qualityScore = '0.87'): bigint =>
    cents(
      price(contract, { personMonths: '12', qualityScore, grossActual: eur(actual), outliers: [], groups: [] }).amounts
        .settlement,
    );
  const actual = fc.bigInt(0n, 3n * benchmark);
  const percentOf = (text: string): bigint => BigInt(text.slice(0, -1));

  it('20: what is paid or asked is never above its cap, and nothing is paid below the minimum rate', () => {
    fc.assert(
      fc.property(side, actual, (one, cost) => {
        const amountDue = paid(corridor({ savings: one, losses: one }), cost);
        const size = amountDue < 0n ? -amountDue : amountDue;
        if (one.cap !== null) expect(size * 100n).toBeLessThanOrEqual(benchmark * percentOf(one.cap) + 50n);
        const saved = benchmark - cost < 0n ? cost - benchmark : benchmark - cost;
        if (saved * 100n < benchmark * percentOf(one.minimumRate)) expect(amountDue).toBe(0n);
      }),
      { numRuns: 1000 },
    );
  });

  it('20: equal sides mirror each other', () => {
    fc.assert(
      fc.property(side, fc.bigInt(0n, benchmark), (one, difference) => {
        const contract = corridor({ savings: one, losses: one });
        expect(paid(contract, benchmark + difference)).toBe(-paid(contract, benchmark - difference));
      }),
    );
  });

  it('20: beyond the minimum a corridor is monotone and without a step: one cent saved moves at most one cent', () => {
    fc.assert(
      fc.property(side, fc.bigInt(1n, 3n * benchmark), (one, cost) => {
        const contract = corridor({ savings: { ...one, minimumRate: '0%' }, losses: null });
        const step = paid(contract, cost - 1n) - paid(contract, cost);
        expect(step === 0n || step === 1n).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['3-savings', savings, 'settlement'],
    ['surgical episodes', read('payment-contracts/surgical-episode.json'), 'result'],
  ])('20: better quality never pays less under %s', (_name, document, id) => {
    const contract = loadContract(document);
    const { given } = document.examples[0]!;
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.nat({ max: 100 }), (a, b) => {
        const due = (percent: number) => cents(price(contract, { ...given, qualityScore: `${percent}%` }).amounts[id]);
        expect(due(Math.max(a, b))).toBeGreaterThanOrEqual(due(Math.min(a, b)));
      }),
    );
  });
});

describe('invariants 21 and 24, evaluation', () => {
  const documents = ['fixtures', 'payment-contracts'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.json'))
      .map((file) => read(`${folder}/${file}`)),
  );

  it('21: pricing is a pure function: the same facts give the same amounts, and are left as they were', () => {
    for (const document of documents) {
      const contract = loadContract(document);
      for (const { given } of document.examples) {
        const before = JSON.stringify(given);
        expect(price(contract, given)).toEqual(price(contract, given));
        expect(JSON.stringify(given)).toBe(before);
      }
    }
  });

  it('24: every transfer’s tree comes to its amount, and its leaves are of the contract or facts with their events', () => {
    for (const document of documents) {
      const contract = loadContract(document);
      for (const { given } of document.examples) {
        const marked = mark(given) as Given; // as: of the same shape
        for (const { because, cents: moved } of price(contract, marked).transfers) {
          const value = recompute(because, document.rounding.mode);
          expect(showValue(value, 'EUR')).toBe(eur(moved));
          if ('amount' in value) expect(compare(subtract(value.amount, rational(moved, 100n)), rational(0n))).toBe(0);
          for (const leaf of leavesOf(because)) expect(['constant', 'parameter', 'fact']).toContain(leaf.of);
          for (const event of eventsOf(because)) expect(event).toMatch(/^event of /);
        }
      }
    }
  });

  /** The same facts, each row with the event that told it. */
  function mark(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(mark);
    if (typeof value !== 'object' || value === null) return value;
    const marked = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mark(member)]));
    return 'id' in marked ? { ...marked, evidence: [`event of ${String(marked.id)}`] } : marked;
  }

  it('24: a fact that an amount rests on brings its event with it', () => {
    const document = read('fixtures/4-outcome.json');
    const facts = { ...document.examples[1]!.given, evidence: { infused: ['e1'], m6: ['e2'], failureDay: ['e3'] } };
    const { transfers } = price(loadContract(document), facts);
    expect(transfers.map(({ line, because }) => [line, eventsOf(because)])).toEqual([
      ['drug.i1', ['e1']],
      ['drug.i2', ['e2']],
      ['drug.late', ['e1', 'e2', 'e3']],
    ]);
  });
});
