import { doctorSpecialtiesOn, type Exercise, exercisesOn } from '@ariane/kernel';

export const attendanceModes = ['present', 'video', 'written'] as const;
export type AttendanceMode = (typeof attendanceModes)[number];

/** Somebody who took part, with what the directory says of them on the meeting's day. */
export interface Attendee {
  readonly practitionerId: string;
  readonly mode: AttendanceMode;
  /** Specialties practised as a doctor; empty for anybody else, who does not count. */
  readonly specialties: readonly string[];
  /** What to write down for somebody who does not count for a specialty: a role, or `none`. */
  readonly otherwise: string;
}

export interface Quorum {
  readonly met: boolean;
  /** Required specialties that nobody stands for. */
  readonly missing: readonly string[];
  /** How many more different specialties are needed, whichever, beside the missing ones. */
  readonly short: number;
  /** The specialty each doctor counts for. */
  readonly counted: ReadonlyMap<string, string>;
}

/** Different specialties that make a collegial discussion (D. 6124-131 CSP, INCa reference of December 2023). */
const SPECIALTIES_MIN = 3;

/** How a specialty beyond the required ones is called where it is missing. */
export const ANY_OTHER = 'any-other-specialty';

/** A participant as the directory knows them on the day of the meeting, whatever the request says of them. */
export function attendeeOn(
  day: string,
  practitionerId: string,
  mode: AttendanceMode,
  exercises: readonly Exercise[],
): Attendee {
  const [first] = exercisesOn(exercises, day);
  const specialties = doctorSpecialtiesOn(exercises, day);
  return { practitionerId, mode, specialties, otherwise: specialties[0] ?? first?.role ?? 'none' };
}

/**
 * The quorum of one case: at least three different specialties among doctors, every required one of them. A person
 * counts once, for one specialty: who has two stands for the one that helps most, which makes this a matching of
 * specialties with persons. Order and repetition of the attendees change nothing.
 */
export function quorumOf(attendees: readonly Attendee[], required: readonly string[]): Quorum {
  const doctors = new Map(
    attendees
      .filter(({ specialties }) => specialties.length > 0)
      .sort((a, b) => (a.practitionerId < b.practitionerId ? -1 : 1))
      .map(({ practitionerId, specialties }) => [practitionerId, specialties]),
  );
  const wanted = [...new Set(required)].sort();
  const others = [...new Set([...doctors.values()].flat())].filter((one) => !wanted.includes(one)).sort();
  const counted = new Map<string, string>();
  // A specialty that finds its person keeps one through all later steps, so the required ones go first.
  const missing = wanted.filter((specialty) => !stand(specialty, doctors, counted, new Set()));
  for (const specialty of others) stand(specialty, doctors, counted, new Set());
  const short = Math.max(0, SPECIALTIES_MIN - counted.size - missing.length);
  return { met: missing.length === 0 && counted.size >= SPECIALTIES_MIN, missing, short, counted };
}

/** All that is missing, as codes: the required specialties, and one more word where the count falls short. */
export const missingFrom = ({ missing, short }: Pick<Quorum, 'missing' | 'short'>): string[] =>
  short > 0 ? [...missing, ANY_OTHER] : [...missing];

/** Finds a doctor for a specialty, moving others to another of theirs where needed (Kuhn's augmenting path). */
function stand(
  specialty: string,
  doctors: ReadonlyMap<string, readonly string[]>,
  counted: Map<string, string>,
  tried: Set<string>,
): boolean {
  for (const [practitionerId, specialties] of doctors) {
    if (tried.has(practitionerId) || !specialties.includes(specialty)) continue;
    tried.add(practitionerId);
    const held = counted.get(practitionerId);
    if (held === undefined || stand(held, doctors, counted, tried)) {
      counted.set(practitionerId, specialty);
      return true;
    }
  }
  return false;
}
