import { DomainError } from '@ariane/kernel';
import { type Aggregate, type CommandContext, effect, Store } from '@ariane/store';
import { Injectable } from '@nestjs/common';
import { type Dispute, type DisputeCommand, type DisputeEvent, disputes } from './dispute';
import { type Entry, type EntryDraft, reversalOf } from './entry';
import type { Guard } from './guard';
import { BookSums } from './book-sums.store';
import { settlement } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import { guardType, headType, pendingType } from './ledger.store';
import type { Pending, PendingCommand } from './pending';

/** Contests of lines; what people write there is sealed. */
export const disputeType: Aggregate<Dispute, DisputeCommand, DisputeEvent> = {
  ...disputes,
  name: 'Dispute',
  collection: 'disputes',
  facts: {},
  subject: (_state, _event, id) => id,
  sealed: ['reason', 'answer'],
  follow: (event, state) => {
    if (event.type !== 'Decided' || event.data.draft === null) return [];
    const { draft, at: now } = event.data;
    return [effect(headType, state.book, { type: 'Post', drafts: [draft], now })];
  },
  indexes: [{ keys: { book: 1, state: 1, period: 1 } }, { keys: { entryId: 1 } }],
};

/** What a promise to pay says. */
export interface Promised {
  readonly id: string;
  readonly book: string;
  readonly code: string;
  readonly debit: string;
  readonly credit: string;
  readonly amountCents: bigint;
  readonly effectiveAt: string;
  readonly dueAt: string;
  readonly expiresAt: string;
}

/** Where a page of promises begins: behind one due then, of that name. */
export interface PendingPlace {
  readonly dueAt: string;
  readonly id: string;
}

/** What people do to single entries: promise and resolve, take back, guard an account, contest. */
@Injectable()
export class EntryActs {
  constructor(
    private readonly store: Store,
    private readonly reads: LedgerReads,
    private readonly sums: BookSums,
  ) {}

  async promise(asked: Promised, context: CommandContext): Promise<Pending> {
    await this.reads.book(context.territory, asked.book);
    const { id, book, code, debit, credit, amountCents: amt, effectiveAt: eff, dueAt, expiresAt } = asked;
    const draft: EntryDraft = {
      ...{ id: `pending-${id}`, book, code, eff, contract: null, line: null, reverses: null },
      legs: [
        { a: debit, d: 1, amt },
        { a: credit, d: -1, amt },
      ],
      cause: { eventIds: [context.messageId] },
    };
    return this.resolve(draft.id, { type: 'Promise', draft, dueAt, expiresAt, now: context.now }, context);
  }

  /**
   * A step in the life of a promise. One that a calculation made tells the account it belongs to in the same
   * transaction, so that the next run goes on from what a person decided.
   *
   * @throws NOT_FOUND, PENDING_RESOLVED, PENDING_NOT_EXPIRED, PENDING_EXCEEDED, PENDING_BY_CALCULATION, ACCOUNT_BOUND
   */
  async resolve(id: string, command: PendingCommand, context: CommandContext): Promise<Pending> {
    const { territory } = context;
    const before = await this.store.read(pendingType, territory, id);
    const told = before?.state.draft.line && before.state.state === 'OPEN' ? before.state.draft : undefined;
    const owner = told && (await this.store.find(settlement, territory, { 'lines.pending.id': id }, { limit: 1 }))[0];
    if (told && !owner) throw new DomainError('PENDING_BY_CALCULATION');
    const postedCents = command.type === 'Fulfil' ? (command.amountCents ?? told?.legs[0]?.amt ?? 0n) : 0n;
    const hear = { type: 'HearResolution', pendingId: id, postedCents } as const;
    const effects = [effect(pendingType, id, command), ...(owner ? [effect(settlement, owner.id, hear)] : [])];
    await this.store.handleMany(effects, context);
    const after = await this.store.read(pendingType, territory, id);
    if (!after) throw new DomainError('NOT_FOUND');
    return after.state;
  }

  /** The open promises of a book in the order they are due, after a place. */
  async pendingsAfter(territory: string, book: string, { dueAt, id }: PendingPlace, limit: number) {
    const after = { $or: [{ dueAt: { $gt: dueAt } }, { dueAt, _id: { $gt: id } }] };
    return this.store.find(
      pendingType,
      territory,
      { book, state: 'OPEN', ...after },
      { sort: { dueAt: 1, _id: 1 }, limit },
    );
  }

  /**
   * Takes an entry back by its exact opposite, once. An entry that a calculation gave is corrected at its source: the
   * next run would aim at it again.
   *
   * @throws NOT_FOUND, ENTRY_NOT_REVERSIBLE, ENTRY_REVERSED
   */
  async reverse(id: string, context: CommandContext): Promise<Entry> {
    const entry = await this.reads.entry(context.territory, id);
    if (entry.line !== null) throw new DomainError('ENTRY_NOT_REVERSIBLE', { reason: entry.code });
    const draft = reversalOf(entry, `reversal-${id}`, [context.messageId]);
    const { now } = context;
    try {
      await this.store.handleMany([effect(headType, entry.book, { type: 'Post', drafts: [draft], now })], context);
    } catch (error) {
      // The collection refuses a second reversal by the entry's own name.
      if (error instanceof DomainError && error.code === 'ALREADY_EXISTS') throw new DomainError('ENTRY_REVERSED');
      throw error;
    }
    return this.reads.entry(context.territory, draft.id);
  }

  /** Bounds an account from now on. Throws ACCOUNT_BOUND when it is beyond already, VERSION_CONFLICT in a race. */
  async guard(book: string, account: string, guard: Guard, context: CommandContext) {
    const { territory } = context;
    const head = await this.store.read(headType, territory, book);
    if (!head) throw new DomainError('NOT_FOUND');
    const stored = await (await this.sums.balances(territory, book)).findOne({ _id: `${book}|${account}`, territory });
    const { dr, cr, pdr, pcr } = stored ?? { dr: 0n, cr: 0n, pdr: 0n, pcr: 0n };
    const balance = { dr, cr, pdr, pcr };
    const asOfSeq = head.state.seq;
    const command = { type: 'GuardAccount' as const, account, guard, asOfSeq, balance };
    await this.store.handleMany([effect(headType, book, command)], context);
    const found = await this.store.read(guardType, territory, `${book}|${account}`);
    if (!found) throw new DomainError('NOT_FOUND');
    return found.state;
  }

  /** @throws what `disputes` throws */
  async dispute(id: string, command: DisputeCommand, context: CommandContext): Promise<Dispute> {
    return (await this.store.handle(disputeType, id, command, context)).state;
  }

  /** @throws NOT_FOUND */
  async disputeOf(territory: string, id: string): Promise<Dispute> {
    const found = await this.store.read(disputeType, territory, id);
    if (!found) throw new DomainError('NOT_FOUND');
    return found.state;
  }

  async disputesOf(territory: string, filter: Readonly<Record<string, unknown>>) {
    return this.store.find(disputeType, territory, filter);
  }
}
