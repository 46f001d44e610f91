import { DomainError } from '@ariane/kernel';
import { type Aggregate, type CommandContext, effect, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { payee } from './accounts';
import {
  type BankAccount,
  type BankAccountCommand,
  type BankAccountEvent,
  bankAccounts,
  type BankDetails,
} from './bank-details';
import { dayEnd } from './book-time';
import { readCamt } from './camt.store';
import { ENTRIES, type EntryDocument, entryOf } from './ledger-documents.store';
import { LedgerReads } from './ledger-reads.store';
import { headType } from './ledger.store';
import { painOf } from './pain.store';
import { type PaymentBatch, paymentBatches, type PaymentBatchCommand, type PaymentBatchEvent } from './payment-batch';

/** Payees of a batch: a file of the bank holds as many. */
const PAYEES_MAX = 5_000;
/** Batches a list shows: two years of months. */
const BATCHES_SHOWN = 24;

export const bankAccountType: Aggregate<BankAccount, BankAccountCommand, BankAccountEvent> = {
  ...bankAccounts,
  name: 'BankAccount',
  collection: 'bankAccounts',
  facts: {},
  subject: (_state, _event, id) => id,
  sealed: ['current', 'proposed'],
};

export const paymentBatchType: Aggregate<PaymentBatch, PaymentBatchCommand, PaymentBatchEvent> = {
  ...paymentBatches,
  name: 'PaymentBatch',
  collection: 'paymentBatches',
  facts: {},
  subject: (_state, _event, id) => id,
  // While a draft stands, nobody else drafts a payment to the same party.
  claims: ({ state, book, items }) => (state === 'DRAFT' ? items.map(({ party }) => `payment|${book}|${party}`) : []),
  follow: (event, state) => {
    if (event.type !== 'BatchReleased' && event.type !== 'PaymentSettled') return [];
    const { drafts, now } = event.data;
    return drafts.length === 0 ? [] : [effect(headType, state.book, { type: 'Post', drafts, now })];
  },
  indexes: [{ keys: { book: 1, state: 1 } }, { keys: { 'items.endToEndId': 1 } }],
};

/** What became of a movement of a bank statement. */
export interface Matched {
  readonly ref: string;
  readonly outcome: 'PAID' | 'RETURNED' | 'UNMATCHED' | 'DIFFERS';
  readonly amountCents: bigint;
  readonly endToEndId: string | null;
}

/** Payments to parties: what is owed, batches, the bank's file out and its statement in. */
@Injectable()
export class Payments {
  constructor(
    private readonly store: Store,
    private readonly reads: LedgerReads,
  ) {}

  /** Proposes or confirms a party's bank details. Throws IBAN_INVALID, APPROVAL_SECOND_PERSON. */
  async details(
    book: string,
    party: string,
    command: BankAccountCommand,
    context: CommandContext,
  ): Promise<BankAccount> {
    return (await this.store.handle(bankAccountType, `${book}|${party}`, command, context)).state;
  }

  /** A draft of all that professionals are owed now and no other draft pays. Throws SLOT_TAKEN in a race. */
  async prepare(
    asked: { readonly id: string; readonly book: string; readonly executionDate: string; readonly by: string },
    context: CommandContext,
  ): Promise<PaymentBatch> {
    const { id, book, executionDate, by } = asked;
    const owed = await this.reads.owed(context.territory, book);
    const drafts = await this.store.find(paymentBatchType, context.territory, { book, state: 'DRAFT' });
    const taken = new Set(drafts.flatMap(({ state }) => state.items.map(({ party }) => party)));
    const due = [...owed]
      .filter(([party, cents]) => cents > 0n && !taken.has(party))
      .slice(0, PAYEES_MAX)
      .map(([party, amountCents]) => ({ party, amountCents }));
    return this.handled(id, { type: 'PrepareBatch', id, book, executionDate, due, by }, context);
  }

  /** @throws what `paymentBatches` throws */
  async approve(id: string, by: string, context: CommandContext): Promise<PaymentBatch> {
    const { territory, now, messageId: requestId } = context;
    const { book, items } = await this.batch(territory, id);
    const owed = await this.reads.owed(territory, book);
    const known = await this.detailsOf(
      territory,
      book,
      items.map(({ party }) => party),
    );
    const command = { type: 'ApproveBatch' as const, by, now, requestId, owed, payable: new Set(known.keys()) };
    return this.handled(id, command, context);
  }

  async withdraw(id: string, context: CommandContext): Promise<PaymentBatch> {
    return this.handled(id, { type: 'WithdrawBatch' }, context);
  }

  /** @throws NOT_FOUND */
  async batch(territory: string, id: string): Promise<PaymentBatch> {
    const found = await this.store.read(paymentBatchType, territory, id);
    if (!found) throw new DomainError('NOT_FOUND');
    return found.state;
  }

  /** The latest batches of a book, the newest first. */
  async batches(territory: string, book: string) {
    return this.store.find(
      paymentBatchType,
      territory,
      { book },
      { sort: { executionDate: -1 }, limit: BATCHES_SHOWN },
    );
  }

  /** Whose bank details a book knows, in order of party. */
  async accounts(territory: string, book: string): Promise<readonly BankAccount[]> {
    const found = await this.store.find(
      bankAccountType,
      territory,
      { book },
      { sort: { party: 1 }, limit: PAYEES_MAX },
    );
    return found.map(({ state }) => state);
  }

  /** The bank's file of an approved batch. Throws STATE_CONFLICT before, BANK_DETAILS_MISSING for the holder's own. */
  async pain(territory: string, id: string): Promise<string> {
    const { state, book, executionDate, items, approvals } = await this.batch(territory, id);
    if (state !== 'APPROVED') throw new DomainError('STATE_CONFLICT', { state });
    const { holder } = await this.reads.book(territory, book);
    const known = await this.detailsOf(territory, book, [holder, ...items.map(({ party }) => party)]);
    const detailsOf = (party: string): BankDetails => {
      const details = known.get(party);
      if (!details) throw new DomainError('BANK_DETAILS_MISSING', { party });
      return details;
    };
    return painOf({
      ...{
        id: id.replaceAll('-', ''),
        createdAt: approvals.at(-1)?.at ?? '',
        executionDate,
        debtor: detailsOf(holder),
      },
      items: items.map((item) => ({ ...item, details: detailsOf(item.party), info: `REGLEMENT ${item.endToEndId}` })),
    });
  }

  /** Reads a statement of the bank and settles what it speaks of; reading it again changes nothing. */
  async hearBank(book: string, xml: string, context: CommandContext): Promise<readonly Matched[]> {
    const { territory, now } = context;
    const { tz } = await this.reads.book(territory, book);
    const matched: Matched[] = [];
    for (const movement of readCamt(xml).flatMap((statement) => statement.movements)) {
      const { ref, endToEndId, amountCents, day } = movement;
      const told = { ref, amountCents, endToEndId };
      const batches =
        endToEndId === null
          ? []
          : await this.store.find(paymentBatchType, territory, { book, 'items.endToEndId': endToEndId });
      const [batch] = batches;
      if (endToEndId === null || !batch || (movement.direction === 'IN') !== movement.isReturn) {
        matched.push({ ...told, outcome: 'UNMATCHED' });
        continue;
      }
      const outcome = movement.isReturn ? 'RETURNED' : 'PAID';
      const command = {
        type: 'HearBank' as const,
        endToEndId,
        outcome,
        amountCents,
        at: dayEnd(day, tz),
        bankRef: ref,
        requestId: context.messageId,
        now,
      } as const;
      const unit = { ...context, consumer: 'bank', messageId: `${ref}|${endToEndId}|${outcome}` };
      try {
        await this.store.handleMany([effect(paymentBatchType, batch.id, command)], unit);
        matched.push({ ...told, outcome });
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'BANK_AMOUNT_DIFFERS') throw error;
        matched.push({ ...told, outcome: 'DIFFERS' });
      }
    }
    return matched;
  }

  /** What each party was paid in a civil year, returns taken off, in cents: what the yearly declaration of fees holds. */
  async paidIn(territory: string, book: string, year: string): Promise<ReadonlyMap<string, bigint>> {
    const { tz } = await this.reads.book(territory, book);
    const from = new Date(Date.parse(dayEnd(`${Number(year) - 1}-12-31`, tz)) + 1);
    const to = new Date(dayEnd(`${year}-12-31`, tz));
    const paid = new Map<string, bigint>();
    const all = this.store.database.db
      .collection<EntryDocument>(ENTRIES)
      .find({ territory, book, code: { $in: ['PAYMENT', 'PAYMENT_RETURNED'] }, eff: { $gte: from, $lte: to } })
      .sort({ seq: 1 });
    for await (const document of all) {
      for (const { a, d, amt } of entryOf(document).legs) {
        const party = payee(a);
        if (party !== undefined) paid.set(party, (paid.get(party) ?? 0n) + BigInt(d) * amt);
      }
    }
    return paid;
  }

  private async detailsOf(
    territory: string,
    book: string,
    parties: readonly string[],
  ): Promise<ReadonlyMap<string, BankDetails>> {
    const known = new Map<string, BankDetails>();
    for (const party of new Set(parties)) {
      const found = await this.store.read(bankAccountType, territory, `${book}|${party}`);
      if (found?.state.current) known.set(party, found.state.current);
    }
    return known;
  }

  private async handled(id: string, command: PaymentBatchCommand, context: CommandContext): Promise<PaymentBatch> {
    return (await this.store.handle(paymentBatchType, id, command, context)).state;
  }
}
