import { loadContract } from './load-contract';
import type { Contract } from './contract';
import type { Shelf } from './pathway-account';
import type { PaymentContract } from './payment-contract';

interface Shelved {
  readonly contract: Contract;
  readonly bookId: string;
}

/** Active contracts in memory. A version that is active never changes, so nothing here is ever stale. */
export class ContractShelf implements Shelf {
  private readonly byHash = new Map<string, Shelved>();

  active(sha256: string): Shelved | undefined {
    return this.byHash.get(sha256);
  }

  /** Takes a stored contract in when it is active. */
  take({ status, bookId, json, pin }: PaymentContract): void {
    if (status !== 'ACTIVE' || bookId === null || this.byHash.has(pin.sha256)) return;
    this.byHash.set(pin.sha256, { contract: loadContract(JSON.parse(json)), bookId });
  }
}
