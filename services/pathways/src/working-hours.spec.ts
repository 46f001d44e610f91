import { civilDay, epochOf, isWorkingDay } from '@ariane/kernel';
import fc from 'fast-check';
import { addMs, addWorkingMs, type Stretch, type WorkingTime } from './working-hours';

const paris: WorkingTime = { timeZone: 'Europe/Paris', holidays: 'FR' };
const reunion: WorkingTime = { timeZone: 'Indian/Reunion', holidays: 'FR-974' };
const hour = 3_600_000;
const minute = 60_000;

describe('working hours', () => {
  it.each([
    ['on a weekday by day, time simply passes', '2026-03-02T09:00:00Z', 2, '2026-03-02T11:00:00.000Z'],
    ['at night it begins in the morning, at 08:30', '2026-03-02T22:00:00Z', 1, '2026-03-03T08:30:00.000Z'],
    ['what is left at 18:30 goes on the next morning', '2026-03-02T16:30:00Z', 2, '2026-03-03T08:30:00.000Z'],
    ['a weekend and Easter Monday do not count', '2026-04-03T15:30:00Z', 2, '2026-04-07T07:30:00.000Z'],
    ['the day after the clocks go forward begins at 08:30 by the new time', '2026-03-29T10:00:00Z', 1, '2026-03-30T07:30:00.000Z'], // prettier-ignore
    ['the day after the clocks go back begins at 08:30 by the new time', '2026-10-25T10:00:00Z', 1, '2026-10-26T08:30:00.000Z'], // prettier-ignore
  ])('%s', (_, since, hours, expected) => {
    expect(addWorkingMs(since, hours * hour, paris)).toBe(expected);
  });

  it('La Réunion has its own hours, and its own holiday of 20 December', () => {
    expect(addWorkingMs('2027-12-17T14:30:00Z', hour, reunion)).toBe('2027-12-21T05:30:00.000Z');
    expect(addWorkingMs('2026-03-02T00:00:00Z', 0, reunion)).toBe('2026-03-02T04:30:00.000Z');
  });

  it('no time passes in a pause, by day or by night', () => {
    const pauses = [{ from: '2026-03-02T10:00:00Z', until: '2026-03-03T10:00:00Z' }];
    expect(addWorkingMs('2026-03-02T09:00:00Z', 2 * hour, paris, pauses)).toBe('2026-03-03T11:00:00.000Z');
    expect(addMs('2026-03-02T09:00:00Z', 2 * hour, pauses)).toBe('2026-03-03T11:00:00.000Z');
  });

  const anInstant = fc
    .integer({ min: Date.parse('2026-01-01T00:00:00Z') / minute, max: Date.parse('2027-12-31T00:00:00Z') / minute })
    .map((count) => new Date(count * minute).toISOString());
  const aPlace = fc.constantFrom(paris, reunion);
  const somePauses = fc.array(
    fc
      .tuple(anInstant, fc.integer({ min: 1, max: 7 * 24 * 60 }))
      .map(([from, count]): Stretch => ({ from, until: addMs(from, count * minute) })),
    { maxLength: 4 },
  );

  /** Counted minute by minute, by the wall clock of the place. */
  function workedBetween(from: string, to: string, { timeZone, holidays }: WorkingTime, pauses: readonly Stretch[]) {
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
    let worked = 0;
    for (let at = epochOf(from); at < epochOf(to); at += minute) {
      const instant = new Date(at).toISOString();
      const time = clock.format(at);
      const isPaused = pauses.some((pause) => epochOf(pause.from) <= at && at < epochOf(pause.until));
      const isOpen = time >= '08:30' && time < '18:30' && isWorkingDay(civilDay(instant, timeZone), holidays);
      if (isOpen && !isPaused) worked += 1;
    }
    return worked;
  }

  it('exactly the working time asked for lies between, whatever the change of clocks, the holidays and the pauses', () => {
    fc.assert(
      fc.property(
        anInstant,
        fc.integer({ min: 0, max: 20 * 60 }),
        aPlace,
        somePauses,
        (since, count, place, pauses) => {
          const until = addWorkingMs(since, count * minute, place, pauses);
          expect(workedBetween(since, until, place, pauses)).toBe(count);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('a longer time never ends earlier, and a pause never makes it end earlier', () => {
    const some = fc.integer({ min: 0, max: 100 * 60 });
    fc.assert(
      fc.property(anInstant, some, some, aPlace, somePauses, (since, one, other, place, pauses) => {
        const shorter = addWorkingMs(since, Math.min(one, other) * minute, place, pauses);
        expect(shorter <= addWorkingMs(since, Math.max(one, other) * minute, place, pauses)).toBe(true);
        expect(addWorkingMs(since, one * minute, place) <= addWorkingMs(since, one * minute, place, pauses)).toBe(true);
      }),
    );
  });
});
