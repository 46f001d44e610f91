import { loadProtocol } from '@ariane/protocol';
import { calendarFacts, nextCalendarDay } from './calendar-facts';
import { advanceAt, enrol, fact, lived, pathwayId, pinOf, plannerWith } from './pathway.fixture';
import { smallProtocol } from './protocol.fixture';

const day = { type: 'event', description: 'A day of the yearly watch.', tie: 'last-recorded' } as const;
const dictionary = { 'forfait.watch-day': day };
const about = { id: pathwayId, enrolledAt: '2026-03-02T08:00:00.000Z', timeZone: 'Europe/Paris', facts: [] };
const daysBy = (now: string, changes: object = {}) =>
  calendarFacts({ ...about, ...changes }, dictionary, now).map(({ at }) => at);

/** The small protocol with a step that each day of the yearly watch opens. */
const watching = loadProtocol({
  ...smallProtocol.document,
  version: 2,
  facts: dictionary,
  steps: [
    ...smallProtocol.document.steps,
    {
      ...smallProtocol.document.steps[0],
      id: 'count',
      records: ['forfait.watch-day'],
      start: { any: [{ fact: 'forfait.watch-day' }] },
      again: [{ fact: 'forfait.watch-day', of: 'any' }],
    },
  ],
});

describe('the calendar of a service', () => {
  it('records 1 September and 1 November of each year since enrolment, on the civil day of the place', () => {
    expect(daysBy('2026-08-31T21:59:59.000Z')).toEqual([]);
    expect(daysBy('2026-08-31T22:00:00.000Z')).toHaveLength(1);
    expect(daysBy('2027-12-01T00:00:00.000Z').map((at) => Date.parse(at))).toEqual(
      ['2026-08-31T22:00Z', '2026-10-31T23:00Z', '2027-08-31T22:00Z', '2027-10-31T23:00Z'].map(Date.parse),
    );
    const reunion = { timeZone: 'Indian/Reunion' };
    expect(daysBy('2026-08-31T20:00:00.000Z', reunion)).toHaveLength(1);
  });

  it('records no day before the patient was enrolled, and the same day under the same id', () => {
    expect(daysBy('2026-10-01T00:00:00.000Z', { enrolledAt: '2026-09-01T07:00:00.000Z' })).toEqual([]);
    const ids = (now: string) => calendarFacts(about, dictionary, now).map(({ id }) => id);
    expect(ids('2026-09-02T00:00:00.000Z')).toEqual(ids('2026-09-03T00:00:00.000Z'));
  });

  it('leaves alone a day that somebody has recorded', () => {
    const recorded = { id: 'by-hand', code: 'forfait.watch-day', at: '2026-09-01T09:00:00.000Z', seq: 1 };
    expect(daysBy('2026-09-02T00:00:00.000Z', { facts: [recorded] })).toEqual([]);
  });

  it('says nothing to a protocol that does not ask for it', () => {
    expect(calendarFacts(about, {}, '2027-01-01T00:00:00.000Z')).toEqual([]);
    expect(nextCalendarDay(about, {}, '2026-03-03T00:00:00.000Z')).toBeNull();
  });

  it('wakes a pathway on its day, which records it once and opens what follows from it', () => {
    const planner = plannerWith(watching);
    const entered = { ...enrol, protocol: pinOf(watching) };
    const before = lived(planner, entered, fold(), advanceAt('2026-03-20T08:00:00.000Z'));
    expect(before.step('count')?.status).not.toBe('due');
    expect(Date.parse(nextCalendarDay(before.state, dictionary, '2026-03-20T08:00:00.000Z') ?? '')).toBe(
      Date.parse('2026-08-31T22:00Z'),
    );
    expect(before.state.wakeAt).not.toBeNull();
    expect(Date.parse(before.state.wakeAt ?? '')).toBeLessThanOrEqual(Date.parse('2026-08-31T22:00Z'));
    const onTheDay = [advanceAt('2026-08-31T22:00:00.000Z'), advanceAt('2026-08-31T22:00:01.000Z')];
    const after = lived(planner, entered, fold(), advanceAt('2026-03-20T08:00:00.000Z'), ...onTheDay);
    expect(after.state.facts.filter(({ code }) => code === 'forfait.watch-day')).toHaveLength(1);
    expect(after.events.filter(({ type }) => type === 'FactRecorded')).toHaveLength(2);
    expect(after.step('count')?.status).toBe('due');
  });
});

const fold = () => ({ type: 'FoldFacts', facts: [fact('patient.sex', enrol.now, { value: 'female' })] }) as const;
