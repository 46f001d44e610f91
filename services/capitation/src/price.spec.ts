import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatMoney, parseMoney } from '@ariane/kernel';
import fc from 'fast-check';
import type { Contract, ContractDocument } from './contract';
import { leavesOf } from './explanation';
import { loadContract } from './load-contract';
import { checkExamples, price } from './price';
import { recompute } from './recompute';
import { showValue } from './value';

const read = (file: string): ContractDocument =>
  JSON.parse(readFileSync(join(__dirname, '..', file), 'utf8')) as ContractDocument; // as: the test's own fixtures
const bundleDocument = read('fixtures/1-bundle.json');
const pathwayDocument = read('payment-contracts/onco-pathway-a.json');
const changed = (change: Partial<ContractDocument>): Contract => loadContract({ ...bundleDocument, ...change });
const components = (...list: unknown[]) => list as ContractDocument['components']; // as: faulty on purpose

describe('a payment contract', () => {
  it.each([
    'fixtures/1-bundle.json',
    'fixtures/1a-seed.json',
    'fixtures/2-pmpm.json',
    'fixtures/3-savings.json',
    'fixtures/4-outcome.json',
    'payment-contracts/onco-pathway-a.json',
  ])('%s loads and keeps its own examples', (file) => {
    expect(() => {
      checkExamples(loadContract(read(file)));
    }).not.toThrow();
  });

  it('is identified by a hash that does not depend on the order of its fields', () => {
    const backwards = Object.fromEntries(Object.entries(bundleDocument).reverse());
    expect(loadContract(backwards).sha256).toBe(loadContract(bundleDocument).sha256);
    expect(changed({ title: 'Another' }).sha256).not.toBe(loadContract(bundleDocument).sha256);
  });

  it.each([
    ['a field nobody knows', { surprise: true }, 'additional properties'],
    ['another language', { language: 2 }, 'language'],
    ['a time zone that does not exist', { timezone: 'Europe/Nowhere' }, 'timezone'],
    ['a validity that ends before it begins', { validity: { from: '2026-02-01', to: '2026-02-01' } }, 'validity'],
    ['a day that does not exist', { validity: { from: '2026-02-30', to: null } }, 'validity'],
    ['a parameter in another currency', { params: { price: '1.00 USD' } }, 'params.price'],
    ['protocols without a table of points', { protocols: [{ id: 'one' }] }, 'tables.points'],
  ])('refuses %s, and says where', (_, change, place) => {
    expect(() => loadContract({ ...bundleDocument, ...change })).toThrow(place);
  });

  const forfait = bundleDocument.components[0];
  it.each([
    ['shares that do not make 100 %', [{ ...forfait, split: [{ to: 'pool', share: '99.9%' }] }], '100 %'],
    ['a name that nothing gives', [{ ...forfait, price: 'prise' }], 'prise is nowhere'],
    ['money times money', [{ ...forfait, price: 'price * price' }], 'type error'],
    ['a price that is no money', [{ ...forfait, price: '12' }], 'it is num, not money'],
    ['a component twice', [forfait, forfait], 'the name is taken'],
    ['a component that depends on itself', [{ ...forfait, price: 'forfait.pool' }], 'depends on itself'],
    [
      'a redistribution of nothing',
      [forfait, { id: 'share', kind: 'redistribute', from: 'forfait.pot', among: 'participants', weight: 'points' }],
      'no component gives forfait.pot',
    ],
    ['a kind the language does not have', [{ id: 'x', kind: 'lottery' }], 'kind'],
  ])('refuses %s', (_, list, reason) => {
    expect(() => changed({ components: components(...list) })).toThrow(reason);
  });

  it('that fails one of its examples names the example, the amount, and both figures', () => {
    const [example] = bundleDocument.examples;
    const wrong = { ...example!, expect: { ...example!.expect, 'forfait.pool': '1111.12 EUR' } };
    expect(() => {
      checkExamples(changed({ examples: [wrong] }));
    }).toThrow('Example "1b" fails, forfait.pool: expected 1111.12 EUR, computed 1111.11 EUR');
  });

  it('whose example expects nothing fails when something is due', () => {
    const [example] = bundleDocument.examples;
    expect(() => {
      checkExamples(changed({ examples: [{ ...example!, expect: {} }] }));
    }).toThrow('expected nothing');
  });
});

