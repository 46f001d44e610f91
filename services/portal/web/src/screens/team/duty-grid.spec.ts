import { daysFrom, dutyOf, spansOf, uncoveredBy } from './duty-grid';
import type { Leave, Roster } from './team-types';

const roster = (practitionerId: string, changes: Partial<Roster> = {}): Roster => ({
  rosterId: practitionerId,
  role: 'IDEC',
  practitionerId,
  from: '2020-01-01',
  timeZone: 'Europe/Paris',
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' })),
  ...changes,
});
const leave = (practitionerId: string, changes: Partial<Leave> = {}): Leave => ({
  leaveId: `leave-${practitionerId}`,
  practitionerId,
  from: '2026-03-02',
  until: '2026-03-03',
  ...changes,
});
const week = daysFrom('2026-03-02', '2026-03-08');
const uncovered = (rosters: readonly Roster[], leaves: readonly Leave[]) =>
  dutyOf(rosters, leaves, week).flatMap(({ days }) => days.filter((one) => one.isUncovered).map(({ day }) => day));

describe('who is on duty', () => {
  it('is whoever the roster names in its days and weekdays', () => {
    const [row] = dutyOf([roster('a', { until: '2026-03-03' })], [], week);
    expect(row?.days.map(({ turns }) => turns.length)).toEqual([1, 1, 0, 0, 0, 0, 0]);
    expect(row?.days[0]?.turns[0]).toEqual({ practitionerId: 'a', hours: ['08:00–18:00'] });
  });

  it('is nobody on the days on which all who should are away, and not on those without a turn', () => {
    expect(uncovered([roster('a')], [leave('a', { until: '2026-03-08' })])).toEqual(week.slice(0, 5));
    expect(uncovered([roster('a'), roster('b')], [leave('a')])).toEqual([]);
  });

  it('is the deputy, of the leave or of the roster, unless the deputy is away too', () => {
    expect(uncovered([roster('a', { deputyId: 'd' })], [leave('a')])).toEqual([]);
    expect(uncovered([roster('a')], [leave('a', { deputyId: 'd' })])).toEqual([]);
    expect(uncovered([roster('a')], [leave('a', { deputyId: 'd' }), leave('d')])).toEqual(['2026-03-02', '2026-03-03']);
  });
});

describe('a week', () => {
  const spansIn = (rosters: readonly Roster[], leaves: readonly Leave[] = []) =>
    dutyOf(rosters, leaves, week).flatMap(({ days }) => spansOf(days).map((span) => [span.first.day, span.days]));

  it('is drawn as one where nothing changes, and apart where somebody comes, goes or is away', () => {
    expect(spansIn([roster('a')])).toEqual([
      ['2026-03-02', 5],
      ['2026-03-07', 2],
    ]);
    expect(spansIn([roster('a')], [leave('a', { until: '2026-03-02' })])).toEqual([
      ['2026-03-02', 1],
      ['2026-03-03', 4],
      ['2026-03-07', 2],
    ]);
  });
});

describe('what a leave leaves uncovered', () => {
  it('is told before it is recorded: the role and the first day', () => {
    const rosters = [roster('a'), roster('a', { rosterId: 'x', role: 'on-call' }), roster('b')];
    expect(uncoveredBy(leave('a'), rosters, [])).toEqual([{ role: 'on-call', day: '2026-03-02' }]);
  });

  it('counts the colleagues who are away already', () => {
    expect(uncoveredBy(leave('a'), [roster('a'), roster('b')], [leave('b', { from: '2026-03-03' })])).toEqual([
      { role: 'IDEC', day: '2026-03-03' },
    ]);
  });

  it('is nothing for who has no turn', () => {
    expect(uncoveredBy(leave('z'), [roster('a')], [])).toEqual([]);
  });
});
