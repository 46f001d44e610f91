import { cachedTasks, chosenPhases, countsInJestOutput, duration, sumCounts, triedAgain } from './test-summary.ts';

describe('the summary of npm test', () => {
  it('adds the projects up, with those that Nx replays from its cache and the coloured ones', () => {
    const output = [
      '> nx run @ariane/kernel:test  [local cache]',
      'Tests:       2 skipped, 1 todo, 40 passed, 43 total',
      '> nx run @ariane/auth:test',
      '\u001b[1mTests:       \u001b[22m\u001b[1m\u001b[31m1 failed\u001b[39m, 8 passed, 9 total',
      'Tests passed: 12 of 12 total is not a summary line of Jest',
    ].join('\n');
    expect(countsInJestOutput(output)).toEqual({ passed: 48, failed: 1, skipped: 3 });
    expect(cachedTasks(output)).toBe(1);
  });

  it('counts the tests that had a second try', () => {
    const output = [' LOGGING RETRY ERRORS  opens a dialog', ' RETRY 1 ', '', 'Tests:       3 passed, 3 total'].join(
      '\n',
    );
    expect(triedAgain(output)).toBe(1);
    expect(triedAgain('Tests:       3 passed, 3 total')).toBe(0);
  });

  it('counts nothing where Jest found nothing', () => {
    expect(countsInJestOutput('No tests found, exiting with code 0')).toEqual({ passed: 0, failed: 0, skipped: 0 });
    expect(sumCounts([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it('keeps the phases in their order, however they were named', () => {
    expect(chosenPhases(['stories', 'unit'])).toEqual(['unit', 'stories']);
    expect(chosenPhases([]).slice(-4)).toEqual(['integration', 'stories', 'web', 'containers']);
    expect(() => chosenPhases(['e2e'])).toThrow(/no phase named e2e; npm test -- takes format, lint/);
  });

  it('writes times for people', () => {
    expect(duration(1_234)).toBe('1.2 s');
    expect(duration(312_000)).toBe('5 min 12 s');
    expect(duration(119_999)).toBe('2 min 0 s');
  });
});
