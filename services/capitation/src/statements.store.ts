import { DomainError } from '@ariane/kernel';
import { type Aggregate, type CommandContext, effect, ensureIndexes, Store } from '@ariane/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { normalSide, payable } from './accounts';
import { BookSums } from './book-sums.store';
import { ENTRIES, type EntryDocument, entryOf } from './ledger-documents.store';
import { LedgerReads } from './ledger-reads.store';
import { headType, periodType } from './ledger.store';
import {
  beginStatement,
  type IssueStatements,
  isToldTo,
  linesOn,
  partiesOf,
  type Statement,
  type StatementDraft,
  type StatementKind,
  type StatementLine,
  type StatementSeries,
  type StatementsIssued,
} from './statement';
import { statementSeries } from './statement-series';

const STATEMENTS = 'statements';
/** Statements that are numbered in one commit. */
const ISSUED_AT_ONCE = 200;
/** Statements that are made at once. */
const MADE_AT_ONCE = 8;
const ISSUE_ATTEMPTS = 5;

const seriesType: Aggregate<StatementSeries, IssueStatements, StatementsIssued> = {
  ...statementSeries,
  name: 'StatementSeries',
  collection: 'statementSeries',
  facts: {},
  subject: (_state, _event, id) => id,
  companions: ({ data: { statements } }, _state, id) =>
    statements.map((one) => ({ collection: STATEMENTS, put: { _id: `${id}|${one.number}`, ...one } })),
};

type StatementDocument = Statement & { readonly _id: string; readonly territory: string };

interface Told {
  readonly kind: StatementKind;
  readonly party: string;
  opening: bigint;
  moved: boolean;
}

interface Month {
  readonly book: string;
  readonly month: string;
  readonly holder: string;
  readonly throughSeq: bigint;
  readonly isFinal: boolean;
}

