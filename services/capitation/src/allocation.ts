import { allocate, allocateCumulative, formatMoney, type Rational } from '@ariane/kernel';
import type { ContractDocument } from './contract';
import type { Explanation } from './explanation';
import type { Amount } from './kind';

/** One who takes part of an amount, with the reason of the weight. */
export interface Claim {
  readonly id: string;
  readonly weight: Rational;
  readonly because: Explanation;
}

type Rounding = ContractDocument['rounding'];

/**
 * Splits an amount by the contract's rule. Under CUMULATIVE, `already` is what earlier runs gave each, and the result
 * is this run's step.
 *
 * @returns by id in the order given; empty when all weights are zero
 */
export function allocated(
  total: Amount,
  claims: readonly Claim[],
  rounding: Rounding,
  currency: string,
  already: ReadonlyMap<string, bigint> = new Map(),
): ReadonlyMap<string, Amount> {
  const parts = split(total.cents, claims, rounding, already);
  const weights = claims.map(({ id, because }) => ({ id, because }));
  const given = [...already].map(([id, cents]) => ({ id, value: formatMoney({ cents, currency }) }));
  const because = (id: string, cents: bigint): Explanation => ({
    of: 'allocation',
    id,
    value: formatMoney({ cents, currency }),
    rule: rounding.allocation,
    tieBreak: rounding.tieBreak,
    total: total.because,
    weights,
    already: given,
  });
  return new Map(parts.map(({ id, cents }) => [id, { cents, because: because(id, cents) }]));
}

/** The cents only, for the verifier that recomputes an explanation. */
export function split(
  cents: bigint,
  claims: readonly { readonly id: string; readonly weight: Rational }[],
  rounding: Pick<Rounding, 'allocation' | 'tieBreak'>,
  already: ReadonlyMap<string, bigint>,
): readonly { readonly id: string; readonly cents: bigint }[] {
  if (rounding.allocation === 'CUMULATIVE') return allocateCumulative(cents, claims, already, rounding.tieBreak);
  if (rounding.allocation === 'FIRST_DECLARED') return allocate(cents, claims, { to: 'FIRST_DECLARED' });
  return allocate(cents, claims, { to: 'LARGEST_REMAINDER', tieBreak: rounding.tieBreak });
}
