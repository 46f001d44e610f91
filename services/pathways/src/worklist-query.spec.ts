import fc from 'fast-check';
import { tiers, workReasons } from './work-item';
import { countersOf, matchOf, owners, withoutFacets, type WorkFilter, type WorkGroup } from './worklist-query';

const nurse = { practitionerId: 'nurse', mine: { readers: 'nurse' } };

const groups = fc.array(
  fc.record({
    reason: fc.constantFrom(...workReasons),
    tier: fc.constantFrom(...tiers),
    owner: fc.constantFrom(...owners),
    count: fc.nat(50),
  }),
  { maxLength: 40 },
);

describe('the counters of the worklist', () => {
  it('sum up to the total along the dimension that is not filtered', () => {
    fc.assert(
      fc.property(groups, fc.constantFrom(...workReasons), (all: WorkGroup[], reason) => {
        const { total, reasons, tiers: byTier, owners: byOwner } = countersOf(all, {});
        const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);
        expect([sum(reasons), sum(byTier), sum(byOwner)]).toEqual([total, total, total]);
        const one = countersOf(all, { reasons: [reason] });
        expect(one.total).toBe(reasons[reason]);
        expect(one.reasons).toEqual(reasons);
        expect(sum(one.tiers)).toBe(one.total);
      }),
    );
  });

  it('of several reasons are as long as the lists of each together', () => {
    fc.assert(
      fc.property(groups, fc.uniqueArray(fc.constantFrom(...workReasons), { minLength: 1 }), (all, wanted) => {
        const { reasons } = countersOf(all, {});
        const together = countersOf(all, { reasons: wanted });
        expect(together.total).toBe(wanted.reduce((sum, reason) => sum + reasons[reason], 0));
      }),
    );
    expect(matchOf(nurse, { reasons: ['late', 'alert'] })).toMatchObject({ reason: { $in: ['late', 'alert'] } });
  });

  it('match everything of a filter but what is counted group by group', () => {
    const filter: WorkFilter = { reasons: ['late'], tier: 2, owner: 'me', role: 'IDEC', phase: 'entry' };
    expect(matchOf(nurse, withoutFacets(filter))).toEqual({ readers: 'nurse', ownerRole: 'IDEC', phase: 'entry' });
    expect(matchOf(nurse, filter)).toMatchObject({
      readers: 'nurse',
      reason: 'late',
      rank: { $gte: '2', $lt: '3' },
      ownerId: 'nurse',
    });
  });
});
