import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { fromWireMoney, toWireMoney } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  idOf,
  pageOf,
  PageQuery,
  Reader,
  type ReaderContext,
  TimeLimit,
} from '@ariane/service';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { checkedMonth } from './book-time';
import { bookIdOf } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import { BillBody, BillsQuery, LagQuery, WithdrawnBill } from './outside-bills-inputs.controller';
import { OutsideBills } from './outside-bills.store';
import { billView, estimateView, lagView } from './outside-views';
import { seqAfter } from './seq-cursor';

/** Care of members by others than the team: its bills, how late they come, and what is accrued for those to come. */
@ApiTags('outside-care')
@Controller('books/:id')
@Discloses('read-account')
@Can('read', 'Roster')
export class OutsideBillsController {
  constructor(
    private readonly bills: OutsideBills,
    private readonly reads: LedgerReads,
  ) {}

  /** Tells a bill, or corrects it: what was received last stands, and what stood before stays in its revisions. */
  @Put('outside-bills')
  @Can('change', 'Roster')
  @ApiCommand()
  async tell(@Param('id') id: string, @Body() body: BillBody, @Caller() caller: CallerContext) {
    const { book, currency } = await this.bookOf(id, caller);
    const { bill, receivedDate, amount, member, careDate, act, provider } = body;
    const { cents } = fromWireMoney({ amount, currency });
    const care = { member, careDate, act, provider, cents };
    return billView(await this.bills.tell(book, { bill, receivedDate, care }, contextOf(caller)), currency);
  }

  @Post('outside-bills/withdrawals')
  @HttpCode(200)
  @Can('change', 'Roster')
  @ApiCommand()
  async withdraw(@Param('id') id: string, @Body() body: WithdrawnBill, @Caller() caller: CallerContext) {
    const { book, currency } = await this.bookOf(id, caller);
    const { bill, receivedDate } = body;
    return billView(await this.bills.withdraw(book, { bill, receivedDate }, contextOf(caller)), currency);
  }

  /**
   * Reads a CSV file as it comes in: `bill;member;care;received;act;provider;amount`, and `withdrawn`, which is `yes`
   * for a bill that falls away. The same file under the same key goes on where it was cut off.
   */
  @Post('outside-bills/files')
  @Can('change', 'Roster')
  @TimeLimit(0)
  @ApiCommand()
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async file(@Param('id') id: string, @Req() body: Request, @Caller() caller: CallerContext) {
    const { book } = await this.bookOf(id, caller);
    return { id: caller.idempotencyKey, ...(await this.bills.read(book, body, contextOf(caller))) };
  }

  /** What became of each row of a file. */
  @Get('outside-bills/files/:file/rows')
  async rows(
    @Param('id') id: string,
    @Param('file') file: string,
    @Query() { cursor, limit }: PageQuery,
    @Reader() reader: ReaderContext,
  ) {
    const { currency } = await this.bookOf(id, reader);
    const { territory } = reader;
    const found = await this.bills.rows(territory, `${territory}|${file}`, Number(seqAfter(cursor)), limit + 1);
    const shown = pageOf(found, limit, ({ line }) => String(line));
    const items = shown.items.map((row) => {
      if ('reason' in row || row.care === null) return row;
      const { cents, ...care } = row.care;
      return { ...row, care: { ...care, amount: toWireMoney({ cents, currency }) } };
    });
    return { ...shown, items };
  }

  @Get('outside-bills')
  async list(@Param('id') id: string, @Query() query: BillsQuery, @Reader() reader: ReaderContext) {
    const { book, currency } = await this.bookOf(id, reader);
    const { month, cursor = '', limit } = query;
    const found = await this.bills.list(reader.territory, book, month, cursor, limit + 1);
    const shown = pageOf(found, limit, idOf);
    return { ...shown, items: shown.items.map((bill) => billView(bill, currency)) };
  }

  /** How late bills come by the book's own history, and what each month that is not complete is estimated to lack. */
  @Get('outside-care/lag')
  async lag(@Param('id') id: string, @Query() query: LagQuery, @Reader() reader: ReaderContext) {
    const { book } = await this.bookOf(id, reader);
    const { through, contract: contractId } = query;
    const lag = await this.bills.lag(reader.territory, { book, through, contractId }, reader.now);
    return lagView(lag, reader.language);
  }

  /** Posts what a month is estimated to lack, less what was posted for it before; nothing is accrued by itself. */
  @Post('outside-care/months/:month/accruals')
  @HttpCode(200)
  @Can('change', 'Roster')
  @ApiCommand()
  async accrue(
    @Param('id') id: string,
    @Param('month') month: string,
    @Body() body: LagQuery,
    @Caller() caller: CallerContext,
  ) {
    const { book, currency } = await this.bookOf(id, caller);
    const { through, contract: contractId } = body;
    const asked = { book, through, contractId, month: checkedMonth(month) };
    const { estimate, accrual } = await this.bills.accrue(asked, contextOf(caller));
    const posted = accrual.lines.reduce((sum, line) => sum + line.posted, 0n);
    const lines = accrual.lines.map(({ key, rev }) => ({ key, rev }));
    return {
      ...{ book, through: accrual.through, ...estimateView(estimate, { currency, language: caller.language }) },
      ...{ posted: toWireMoney({ cents: posted, currency }), lines },
    };
  }

  /** @throws NOT_FOUND */
  private async bookOf(id: string, { territory }: Pick<ReaderContext, 'territory'>) {
    const book = bookIdOf(territory, id);
    return { book, currency: (await this.reads.book(territory, book)).currency };
  }
}
