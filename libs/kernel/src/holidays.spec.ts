import calendar from './holidays.json';
import { holidayTerritories, holidayTerritory, isHoliday } from './holidays';

/** Easter Sunday by the Gregorian computus (Meeus), independent of the library the calendar was made with. */
function easter(year: number): string {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const [month, day] = [Math.floor((h + l - 7 * m + 114) / 31), ((h + l - 7 * m + 114) % 31) + 1];
  return `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

const daysAfter = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

describe('public holidays', () => {
  it('know Easter Monday, Ascension and Whit Monday of every year from 2015 to 2040', () => {
    for (let year = 2015; year <= 2040; year += 1) {
      const sunday = easter(year);
      for (const offset of [1, 39, 50])
        expect([daysAfter(sunday, offset), isHoliday(daysAfter(sunday, offset), 'FR')]).toContain(true);
      expect(isHoliday(daysAfter(sunday, -2), 'FR')).toBe(false);
      expect(isHoliday(daysAfter(sunday, -2), 'FR-68')).toBe(true);
    }
  });

  it('hold the eleven national days everywhere', () => {
    for (const territory of holidayTerritories) {
      for (const day of ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']) {
        expect(isHoliday(`2031-${day}`, territory)).toBe(true);
      }
    }
    expect(calendar.national.dated.filter((day) => day.startsWith('2031'))).toHaveLength(3);
  });

  it('are refused for a territory that nobody described', () => {
    expect(holidayTerritory('FR-974')).toBe('FR-974');
    expect(holidayTerritory('BE')).toBeUndefined();
  });
});
