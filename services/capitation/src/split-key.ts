import {
  canonicalJson,
  compare,
  type Decider,
  DomainError,
  parseRational,
  rational,
  sha256Hex,
  zero,
} from '@ariane/kernel';
import { dayOf } from './book-time';
import type { KeyRules } from './contract';

/** What one participant, role or kind of act weighs; `others` weighs for all that have no weight of their own. */
export interface KeyWeight {
  readonly id: string;
  /** A decimal or a fraction, not below zero. */
  readonly weight: string;
}

export const votes = ['FOR', 'AGAINST', 'ABSTAIN'] as const;
export type Vote = (typeof votes)[number];

/** A key as somebody proposed it, with the rules its vote goes by, and what became of it. */
export interface KeyProposal {
  readonly id: string;
  /** Of contract, key, first day and weights: what explanations name. */
  readonly sha256: string;
  /** In order of id. */
  readonly weights: readonly KeyWeight[];
  /** The first civil day of the contract's zone it applies to. */
  readonly from: string;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: string;
  /** When the vote ends, an instant. */
  readonly closesAt: string;
  readonly rules: KeyRules;
  /** The last vote of each voter. */
  readonly votes: readonly { readonly voter: string; readonly vote: Vote; readonly at: string }[];
  readonly outcome: 'ADOPTED' | 'REFUSED' | 'LAPSED' | null;
}

/** A split key of a contract: the proposal that is voted on, and those that were, in their order. */
export interface SplitKey {
  readonly contractId: string;
  readonly key: string;
  /** When the open vote ends; null while there is none. */
  readonly closesAt: string | null;
  readonly open: KeyProposal | null;
  readonly past: readonly KeyProposal[];
}

export type SplitKeyCommand =
  | {
      readonly type: 'ProposeKey';
      readonly contractId: string;
      readonly key: string;
      readonly proposal: Pick<KeyProposal, 'id' | 'weights' | 'from' | 'reason' | 'closesAt' | 'rules'>;
      /** The party that proposes. */
      readonly by: string | undefined;
      readonly timeZone: string;
      readonly territory: string;
      readonly now: string;
    }
  | {
      readonly type: 'CastVote';
      readonly proposalId: string;
      readonly voter: string | undefined;
      readonly vote: Vote;
      readonly territory: string;
      readonly now: string;
    }
  | { readonly type: 'CloseVote'; readonly territory: string; readonly now: string };

export type SplitKeyEvent =
  | { readonly type: 'KeyProposed'; readonly data: Pick<SplitKey, 'contractId' | 'key'> & { proposal: KeyProposal } }
  | { readonly type: 'VoteCast'; readonly data: KeyProposal['votes'][number] }
  | {
      readonly type: 'VoteClosed';
      readonly data: {
        readonly proposalId: string;
        readonly outcome: NonNullable<KeyProposal['outcome']>;
        readonly at: string;
        readonly territory: string;
      };
    };

/**
 * The life of a split key. A named voter proposes, every voter has one vote that may be changed until the vote ends;
 * then the key is adopted by quorum and majority, or nothing changes. It applies from its day on, which is after the
 * vote: what was earned before is never shared anew.
 *
 * @throws NOT_A_VOTER, KEY_VOTE_OPEN, KEY_TOO_EARLY, KEY_WEIGHTS_INVALID, VOTE_OVER, NOT_FOUND
 */
export const splitKeys: Decider<SplitKey, SplitKeyCommand, SplitKeyEvent> = {
  decide: (state, command) => {
    // Whoever comes after the end finds the vote counted, whether time was looked at before or not.
    const counted = closing(state, command);
    const after = counted.reduce<SplitKey | undefined>(evolve, state);
    switch (command.type) {
      case 'ProposeKey':
        return [...counted, ...proposed(after, command)];
      case 'CastVote':
        return [...counted, ...cast(after, command)];
      case 'CloseVote':
        return counted;
    }
  },
  evolve,
};

function closing(state: SplitKey | undefined, { now, territory }: SplitKeyCommand): readonly SplitKeyEvent[] {
  const { open } = state ?? {};
  if (!open || Date.parse(now) < Date.parse(open.closesAt)) return [];
  const data = { proposalId: open.id, outcome: outcomeOf(open), at: open.closesAt, territory };
  return [{ type: 'VoteClosed', data }];
}

