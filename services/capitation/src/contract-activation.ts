import { DomainError } from '@ariane/kernel';
import { type Days, type PaymentContract, wasActivated } from './payment-contract';

/** Whether two validities share a day; `to` is exclusive, null is open. */
export function overlaps(a: Days, b: Days): boolean {
  return (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to);
}

/** What is asked of a document before it may pay, beside its shape and its examples. */
interface Candidate {
  readonly version: number;
  readonly supersedes?: { readonly version: number; readonly sha256: string };
  readonly validity: Days;
  readonly legalBasis?: string;
  readonly illustrative?: boolean;
}

/**
 * Whether a version may become active among the other versions of its contract.
 *
 * @throws LEGAL_BASIS_REQUIRED and CONTRACT_ILLUSTRATIVE in production; CONTRACT_OVERLAPS when another active version
 *   that it does not supersede covers a day of its; NOT_FOUND when what it supersedes is not that document
 */
export function checkActivation(
  { version, supersedes, validity, legalBasis, illustrative }: Candidate,
  others: readonly PaymentContract[],
  isProduction: boolean,
): void {
  if (legalBasis === undefined && isProduction) throw new DomainError('LEGAL_BASIS_REQUIRED');
  if (illustrative === true && isProduction) throw new DomainError('CONTRACT_ILLUSTRATIVE');
  const before = others.find((other) => other.pin.version === supersedes?.version);
  if (supersedes && before?.pin.sha256 !== supersedes.sha256) throw new DomainError('NOT_FOUND', {}, 'supersedes');
  const clash = others.some((other) => {
    if (!wasActivated(other) || other.pin.version === version || other === before) return false;
    return overlaps({ from: other.validity.from, to: other.endsOn ?? other.validity.to }, validity);
  });
  if (clash) throw new DomainError('CONTRACT_OVERLAPS');
}
