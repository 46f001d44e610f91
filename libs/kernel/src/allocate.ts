import { DomainError } from './domain-error';
import { compare, floor, multiply, divide, type Rational, rational, subtract, sum, zero } from './rational';

/** One who takes part of a total, in proportion to an exact weight that is not negative. */
export interface Share {
  readonly id: string;
  readonly weight: Rational;
}

export interface Allocated {
  readonly id: string;
  readonly cents: bigint;
}

/**
 * Who gets the cents that flooring leaves over. LARGEST_REMAINDER: the largest fractional parts, ties by id or by
 * declared order. FIRST_DECLARED: the first in the list, one cent each (as Numscript does).
 */
export type Spare =
  { readonly to: 'LARGEST_REMAINDER'; readonly tieBreak: 'ID' | 'DECLARED' } | { readonly to: 'FIRST_DECLARED' };

const byId = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Splits a total so that the parts add up to it and each is within a cent of its exact share. Not monotone in the
 * total (Alabama paradox): increments of one pool go through `allocateCumulative`.
 *
 * @param totalCents may be negative; the parts are then the exact opposites of those of `-totalCents`
 * @returns in the order given; nothing at all when every weight is zero, for nobody then has a claim
 * @throws WEIGHT_NEGATIVE, ALREADY_EXISTS when an id appears twice
 */
export function allocate(totalCents: bigint, shares: readonly Share[], spare: Spare): readonly Allocated[] {
  if (totalCents < 0n) return allocate(-totalCents, shares, spare).map(({ id, cents }) => ({ id, cents: -cents }));
  if (shares.some((share) => compare(share.weight, zero) < 0)) throw new DomainError('WEIGHT_NEGATIVE');
  if (new Set(shares.map((share) => share.id)).size !== shares.length) throw new DomainError('ALREADY_EXISTS');
  const weightTotal = sum(shares.map((share) => share.weight));
  if (compare(weightTotal, zero) === 0) return [];
  const parts = shares.map(({ id, weight }, index) => {
    const exact = divide(multiply(rational(totalCents), weight), weightTotal);
    const cents = floor(exact);
    return { id, index, weight, cents, rest: subtract(exact, rational(cents)) };
  });
  const missing = totalCents - parts.reduce((total, part) => total + part.cents, 0n);
  const claimants = parts
    .filter((part) => compare(part.weight, zero) > 0)
    .sort((a, b) => {
      if (spare.to === 'FIRST_DECLARED') return a.index - b.index;
      const largerFirst = compare(b.rest, a.rest);
      if (largerFirst !== 0) return largerFirst;
      return spare.tieBreak === 'ID' ? byId(a.id, b.id) : a.index - b.index;
    });
  // Flooring n parts leaves fewer than n cents over, so the first `missing` claimants get one each.
  const lucky = new Set(claimants.slice(0, Number(missing)).map((part) => part.id));
  return parts.map(({ id, cents }) => ({ id, cents: lucky.has(id) ? cents + 1n : cents }));
}

/**
 * One more step of a pool that is shared again and again: allocates the running total and gives the difference to what
 * each already has, so that nobody ever drifts more than a cent from the exact share. A step may be a cent negative.
 *
 * @param already what earlier steps gave, by id; those no longer among the shares give theirs back
 */
export function allocateCumulative(
  stepCents: bigint,
  shares: readonly Share[],
  already: ReadonlyMap<string, bigint>,
  tieBreak: 'ID' | 'DECLARED',
): readonly Allocated[] {
  const running = [...already.values()].reduce((total, cents) => total + cents, stepCents);
  const targets = allocate(running, shares, { to: 'LARGEST_REMAINDER', tieBreak });
  if (targets.length === 0) return [];
  const named = new Set(targets.map((target) => target.id));
  const gone = [...already].filter(([id]) => !named.has(id)).map(([id]) => ({ id, cents: 0n }));
  return [...targets, ...gone].map(({ id, cents }) => ({ id, cents: cents - (already.get(id) ?? 0n) }));
}
