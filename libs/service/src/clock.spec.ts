import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { clockNow } from './clock';

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
