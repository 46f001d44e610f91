import type { Slot } from './appointment';
import { best, ranked } from './slot-ranking';

const slot = (startsAt: string, practitionerId = 'p'): Slot => ({
  calendarId: `c-${practitionerId}`,
  practitionerId,
  resources: [],
  startsAt,
  endsAt: startsAt,
  mode: 'on-site',
});
const dayOf = (instant: string): string => instant.slice(0, 10);
const slots = [
  slot('2026-03-02T08:00:00Z'),
  slot('2026-03-02T08:00:00Z', 'q'),
  slot('2026-03-04T08:00:00Z'),
  slot('2026-03-20T08:00:00Z'),
];
const startsOf = (found: readonly { readonly slot: Slot }[]) => found.map((one) => one.slot.startsAt.slice(8, 10));

describe('proposals', () => {
  it('are the earliest first where nothing else is wished', () => {
    expect(startsOf(ranked(slots, { daysThere: [] }, dayOf))).toEqual(['02', '02', '04', '20']);
  });

  it('put a day on which the patient comes anyway before an earlier journey of its own', () => {
    const [first] = ranked(slots, { latest: '2026-03-09T22:59:59Z', daysThere: ['2026-03-04'] }, dayOf);
    expect(first).toMatchObject({ slot: { startsAt: '2026-03-04T08:00:00Z' }, reasons: ['in-time', 'same-day'] });
  });

  it('never put a saved journey before the deadline', () => {
    const found = ranked(slots, { latest: '2026-03-09T22:59:59Z', daysThere: ['2026-03-20'] }, dayOf);
    expect(found.at(-1)).toMatchObject({
      slot: { startsAt: '2026-03-20T08:00:00Z' },
      reasons: ['too-late', 'same-day'],
    });
  });

  it('prefer who is wished among those of one hour, and show each hour once', () => {
    const wish = { practitionerId: 'q', daysThere: [] };
    const found = best(ranked(slots, wish, dayOf), 3);
    expect(found[0]?.slot.practitionerId).toBe('q');
    expect(startsOf(found)).toEqual(['02', '04', '20']);
  });
});
