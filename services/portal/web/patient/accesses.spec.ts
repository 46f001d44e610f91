import { type AccessLine, byDay } from './accesses';

const line = (day: string, id: string, what: string, name?: string): AccessLine => ({
  ...{ day, who: { id, ...(name === undefined ? {} : { name }) }, firstAt: day, lastAt: day },
  acts: [{ what, why: 'care team', count: 1 }],
});

describe('who read a file', () => {
  it('is one line a day and person, whichever services they used, the newest day first', () => {
    const days = byDay([
      line('2026-11-23', 'x1', 'looked at the pathway'),
      line('2026-11-24', 'x1', 'looked at the pathway', 'Démo Inès'),
      line('2026-11-24', 'x1', 'moved an appointment'),
      line('2026-11-24', 'x1', 'moved an appointment'),
    ]);
    expect(days.map(({ day }) => day)).toEqual(['2026-11-24', '2026-11-23']);
    expect(days[0]?.people).toEqual([
      {
        ...{ id: 'x1', name: 'Démo Inès', role: undefined },
        acts: [
          { what: 'looked at the pathway', why: 'care team' },
          { what: 'moved an appointment', why: 'care team' },
        ],
      },
    ]);
  });
});
