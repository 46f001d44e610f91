import fc from 'fast-check';
import { addCompared, type Compared, comparedPathway, flowOf, marginOf, nothingCompared } from './comparison';
import { equivalentOf } from './equivalent';
import type { Line } from './recalculate';
import { loadContract } from './load-contract';
import { contractOf } from './contract.fixture';
import type { Delivery } from './pathway-facts';

type Act = Delivery['evidence'][number];
const act = (kind: Act['kind'], at: string, index = 0): Act => ({
  ...{ source: `${kind}:${at}:${index}`, kind, practitionerId: 'expert', at, eventId: `e${index}` },
});
const zone = 'Europe/Paris';

describe('what acts would have been paid by fee for service', () => {
  it('is at the tariff of the day of each act, in the book’s time zone', () => {
    const acts = [act('opinion', '2025-12-31T22:59:00Z'), act('opinion', '2025-12-31T23:00:00Z')];
    expect(equivalentOf(acts, 'ep-1', undefined, zone)).toEqual({ cents: 4_300n, priced: 2, notPriced: [] });
  });

  it('lists what has no tariff by its kind, never as zero in silence', () => {
    const acts = [
      ...[act('opinion', '2026-03-02T08:00:00Z'), act('meeting', '2026-03-02T08:00:00Z')],
      ...[act('meeting', '2026-03-03T08:00:00Z'), act('consultation', '2026-03-03T08:00:00Z')],
    ];
    expect(equivalentOf(acts, 'ep-1', undefined, zone)).toEqual({
      ...{ cents: 2_300n, priced: 1 },
      notPriced: [
        { act: 'consultation', count: 1, reason: 'no tariff for consultation' },
        { act: 'meeting', count: 2, reason: 'no tariff for meeting' },
      ],
    });
  });

  it('stops at the yearly limit of the same patient and expert, and says so', () => {
    const acts = Array.from({ length: 6 }, (_, index) => act('opinion', '2026-03-02T08:00:00Z', index));
    expect(equivalentOf(acts, 'ep-1', undefined, zone)).toEqual({
      ...{ cents: 9_200n, priced: 4, notPriced: [{ act: 'opinion', count: 2, reason: 'annual-limit' }] },
    });
  });

  it('takes the fees that the pathway’s own contract gives for comparison', () => {
    const component = { id: 'price', kind: 'bundle', price: '100.00 EUR', trigger: 'true', split: [] };
    const equivalents = [{ code: 'consultation', amount: '30.00 EUR', from: '2026-01-01', to: null }];
    const fixture = contractOf([component], {}, { tables: { equivalents } });
    const contract = { document: fixture, sha256: '', ordered: [] } satisfies ReturnType<typeof loadContract>;
    const acts = [act('consultation', '2026-03-02T08:00:00Z'), act('consultation', '2025-03-02T08:00:00Z')];
    expect(equivalentOf(acts, 'ep-1', contract, zone)).toMatchObject({ cents: 3_000n, priced: 1 });
  });
});

describe('capitation beside fee for service', () => {
  const account = fc.constantFrom(
    ...['assets:receivable:org:payer', 'assets:withheld:org:payer:2026', 'liabilities:payable:prac:gp-204'],
    ...['liabilities:pool:c:ep-1', 'income:coordination:c', 'expenses:outside-care'],
  );
  const line = fc
    .record({
      debit: account,
      credit: account,
      posted: fc.bigInt(-100_000n, 100_000n),
      day: fc.constantFrom('05', '06'),
    })
    .filter(({ debit, credit }) => debit !== credit)
    .map(({ day, ...one }): Line => ({
      ...{ key: 'k', rev: 1, name: 'n', code: 'BUNDLE_DUE', eff: `2026-${day}-10T08:00:00Z`, ...one },
    }));
  const lines = fc.array(line, { maxLength: 12 });

  it('has for margin what was earned less what was spent, whatever was posted', () => {
    fc.assert(
      fc.property(lines, (posted) => {
        const sign = (name: string): bigint => (/^(income|expenses):/.test(name) ? 1n : 0n);
        const earned = posted.reduce((sum, one) => sum + (sign(one.credit) - sign(one.debit)) * one.posted, 0n);
        const compared = comparedPathway('ep-1', { evidence: [], lines: posted }, undefined, {
          ...{ timeZone: zone, month: undefined },
        });
        expect(marginOf(compared)).toBe(earned);
      }),
    );
  });

  it('sums over months to what it is over its life, and over pathways to the total, to the cent', () => {
    fc.assert(
      fc.property(lines, (posted) => {
        const evidence = posted.map((one, index) => act(index % 2 === 0 ? 'opinion' : 'meeting', one.eff, index));
        const of = (month: string | undefined) =>
          comparedPathway('ep-1', { evidence: evidence, lines: posted }, undefined, {
            timeZone: zone,
            month,
          });
        const months = [of('2026-05'), of('2026-06')].reduce<Compared>(addCompared, nothingCompared);
        expect({ subject: 'ep-1', ...months }).toEqual(of(undefined));
      }),
    );
  });

  it('counts what a payer owes as received, what a professional is owed as paid out, what is in a pool as accrued', () => {
    const [payer, pool, person] = ['assets:receivable:org:p', 'liabilities:pool:c:ep-1', 'liabilities:payable:prac:a'];
    expect(flowOf(payer, pool, 100n)).toEqual({ receivedCents: 100n, paidOutCents: 0n, accruedCents: 100n });
    expect(flowOf(pool, person, 60n)).toEqual({ receivedCents: 0n, paidOutCents: 60n, accruedCents: -60n });
  });
});
