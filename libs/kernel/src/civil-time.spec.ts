import { addSpan, addToInstant, addWorkingDays, civilDay, endOfDay, isWorkingDay, startOfDay } from './civil-time';
import { epochOf, nextSecond } from './instant';

const paris = 'Europe/Paris';
const reunion = 'Indian/Reunion';

describe('civil days', () => {
  it.each([
    ['2026-03-01T22:59:59Z', paris, '2026-03-01'],
    ['2026-03-01T23:00:00Z', paris, '2026-03-02'],
    ['2026-06-30T22:00:00Z', paris, '2026-07-01'],
    ['2026-06-30T19:59:59Z', reunion, '2026-06-30'],
    ['2026-06-30T20:00:00Z', reunion, '2026-07-01'],
  ])('%s in %s is %s', (instant, zone, day) => {
    expect(civilDay(instant, zone)).toBe(day);
  });

  it.each([
    ['2026-10-24', paris, '2026-10-23T22:00:00Z', '2026-10-24T21:59:59Z', 24],
    ['2026-10-25', paris, '2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', 25],
    ['2026-03-29', paris, '2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z', 23],
    ['2026-10-25', reunion, '2026-10-24T20:00:00Z', '2026-10-25T19:59:59Z', 24],
  ])('%s in %s lasts from %s to %s, %i hours', (day, zone, start, end, hours) => {
    expect(startOfDay(day, zone)).toBe(start);
    expect(endOfDay(day, zone)).toBe(end);
    expect((epochOf(nextSecond(end)) - epochOf(start)) / 3_600_000).toBe(hours);
  });
});

describe('working days', () => {
  it.each([
    ['2026-04-06', 'FR', false, 'Easter Monday'],
    ['2026-04-03', 'FR', true, 'Good Friday in most of France'],
    ['2026-04-03', 'FR-67', false, 'Good Friday in Bas-Rhin'],
    ['2026-04-03', 'FR-57', false, 'Good Friday in Moselle'],
    ['2026-04-03', 'FR-974', true, 'Good Friday in La Réunion'],
    ['2028-12-26', 'FR-68', false, '26 December in Haut-Rhin'],
    ['2028-12-26', 'FR', true, '26 December elsewhere'],
    ['2027-12-20', 'FR-974', false, 'the abolition of slavery in La Réunion'],
    ['2027-12-20', 'FR', true, 'the same day in Paris'],
    ['2026-05-22', 'FR-972', false, 'the abolition of slavery in Martinique'],
    ['2026-07-18', 'FR', false, 'a Saturday'],
  ] as const)('%s in %s: working %s (%s)', (day, territory, isWorking, _why) => {
    expect(isWorkingDay(day, territory)).toBe(isWorking);
  });

  it('skips week ends and Easter Monday, the first day not counted', () => {
    expect(addWorkingDays('2026-04-02', 2, 'FR')).toBe('2026-04-07');
    expect(addWorkingDays('2026-04-02', 2, 'FR-67')).toBe('2026-04-08');
  });

  it('counts back, and zero leaves the day as it is', () => {
    expect(addWorkingDays('2026-04-07', -2, 'FR')).toBe('2026-04-02');
    expect(addWorkingDays('2026-04-05', 0, 'FR')).toBe('2026-04-05');
  });
});

describe('spans', () => {
  it.each([
    [{ count: 3, unit: 'd' }, '2026-02-03'],
    [{ count: 3, unit: 'wd' }, '2026-02-04'],
    [{ count: 2, unit: 'wk' }, '2026-02-14'],
    [{ count: 1, unit: 'mo' }, '2026-02-28'],
    [{ count: 1, unit: 'y' }, '2027-01-31'],
  ] as const)('31 January 2026 and %o is %s', (span, day) => {
    expect(addSpan('2026-01-31', span, 'FR')).toBe(day);
  });

  it('keeps the time of day across a change of clocks', () => {
    expect(addToInstant('2026-10-24T07:00:00Z', { count: 1, unit: 'd' }, paris, 'FR')).toBe('2026-10-25T08:00:00Z');
    expect(addToInstant('2026-10-24T07:00:00Z', { count: 1, unit: 'd' }, reunion, 'FR-974')).toBe(
      '2026-10-25T07:00:00Z',
    );
  });
});