function proposed(state: SplitKey | undefined, command: SplitKeyCommand & { type: 'ProposeKey' }): SplitKeyEvent[] {
  const { contractId, key, proposal, by, timeZone, now } = command;
  const { id, from, closesAt, rules } = proposal;
  if (by === undefined || !rules.voters.includes(by)) throw new DomainError('NOT_A_VOTER');
  if (state?.open) throw new DomainError('KEY_VOTE_OPEN', { closesAt: state.open.closesAt });
  if (state?.past.some((one) => one.id === id)) throw new DomainError('ALREADY_EXISTS');
  if (Date.parse(closesAt) <= Date.parse(now)) throw new DomainError('KEY_TOO_EARLY', { allowed: now }, 'closesAt');
  const lastDay = dayOf(closesAt, timeZone);
  if (from <= lastDay) throw new DomainError('KEY_TOO_EARLY', { allowed: lastDay }, 'from');
  checkWeights(proposal.weights);
  const weights = [...proposal.weights].sort((a, b) => (a.id < b.id ? -1 : 1));
  const sha256 = sha256Hex(canonicalJson({ contractId, key, from, weights }));
  const made = { ...proposal, weights, sha256, proposedBy: by, proposedAt: now, votes: [], outcome: null };
  return [{ type: 'KeyProposed', data: { contractId, key, proposal: made } }];
}

function checkWeights(weights: readonly KeyWeight[]): void {
  const refuse = (index: number, reason: string): never => {
    throw new DomainError('KEY_WEIGHTS_INVALID', { reason }, `weights.${index}`);
  };
  weights.forEach(({ id, weight }, index) => {
    if (weights.findIndex((one) => one.id === id) < index) refuse(index, `${id} appears twice`);
    if (!/^\d{1,9}(\.\d{1,6}|\/0*[1-9]\d{0,8})?$/.test(weight)) refuse(index, `${weight} is no number from 0 on`);
  });
  if (!weights.some(({ weight }) => compare(parseRational(weight), zero) > 0)) refuse(0, 'nobody weighs anything');
}

function cast(state: SplitKey | undefined, command: SplitKeyCommand & { type: 'CastVote' }): readonly SplitKeyEvent[] {
  const { proposalId, voter, vote, now } = command;
  const known = [...(state?.past ?? []), ...(state?.open ? [state.open] : [])].find(({ id }) => id === proposalId);
  if (!known) throw new DomainError('NOT_FOUND');
  if (voter === undefined || !known.rules.voters.includes(voter)) throw new DomainError('NOT_A_VOTER');
  if (known.outcome !== null) throw new DomainError('VOTE_OVER', { closesAt: known.closesAt });
  const isSame = known.votes.some((one) => one.voter === voter && one.vote === vote);
  return isSame ? [] : [{ type: 'VoteCast', data: { voter, vote, at: now } }];
}

function evolve(state: SplitKey | undefined, event: SplitKeyEvent): SplitKey {
  if (event.type === 'KeyProposed') {
    const { contractId, key, proposal } = event.data;
    return { contractId, key, closesAt: proposal.closesAt, open: proposal, past: state?.past ?? [] };
  }
  const { open } = state ?? {};
  if (!state || !open) throw new Error('a vote is opened before anything else');
  if (event.type === 'VoteCast') {
    const others = open.votes.filter(({ voter }) => voter !== event.data.voter);
    return { ...state, open: { ...open, votes: [...others, event.data] } };
  }
  const { outcome } = event.data;
  return { ...state, closesAt: null, open: null, past: [...state.past, { ...open, outcome }] };
}

/** How many have voted what. */
export const tallyOf = ({ votes: given }: Pick<KeyProposal, 'votes'>): Readonly<Record<Vote, number>> => {
  const count = (wanted: Vote): number => given.filter(({ vote }) => vote === wanted).length;
  return { FOR: count('FOR'), AGAINST: count('AGAINST'), ABSTAIN: count('ABSTAIN') };
};

/** The quorum is a least share of the voters, abstentions among them; the majority is more than a share of for and against. */
function outcomeOf(proposal: KeyProposal): NonNullable<KeyProposal['outcome']> {
  const { rules } = proposal;
  const tally = tallyOf(proposal);
  const cast = tally.FOR + tally.AGAINST + tally.ABSTAIN;
  if (compare(rational(BigInt(cast), BigInt(rules.voters.length)), parseRational(rules.quorum)) < 0) return 'LAPSED';
  const decided = tally.FOR + tally.AGAINST;
  if (decided === 0) return 'REFUSED';
  const isCarried = compare(rational(BigInt(tally.FOR), BigInt(decided)), parseRational(rules.majority)) > 0;
  return isCarried ? 'ADOPTED' : 'REFUSED';
}

/** The key that applies on a civil day: of those adopted, the one that began last. */
export function keyOn({ past }: Pick<SplitKey, 'past'>, day: string): KeyProposal | undefined {
  const adopted = past.filter(({ outcome, from }) => outcome === 'ADOPTED' && from <= day);
  // Of two that begin on one day, the one that was voted last.
  return adopted.reduce<KeyProposal | undefined>((best, one) => (best && best.from > one.from ? best : one), undefined);
}
