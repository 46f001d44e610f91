import { hoursText } from './hours-text';

const day = (weekday: number, from = '08:30', to = '12:30') => ({ weekday, from, to });

describe('opening hours in words', () => {
  it('write days in a row that are alike once, mornings before afternoons', () => {
    const hours = [1, 2, 3].flatMap((weekday) => [day(weekday, '13:30', '18:00'), day(weekday)]);
    expect(hoursText(hours, 'fr')).toBe('lun.–mer. 08:30–12:30, 13:30–18:00');
  });

  it('begin anew where a day is left out or is otherwise', () => {
    expect(hoursText([day(1), day(3), day(4, '09:00')], 'en')).toBe(
      'Mon 08:30–12:30 ; Wed 08:30–12:30 ; Thu 09:00–12:30',
    );
  });
});
