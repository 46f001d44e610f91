import { DomainError } from '@ariane/kernel';
import type { Contract } from './contract';

/** An active contract and the book it posts to. */
export interface Shelved {
  readonly contract: Contract;
  readonly bookId: string;
}

/**
 * A territory's active contracts by their hash, with the book each posts to there; an active version never changes, so
 * a lookup is a pure function.
 */
export interface Shelf {
  readonly active: (territory: string, sha256: string) => Shelved | undefined;
}

/** @throws CONTRACT_NOT_ACTIVE */
export function activeContract(shelf: Shelf, territory: string, sha256: string): Shelved {
  const found = shelf.active(territory, sha256);
  if (!found) throw new DomainError('CONTRACT_NOT_ACTIVE');
  return found;
}
