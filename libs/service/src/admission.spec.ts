import { Admission } from './admission';

/** Work that ends when it is told to. */
function pending() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { work: jest.fn(() => promise), resolve, reject };
}

describe('admission', () => {
  it('lets so many run at once, and the others in the order in which they came', async () => {
    const admission = new Admission(2);
    const [first, second, third, fourth] = [pending(), pending(), pending(), pending()];
    const done = [first, second, third, fourth].map(({ work }) => admission.run(work));
    expect([first, second, third, fourth].map(({ work }) => work.mock.calls.length)).toEqual([1, 1, 0, 0]);
    second.resolve('second');
    await done[1];
    expect([third, fourth].map(({ work }) => work.mock.calls.length)).toEqual([1, 0]);
    for (const { resolve } of [first, third, fourth]) resolve('done');
    expect(await Promise.all(done)).toEqual(['done', 'second', 'done', 'done']);
  });

  it('has a place again for each that came to an end, well or not', async () => {
    const admission = new Admission(1);
    for (let round = 0; round < 3; round += 1) {
      await expect(admission.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
      expect(await admission.run(() => Promise.resolve(round))).toBe(round);
    }
  });
});
