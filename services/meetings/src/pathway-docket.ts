import type { Decider } from '@ariane/kernel';
import { DomainError } from '@ariane/kernel';

/**
 * All the cases of one pathway, so that its end and a new case cannot miss each other: both write this document.
 */
export interface PathwayDocket {
  readonly closed: boolean;
  readonly caseIds: readonly string[];
}

export type DocketCommand =
  { readonly type: 'EnterCase'; readonly caseId: string } | { readonly type: 'CloseDocket'; readonly at: string };

export type DocketEvent =
  | { readonly type: 'CaseEntered'; readonly data: { readonly caseId: string } }
  | { readonly type: 'DocketClosed'; readonly data: { readonly at: string } };

export const pathwayDocket: Decider<PathwayDocket, DocketCommand, DocketEvent> = {
  decide(state, command) {
    switch (command.type) {
      case 'EnterCase':
        if (state?.closed === true) throw new DomainError('PATHWAY_CLOSED');
        return [{ type: 'CaseEntered', data: { caseId: command.caseId } }];
      case 'CloseDocket':
        return state?.closed === true ? [] : [{ type: 'DocketClosed', data: { at: command.at } }];
    }
  },
  evolve(state, event) {
    const caseIds = state?.caseIds ?? [];
    switch (event.type) {
      case 'CaseEntered':
        return { closed: false, caseIds: [...caseIds, event.data.caseId] };
      case 'DocketClosed':
        return { closed: true, caseIds };
    }
  },
};
