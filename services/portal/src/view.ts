import { type Decider, DomainError } from '@ariane/kernel';

/** What a screen is narrowed to, under a name of its owner's. The address holds the view's id and never the name. */
export interface View {
  readonly ownerId: string;
  readonly area: string;
  readonly name: string;
  /** The screen's own search parameters: codes and ids. */
  readonly search: Readonly<Record<string, string>>;
  readonly isShared: boolean;
  readonly isRemoved: boolean;
}

export type ViewCommand =
  | { readonly type: 'SaveView'; readonly by: string; readonly view: Omit<View, 'ownerId' | 'isRemoved'> }
  | { readonly type: 'RemoveView'; readonly by: string };

export interface ViewChanged {
  readonly type: 'ViewChanged';
  readonly data: View;
}

/** A view is its owner's to change: for everybody else it is not there. */
export const view: Decider<View, ViewCommand, ViewChanged> = {
  decide(state, command) {
    if (state !== undefined && state.ownerId !== command.by) throw new DomainError('NOT_FOUND', {}, 'id');
    switch (command.type) {
      case 'SaveView':
        return [{ type: 'ViewChanged', data: { ...command.view, ownerId: command.by, isRemoved: false } }];
      case 'RemoveView':
        if (state === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
        return state.isRemoved ? [] : [{ type: 'ViewChanged', data: { ...state, isRemoved: true } }];
    }
  },
  evolve: (_, { data }) => data,
};
