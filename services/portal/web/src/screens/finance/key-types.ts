import type { Money } from '../../formats';

export const votes = ['FOR', 'AGAINST', 'ABSTAIN'] as const;
export type Vote = (typeof votes)[number];

export interface KeyProposal {
  readonly id: string;
  readonly weights: readonly { readonly id: string; readonly weight: string }[];
  readonly from: string;
  readonly reason: string;
  readonly proposedBy: string;
  readonly closesAt: string;
  readonly outcome: 'ADOPTED' | 'REFUSED' | 'LAPSED' | null;
  readonly quorum: string;
  readonly majority: string;
  /** How many have a vote. */
  readonly voters: number;
  readonly tally: Readonly<Record<Vote, number>>;
  readonly ownVote: Vote | null;
}

export interface SplitKey {
  readonly valid: KeyProposal | null;
  readonly open: KeyProposal | null;
  readonly past: readonly KeyProposal[];
}

interface KeyShares {
  readonly current: Money;
  readonly proposed: Money;
  readonly difference: Money;
}

/** To finance by pseudonym, to a professional their own alone. */
export interface KeySimulation {
  readonly month: string | null;
  readonly people?: readonly (KeyShares & { readonly person: string })[];
  readonly own?: KeyShares;
  readonly total: KeyShares;
}
