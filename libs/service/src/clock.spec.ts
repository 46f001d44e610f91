import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { clockNow, momentOf } from './clock';

const folder = mkdtempSync(join(tmpdir(), 'ariane-clock-'));
const file = join(folder, 'clock.json');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('now', () => {
  it('is the machine’s without a clock file', () => {
    expect(Math.abs(Date.parse(clockNow({})) - Date.now())).toBeLessThan(1_000);
  });

  it('is the file’s at each call, in one form that sorts as text', () => {
    writeFileSync(file, '{"now":"2026-03-02T08:00:00Z"}');
    expect(clockNow({ ARIANE_CLOCK_FILE: file })).toBe('2026-03-02T08:00:00.000Z');
    writeFileSync(file, '{"now":"2026-03-02T08:00:00.5Z"}');
    expect(clockNow({ ARIANE_CLOCK_FILE: file })).toBe('2026-03-02T08:00:00.500Z');
  });

  it.each(['', '{}', '{"now":"2026-03-02"}', '{"now":"2026-03-02T08:00:00+01:00"}', '{"now":"2026-13-02T08:00:00Z"}'])(
    'is never guessed when the file holds %p',
    (text) => {
      writeFileSync(file, text);
      expect(() => clockNow({ ARIANE_CLOCK_FILE: file })).toThrow();
    },
  );
});

describe('a request', () => {
  const inDemo = { ARIANE_CLOCK_FILE: file };
  beforeEach(() => {
    writeFileSync(file, '{"now":"2026-03-02T08:00:00Z"}');
  });

  it('takes place now unless it says otherwise', () => {
    expect(momentOf(undefined, inDemo)).toBe('2026-03-02T08:00:00.000Z');
  });

  it('takes place when it says, in the past of a demo', () => {
    expect(momentOf('2024-05-06T09:30:00Z', inDemo)).toBe('2024-05-06T09:30:00.000Z');
  });

  it('never takes place after the demo’s now', () => {
    expect(() => momentOf('2026-03-02T08:00:01Z', inDemo)).toThrow('FACT_IN_FUTURE');
  });

  it('is refused where it dates itself outside a demo', () => {
    expect(() => momentOf('2024-05-06T09:30:00Z', {})).toThrow('DEMO_ONLY');
  });

  it.each(['', 'yesterday', '2024-05-06', ['2024-05-06T09:30:00Z', '2024-05-06T09:30:00Z']])(
    'is refused where it names %p',
    (named) => {
      expect(() => momentOf(named, inDemo)).toThrow();
    },
  );
});
