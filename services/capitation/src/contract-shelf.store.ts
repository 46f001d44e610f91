import { loadContract } from './load-contract';
import type { Contract } from './contract';
import { type PaymentContract, wasActivated } from './payment-contract';
import type { Shelf, Shelved } from './shelf';

/** Active contracts in memory. A version that is active never changes, so nothing here is ever stale. */
export class ContractShelf implements Shelf {
  private readonly byHash = new Map<string, Shelved>();

  active(territory: string, sha256: string): Shelved | undefined {
    return this.byHash.get(`${territory}|${sha256}`);
  }

  /** The active contracts of a territory that post to a book. */
  all(territory: string, bookId: string): readonly Contract[] {
    const own = [...this.byHash].filter(([key, one]) => key.startsWith(`${territory}|`) && one.bookId === bookId);
    return own.map(([, { contract }]) => contract);
  }

  /** Takes a territory's stored contract in once it was activated. */
  take(territory: string, stored: PaymentContract): void {
    const { bookId, json, pin } = stored;
    const key = `${territory}|${pin.sha256}`;
    if (!wasActivated(stored) || bookId === null || this.byHash.has(key)) return;
    this.byHash.set(key, { contract: loadContract(JSON.parse(json)), bookId });
  }
}