/** Statements: made from the book, numbered, never edited; their lines are read from the book again, sealed. */
@Injectable()
export class Statements implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly reads: LedgerReads,
    private readonly sums: BookSums,
  ) {}

  async onModuleInit(): Promise<void> {
    const indexes = [
      { keys: { book: 1, kind: 1, month: 1, party: 1, number: 1 }, unique: true },
      { keys: { party: 1, book: 1, month: 1, number: 1 } },
    ] as const;
    await ensureIndexes(this.store.database, [{ collection: STATEMENTS, indexes }, seriesType]);
  }

  /**
   * Issues a month's statements of one kind: final when the month is closed, provisional before. What would say the
   * same as the latest is not issued again, so that it may be asked for at any time and as often as wanted.
   *
   * @returns how many were issued
   */
  async issue(
    asked: { readonly book: string; readonly month: string; readonly kind: StatementKind },
    context: CommandContext,
    progress: (done: number, of: number) => void = () => undefined,
  ): Promise<number> {
    const month = await this.monthOf(context.territory, asked.book, asked.month);
    const told = (await this.toldIn(context.territory, month)).filter(({ kind }) => kind === asked.kind);
    let issued = 0;
    for (let index = 0; index < told.length; index += ISSUED_AT_ONCE) {
      const drafts: StatementDraft[] = [];
      const part = told.slice(index, index + ISSUED_AT_ONCE);
      for (let at = 0; at < part.length; at += MADE_AT_ONCE) {
        const made = part.slice(at, at + MADE_AT_ONCE).map((one) => this.draft(context.territory, month, one));
        drafts.push(...(await Promise.all(made)));
      }
      issued += await this.number(month, asked.kind, drafts, context);
      progress(Math.min(index + ISSUED_AT_ONCE, told.length), told.length);
    }
    return issued;
  }

  /** Statements of a book, the latest of each party and month first where one is asked for. */
  async list(
    territory: string,
    filter: { readonly book: string; readonly kind?: StatementKind; readonly party?: string; readonly month?: string },
    after: string,
    limit: number,
  ): Promise<readonly StatementDocument[]> {
    return this.documents
      .find({ territory, ...filter, ...(after === '' ? {} : { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
  }

  /** @throws NOT_FOUND */
  async find(territory: string, book: string, kind: StatementKind, number: number): Promise<StatementDocument> {
    const found = await this.documents.findOne({ _id: `${book}|${kind}|${number}`, territory });
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  /** The lines of a statement after a number of the book, as they were when it was issued: entries never change. */
  async lines(
    territory: string,
    statement: Statement,
    after: bigint,
    limit: number,
  ): Promise<readonly StatementLine[]> {
    const { holder } = await this.reads.book(territory, statement.book);
    const isOwn = isToldTo(statement.kind, statement.party, holder);
    const lines: StatementLine[] = [];
    for await (const document of this.entriesOf(territory, statement, statement, after)) {
      if (lines.length >= limit) break;
      lines.push(...linesOn(entryOf(document), isOwn));
    }
    return lines;
  }

  private async monthOf(territory: string, book: string, month: string): Promise<Month> {
    const { holder } = await this.reads.book(territory, book);
    const period = await this.store.read(periodType, territory, `${book}|${month}`);
    const head = await this.store.read(headType, territory, book);
    const closedSeq = period?.state.closedSeq ?? null;
    return { book, month, holder, isFinal: closedSeq !== null, throughSeq: closedSeq ?? head?.state.seq ?? 0n };
  }

  /** Who has something to be told: with an opening balance, or a movement in the month. */
  private async toldIn(territory: string, { book, month, holder }: Month): Promise<readonly Told[]> {
    const sums = (await this.sums.monthBalances(territory, book)).aggregate<{
      readonly _id: string;
      readonly opening: bigint | number;
      readonly moved: number;
    }>([
      { $match: { territory, book, period: { $lte: month } } },
      {
        $group: {
          _id: '$account',
          opening: { $sum: { $cond: [{ $lt: ['$period', month] }, { $subtract: ['$dr', '$cr'] }, 0n] } },
          moved: { $max: { $cond: [{ $eq: ['$period', month] }, 1, 0] } },
        },
      },
    ]);
    const told = new Map<string, Told>();
    for await (const { _id: account, opening, moved } of sums) {
      for (const { kind, party } of partiesOf(account, holder)) {
        const one = told.get(`${kind}|${party}`) ?? { kind, party, opening: 0n, moved: false };
        // An aggregation gives the narrowest number that holds a sum.
        one.opening += normalSide(account) === 'D' ? BigInt(opening) : -BigInt(opening);
        one.moved ||= moved === 1;
        told.set(`${kind}|${party}`, one);
      }
    }
    const order = ({ kind, party }: Told): string => `${kind}|${party}`;
    return [...told.values()]
      .filter(({ opening, moved }) => opening !== 0n || moved)
      .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  private async draft(territory: string, month: Month, told: Told): Promise<StatementDraft> {
    const { kind, party, opening } = told;
    const isOwn = isToldTo(kind, party, month.holder);
    const fold = beginStatement(opening);
    for await (const document of this.entriesOf(territory, { ...told }, month, 0n)) {
      for (const line of linesOn(entryOf(document), isOwn)) fold.take(line);
    }
    const { isFinal, throughSeq } = month;
    return { party, month: month.month, isFinal, throughSeq, ...fold.end() };
  }

  private entriesOf(
    territory: string,
    { kind, party }: { readonly kind: StatementKind; readonly party: string },
    { book, month, throughSeq }: Pick<Month, 'book' | 'month' | 'throughSeq'>,
    after: bigint,
  ): mongo.FindCursor<EntryDocument> {
    const filter: mongo.Filter<EntryDocument> = {
      ...{ territory, book, period: month, seq: { $gt: after, $lte: throughSeq } },
      ...filterOf(kind, party),
    };
    return this.store.database.db.collection<EntryDocument>(ENTRIES).find(filter).sort({ seq: 1 });
  }

  private async number(
    { book, month }: Month,
    kind: StatementKind,
    drafts: readonly StatementDraft[],
    context: CommandContext,
  ): Promise<number> {
    const id = `${book}|${kind}`;
    for (let attempt = 1; ; attempt += 1) {
      const asOf = (await this.store.read(seriesType, context.territory, id))?.state.last ?? 0;
      const parties = drafts.map(({ party }) => party);
      const known = await this.documents
        .find({ territory: context.territory, book, kind, month, party: { $in: parties }, number: { $lte: asOf } })
        .sort({ number: 1 })
        .toArray();
      const latest = new Map(known.map((one) => [`${one.party}|${one.month}`, one]));
      const command = { type: 'IssueStatements' as const, book, kind, drafts, latest, asOf, now: context.now };
      // Numbered anew at each attempt, so each is a message of its own; what was issued before is found and left alone.
      const unit = {
        ...context,
        consumer: 'statements',
        messageId: `${context.messageId}|${drafts[0]?.party}|${asOf}`,
      };
      try {
        await this.store.handleMany([effect(seriesType, id, command)], unit);
        return ((await this.store.read(seriesType, context.territory, id))?.state.last ?? 0) - asOf;
      } catch (error) {
        const isRace = error instanceof DomainError && error.code === 'VERSION_CONFLICT';
        if (!isRace || attempt >= ISSUE_ATTEMPTS) throw error;
      }
    }
  }

  private get documents(): mongo.Collection<StatementDocument> {
    return this.store.database.db.collection<StatementDocument>(STATEMENTS);
  }
}

/** How the entries of a statement are found by an index; a holder's are found by the book's own order. */
function filterOf(kind: StatementKind, party: string): mongo.Filter<EntryDocument> {
  switch (kind) {
    case 'PAYER':
      return { 'legs.a': `assets:receivable:${party}` };
    case 'PROFESSIONAL':
      return { 'legs.a': payable(party) };
    case 'PATHWAY':
      return { 'legs.sub.pathway': party };
    case 'HOLDER':
      return {};
  }
}
