import type { Decider } from './decider';
import { DomainError } from './domain-error';

/**
 * All that a service keeps of one kind for one pathway (its cases, its requests), so that the pathway's end and a new
 * one cannot miss each other: both write this document.
 */
export interface PathwayDocket {
  readonly closed: boolean;
  readonly memberIds: readonly string[];
}

export type DocketCommand =
  | { readonly type: 'EnterDocket'; readonly memberId: string }
  | { readonly type: 'CloseDocket'; readonly at: string }
  /** The pathway's end was a mistake: others may enter again; those that had ended with it stay ended. */
  | { readonly type: 'ReopenDocket' };

export type DocketEvent =
  | { readonly type: 'DocketEntered'; readonly data: { readonly memberId: string } }
  | { readonly type: 'DocketClosed'; readonly data: { readonly at: string } }
  | { readonly type: 'DocketReopened'; readonly data: object };

export const pathwayDocket: Decider<PathwayDocket, DocketCommand, DocketEvent> = {
  decide(state, command) {
    switch (command.type) {
      case 'EnterDocket':
        if (state?.closed === true) throw new DomainError('PATHWAY_CLOSED');
        return [{ type: 'DocketEntered', data: { memberId: command.memberId } }];
      case 'CloseDocket':
        return state?.closed === true ? [] : [{ type: 'DocketClosed', data: { at: command.at } }];
      case 'ReopenDocket':
        return state?.closed === true ? [{ type: 'DocketReopened', data: {} }] : [];
    }
  },
  evolve(state, event) {
    const memberIds = state?.memberIds ?? [];
    switch (event.type) {
      case 'DocketEntered':
        return { closed: false, memberIds: [...memberIds, event.data.memberId] };
      case 'DocketClosed':
        return { closed: true, memberIds };
      case 'DocketReopened':
        return { closed: false, memberIds };
    }
  },
};
