import type { Decider } from '@ariane/kernel';
import { DomainError } from '@ariane/kernel';

/**
 * All the requests of one pathway, so that its end and a new request cannot miss each other: both write this document.
 */
export interface PathwayDocket {
  readonly closed: boolean;
  readonly requestIds: readonly string[];
}

export type DocketCommand =
  { readonly type: 'EnterRequest'; readonly requestId: string } | { readonly type: 'CloseDocket'; readonly at: string };

export type DocketEvent =
  | { readonly type: 'RequestEntered'; readonly data: { readonly requestId: string } }
  | { readonly type: 'DocketClosed'; readonly data: { readonly at: string } };

export const pathwayDocket: Decider<PathwayDocket, DocketCommand, DocketEvent> = {
  decide(state, command) {
    switch (command.type) {
      case 'EnterRequest':
        if (state?.closed === true) throw new DomainError('PATHWAY_CLOSED');
        return [{ type: 'RequestEntered', data: { requestId: command.requestId } }];
      case 'CloseDocket':
        return state?.closed === true ? [] : [{ type: 'DocketClosed', data: { at: command.at } }];
    }
  },
  evolve(state, event) {
    const requestIds = state?.requestIds ?? [];
    switch (event.type) {
      case 'RequestEntered':
        return { closed: false, requestIds: [...requestIds, event.data.requestId] };
      case 'DocketClosed':
        return { closed: true, requestIds };
    }
  },
};
