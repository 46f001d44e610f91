import type { Pin } from '@ariane/contracts';
import { canonicalJson, DomainError, invariant } from '@ariane/kernel';
import { type CommandContext, effect, ensureIndexes, Store } from '@ariane/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { paymentContractIdOf, paymentContractType, pathwayAccountType, settlementType } from './aggregates.store';
import { dayOf } from './book-time';
import { startOf } from './contract-day';
import { checkActivation } from './contract-activation';
import { ContractShelf } from './contract-shelf.store';
import { ledgerCollections } from './ledger-documents.store';
import { bookType } from './ledger.store';
import { loadContract } from './load-contract';
import {
  covers,
  isSuspendedOn,
  type PaymentContract,
  type PaymentContractCommand,
  wasActivated,
} from './payment-contract';
import { checkExamples } from './price';

/** One shelf per process: every aggregate that prices looks its contract up there. */
export const shelf = new ContractShelf();
export const pathwayAccount = pathwayAccountType(shelf);
export const settlement = settlementType(shelf);

/** A book's id in its territory: `demo.hospital-a`. */
export const bookIdOf = (territory: string, id: string): string =>
  id.startsWith(`${territory}.`) ? id : `${territory}.${id}`;

/** Payment contracts: drafted from their documents, checked, activated, found by day. */
@Injectable()
export class ContractsService implements OnModuleInit {
  constructor(private readonly store: Store) {}

  /** Every active contract is in memory before the first event or request. */
  async onModuleInit(): Promise<void> {
    await ensureIndexes(this.store.database, ledgerCollections);
    const stored = this.store.database.db
      .collection<PaymentContract & { _id: string; territory: string }>(paymentContractType.collection)
      .find({ status: { $in: ['ACTIVE', 'ENDED'] } });
    for await (const contract of stored) shelf.take(contract.territory, contract);
  }

  /** @throws CONTRACT_INVALID, EXPRESSION_INVALID, CONTRACT_IMMUTABLE */
  async draft(document: unknown, context: CommandContext): Promise<PaymentContract> {
    const contract = loadContract(document);
    const { contract: id, version, validity, protocols = [] } = contract.document;
    const { state } = await this.store.handle(
      paymentContractType,
      paymentContractIdOf(context.territory, id, version),
      {
        type: 'DraftPaymentContract',
        pin: { id, version, sha256: contract.sha256 },
        json: canonicalJson(document),
        validity,
        protocols: protocols.map((protocol) => protocol.id),
        draftedBy: context.actor,
      },
      context,
    );
    return state;
  }

  /**
   * Makes a version payable: its examples pass, its law is named, no other version covers its
   * days, a second person read it, and its dry run was read. Opens the holder's book where there is none.
   *
   * @throws CONTRACT_EXAMPLE_FAILED, LEGAL_BASIS_REQUIRED, CONTRACT_ILLUSTRATIVE, CONTRACT_OVERLAPS,
   *   CONTRACT_SECOND_PERSON, DRY_RUN_NOT_READ, NOT_FOUND
   */
  async activate(
    asked: {
      readonly id: string;
      readonly version: number;
      readonly approvedBy: string;
      readonly dryRun?: string;
      readonly bookId?: string;
    },
    isProduction: boolean,
    context: CommandContext,
  ): Promise<PaymentContract> {
    const { territory, now } = context;
    const found = await this.find(territory, asked.id, asked.version);
    const contract = loadContract(JSON.parse(found.json));
    checkExamples(contract);
    const { parties, currency, timezone } = contract.document;
    checkActivation(contract.document, await this.list(territory, asked.id), isProduction);
    const bookId = bookIdOf(territory, asked.bookId ?? parties.holder.slice(parties.holder.indexOf(':') + 1));
    const book = { territoryCode: territory, currency, tz: timezone, holder: parties.holder };
    const id = paymentContractIdOf(territory, asked.id, asked.version);
    const { approvedBy, dryRun } = asked;
    await this.store.handleMany(
      [
        effect(bookType, bookId, { type: 'OpenBook', ...book, now }),
        effect(paymentContractType, id, {
          type: 'ActivatePaymentContract',
          bookId,
          approvedBy,
          dryRun,
          by: context.actor,
          now,
        }),
      ],
      context,
    );
    const active = await this.find(territory, asked.id, asked.version);
    shelf.take(territory, active);
    return active;
  }

