import { canonicalJson, type Decider, type Exercise } from '@ariane/kernel';

/** The portal's copy of the directory: professionals with what they practise, and places. */
export interface ListedCopy {
  readonly name: string;
  readonly exercises: readonly Exercise[];
}

export interface CopyListed {
  readonly type: 'CopyListed';
  readonly listed: ListedCopy;
}

export interface ListedCopied {
  readonly type: 'ListedCopied';
  readonly data: ListedCopy;
}

export const listedCopy: Decider<ListedCopy, CopyListed, ListedCopied> = {
  decide: (state, { listed }) =>
    state !== undefined && canonicalJson(state) === canonicalJson(listed)
      ? []
      : [{ type: 'ListedCopied', data: listed }],
  evolve: (_, { data }) => data,
};
