import type { Pin } from '@ariane/contracts';
import { arianeNamespace, type Decider, uuidv5 } from '@ariane/kernel';

/** The local copy of a payment contract that capitation activated: which protocols it may pay, since when. */
export interface PaymentContract {
  readonly contract: Pin;
  readonly activatedAt: string;
  readonly protocols: readonly string[];
}

export interface CopyPaymentContract extends PaymentContract {
  readonly type: 'CopyPaymentContract';
}

export interface PaymentContractCopied {
  readonly type: 'PaymentContractCopied';
  readonly data: PaymentContract;
}

/** An activated version is immutable: the first copy stands. */
export const paymentContract: Decider<PaymentContract, CopyPaymentContract, PaymentContractCopied> = {
  decide: (state, { contract, activatedAt, protocols }) =>
    state === undefined ? [{ type: 'PaymentContractCopied', data: { contract, activatedAt, protocols } }] : [],
  evolve: (_, { data }) => data,
};

export const paymentContractIdOf = (territory: string, { id, version }: Pin): string =>
  uuidv5(arianeNamespace, `payment-contract|${territory}|${id}|${version}`);

/**
 * The contract that pays a protocol for who enters at `now`: among those active then, the last activated; for one
 * instant, the highest version, then the first id, so that every machine chooses the same.
 *
 * @param wanted a contract's id, where the caller names one
 */
export function contractFor(
  copies: readonly PaymentContract[],
  protocolId: string,
  now: string,
  wanted?: string,
): Pin | undefined {
  const paying = copies.filter(
    ({ contract, activatedAt, protocols }) =>
      protocols.includes(protocolId) &&
      Date.parse(activatedAt) <= Date.parse(now) &&
      (wanted === undefined || contract.id === wanted),
  );
  const [best] = paying.sort(
    (a, b) =>
      Date.parse(b.activatedAt) - Date.parse(a.activatedAt) ||
      b.contract.version - a.contract.version ||
      (a.contract.id < b.contract.id ? -1 : 1),
  );
  return best?.contract;
}
