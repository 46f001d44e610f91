import { progressLine } from './simulate-progress';

describe('the progress of a simulation', () => {
  it.each([
    [0, 0, '  0 %  0 of 320,000 patients, 0 a second, time left not known yet'],
    [32_000, 60_000, ' 10 %  32,000 of 320,000 patients, 533 a second, 9 min 0 s left'],
    [1_000, 60_000, '  0 %  1,000 of 320,000 patients, 17 a second, 5 h 19 min left'],
    [319_000, 319_000, ' 99 %  319,000 of 320,000 patients, 1,000 a second, 1 s left'],
    [320_000, 320_000, '100 %  320,000 of 320,000 patients, 1,000 a second, 0 s left'],
  ])('after %i patients and %i ms says how many a second and how long the rest takes', (done, elapsedMs, line) => {
    expect(progressLine(done, 320_000, elapsedMs)).toBe(line);
  });
});
