import { barOf, progressOf } from './progress.ts';

describe('progress', () => {
  it('says how long the rest takes at the pace so far', () => {
    expect(progressOf('loading', 60, 240, 30_000)).toEqual({ state: 'loading', done: 60, total: 240, etaSeconds: 90 });
  });

  it('promises nothing before the first person is there', () => {
    expect(progressOf('opening', 0, 240, 9_000).etaSeconds).toBeNull();
  });

  it('is a bar of which as much is full as is done', () => {
    expect(barOf(progressOf('loading', 120, 240, 125_000))).toBe(
      `[${'#'.repeat(15)}${'.'.repeat(15)}] 120/240 pathways, about 2 min 5 s to go`,
    );
    expect(barOf(progressOf('loaded', 240, 240, 1))).toBe(`[${'#'.repeat(30)}] 240/240 pathways`);
  });
});