  /**
   * A step in the life of a version that changes nothing of its document: review, suspension, end.
   * @throws NOT_FOUND and what `paymentContracts` throws
   */
  async step(
    { id, version }: { readonly id: string; readonly version: number },
    command: PaymentContractCommand,
    context: CommandContext,
  ): Promise<PaymentContract> {
    const key = paymentContractIdOf(context.territory, id, version);
    const { state } = await this.store.handle(paymentContractType, key, command, context);
    return state;
  }

  /** A version pays nothing from a civil day of its zone on. Throws NOT_FOUND and what `paymentContracts` throws. */
  async end(asked: { readonly id: string; readonly version: number }, endsOn: string, context: CommandContext) {
    const { json } = await this.find(context.territory, asked.id, asked.version);
    const endsAt = startOf(endsOn, loadContract(JSON.parse(json)).document.timezone);
    const command = { type: 'EndPaymentContract', endsOn, endsAt, by: context.actor, now: context.now } as const;
    return this.step(asked, command, context);
  }

  /** @throws NOT_FOUND */
  async find(territory: string, id: string, version: number): Promise<PaymentContract> {
    const found = await this.store.read(paymentContractType, territory, paymentContractIdOf(territory, id, version));
    if (!found) throw new DomainError('NOT_FOUND');
    return found.state;
  }

  /** Every version of a contract, or of all contracts, of the territory. */
  async list(territory: string, id?: string): Promise<readonly PaymentContract[]> {
    const filter = id === undefined ? {} : { 'pin.id': id };
    const found = await this.store.find(paymentContractType, territory, filter);
    return found.map(({ state }) => state);
  }

  /**
   * The newest activated version that covers an instant and is not suspended then.
   * @throws NOT_FOUND, CONTRACT_NOT_ACTIVE, CONTRACT_OUT_OF_VALIDITY, CONTRACT_SUSPENDED
   */
  async activeAt(territory: string, id: string, instant: string): Promise<PaymentContract> {
    const covering = await this.coveringAt(territory, id, instant);
    const day = dayOf(instant, this.zoneOf(territory, covering));
    if (isSuspendedOn(covering, day)) throw new DomainError('CONTRACT_SUSPENDED', { date: day });
    return covering;
  }

  /**
   * The newest activated version that covers an instant, also while it is suspended.
   * @throws NOT_FOUND, CONTRACT_NOT_ACTIVE, CONTRACT_OUT_OF_VALIDITY
   */
  async coveringAt(territory: string, id: string, instant: string): Promise<PaymentContract> {
    const all = await this.list(territory, id);
    if (all.length === 0) throw new DomainError('NOT_FOUND');
    const active = all.filter(wasActivated).sort((a, b) => b.pin.version - a.pin.version);
    const [first] = active;
    if (!first) throw new DomainError('CONTRACT_NOT_ACTIVE');
    for (const one of active) shelf.take(territory, one);
    const day = dayOf(instant, this.zoneOf(territory, first));
    const covering = active.find((one) => covers(one, day));
    if (!covering) throw new DomainError('CONTRACT_OUT_OF_VALIDITY', { date: day });
    return covering;
  }

  /** Has the pinned contract at hand for the decision that follows. */
  async shelve(territory: string, pin: Pin): Promise<void> {
    const found = await this.store.read(
      paymentContractType,
      territory,
      paymentContractIdOf(territory, pin.id, pin.version),
    );
    if (found) shelf.take(territory, found.state);
  }

  private zoneOf(territory: string, { pin }: PaymentContract): string {
    const shelved = shelf.active(territory, pin.sha256);
    invariant(shelved, 'an active contract is on the shelf');
    return shelved.contract.document.timezone;
  }
}
