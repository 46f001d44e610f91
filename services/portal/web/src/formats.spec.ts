import { dayIn, instantOf } from './formats';

describe('times of the territory', () => {
  it('are instants of its zone, in winter, in summer and overseas, whatever the browser’s', () => {
    expect(instantOf('2026-03-03 12:00:00', 'Europe/Paris')).toBe('2026-03-03T11:00:00.000Z');
    expect(instantOf('2026-07-01 08:30', 'Europe/Paris')).toBe('2026-07-01T06:30:00.000Z');
    expect(instantOf('2026-07-01 08:30', 'Indian/Reunion')).toBe('2026-07-01T04:30:00.000Z');
  });

  it('take a time that the change of clocks skips an hour later', () => {
    expect(instantOf('2026-03-29 02:30', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('are of the day that the zone has, which may be the next one already', () => {
    expect(dayIn('2026-03-02T23:30:00Z', 'Europe/Paris')).toBe('2026-03-03');
    expect(dayIn('2026-03-02T22:30:00Z', 'Europe/Paris')).toBe('2026-03-02');
  });
});
