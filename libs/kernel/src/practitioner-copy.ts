import { canonicalJson } from './canonical';
import type { Decider } from './decider';

/** What a professional practises, where, and from which civil day to which, both included. */
export interface Exercise {
  readonly role: string;
  readonly specialty?: string;
  readonly organisationId?: string;
  readonly from: string;
  readonly to?: string;
}

/** A service's copy of an entry of pathways' directory: the exercises only, since no copy needs a name or a number. */
export interface PractitionerCopy {
  readonly exercises: readonly Exercise[];
}

export interface CopyPractitioner {
  readonly type: 'CopyPractitioner';
  readonly exercises: readonly Exercise[];
}

export interface PractitionerCopied {
  readonly type: 'PractitionerCopied';
  readonly data: PractitionerCopy;
}

export const practitionerCopy: Decider<PractitionerCopy, CopyPractitioner, PractitionerCopied> = {
  decide: (state, { exercises }) =>
    state !== undefined && canonicalJson(state.exercises) === canonicalJson(exercises)
      ? []
      : [{ type: 'PractitionerCopied', data: { exercises } }],
  evolve: (_, { data }) => ({ exercises: data.exercises }),
};

/** The exercises that hold on a civil day. */
export const exercisesOn = (exercises: readonly Exercise[], day: string): Exercise[] =>
  exercises.filter(({ from, to }) => from <= day && (to === undefined || day <= to));

/** The specialties in which somebody practises as a doctor on a civil day, each once, in alphabetical order. */
export const doctorSpecialtiesOn = (exercises: readonly Exercise[], day: string): string[] =>
  [
    ...new Set(
      exercisesOn(exercises, day)
        .filter(({ role }) => role === 'doctor')
        .flatMap(({ specialty }) => specialty ?? []),
    ),
  ].sort();
