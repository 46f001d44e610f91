import type { Exercise } from '@ariane/kernel';
import fc from 'fast-check';
import { ANY_OTHER, type Attendee, attendeeOn, missingFrom, quorumOf } from './quorum';

const specialties = ['oncology', 'pathology', 'radiology', 'radiotherapy', 'surgery'];
const day = '2026-04-07';
const doctor = (practitionerId: string, ...held: string[]): Attendee => ({
  practitionerId,
  mode: 'present',
  specialties: [...held].sort(),
  otherwise: held[0] ?? 'none',
});
const senology = ['surgery', 'oncology', 'radiotherapy'];
const trio = [doctor('a', 'surgery'), doctor('b', 'oncology'), doctor('c', 'radiotherapy')];

describe('the quorum of a case', () => {
  it('is three different specialties, the required ones among them', () => {
    expect(quorumOf(trio, senology).met).toBe(true);
    expect(quorumOf(trio.slice(0, 2), senology)).toMatchObject({ met: false, missing: ['radiotherapy'], short: 0 });
  });
  it('needs the required specialty, however many others there are', () => {
    const others = [
      doctor('a', 'surgery'),
      doctor('b', 'oncology'),
      doctor('c', 'pathology'),
      doctor('d', 'radiology'),
    ];
    expect(quorumOf(others, senology)).toMatchObject({ met: false, missing: ['radiotherapy'] });
  });
  it('needs three specialties where the type requires fewer, and says so', () => {
    const two = quorumOf([doctor('a', 'surgery'), doctor('b', 'oncology')], ['surgery']);
    expect(two.met).toBe(false);
    expect(missingFrom(two)).toEqual([ANY_OTHER]);
  });
  it('counts three doctors of one specialty as one', () => {
    const same = ['a', 'b', 'c'].map((one) => doctor(one, 'surgery'));
    expect(quorumOf(same, []).met).toBe(false);
  });
  it('counts the same person once, though named twice (H12)', () => {
    const twice = [doctor('a', 'surgery'), doctor('a', 'surgery'), doctor('b', 'oncology'), doctor('b', 'oncology')];
    expect(quorumOf(twice, ['surgery', 'oncology']).met).toBe(false);
  });
  it('counts a person of two specialties for one of them only (H12)', () => {
    expect(quorumOf([doctor('a', 'surgery', 'oncology'), doctor('b', 'radiotherapy')], senology).met).toBe(false);
  });
  it('lets a person of two specialties stand for the one that is needed', () => {
    const both = [doctor('a', 'oncology', 'surgery'), doctor('b', 'oncology'), doctor('c', 'radiotherapy')];
    const quorum = quorumOf(both, senology);
    expect(quorum.met).toBe(true);
    expect(Object.fromEntries(quorum.counted)).toEqual({ a: 'surgery', b: 'oncology', c: 'radiotherapy' });
  });
  it('does not count who is no doctor', () => {
    const nurse: Attendee = { practitionerId: 'n', mode: 'present', specialties: [], otherwise: 'nurse' };
    expect(quorumOf([...trio.slice(0, 2), nurse], ['surgery']).met).toBe(false);
  });
  it('counts a written opinion', () => {
    const written = trio.map((one, index): Attendee => (index === 2 ? { ...one, mode: 'written' } : one));
    expect(quorumOf(written, senology).met).toBe(true);
  });
});

describe('the specialty of an attendee', () => {
  const exercise = (more: Partial<Exercise>): Exercise => ({
    role: 'doctor',
    specialty: 'surgery',
    from: '2020-01-01',
    ...more,
  });
  it('is the directory’s on the meeting’s day: ended the day before, it does not count (H12)', () => {
    expect(attendeeOn(day, 'a', 'present', [exercise({ to: '2026-04-06' })]).specialties).toEqual([]);
    expect(attendeeOn(day, 'a', 'present', [exercise({ to: day })]).specialties).toEqual(['surgery']);
    expect(attendeeOn(day, 'a', 'present', [exercise({ from: '2026-04-08' })]).specialties).toEqual([]);
  });
  it('is counted for doctors only; others are written down by their role', () => {
    const nurse = attendeeOn(day, 'a', 'present', [exercise({ role: 'nurse', specialty: 'oncology' })]);
    expect(nurse).toMatchObject({ specialties: [], otherwise: 'nurse' });
  });
});

describe('whoever comes, in whatever order', () => {
  const attendee = fc
    .tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.subarray(specialties))
    .map(([name, held]) => doctor(`${name}-${held.join('+')}`, ...held));
  const attendees = fc.array(attendee, { maxLength: 8 });
  const required = fc.subarray(specialties, { maxLength: 4 });

  it('one more doctor never loses the quorum', () => {
    fc.assert(
      fc.property(attendees, attendee, required, (before, added, wanted) => {
        const had = quorumOf(before, wanted);
        const has = quorumOf([...before, added], wanted);
        expect(has.met || !had.met).toBe(true);
        expect(has.missing.length).toBeLessThanOrEqual(had.missing.length);
      }),
    );
  });
  it('the order of the attendees changes nothing', () => {
    const shuffled = attendees.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, required, ([one, other], wanted) => {
        expect(quorumOf(other, wanted)).toEqual(quorumOf(one, wanted));
      }),
    );
  });
  it('it agrees with trying every choice of one specialty per person', () => {
    fc.assert(
      fc.property(fc.array(attendee, { maxLength: 5 }), required, (present, wanted) => {
        expect(quorumOf(present, wanted).met).toBe(metByTrying(present, wanted));
      }),
    );
  });
  it('each person counts for a specialty of theirs, no two for the same', () => {
    fc.assert(
      fc.property(attendees, required, (present, wanted) => {
        const { counted } = quorumOf(present, wanted);
        expect(new Set(counted.values()).size).toBe(counted.size);
        for (const [person, specialty] of counted) {
          expect(present.find(({ practitionerId }) => practitionerId === person)?.specialties).toContain(specialty);
        }
      }),
    );
  });
});

/** The rule said naively: some choice of one specialty per person covers the required ones and makes three. */
function metByTrying(present: readonly Attendee[], wanted: readonly string[]): boolean {
  const persons = [...new Map(present.map((one) => [one.practitionerId, one.specialties])).values()];
  const choices = persons.reduce<string[][]>(
    (sets, held) => sets.flatMap((set) => [set, ...held.map((one) => [...set, one])]),
    [[]],
  );
  return choices.some((choice) => new Set(choice).size >= 3 && wanted.every((one) => choice.includes(one)));
}
