import { capitationEvents } from '@ariane/contracts';
import { type Aggregate, type Companion, effect, type Effect } from '@ariane/store';
import { EVIDENCE, once } from './ledger-documents.store';
import { followOf, lineType, runCompanions } from './ledger.store';
import { participationIdOf, participationType } from './participation-types.store';
import { type PathwayAccount, pathwayAccounts, type PathwayCommand, type PathwayEvent } from './pathway-account';
import { actsHeard } from './pathway-acts';
import type { Shelf } from './shelf';
import {
  type PaymentContract,
  type PaymentContractCommand,
  type PaymentContractEvent,
  paymentContracts,
} from './payment-contract';
import { type Settlement, type SettlementCommand, type SettlementEvent, settlements } from './settlement';

export type PaymentContractType = Aggregate<PaymentContract, PaymentContractCommand, PaymentContractEvent>;
export type PathwayAccountType = Aggregate<PathwayAccount, PathwayCommand, PathwayEvent>;
export type SettlementType = Aggregate<Settlement, SettlementCommand, SettlementEvent>;

export const paymentContractType: PaymentContractType = {
  ...paymentContracts,
  name: 'PaymentContract',
  collection: 'paymentContracts',
  facts: {
    PaymentContractActivated: capitationEvents.PaymentContractActivated,
    PaymentContractEnded: capitationEvents.PaymentContractEnded,
  },
  subject: (_state, _event, id) => id,
  companions: (event, _state, id) => {
    if (event.type !== 'DryRunRecorded') return [];
    const { sha256, report } = event.data;
    return [{ collection: DRY_RUNS, put: { _id: `${id}|${sha256}`, sha256, report } }];
  },
  indexes: [{ keys: { 'pin.id': 1, 'pin.version': 1 }, unique: true }],
};

/** Reports of dry runs, each with the version that was tried. */
export const DRY_RUNS = 'dryRuns';

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
  follow: (event, state) => {
    if (event.type === 'LinesMoved') return followOf(event.data);
    return actsHeard(event.data, state, shelf).map((told) =>
      effect(participationType, participationIdOf(told.book, told.source), told),
    );
  },
  indexes: [
    { keys: { waiting: 1 }, partial: { waiting: true } },
    { keys: { 'contract.id': 1 } },
    { keys: { 'contract.sha256': 1, _id: 1 } },
  ],
});

export const settlementType = (shelf: Shelf): SettlementType => ({
  ...settlements(shelf),
  name: 'Settlement',
  collection: 'settlements',
  facts: {},
  subject: (_state, _event, id) => id,
  sealed: ['givenJson'],
  companions: (event) => (event.type === 'LinesMoved' ? runCompanions(event.data) : []),
  follow: settlementFollows,
  indexes: [
    { keys: { 'recorded.contract.id': 1 } },
    { keys: { wakeAt: 1 }, partial: { wakeAt: { $type: 'string' } } },
    { keys: { lacking: 1 }, partial: { lacking: { $type: 'string' } } },
    { keys: { 'lines.pending.id': 1 }, partial: { 'lines.pending.id': { $exists: true } } },
  ],
});

function settlementFollows(event: SettlementEvent): readonly Effect[] {
  if (event.type === 'LinesMoved') return followOf(event.data);
  if (event.type === 'EvidenceLacking') return [];
  const { key, ...line } = event.data.resolved;
  return [effect(lineType, key, { type: 'ResolveLine', line })];
}

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
