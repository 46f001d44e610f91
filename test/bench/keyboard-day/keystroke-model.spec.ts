import { type Decision, figuresOf, keystrokesOf, secondsOf } from './keystroke-model.ts';

const decision = (kind: string, keys: readonly number[], linesRead = 0, waitedMs = 0): Decision => ({
  kind,
  linesRead,
  units: keys.map((count) => ({ keys: count, waitedMs })),
});

describe('the keystroke-level model', () => {
  it('counts one M a unit, one K a key, and the waits as they were', () => {
    // Two units of one key: 2 × 1.35 + 2 × 0.28, and half a second for each.
    expect(secondsOf(decision('done', [1, 1], 0, 500))).toBeCloseTo(2.7 + 0.56 + 1, 10);
    // Keys that are typed as one have one M.
    expect(secondsOf(decision('go', [2]))).toBeCloseTo(1.35 + 0.56, 10);
  });

  it('has every line that is read cost an M, so that a panel with more to read is dearer', () => {
    expect(secondsOf(decision('done', [1], 6)) - secondsOf(decision('done', [1], 5))).toBeCloseTo(1.35, 10);
  });

  it('judges a kind by its dearest decision, in keys and in seconds', () => {
    const [done, booked, read] = figuresOf([
      decision('done', [1, 1]),
      decision('booked', [1, 4]),
      decision('done', [1, 1, 1]),
      decision('read', [1], 15),
    ]);
    expect(done).toMatchObject({ kind: 'done', count: 2, keystrokes: { median: 2, max: 3 }, isWithinGoal: true });
    expect(booked).toMatchObject({ keystrokes: { max: 5 }, isWithinGoal: false });
    // Sixteen M are 21.6 s: too much to read is too slow, whatever the keys.
    expect(read).toMatchObject({ keystrokes: { max: 1 }, isWithinGoal: false });
    expect(keystrokesOf(decision('x', [2, 1]))).toBe(3);
  });
});
