import { DomainError, doctorSpecialtiesOn, type Exercise } from '@ariane/kernel';

/** A professional of the local directory, with the requests waiting for an answer from them. */
export interface Candidate {
  readonly practitionerId: string;
  readonly exercises: readonly Exercise[];
  readonly openRequests: number;
}

/** What the service knows when a command reaches it: not part of what the caller asked. */
export interface Known {
  /** The civil day on which exercises are looked up. */
  readonly day: string;
  readonly candidates: readonly Candidate[];
}

/**
 * The expert of a request: the one named when they practise the specialty as a doctor that day, else the least busy who
 * does, ties by id so that asking again chooses alike. Who asks is never their own expert.
 *
 * @throws DomainError EXPERT_NOT_QUALIFIED for a named expert, EXPERT_NOT_FOUND when nobody qualifies
 */
export function chooseExpert(
  asked: { readonly expertId?: string; readonly requesterId: string; readonly specialty: string },
  { day, candidates }: Known,
): string {
  const qualified = candidates.filter(
    ({ practitionerId, exercises }) =>
      practitionerId !== asked.requesterId && doctorSpecialtiesOn(exercises, day).includes(asked.specialty),
  );
  if (asked.expertId !== undefined) {
    if (qualified.some(({ practitionerId }) => practitionerId === asked.expertId)) return asked.expertId;
    throw new DomainError('EXPERT_NOT_QUALIFIED', { specialty: asked.specialty, day }, 'expertId');
  }
  const [chosen] = qualified.sort(
    (a, b) => a.openRequests - b.openRequests || (a.practitionerId < b.practitionerId ? -1 : 1),
  );
  if (chosen === undefined) throw new DomainError('EXPERT_NOT_FOUND', { specialty: asked.specialty, day }, 'specialty');
  return chosen.practitionerId;
}
