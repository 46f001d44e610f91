import { decisionText, groupsOf, type MeetingCase, nextOpen, type Quorum, seatsOf, withMode } from './meeting';

const one = (id: string, status: MeetingCase['status']) => ({ id, status }) as MeetingCase; // only what is looked at
const agenda = [one('a', 'decided'), one('b', 'planned'), one('c', 'deferred'), one('d', 'planned')];

describe('the agenda of a meeting', () => {
  it('goes on to the next case that is not dealt with, and back to those that were passed over', () => {
    expect(nextOpen(agenda, 'b')).toBe('d');
    expect(nextOpen(agenda, 'd')).toBe('b');
    expect(nextOpen([one('a', 'decided'), one('b', 'planned')], 'b')).toBeUndefined();
  });

  it('stands under its day: today, then the nearest to come, then the last that was', () => {
    const days = ['2026-02-24', '2026-03-01', '2026-03-02', '2026-03-03', '2026-03-10'];
    const meetings = days.map((day) => ({ day, id: day }) as never); // only what is looked at
    const shown = groupsOf(meetings, '2026-03-02').map(({ group, meetings: of }) => [group, of.map(({ day }) => day)]);
    expect(shown).toEqual([
      ['today', ['2026-03-02']],
      ['coming', ['2026-03-03', '2026-03-10']],
      ['past', ['2026-03-01', '2026-02-24']],
    ]);
  });
});

describe('the seats', () => {
  const quorum = (missing: readonly string[], ...specialties: readonly string[]): Quorum => ({
    met: missing.length === 0,
    missing,
    participants: specialties.map((specialty) => ({ practitionerId: specialty, specialty, mode: 'present' })),
  });

  it('are empty for each required specialty that nobody stands for', () => {
    const seats = seatsOf(['oncology', 'surgery'], quorum(['surgery', 'any-other-specialty'], 'oncology'));
    expect(seats).toEqual([
      { specialty: 'oncology', isTaken: true },
      { specialty: 'surgery', isTaken: false },
      { specialty: 'any-other-specialty', isTaken: false },
    ]);
  });

  it('count whoever else makes the third specialty', () => {
    const seats = seatsOf(['oncology', 'surgery'], quorum([], 'oncology', 'surgery', 'radiology'));
    expect(seats.at(-1)).toEqual({ specialty: 'radiology', isTaken: true });
  });
});

describe('the attendance', () => {
  const before = [
    { practitionerId: 'a', mode: 'present' },
    { practitionerId: 'b', mode: 'video' },
  ] as const;

  it('keeps everybody in place when the way in which one attends changes', () => {
    expect(withMode(before, 'a', 'written').map(({ practitionerId }) => practitionerId)).toEqual(['a', 'b']);
    expect(withMode(before, 'a', undefined)).toEqual([before[1]]);
    expect(withMode(before, 'c', 'present').at(-1)).toEqual({ practitionerId: 'c', mode: 'present' });
  });
});

describe('what is signed', () => {
  const titles = { delay: 'Délai', responsible: 'Responsable', reserve: 'Réserve' };

  it('has delay, person and reserve on lines of their own, and nothing for those not given', () => {
    const words = { text: 'HER2 positif.', delay: '30 jours', responsible: 'Dr Essai', reserve: ' ' };
    expect(decisionText(words, titles)).toBe('HER2 positif.\nDélai : 30 jours\nResponsable : Dr Essai');
  });

  it('is left out where there are no words', () => {
    expect(decisionText({ text: ' ', delay: '', responsible: '', reserve: '' }, titles)).toBeUndefined();
  });
});
