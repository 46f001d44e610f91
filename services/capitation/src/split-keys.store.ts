import { DomainError } from '@ariane/kernel';
import { type Aggregate, type CommandContext, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import type { ContractDocument, Given, KeyRules } from './contract';
import { ContractsService, shelf } from './contracts.store';
import type { KeyFact } from './key-weight';
import { EVIDENCE, once } from './ledger-documents.store';
import { activeContract } from './shelf';
import {
  keyOn,
  type KeyProposal,
  type SplitKey,
  type SplitKeyCommand,
  type SplitKeyEvent,
  splitKeys,
} from './split-key';

/** Reasons and votes are people's words and choices. */
export const splitKeyType: Aggregate<SplitKey, SplitKeyCommand, SplitKeyEvent> = {
  ...splitKeys,
  name: 'SplitKey',
  collection: 'splitKeys',
  facts: {},
  subject: (_state, _event, id) => id,
  sealed: ['open', 'past'],
  // An entry that was shared by a key leads to its vote, as it leads to an act.
  companions: (event) => {
    if (event.type !== 'VoteClosed' || event.data.outcome !== 'ADOPTED') return [];
    const { proposalId: eventId, territory, at } = event.data;
    return [once(EVIDENCE, `${territory}|${eventId}`, { territory, eventId, what: 'split key', at, parties: [] })];
  },
  indexes: [{ keys: { closesAt: 1 }, partial: { closesAt: { $type: 'string' } } }],
};

/** A contract's key in its territory. */
export interface KeyPlace {
  readonly contractId: string;
  readonly key: string;
}

const splitKeyIdOf = (territory: string, { contractId, key }: KeyPlace): string => `${territory}.${contractId}.${key}`;

/** The keys a team shares by: proposed, voted, in force from a day on. */
@Injectable()
export class SplitKeys {
  constructor(
    private readonly store: Store,
    private readonly contracts: ContractsService,
  ) {}

  /** @throws NOT_FOUND for a key the contract of today does not have, and what `ContractsService.activeAt` throws */
  async rulesOf(territory: string, { contractId, key }: KeyPlace, now: string) {
    const { pin } = await this.contracts.activeAt(territory, contractId, now);
    const { document } = activeContract(shelf, territory, pin.sha256).contract;
    const rules: KeyRules | undefined = document.keys?.[key];
    if (!rules) throw new DomainError('NOT_FOUND');
    return { rules, timeZone: document.timezone };
  }

  /** @throws what `splitKeys` throws */
  async step(place: KeyPlace, command: SplitKeyCommand, context: CommandContext): Promise<SplitKey> {
    const { territory } = context;
    const id = splitKeyIdOf(territory, place);
    return (await this.store.handle(splitKeyType, id, command, context)).state;
  }

  /** A key's votes; none where nobody has proposed anything. */
  async read(territory: string, place: KeyPlace): Promise<SplitKey> {
    const found = await this.store.read(splitKeyType, territory, splitKeyIdOf(territory, place));
    return found?.state ?? { ...place, closesAt: null, open: null, past: [] };
  }

  /**
   * Facts with the keys a contract's shares go by on a civil day, as they were voted.
   *
   * @throws KEY_NOT_TOLD where the facts bring keys of their own
   */
  async into(given: Given, territory: string, document: ContractDocument, day: string): Promise<Given> {
    const names = Object.keys(document.keys ?? {});
    if (names.length === 0) return given;
    if (given.keys !== undefined) throw new DomainError('KEY_NOT_TOLD', {}, 'given.keys');
    const keys: Record<string, KeyFact> = {};
    for (const key of names) {
      const valid = keyOn(await this.read(territory, { contractId: document.contract, key }), day);
      if (valid) keys[key] = factOf(valid);
    }
    return Object.keys(keys).length === 0 ? given : { ...given, keys };
  }
}

/** A key as facts hold it. */
export const factOf = ({ id, sha256, weights }: KeyProposal): KeyFact => ({ id, sha256, weights });
