import type { Readable } from 'node:stream';
import { civilDay, DomainError, invariant } from '@ariane/kernel';
import { type CommandContext, type Effect, effect, ensureIndexes, Store } from '@ariane/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { monthAfter, monthEnd, monthOf } from './book-time';
import { ContractsService, shelf } from './contracts.store';
import type { CsvFile, RefusedRow } from './csv-file';
import { csvFileRows, type CsvRow, readCsvFile } from './csv-file.store';
import { type Curve, curveOf, estimateOf, type LagEstimate, type LagView, openMonths } from './lag';
import { LedgerReads } from './ledger-reads.store';
import type { OutsideAccrual } from './outside-accrual';
import { type LagCell, type OutsideBill, readBill, type ReadBill, type ShownBill } from './outside-bill';
import {
  billIdOf,
  type BillRow,
  OUTSIDE_FILE_ROWS,
  OUTSIDE_MONTHS,
  outsideAccrualType,
  outsideBillType,
  outsideCollections,
  outsideFileType,
} from './outside-types.store';
import { memberPseudonym, pseudonym } from './pseudonym.store';
import { activeContract } from './shelf';

type StoredBill = Omit<OutsideBill, 'reference'> & { readonly _id: string; readonly territory: string };
type StoredCell = LagCell & { readonly _id: string; readonly territory: string; readonly book: string };

/** What is asked of the lag: of a book, by the bills received until the end of a month. */
interface LagAsked {
  readonly book: string;
  /** The last finished month when absent. */
  readonly through?: string | undefined;
  /** Whose parameters stand in for a history that is too short. */
  readonly contractId?: string | undefined;
}

