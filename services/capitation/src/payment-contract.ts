import type { CapitationEvent, Pin } from '@ariane/contracts';
import { type Decider, DomainError } from '@ariane/kernel';

/** One version of a payment contract: a draft may be replaced, an active one never changes. */
export interface PaymentContract {
  readonly status: 'DRAFT' | 'ACTIVE';
  readonly pin: Pin;
  /** The document as canonical JSON text, since its keys are names of the contract's own language. */
  readonly json: string;
  readonly validity: { readonly from: string; readonly to: string | null };
  readonly protocols: readonly string[];
  /** Set at activation: the book it posts to, who approved it, when. */
  readonly bookId: string | null;
  readonly approvedBy: string | null;
  readonly activatedAt: string | null;
}

type Drafted = Pick<PaymentContract, 'pin' | 'json' | 'validity' | 'protocols'>;

export type PaymentContractCommand =
  | (Drafted & { readonly type: 'DraftPaymentContract' })
  | {
      readonly type: 'ActivatePaymentContract';
      readonly bookId: string;
      readonly approvedBy: string;
      readonly now: string;
    };

export type PaymentContractEvent =
  | { readonly type: 'PaymentContractDrafted'; readonly data: Drafted }
  | { readonly type: 'PaymentContractApproved'; readonly data: { bookId: string; approvedBy: string; at: string } }
  | Extract<CapitationEvent, { type: 'PaymentContractActivated' }>;

/**
 * The life of a contract's version. Activating twice says nothing twice.
 *
 * @throws NOT_FOUND, CONTRACT_IMMUTABLE when an active version is drafted again with another content
 */
export const paymentContracts: Decider<PaymentContract, PaymentContractCommand, PaymentContractEvent> = {
  decide: (state, command) => {
    if (command.type === 'DraftPaymentContract') {
      const { pin, json, validity, protocols } = command;
      const data = { pin, json, validity, protocols };
      if (state?.pin.sha256 === data.pin.sha256) return [];
      if (state?.status === 'ACTIVE') throw new DomainError('CONTRACT_IMMUTABLE');
      return [{ type: 'PaymentContractDrafted', data }];
    }
    if (!state) throw new DomainError('NOT_FOUND');
    if (state.status === 'ACTIVE') return [];
    const { bookId, approvedBy, now } = command;
    return [
      { type: 'PaymentContractApproved', data: { bookId, approvedBy, at: now } },
      {
        type: 'PaymentContractActivated',
        data: { contract: state.pin, activatedAt: now, protocols: [...state.protocols] },
      },
    ];
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'PaymentContractDrafted':
        return { ...event.data, status: 'DRAFT', bookId: null, approvedBy: null, activatedAt: null };
      case 'PaymentContractApproved': {
        const { bookId, approvedBy, at } = event.data;
        if (!state) throw new Error('only a drafted contract is approved');
        return { ...state, status: 'ACTIVE', bookId, approvedBy, activatedAt: at };
      }
      case 'PaymentContractActivated':
        if (!state) throw new Error('only a drafted contract is activated');
        return state;
    }
  },
};

/** Whether two validities share a day; `to` is exclusive, null is open. */
export function overlaps(a: PaymentContract['validity'], b: PaymentContract['validity']): boolean {
  return (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to);
}
