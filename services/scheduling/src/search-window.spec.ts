import { searchWindows } from './search-window';
import { instantAt } from './slot';

const march4 = '2026-03-04T08:00:00Z';
const ends = (wish: Parameters<typeof searchWindows>[0], now: string) => {
  const windows = searchWindows(wish, now);
  return [instantAt(windows[0]!.from), instantAt(windows.at(-1)!.to)];
};

describe('the search for a slot', () => {
  it('goes from the due date to two months after the latest', () => {
    expect(ends({ dueFrom: march4, latest: '2026-03-13T22:00:00Z' }, '2026-03-01T08:00:00Z')).toEqual([
      march4,
      '2026-05-12T22:00:00Z',
    ]);
  });

  it('never looks before now, and still two months ahead when the latest has passed', () => {
    expect(ends({ dueFrom: march4, latest: '2026-03-13T22:00:00Z' }, '2026-04-01T08:00:00Z')).toEqual([
      '2026-04-01T08:00:00Z',
      '2026-05-31T08:00:00Z',
    ]);
  });

  it('leaves no hole between its windows', () => {
    const windows = searchWindows({ dueFrom: march4 }, march4);
    expect(windows.length).toBeGreaterThan(1);
    windows.slice(1).forEach((window, index) => {
      expect(window.from).toBe(windows[index]!.to);
    });
  });
});
