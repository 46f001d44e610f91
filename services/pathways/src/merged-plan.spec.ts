import fc from 'fast-check';
import { mergedPlan, type PlannedVisit, weekOf } from './merged-plan';

const rules = { today: '2026-03-02', perWeek: 3, apart: [['day-hospital', 'staging-imaging']] as const };
const visit = (pathwayId: string, what: string, from: string, latest: string, more: Partial<PlannedVisit> = {}) => ({
  pathwayId,
  stepKey: what,
  kind: 'appointment' as const,
  what,
  label: what,
  from,
  latest,
  ...more,
});

describe('the plan of a patient in several pathways', () => {
  it('asks once for what two pathways ask within windows that meet, and names both', () => {
    const { visits, conflicts } = mergedPlan(
      [
        visit('kidney', 'blood-test', '2026-03-09', '2026-03-20', { target: '2026-03-12' }),
        visit('breast', 'blood-test', '2026-03-05', '2026-03-11'),
      ],
      rules,
    );
    expect(visits).toMatchObject([
      {
        what: 'blood-test',
        from: '2026-03-09',
        latest: '2026-03-11',
        day: '2026-03-11',
        origins: [{ pathwayId: 'breast' }, { pathwayId: 'kidney' }],
      },
    ]);
    expect(conflicts).toEqual([]);
  });

  it.each<[string, PlannedVisit]>([
    ['windows that do not meet', visit('kidney', 'blood-test', '2026-03-12', '2026-03-20')],
    [
      'another occurrence of the same pathway',
      visit('breast', 'blood-test', '2026-03-05', '2026-03-11', { stepKey: 'b2' }),
    ],
    ['another kind of visit', visit('kidney', 'urine-test', '2026-03-05', '2026-03-11')],
  ])('never merges %s', (_why, other) => {
    const both = [visit('breast', 'blood-test', '2026-03-05', '2026-03-11'), other];
    expect(mergedPlan(both, rules).visits).toHaveLength(2);
  });

  it('moves what is not booked to a week with room, and raises what finds none', () => {
    const week = (pathwayId: string, what: string) => visit(pathwayId, what, '2026-03-09', '2026-03-13');
    const full = ['a', 'b', 'c'].map((what) => week('breast', what));
    const wide = visit('kidney', 'd', '2026-03-09', '2026-03-27', { target: '2026-03-10' });
    const spread = mergedPlan([...full, wide], rules);
    expect(spread.conflicts).toEqual([]);
    expect(spread.visits.find(({ what }) => what === 'd')).toMatchObject({ day: '2026-03-17' });
    const tight = mergedPlan([...full, week('kidney', 'd')], rules);
    expect(tight.conflicts).toMatchObject([{ conflict: 'over-budget', week: '2026-03-09', count: 4 }]);
  });

  it('raises two visits that should not share a day, and one visit that was booked twice', () => {
    const at = (day: string) => ({ booked: { day, startsAt: `${day}T09:00:00Z` } });
    const clash = mergedPlan(
      [
        visit('breast', 'day-hospital', '2026-03-09', '2026-03-13', at('2026-03-10')),
        visit('kidney', 'staging-imaging', '2026-03-09', '2026-03-13', at('2026-03-10')),
      ],
      rules,
    );
    expect(clash.conflicts).toMatchObject([{ conflict: 'same-day', day: '2026-03-10' }]);
    const twice = mergedPlan(
      [
        visit('breast', 'blood-test', '2026-03-09', '2026-03-13', at('2026-03-10')),
        visit('kidney', 'blood-test', '2026-03-09', '2026-03-13', at('2026-03-12')),
      ],
      rules,
    );
    expect(twice.conflicts).toMatchObject([{ conflict: 'booked-twice', what: 'blood-test' }]);
    expect(twice.visits).toMatchObject([{ day: '2026-03-10', isBooked: true }]);
  });

  it('has what is late done from today on', () => {
    const { visits } = mergedPlan([visit('breast', 'a', '2026-01-05', '2026-01-11')], rules);
    expect(visits).toMatchObject([{ from: '2026-03-02', latest: '2026-03-02', day: '2026-03-02' }]);
  });
});

describe('properties of merged plans', () => {
  const dayAfter = (count: number) =>
    new Date(Date.parse('2026-02-20') + count * 86_400_000).toISOString().slice(0, 10);
  const anyVisit = fc
    .record({
      pathwayId: fc.constantFrom('breast', 'kidney', 'heart'),
      stepKey: fc.constantFrom('s1', 's2', 's3', 's4'),
      kind: fc.constantFrom('appointment' as const, 'questionnaire' as const),
      what: fc.constantFrom('blood-test', 'day-hospital', 'staging-imaging'),
      from: fc.integer({ min: 0, max: 40 }),
      length: fc.integer({ min: 0, max: 30 }),
    })
    .map(({ from, length, ...about }): PlannedVisit => ({
      ...about,
      label: about.what,
      from: dayAfter(from),
      latest: dayAfter(from + length),
    }));
  const many = fc.uniqueArray(anyVisit, {
    maxLength: 12,
    selector: ({ pathwayId, stepKey }) => `${pathwayId}/${stepKey}`,
  });
  const key = ({ pathwayId, stepKey }: { pathwayId: string; stepKey: string }) => `${pathwayId}/${stepKey}`;

  it('nothing is lost and nothing is asked twice', () => {
    fc.assert(
      fc.property(many, (visits) => {
        const told = mergedPlan(visits, rules).visits.flatMap(({ origins }) => origins.map(key));
        expect(told.sort()).toEqual(visits.map(key).sort());
      }),
    );
  });

  it('a merged visit lies within the window of each that it stands for', () => {
    fc.assert(
      fc.property(many, (visits) => {
        const byKey = new Map(visits.map((one) => [key(one), one]));
        for (const { from, latest, day, origins } of mergedPlan(visits, rules).visits) {
          expect(from <= day && day <= latest).toBe(true);
          for (const origin of origins) {
            const own = byKey.get(key(origin));
            const first = own !== undefined && own.from > rules.today ? own.from : rules.today;
            const last = own !== undefined && own.latest > first ? own.latest : first;
            expect(first <= from && latest <= last).toBe(true);
          }
        }
      }),
    );
  });

  it('the order in which the pathways are read changes nothing', () => {
    fc.assert(
      fc.property(many, (visits) => {
        expect(mergedPlan([...visits].reverse(), rules)).toEqual(mergedPlan(visits, rules));
      }),
    );
  });

  it('a week beyond the budget is always raised', () => {
    fc.assert(
      fc.property(many, (visits) => {
        const plan = mergedPlan(visits, rules);
        const weeks = Map.groupBy(plan.visits, ({ day }) => weekOf(day));
        const over = [...weeks].filter(([, all]) => all.length > rules.perWeek).map(([week]) => week);
        const raised = plan.conflicts.flatMap((one) => (one.conflict === 'over-budget' ? [one.week] : []));
        expect(raised.sort()).toEqual(over.sort());
      }),
    );
  });
});
