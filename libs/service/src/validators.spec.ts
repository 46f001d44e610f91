import { isCivilDate } from '@ariane/kernel';
import { validateSync } from 'class-validator';
import { IsCivilDate, isInstant, isUuid } from './validators';

class Visit {
  @IsCivilDate()
  readonly on: unknown;

  constructor(on: unknown) {
    this.on = on;
  }
}

describe('a day of care', () => {
  it.each(['2024-02-29', '2026-12-31'])('may be %s', (text) => {
    expect(isCivilDate(text)).toBe(true);
    expect(validateSync(new Visit(text))).toEqual([]);
  });

  it.each(['2026-02-29', '2026-2-9', '2026-13-01', '2026-01-01T00:00:00Z', '', 20260101])('is not %p', (value) => {
    expect(validateSync(new Visit(value))).toHaveLength(1);
  });
});

describe('an instant', () => {
  it.each(['2026-03-02T08:00:00Z', '2026-03-02T08:00:00.5Z'])('may be %s', (text) => {
    expect(isInstant(text)).toBe(true);
  });

  it.each(['2026-03-02T08:00:00+01:00', '2026-02-30T08:00:00Z', '2026-03-02T25:00:00Z', '2026-03-02'])(
    'is not %p',
    (text) => {
      expect(isInstant(text)).toBe(false);
    },
  );
});

describe('an id', () => {
  it('is a UUID of any version but nil', () => {
    expect(isUuid('018f4b5e-7c2d-7a10-8b3e-1f2a3b4c5d6e')).toBe(true);
    expect(isUuid('00000000-0000-0000-0000-000000000000')).toBe(false);
    expect(isUuid('018f4b5e7c2d7a108b3e1f2a3b4c5d6e')).toBe(false);
  });
});
