import type { Pin } from '@ariane/contracts';
import { arianeNamespace, type Decider, invariant, uuidv5 } from '@ariane/kernel';

/** The local copy of a payment contract that capitation activated: which protocols it may pay, since when. */
export interface PaymentContract {
  readonly contract: Pin;
  readonly activatedAt: string;
  readonly protocols: readonly string[];
  /** From when it takes nobody any more, an instant; absent while it goes on. */
  readonly endsAt?: string;
}

export type PaymentContractCommand =
  | (Omit<PaymentContract, 'endsAt'> & { readonly type: 'CopyPaymentContract' })
  | { readonly type: 'EndPaymentContract'; readonly endsAt: string };

export type PaymentContractEvent =
  | { readonly type: 'PaymentContractCopied'; readonly data: PaymentContract }
  | { readonly type: 'PaymentContractEnds'; readonly data: { readonly endsAt: string } };

/** An activated version is immutable, the first copy stands; it may end. */
export const paymentContract: Decider<PaymentContract, PaymentContractCommand, PaymentContractEvent> = {
  decide: (state, command) => {
    if (command.type === 'CopyPaymentContract') {
      const { contract, activatedAt, protocols } = command;
      return state === undefined ? [{ type: 'PaymentContractCopied', data: { contract, activatedAt, protocols } }] : [];
    }
    const { endsAt } = command;
    return state === undefined || state.endsAt === endsAt ? [] : [{ type: 'PaymentContractEnds', data: { endsAt } }];
  },
  evolve: (state, event) => {
    if (event.type === 'PaymentContractCopied') return event.data;
    invariant(state, 'a contract is copied before it ends');
    return { ...state, ...event.data };
  },
};

export const paymentContractIdOf = (territory: string, { id, version }: Pin): string =>
  uuidv5(arianeNamespace, `payment-contract|${territory}|${id}|${version}`);

/**
 * The contract that pays a protocol for who enters at `now`: among those active and not ended then, the last activated; for one
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
    ({ contract, activatedAt, protocols, endsAt }) =>
      protocols.includes(protocolId) &&
      Date.parse(activatedAt) <= Date.parse(now) &&
      (endsAt === undefined || Date.parse(now) < Date.parse(endsAt)) &&
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
