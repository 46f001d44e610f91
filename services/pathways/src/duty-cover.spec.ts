import { loadProtocol } from '@ariane/protocol';
import fc from 'fast-check';
import { type Cover, type DutyHours, noCover, ownerOnDuty, type Roster, told, uncovered } from './duty-cover';
import { smallProtocol } from './protocol.fixture';

/** A Monday morning in Paris, and the night after. */
const at = '2026-03-02T09:00:00Z';
const night = '2026-03-02T22:00:00Z';
const team = [
  { practitionerId: 'coordinator', role: 'coordinator' },
  { practitionerId: 'nurse', role: 'IDEC' },
  { practitionerId: 'other nurse', role: 'IDEC' },
  { practitionerId: 'surgeon', role: 'SUR' },
];
const days = (from: string, to: string, weekdays = [1, 2, 3, 4, 5, 6, 7]): DutyHours[] =>
  weekdays.map((weekday) => ({ weekday, from, to }));
const roster = (role: string, practitionerId: string, hours: readonly DutyHours[], more: Partial<Roster> = {}): Roster => ({
  rosterId: `${role}/${practitionerId}`,
  role,
  practitionerId,
  from: '2026-01-01',
  timeZone: 'Europe/Paris',
  hours,
  ...more,
}); // prettier-ignore
const leave = (practitionerId: string, deputyId?: string) => ({
  leaveId: practitionerId,
  practitionerId,
  from: '2026-03-02',
  until: '2026-03-06',
  timeZone: 'Europe/Paris',
  ...(deputyId === undefined ? {} : { deputyId }),
});
const cover = (rosters: readonly Roster[], ...leaves: ReturnType<typeof leave>[]): Cover => ({ rosters, leaves });
const owner = (known: Cover, roles: readonly string[], instant = at, had: readonly string[] = []) =>
  ownerOnDuty(known, { team, roles, at: instant }, had)?.practitionerId;

describe('who owns what falls to a role', () => {
  it('is who holds it in the care team; who has no roster is on duty', () => {
    expect(owner(noCover, ['IDEC'])).toBe('nurse');
    expect(owner(noCover, ['RAD', 'SUR'])).toBe('surgeon');
  });

  it('is who of them is on duty at that instant, and not on leave', () => {
    expect(owner(cover([roster('IDEC', 'nurse', days('13:00', '18:00'))]), ['IDEC'])).toBe('other nurse');
    expect(owner(cover([], leave('nurse')), ['IDEC'])).toBe('other nurse');
    expect(owner(cover([], leave('nurse')), ['IDEC'], '2026-03-06T22:59:59Z')).toBe('other nurse');
    expect(owner(cover([], leave('nurse')), ['IDEC'], '2026-03-06T23:00:00Z')).toBe('nurse');
  });

  it('is the deputy whom the leave or the roster names, then the deputies’ role, then the roster’s, then the coordinator', () => {
    const away = leave('surgeon', 'stand-in');
    const onCall = roster('SUR', 'on call', days('00:00', '24:00'));
    expect(owner(cover([onCall], away), ['SUR', 'IDEC'])).toBe('stand-in');
    expect(owner(cover([onCall], leave('surgeon')), ['SUR', 'IDEC'])).toBe('nurse');
    expect(owner(cover([onCall], leave('surgeon')), ['SUR'])).toBe('on call');
    expect(owner(cover([], leave('surgeon')), ['SUR'])).toBe('coordinator');
  });

  it('H4: is somebody, whoever is away: the coordinator last of all', () => {
    const everybody = team.map(({ practitionerId }) => leave(practitionerId));
    expect(owner(cover([], ...everybody), ['SUR'])).toBe('coordinator');
    const nobody = roster('coordinator', 'coordinator', days('08:00', '18:00'));
    expect(owner(cover([nobody]), ['RAD'], night)).toBe('nurse');
  });

  it('is not who has had it already, while there is anybody else', () => {
    expect(owner(noCover, ['coordinator'], at, ['coordinator'])).toBe('nurse');
    expect(owner(noCover, ['coordinator'], at, ['coordinator', 'nurse', 'other nurse'])).toBe('coordinator');
  });
});

describe('the cover of a protocol that must be watched', () => {
  const watched = (late: object, watch = true) => {
    const { document } = smallProtocol;
    const steps = document.steps.map((step) =>
      step.id === 'entry' && step.kind !== 'milestone' ? { ...step, watch, late: { ...step.late, ...late } } : step,
    );
    return loadProtocol({ ...document, steps }).document;
  };
  const day = '2026-03-02';
  const onc = [{ role: 'SUR', after: '4h' }];
  const nurses = (hours: readonly DutyHours[]) => roster('IDEC', 'nurse', hours);
  const office = days('08:30', '18:30', [1, 2, 3, 4, 5]);

  it('is asked of the roles that its urgent alerts go and climb to, in working hours, or at every hour where they run', () => {
    const inHours = watched({ tier: 2, ladder: onc });
    expect(uncovered(inHours, [nurses(office)], day)).toEqual([{ role: 'SUR', hours: office }]);
    expect(uncovered(inHours, [nurses(office), roster('SUR', 'x', office)], day)).toEqual([]);
    const urgent = watched({ tier: 1, ladder: onc, hours: 'working' });
    expect(told(uncovered(urgent, [nurses(days('00:00', '24:00')), roster('SUR', 'x', days('00:00', '24:00', [1, 2, 3, 4, 5, 6]))], day))).toBe('SUR 7 00:00-24:00'); // prettier-ignore
  });

  it('is not asked where nothing says so, nor for what may wait', () => {
    expect(uncovered(smallProtocol.document, [], day)).toEqual([]);
    expect(uncovered(watched({ tier: 1 }, false), [], day)).toEqual([]);
    expect(uncovered(watched({ tier: 3, ladder: onc }), [], day)).toEqual([]);
  });

  it('counts the rosters in force on that day only', () => {
    const { length } = uncovered(watched({ tier: 2, ladder: [] }), [nurses(office)], '2025-12-31');
    expect(length).toBe(1);
  });

  it('names exactly the hours that no line holds, however the lines overlap', () => {
    const aTime = fc.integer({ min: 0, max: 48 }).map((half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`);
    const someHours = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 7 }), aTime, aTime).map(([weekday, from, to]) => ({ weekday, from, to })),
      { maxLength: 8 },
    );
    const holds = (hours: readonly DutyHours[], weekday: number, time: string) =>
      hours.some((one) => one.weekday === weekday && one.from <= time && time < one.to);
    fc.assert(
      fc.property(someHours, fc.integer({ min: 1, max: 5 }), aTime, (given, weekday, time) => {
        const [gap] = uncovered(watched({ tier: 2, ladder: [] }), [nurses(given)], day);
        const isNeeded = time >= '08:30' && time < '18:30';
        expect(holds(gap?.hours ?? [], weekday, time)).toBe(isNeeded && !holds(given, weekday, time));
      }),
    );
  }); // prettier-ignore
});
