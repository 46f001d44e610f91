import { capitationEvents } from '@ariane/contracts';
import { type EventData, Hears } from '@ariane/bus';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import { paymentContracts } from './aggregates.store';
import { paymentContractIdOf } from './payment-contract';

/** Which contracts may pay which protocols: needed at enrolment, where the contract is pinned. */
@Controller()
export class CapitationConsumer {
  @Hears(capitationEvents.PaymentContractActivated)
  activated({ envelope, data }: EventData<typeof capitationEvents.PaymentContractActivated>): Effect[] {
    const id = paymentContractIdOf(envelope.territory, data.contract);
    return [effect(paymentContracts, id, { type: 'CopyPaymentContract', ...data })];
  }

  @Hears(capitationEvents.PaymentContractEnded)
  ended({ envelope, data }: EventData<typeof capitationEvents.PaymentContractEnded>): Effect[] {
    const id = paymentContractIdOf(envelope.territory, data.contract);
    return [effect(paymentContracts, id, { type: 'EndPaymentContract', endsAt: data.endsAt })];
  }
}
