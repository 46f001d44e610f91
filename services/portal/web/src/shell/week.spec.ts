import { daysAfter, mondayOf } from './week';

describe('a week', () => {
  it('begins on Monday, across the end of a month and of a year', () => {
    expect(mondayOf('2026-03-08')).toBe('2026-03-02');
    expect(mondayOf('2026-03-02')).toBe('2026-03-02');
    expect(daysAfter('2025-12-29', 6)).toBe('2026-01-04');
  });
});
