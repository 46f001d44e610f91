import { compare, one, parseRational, sum } from '@ariane/kernel';
import { allocated } from './allocation';
import type { Split } from './components';
import type { ContractDocument } from './contract';
import type { Amount, Checker } from './kind';

/** Throws CONTRACT_INVALID unless the shares make 100 % and each part has a name of its own. */
export function checkSplit(split: Split, checker: Checker): void {
  const shares = split.map((part) => parseRational(part.share));
  if (compare(sum(shares), one) !== 0) checker.refuse('split', 'the shares do not make 100 %');
  const names = split.map((part) => part.to);
  if (new Set(names).size !== names.length) checker.refuse('split', 'a part appears twice');
}

/** An amount in its parts. It is split once, so the cumulative rule has nothing to accumulate here. */
export function partsOf(
  total: Amount,
  split: Split,
  { rounding, currency }: ContractDocument,
): ReadonlyMap<string, Amount> {
  const claims = split.map(({ to, share }) => ({
    id: to,
    weight: parseRational(share),
    because: { of: 'constant' as const, value: share },
  }));
  const allocation = rounding.allocation === 'CUMULATIVE' ? 'LARGEST_REMAINDER' : rounding.allocation;
  return allocated(total, claims, { ...rounding, allocation }, currency);
}