/** Bills of members' care by others than the team: told, read from files, and accrued by how late they come. */
@Injectable()
export class OutsideBills implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly reads: LedgerReads,
    private readonly contracts: ContractsService,
  ) {}

  async onModuleInit(): Promise<void> {
    await ensureIndexes(this.store.database, outsideCollections);
  }

  /** @throws NOT_FOUND for no such book, BILL_DAY_INVALID */
  async tell(book: string, told: ReadBill, context: CommandContext): Promise<ShownBill> {
    const today = await this.today(book, context);
    const named = await this.named(book, told, context.territory);
    await this.store.handleMany([this.effectOf(book, told.bill, named, { source: 'hand', today }, context)], context);
    return this.bill(context.territory, book, named.bill);
  }

  /** Takes a bill back from the day on which that was heard. Throws NOT_FOUND for a bill nobody told of. */
  async withdraw(
    book: string,
    told: Pick<ReadBill, 'bill' | 'receivedDate'>,
    context: CommandContext,
  ): Promise<ShownBill> {
    const { territory } = context;
    await this.reads.book(territory, book);
    await this.bill(territory, book, await this.billName(book, told.bill, territory));
    return this.tell(book, { ...told, care: null }, context);
  }

  /** Reads a file of bills as it comes in. Throws IDEMPOTENCY_CONFLICT, CSV_INVALID, NOT_FOUND. */
  async read(book: string, body: Readable, context: CommandContext): Promise<CsvFile<{ readonly book: string }>> {
    const today = await this.today(book, context);
    const file = await readCsvFile(
      { store: this.store, type: outsideFileType, consumer: 'outside-file' },
      { about: { book }, body },
      (waiting, id) => this.takeRows(book, waiting, { source: `file ${id}`, today }, context),
      context,
    );
    return file.state;
  }

  async rows(territory: string, file: string, after: number, limit: number) {
    return csvFileRows<BillRow>(this.store, OUTSIDE_FILE_ROWS, { territory, file, after, limit });
  }

  /** The bills of a month of care that stand, in order of their names. */
  async list(
    territory: string,
    book: string,
    careMonth: string,
    after: string,
    limit: number,
  ): Promise<readonly ShownBill[]> {
    const found = await this.store.database.db
      .collection<StoredBill>(outsideBillType.collection)
      .find({ territory, book, careMonth, _id: { $gt: billIdOf(book, after) } })
      .project<StoredBill>({ reference: 0 })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return found.map(({ _id, ...bill }) => ({ id: _id.slice(book.length + 1), ...bill }));
  }

  /** How bills came in so far, and what each month that is not complete is estimated to lack. */
  async lag(
    territory: string,
    asked: LagAsked,
    now: string,
  ): Promise<LagView & { readonly curve: Curve; readonly months: readonly LagEstimate[] }> {
    const { view, cells, curve } = await this.known(territory, asked, now);
    const months = openMonths(view.through).map((month) => estimateOf(cells, month, curve, view));
    return { ...view, curve, months };
  }

  /**
   * Posts what a month is estimated to lack, less what was posted for it.
   *
   * @throws ACCRUAL_HISTORY_SHORT, ACCRUAL_NOTHING_KNOWN, INVALID_INPUT for a month after the last that is looked at, NOT_FOUND
   */
  async accrue(
    asked: LagAsked & { readonly month: string },
    context: CommandContext,
  ): Promise<{ readonly estimate: LagEstimate; readonly accrual: OutsideAccrual }> {
    const { territory, now, messageId: requestId } = context;
    const { book, month } = asked;
    const { view, cells, curve, timeZone } = await this.known(territory, asked, now);
    if (month > view.through) throw new DomainError('INVALID_INPUT', {}, 'month');
    const estimate = estimateOf(cells, month, curve, view);
    const { outstanding, notAssessed } = estimate;
    if (notAssessed !== null) throw new DomainError(notAssessed.code, notAssessed.params);
    invariant(outstanding !== null, 'what is assessed has an amount');
    const { through } = view;
    const accrue = { type: 'AccrueOutside' as const, book, month, through, timeZone, outstanding };
    const id = `${book}|${month}`;
    await this.store.handleMany([effect(outsideAccrualType, id, { ...accrue, requestId, territory, now })], context);
    const found = await this.store.read(outsideAccrualType, territory, id);
    if (!found) throw new DomainError('NOT_FOUND');
    return { estimate, accrual: found.state };
  }

  private async known(territory: string, { book, through, contractId }: LagAsked, now: string) {
    const { currency, tz: timeZone } = await this.reads.book(territory, book);
    const finished = monthAfter(monthOf(now, timeZone), -1);
    if (through !== undefined && through > finished) throw new DomainError('INVALID_INPUT', {}, 'through');
    const view: LagView = { currency, through: through ?? finished };
    const params = contractId === undefined ? {} : await this.paramsOf(territory, contractId, view.through, timeZone);
    const cells = await this.store.database.db
      .collection<StoredCell>(OUTSIDE_MONTHS)
      .find({ territory, book, careMonth: { $lte: view.through } })
      .toArray();
    return { view, cells, curve: curveOf(cells, view, params), timeZone };
  }

  private async paramsOf(territory: string, contractId: string, month: string, timeZone: string) {
    const { pin } = await this.contracts.activeAt(territory, contractId, monthEnd(month, timeZone));
    return activeContract(shelf, territory, pin.sha256).contract.document.params ?? {};
  }

  private async takeRows(
    book: string,
    waiting: readonly CsvRow[],
    of: { readonly source: string; readonly today: string },
    context: CommandContext,
  ) {
    const rows: BillRow[] = [];
    const refused: RefusedRow[] = [];
    const effects: Effect[] = [];
    for (const { columns, line } of waiting) {
      const row = readBill(columns, line, of.today);
      if ('reason' in row) {
        refused.push(row);
        continue;
      }
      const named = await this.named(book, row, context.territory);
      rows.push({ line, ...named });
      effects.push(this.effectOf(book, row.bill, named, of, context));
    }
    return { rows, refused, effects };
  }

  private effectOf(
    book: string,
    reference: string,
    { bill, receivedDate, care }: ReadBill,
    of: { readonly source: string; readonly today: string },
    { now }: CommandContext,
  ): Effect {
    const told = { type: 'TellBill' as const, book, reference, receivedDate, care, ...of, now };
    return effect(outsideBillType, billIdOf(book, bill), told);
  }

  /** The same under the book's pseudonyms: of the member as the roster has it, of the provider, of the bill. */
  private async named(book: string, { bill, receivedDate, care }: ReadBill, territory: string): Promise<ReadBill> {
    const name = await this.billName(book, bill, territory);
    if (care === null) return { bill: name, receivedDate, care };
    const member = await memberPseudonym(this.store, territory, book, care.member);
    const provider = await pseudonym(this.store, territory, 'op', `${book}|provider|${care.provider}`);
    return { bill: name, receivedDate, care: { ...care, member, provider } };
  }

  private billName(book: string, bill: string, territory: string): Promise<string> {
    return pseudonym(this.store, territory, 'ob', `${book}|bill|${bill}`);
  }

  private async bill(territory: string, book: string, name: string): Promise<ShownBill> {
    const found = await this.store.read(outsideBillType, territory, billIdOf(book, name));
    if (!found) throw new DomainError('NOT_FOUND');
    return { id: name, ...found.state };
  }

  private async today(book: string, { territory, now }: CommandContext): Promise<string> {
    return civilDay(now, (await this.reads.book(territory, book)).tz);
  }
}
