import type { PathwaysEvent } from '@ariane/contracts';
import { canonicalJson, type Decider, DomainError } from '@ariane/kernel';

/** What a professional practises, where, from which civil day to which, both included. */
interface Exercise {
  /** `doctor`, `nurse`, `pharmacist`: what the meeting's quorum and the worklists read. */
  readonly role: string;
  readonly specialty?: string;
  readonly organisationId?: string;
  readonly from: string;
  readonly to?: string;
}

export interface Practitioner {
  readonly id: string;
  readonly rpps: string;
  readonly name: string;
  readonly exercises: readonly Exercise[];
  /** Of the exercises, whatever their dates: what the directory is searched by. */
  readonly roles: readonly string[];
  readonly specialties: readonly string[];
}

export interface RegisterPractitioner {
  readonly type: 'RegisterPractitioner';
  readonly id: string;
  readonly rpps: string;
  readonly name: string;
  readonly exercises: readonly Exercise[];
}

export type PractitionerEvent = Extract<PathwaysEvent, { type: 'PractitionerRegistered' }>;

/** Registers a professional or replaces what is known of them; the same again changes nothing. */
export const practitioner: Decider<Practitioner, RegisterPractitioner, PractitionerEvent> = {
  decide(state, { id, rpps, name, exercises }) {
    for (const [index, { from, to }] of exercises.entries()) {
      if (to !== undefined && to < from)
        throw new DomainError('RULE_BROKEN', { rule: 'from-after-to' }, `exercises.${index}.to`);
    }
    const known = state && { name: state.name, exercises: state.exercises };
    if (known !== undefined && canonicalJson(known) === canonicalJson({ name, exercises })) return [];
    return [{ type: 'PractitionerRegistered', data: { practitionerId: id, rpps, name, exercises: [...exercises] } }];
  },
  evolve(_, { data: { practitionerId: id, ...data } }) {
    const specialties = data.exercises.flatMap(({ specialty }) => specialty ?? []);
    return {
      id,
      ...data,
      roles: [...new Set(data.exercises.map(({ role }) => role))],
      specialties: [...new Set(specialties)],
    };
  },
};
