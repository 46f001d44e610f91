import { given } from '@ariane/testing';
import { dutyRoster, type DutyRoster } from './duty-roster';

const roster: DutyRoster = {
  rosterId: '01890a5d-ac96-7000-8000-00000000000a',
  role: 'IDEC',
  practitionerId: '01890a5d-ac96-7000-8000-00000000000b',
  from: '2026-03-01',
  timeZone: 'Europe/Paris',
  hours: [{ weekday: 1, from: '08:30', to: '18:30' }],
};
const set = { type: 'DutyRosterSet', data: roster } as const;
const ordered = (changes: Partial<DutyRoster> = {}) => ({ type: 'SetDutyRoster', ...roster, ...changes }) as const;

describe('a line of the duty roster', () => {
  it('is told when it is set, and when it is set otherwise', () => {
    given(dutyRoster).when(ordered()).then(set);
    given(dutyRoster, set).when(ordered()).thenNothing();
    given(dutyRoster, set)
      .when(ordered({ until: '2026-03-31' }))
      .thenState({ until: '2026-03-31' });
  });

  it.each<[string, Partial<DutyRoster>]>([
    ['until', { until: '2026-02-28' }],
    ['timeZone', { timeZone: 'Europe/Nowhere' }],
    ['hours', { hours: [{ weekday: 1, from: '18:30', to: '08:30' }] }],
    ['deputyId', { deputyId: roster.practitionerId }],
  ])('is refused where it makes no sense: %s', (field, changes) => {
    given(dutyRoster).when(ordered(changes)).thenRefused('DUTY_ROSTER_INVALID', field);
  });

  it('may hold a night up to the end of the day', () => {
    const hours = [{ weekday: 7, from: '18:30', to: '24:00' }];
    given(dutyRoster).when(ordered({ hours })).thenState({ hours });
  });
});
