import { capitationEvents } from '@ariane/contracts';
import type { Aggregate, Companion } from '@ariane/store';
import { EVIDENCE, once } from './ledger-documents.store';
import { followOf, runCompanions } from './ledger.store';
import { type PathwayAccount, pathwayAccounts, type PathwayCommand, type PathwayEvent } from './pathway-account';
import type { Shelf } from './shelf';
import {
  type PaymentContract,
  type PaymentContractCommand,
  type PaymentContractEvent,
  paymentContracts,
} from './payment-contract';
import { type Settlement, type SettleByHand, type SettledByHand, settlements } from './settlement';

export type PaymentContractType = Aggregate<PaymentContract, PaymentContractCommand, PaymentContractEvent>;
export type PathwayAccountType = Aggregate<PathwayAccount, PathwayCommand, PathwayEvent>;
export type SettlementType = Aggregate<Settlement, SettleByHand, SettledByHand>;

export const paymentContractType: PaymentContractType = {
  ...paymentContracts,
  name: 'PaymentContract',
  collection: 'paymentContracts',
  facts: { PaymentContractActivated: capitationEvents.PaymentContractActivated },
  subject: (_state, _event, id) => id,
  indexes: [{ keys: { 'pin.id': 1, 'pin.version': 1 }, unique: true }],
};

/** Ids hold their territory, for two territories may write a contract of the same name. */
export const paymentContractIdOf = (territory: string, id: string, version: number): string =>
  `${territory}.${id}.${version}`;

export const pathwayAccountType = (shelf: Shelf): PathwayAccountType => ({
  ...pathwayAccounts(shelf),
  name: 'PathwayAccount',
  collection: 'pathwayAccounts',
  facts: {},
  subject: (_state, _event, id) => id,
  companions: (event) => (event.type === 'LinesMoved' ? runCompanions(event.data) : heardDocuments(event.data)),
  follow: (event) => (event.type === 'LinesMoved' ? followOf(event.data) : []),
  indexes: [{ keys: { waiting: 1 }, partial: { waiting: true } }, { keys: { 'contract.id': 1 } }],
});

export const settlementType = (shelf: Shelf): SettlementType => ({
  ...settlements(shelf),
  name: 'Settlement',
  collection: 'settlements',
  facts: {},
  subject: (_state, _event, id) => id,
  sealed: ['givenJson'],
  indexes: [{ keys: { 'recorded.contract.id': 1 } }],
  companions: (event) => runCompanions(event.data),
  follow: (event) => followOf(event.data),
});

/** What finance may see of an event that justifies an entry: kind of act, date, who took part; no step, no patient. */
export interface EvidenceDocument {
  readonly _id: string;
  readonly eventId: string;
  readonly what: string;
  readonly at: string;
  readonly parties: readonly string[];
}

function heardDocuments(command: PathwayCommand): readonly Companion[] {
  const { eventId, territory } = command;
  const heard = (what: string, at: string, practitionerIds: readonly string[] = []): readonly Companion[] => {
    const parties = practitionerIds.map((id) => `prac:${id}`);
    return [once(EVIDENCE, `${territory}|${eventId}`, { territory, eventId, what, at, parties })];
  };
  if (command.type === 'HearEvidence') return heard(command.kind, command.at, command.practitionerIds);
  if (command.type === 'HearMilestone') return heard('milestone', command.at);
  return command.type === 'HearClosing' ? heard('end of pathway', command.at) : [];
}
