import { canonicalJson, invariant, sha256Hex } from '@ariane/kernel';
import type { Explanation } from './explanation';

type Allocation = Extract<Explanation, { readonly of: 'allocation' }>;
type Own = Pick<Allocation, 'of' | 'id' | 'value' | 'rule' | 'tieBreak'>;

/** What all parts of one amount have in common: the amount, and everybody's weight. */
interface Common extends Pick<Allocation, 'weights' | 'already'> {
  readonly of: 'common';
  readonly total: Kept;
}

/** An explanation as it is kept: what the many parts of one amount have in common is kept once, under its own hash. */
export type Kept =
  | Extract<Explanation, { readonly of: 'constant' | 'parameter' | 'fact' }>
  | (Omit<Extract<Explanation, { readonly of: 'component' }>, 'because'> & { readonly because: Kept })
  | (Omit<Extract<Explanation, { readonly of: 'operation' }>, 'from'> & { readonly from: readonly Kept[] })
  | (Omit<Allocation, 'total'> & { readonly total: Kept })
  | (Own & { readonly common: string })
  | Common;

/** Parts of an amount from which on their common reason is kept apart: few are smaller when kept whole. */
const SHARED_FROM = 20;

/** Keeps the explanations of one run. */
export interface Keeper {
  readonly keep: (tree: Explanation) => Kept;
  /** What was kept apart so far, by its hash. */
  readonly commons: () => readonly { readonly sha256: string; readonly tree: Kept }[];
}

/** Parts of one amount share the very list of their weights: that is how they are known to be of one. */
export function keeper(): Keeper {
  const known = new Map<Allocation['weights'], { readonly sha256: string; readonly tree: Kept }>();
  const keep = (tree: Explanation): Kept => {
    switch (tree.of) {
      case 'component':
        return { ...tree, because: keep(tree.because) };
      case 'operation':
        return { ...tree, from: tree.from.map(keep) };
      case 'allocation':
        return tree.weights.length < SHARED_FROM ? { ...tree, total: keep(tree.total) } : apart(tree);
      default:
        return tree;
    }
  };
  const apart = ({ of, id, value, rule, tieBreak, total, weights, already }: Allocation): Kept => {
    let found = known.get(weights);
    if (!found) {
      const tree: Common = { of: 'common', total: keep(total), weights, already };
      found = { sha256: sha256Hex(canonicalJson(tree)), tree };
      known.set(weights, found);
    }
    return { of, id, value, rule, tieBreak, common: found.sha256 };
  };
  return { keep, commons: () => [...known.values()] };
}

/** The hashes of what has to be at hand to make a kept explanation whole again. */
export function commonsIn(kept: Kept): readonly string[] {
  switch (kept.of) {
    case 'component':
      return commonsIn(kept.because);
    case 'operation':
      return kept.from.flatMap(commonsIn);
    case 'common':
      return commonsIn(kept.total);
    case 'allocation':
      return 'common' in kept ? [kept.common] : commonsIn(kept.total);
    default:
      return [];
  }
}

/** The explanation that was kept. */
export function whole(kept: Kept, commons: ReadonlyMap<string, Kept>): Explanation {
  switch (kept.of) {
    case 'component':
      return { ...kept, because: whole(kept.because, commons) };
    case 'operation':
      return { ...kept, from: kept.from.map((one) => whole(one, commons)) };
    case 'common':
      return whole(kept.total, commons);
    case 'allocation': {
      if (!('common' in kept)) return { ...kept, total: whole(kept.total, commons) };
      const { common, ...own } = kept;
      const found = commons.get(common);
      invariant(found?.of === 'common', 'what a part has in common with others is kept with it');
      return { ...own, total: whole(found.total, commons), weights: found.weights, already: found.already };
    }
    default:
      return kept;
  }
}
