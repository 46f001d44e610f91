import { coverEndOf, nextCoverLook } from './cover-end';
import { smallProtocol } from './protocol.fixture';

const watched = {
  ...smallProtocol.document,
  watch: true,
  steps: smallProtocol.document.steps.map((step) =>
    step.kind === 'milestone'
      ? step
      : { ...step, late: { ...step.late, tier: 2 as const, ladder: [{ role: 'SUR', after: '4h' }] } },
  ),
};
const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));
const roster = (role: string, until?: string, from = '2026-01-01') => ({
  rosterId: `${role}/${from}`,
  role,
  practitionerId: role,
  from,
  timeZone: 'Europe/Paris',
  hours,
  ...(until === undefined ? {} : { until }),
});

describe('the end of a cover', () => {
  it('H4: is told two weeks before, with the day and the roles that nobody answers for from then on', () => {
    const rosters = [roster('IDEC', '2026-04-30'), roster('SUR')];
    expect(coverEndOf(watched, rosters, '2026-04-16')).toBeUndefined();
    expect(coverEndOf(watched, rosters, '2026-04-17')).toEqual({ day: '2026-05-01', roles: ['IDEC'] });
    expect(coverEndOf(watched, rosters, '2026-04-30')).toEqual({ day: '2026-05-01', roles: ['IDEC'] });
  });

  it('is none where another roster goes on, nor in a protocol that need not be watched', () => {
    const relieved = [roster('IDEC', '2026-04-30'), roster('IDEC', undefined, '2026-05-01'), roster('SUR')];
    expect(coverEndOf(watched, relieved, '2026-04-20')).toBeUndefined();
    const ending = [roster('IDEC', '2026-04-30'), roster('SUR')];
    expect(coverEndOf({ ...watched, watch: false }, ending, '2026-04-20')).toBeUndefined();
  });

  it('is the first of several', () => {
    const both = [roster('IDEC', '2026-04-30'), roster('SUR', '2026-04-25')];
    expect(coverEndOf(watched, both, '2026-04-20')).toEqual({ day: '2026-04-26', roles: ['SUR'] });
  });

  it('is looked for next two weeks before the next roster ends, at the start of the day there', () => {
    const rosters = [roster('IDEC', '2026-04-30'), roster('SUR', '2026-06-30')];
    expect(nextCoverLook(rosters, '2026-03-01T00:00:00Z')).toBe('2026-04-16T22:00:00.000Z');
    expect(nextCoverLook(rosters, '2026-04-16T22:00:00Z')).toBe('2026-06-16T22:00:00.000Z');
    expect(nextCoverLook([roster('IDEC')], '2026-03-01T00:00:00Z')).toBeNull();
  });
});