describe('pricing a bundle', () => {
  const contract = loadContract(bundleDocument);
  const participants = fc.uniqueArray(
    fc.record({ id: fc.stringMatching(/^prac:[a-z]{1,6}$/), points: fc.nat({ max: 100_000 }) }),
    { selector: (row) => row.id, maxLength: 10 },
  );
  const givenOf = (rows: readonly { id: string; points: number }[]) => ({
    pathway: { status: 'COMPLETED' },
    participants: rows.map(({ id, points }) => ({ id, points: `${points}`, evidence: [`event of ${id}`] })),
    evidence: { 'pathway.status': ['event of completion'] },
  });

  it('conserves: price = pool + retained, pool = shares + undistributed', () => {
    fc.assert(
      fc.property(participants, fc.bigInt(0n, 10n ** 10n), (rows, cents) => {
        const priced = price(changed({ params: { price: formatMoney({ cents, currency: 'EUR' }) } }), givenOf(rows));
        const amount = (name: string) => parseMoney((priced.amounts[name] ?? '0.00 EUR') as string).cents; // as: a bundle's amounts are texts
        const shares = Object.values(priced.amounts.share as Record<string, string>); // as: share is a list
        const shared = shares.reduce((total, text) => total + parseMoney(text).cents, 0n);
        expect(amount('forfait.pool') + amount('forfait.retained')).toBe(cents);
        expect(shared + amount('share.undistributed')).toBe(amount('forfait.pool'));
        expect(rows.some((row) => row.points > 0) ? amount('share.undistributed') : 0n).toBe(0n);
      }),
    );
  });

  it('explains each transfer by a tree that comes to its amount, whose leaves are the contract or events', () => {
    fc.assert(
      fc.property(participants, (rows) => {
        for (const { because, cents } of price(contract, givenOf(rows)).transfers) {
          expect(showValue(recompute(because, 'HALF_UP'), 'EUR')).toBe(formatMoney({ cents, currency: 'EUR' }));
          for (const leaf of leavesOf(because)) {
            if (leaf.of === 'fact') expect(leaf.events.length).toBeGreaterThan(0);
            else expect(['constant', 'parameter']).toContain(leaf.of);
          }
        }
      }),
    );
  });

  it('says which fact is missing, and which has another type', () => {
    expect(() => price(contract, {})).toThrow('"pathway.status" is missing');
    expect(() => price(contract, { pathway: { status: 'COMPLETED' } })).toThrow('"participants" is missing');
    expect(() => price(contract, { pathway: { status: '3' }, participants: [] })).toThrow('FACT_MALFORMED');
  });

  it('splits a pool that grows cumulatively when the contract says so', () => {
    const rounding = { ...bundleDocument.rounding, allocation: 'CUMULATIVE' as const };
    const thirds = ['a', 'b', 'c'].map((id) => ({ id: `prac:${id}`, points: '1' }));
    const cumulative = changed({ rounding, params: { price: '111.11 EUR' }, examples: [bundleDocument.examples[0]!] });
    let allocated: Record<string, string> = {};
    for (let step = 1; step <= 3; step += 1) {
      const given = { pathway: { status: 'COMPLETED' }, participants: thirds, allocated: { share: allocated } };
      const share = price(cumulative, given).amounts.share as Record<string, string>; // as: share is a list
      const sum = (id: string) => parseMoney(share[id]!).cents + parseMoney(allocated[id] ?? '0.00 EUR').cents;
      allocated = Object.fromEntries(thirds.map(({ id }) => [id, formatMoney({ cents: sum(id), currency: 'EUR' })]));
    }
    expect(Object.values(allocated)).toEqual(['100.00 EUR', '100.00 EUR', '100.00 EUR']);
  });
});

describe('the pathway contract', () => {
  const contract = loadContract(pathwayDocument);

  it('pays something at every exit for work done since the last milestone, and never above the cap', () => {
    const statuses = ['COMPLETED', 'DIED', 'REFUSED', 'TRANSFERRED'];
    const reached = fc.subarray(['diagnosis', 'surgery', 'treatment-end', 'follow-up-year-1']);
    fc.assert(
      fc.property(
        fc.constantFrom(...statuses),
        reached,
        fc.integer({ min: 1, max: 400 }),
        (status, milestones, points) => {
          const exit = [{ id: 'prac:a', points: String(points) }];
          const rest = { diagnosis: [], surgery: [], treatmentEnd: [], followUpYear1: [] };
          const given = {
            pathway: { status },
            milestones,
            exit: { points: String(points) },
            participants: { ...rest, exit },
          };
          const paid = price(contract, given).transfers.filter(
            (transfer) => transfer.credit === 'liabilities:payable:prac:a',
          );
          const cents = paid.reduce((total, transfer) => total + transfer.cents, 0n);
          expect(paid).toHaveLength(1);
          expect(cents).toBeGreaterThan(0n);
          expect(cents).toBeLessThanOrEqual(162000n);
        },
      ),
    );
  });

  it('names neither disease, patient nor protocol in accounts and lines', () => {
    const words = new RegExp(pathwayDocument.protocols!.map(({ id }) => id).join('|'));
    for (const { given } of pathwayDocument.examples) {
      for (const { debit, credit } of price(contract, given).transfers) expect(`${debit} ${credit}`).not.toMatch(words);
    }
  });
});
