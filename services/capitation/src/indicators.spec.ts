import fc from 'fast-check';
import { rational } from '@ariane/kernel';
import { indicators, measured } from './indicators';
import type { PathwayAccount } from './pathway-account';
import { addCounts, closedInTime, countsOf, noCounts, pathwayIndicators, visitsIn } from './pathway-indicators';

type Account = Pick<PathwayAccount, 'enrolledAt' | 'evidence' | 'closing'>;
const act = (kind: 'consultation' | 'opinion' | 'meeting', at: string, source = at): Account['evidence'][number] => ({
  ...{ source: `${kind}:${source}`, kind, practitionerId: 'p', at, eventId: 'e' },
});
const account = (of: Partial<Account>): Account => ({
  ...{ enrolledAt: '2026-03-02T08:00:00Z', evidence: [], closing: null, ...of },
});

describe('indicators of pathways', () => {
  it('are means of sums: those of several pathways add up to the whole, to the cent and the day', () => {
    const instant = fc.integer({ min: 0, max: 300 }).map((days) => new Date(1.7e12 + days * 86_400_000).toISOString());
    const some = fc.record({
      enrolledAt: fc.option(instant, { nil: null }),
      evidence: fc.array(
        fc
          .tuple(fc.constantFrom('consultation' as const, 'opinion' as const), instant)
          .map(([kind, at]) => act(kind, at)),
      ),
      cents: fc.bigInt(0n, 1_000_000n),
    });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1 }), (all) => {
        const counts = all.map(({ cents, ...of }) => countsOf(account(of), cents));
        const whole = counts.reduce(addCounts, noCounts);
        const [cost] = pathwayIndicators(whole);
        const cents = all.reduce((sum, one) => sum + one.cents, 0n);
        expect(cost).toMatchObject({ value: rational(cents, 100n * BigInt(all.length)) });
        expect(whole.firstActDays).toBe(counts.reduce((sum, one) => sum + one.firstActDays, 0n));
      }),
    );
  });

  it('count a visit once, whoever of two professionals took part', () => {
    const visit = act('consultation', '2026-03-04T08:00:00Z');
    const counts = countsOf(account({ evidence: [visit, { ...visit, practitionerId: 'q' }] }), 0n);
    expect(counts).toMatchObject({ visits: 1n, opinions: 0n });
  });

  it('measure delays in whole days from enrolment, and look at no act before it', () => {
    const evidence = [act('meeting', '2026-03-01T08:00:00Z'), act('opinion', '2026-03-05T07:59:59Z')];
    const closing = { status: 'COMPLETED' as const, at: '2026-03-12T08:00:00Z', eventId: 'e' };
    expect(countsOf(account({ evidence, closing }), 0n)).toMatchObject({
      ...{ firstActDays: 2n, begun: 1n, endDays: 10n, ended: 1n },
    });
    expect(countsOf(account({ enrolledAt: null, evidence, closing }), 0n)).toMatchObject({ begun: 0n, ended: 0n });
  });

  it('are missing where there is nothing to count, never zero', () => {
    expect(measured('end', rational(0n), 0n)).toEqual({
      ...{ id: 'end', state: 'NOT_ASSESSED', reason: 'missing: pathways that have ended' },
    });
    const states = pathwayIndicators(noCounts).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['NOT_ASSESSED']));
  });

  it('count a month’s visits by the book’s midnight', () => {
    const evidence = [act('consultation', '2026-03-31T21:59:00Z'), act('consultation', '2026-03-31T22:00:00Z')];
    expect(visitsIn({ evidence }, '2026-03', 'Europe/Paris')).toBe(1n);
  });

  it('have each a definition under its own name, in French and in English', () => {
    for (const [id, { fr, en, source, version, ...definition }] of Object.entries(indicators)) {
      expect(definition.id).toBe(id);
      expect([fr, en, source, definition.numerator, definition.denominator].every((text) => text !== '')).toBe(true);
      expect(fr).not.toBe(en);
      expect(version).toBeGreaterThan(0);
    }
  });
});

describe('months closed in time', () => {
  it('are those closed by their day, of the months whose day has passed', () => {
    const months = [
      { due: '2026-02-07T23:00:00Z', closedAt: '2026-02-07T23:00:00Z' },
      { due: '2026-03-07T23:00:00Z', closedAt: '2026-03-08T08:00:00Z' },
      { due: '2026-04-07T22:00:00Z', closedAt: null },
      { due: '2026-05-07T22:00:00Z', closedAt: null },
    ];
    expect(closedInTime(months, '2026-05-01T08:00:00Z')).toMatchObject({ value: rational(1n, 3n), denominator: 3n });
    expect(closedInTime(months, '2026-01-01T08:00:00Z')).toMatchObject({ state: 'NOT_ASSESSED' });
  });
});
