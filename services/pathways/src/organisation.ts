import type { PathwaysEvent } from '@ariane/contracts';
import type { Decider } from '@ariane/kernel';

/** A place of care. */
export interface Organisation {
  readonly id: string;
  readonly finess: string;
  readonly name: string;
}

export interface RegisterOrganisation extends Organisation {
  readonly type: 'RegisterOrganisation';
}

export type OrganisationEvent = Extract<PathwaysEvent, { type: 'OrganisationRegistered' }>;

/** Registers a place or renames it; the same again changes nothing. */
export const organisation: Decider<Organisation, RegisterOrganisation, OrganisationEvent> = {
  decide(state, { id, finess, name }) {
    if (state?.name === name) return [];
    return [{ type: 'OrganisationRegistered', data: { organisationId: id, finess, name } }];
  },
  evolve: (_, { data: { organisationId: id, finess, name } }) => ({ id, finess, name }),
};
