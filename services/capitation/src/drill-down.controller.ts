import { Can } from '@ariane/auth';
import { toWireMoney } from '@ariane/kernel';
import { Discloses, pageOf, PageQuery, Reader, type ReaderContext, TimeLimit } from '@ariane/service';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { checkedMonth } from './book-time';
import { Closings } from './closing.store';
import { bookIdOf } from './contracts.store';
import { type AccountPlace, DrillDown } from './drill-down.store';
import { LedgerReads } from './ledger-reads.store';
import { overviewOf } from './month-overview';
import { seqAfter, seqCursor } from './seq-cursor';
import { entryView } from './views';

class ReasonsQuery {
  @ApiPropertyOptional({ example: 'liabilities:payable:prac:123', description: 'Of one account; of all without it.' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  account?: string;
}

class AccountEntriesQuery extends PageQuery {
  @ApiProperty({ example: 'liabilities:payable:prac:123' })
  @IsString()
  @Length(1, 200)
  account!: string; /* filled by the pipe */

  @ApiPropertyOptional({ example: 'SHARE', description: 'One reason; all without it.' })
  @IsOptional()
  @IsString()
  @Length(1, 80)
  code?: string;

  @ApiPropertyOptional({ example: 'ep-b2ce1f87f8e6c7cd', description: 'One file, by its pseudonym; all without it.' })
  @IsOptional()
  @IsString()
  @Length(1, 80)
  file?: string;
}

/** From a month's total to its reasons, and from a reason to its entries. */
@ApiTags('ledger')
@Controller('books/:id/periods/:month')
@Discloses('read-account')
@Can('read', 'Book')
export class DrillDownController {
  constructor(
    private readonly drill: DrillDown,
    private readonly reads: LedgerReads,
    private readonly closings: Closings,
  ) {}

  /** The month at a glance: what is due and what the bank settled, what is promised, contested, estimated. */
  @Get('overview')
  async overview(@Param('id') id: string, @Param('month') asked: string, @Reader() { territory }: ReaderContext) {
    const [book, month] = [bookIdOf(territory, id), checkedMonth(asked)];
    const { currency } = await this.reads.book(territory, book);
    const sums = overviewOf(await this.drill.reasonsByAccount(territory, book, month));
    const { state, pending, openDisputes } = await this.closings.standing(territory, book, month);
    const wire = (cents: bigint) => toWireMoney({ cents, currency });
    const figures = {
      ...{
        expected: wire(sums.expected),
        received: wire(sums.received),
        toReceive: wire(sums.expected - sums.received),
      },
      ...{ due: wire(sums.due), paid: wire(sums.paid), toPay: wire(sums.due - sums.paid) },
      ...{ kept: wire(sums.kept), withheld: wire(sums.withheld), accrued: wire(sums.accrued) },
    };
    return {
      ...{ book, month, currency, state, figures },
      ...{ pending: { count: pending.count, amount: wire(pending.cents) }, openDisputes },
    };
  }

  /** What each account moved by in the month. */
  @Get('accounts')
  async accounts(@Param('id') id: string, @Param('month') asked: string, @Reader() { territory }: ReaderContext) {
    const [book, month] = [bookIdOf(territory, id), checkedMonth(asked)];
    const { currency } = await this.reads.book(territory, book);
    const sums = await this.drill.accounts(territory, book, month);
    return { book, month, items: sums.map(({ account, ...sum }) => ({ account, ...movedView(sum, currency) })) };
  }

  @Get('reasons')
  async reasons(
    @Param('id') id: string,
    @Param('month') asked: string,
    @Query() { account }: ReasonsQuery,
    @Reader() { territory }: ReaderContext,
  ) {
    const [book, month] = [bookIdOf(territory, id), checkedMonth(asked)];
    const { currency } = await this.reads.book(territory, book);
    const sums = await this.drill.reasons(territory, book, month, account);
    return {
      ...{ book, month, ...(account === undefined ? {} : { account }) },
      items: sums.map(({ code, legs, ...sum }) => ({ code, ...movedView(sum, currency), legs })),
    };
  }

  /** The files that a reason's sum is made of, each under its pseudonym. */
  @Get('files')
  @TimeLimit(0)
  async files(
    @Param('id') id: string,
    @Param('month') asked: string,
    @Query() { cursor = '', limit, ...query }: AccountEntriesQuery,
    @Reader() { territory }: ReaderContext,
  ) {
    const [book, month] = [bookIdOf(territory, id), checkedMonth(asked)];
    const { currency } = await this.reads.book(territory, book);
    const found = await this.drill.files(territory, placeIn(book, month, query), cursor, limit + 1);
    const shown = pageOf(found, limit, ({ file }) => file ?? '');
    const items = shown.items.map(({ file, entries, ...sum }) => ({ file, entries, ...movedView(sum, currency) }));
    return { ...shown, items };
  }

  @Get('entries')
  async entries(
    @Param('id') id: string,
    @Param('month') asked: string,
    @Query() { cursor, limit, ...query }: AccountEntriesQuery,
    @Reader() { territory }: ReaderContext,
  ) {
    const [book, month] = [bookIdOf(territory, id), checkedMonth(asked)];
    const { currency } = await this.reads.book(territory, book);
    const found = await this.drill.entries(territory, placeIn(book, month, query), seqAfter(cursor), limit + 1);
    return pageOf(
      found.map((entry) => entryView(entry, currency)),
      limit,
      seqCursor,
    );
  }
}

/** An amount on the side on which it was booked, and what it adds to its account. */
function movedView({ dr, cr }: { readonly dr: bigint; readonly cr: bigint }, currency: string) {
  const wire = (cents: bigint) => toWireMoney({ cents, currency });
  return { debit: wire(dr), credit: wire(cr), balance: wire(dr - cr) };
}

const placeIn = (
  book: string,
  month: string,
  { account, code, file }: Omit<AccountEntriesQuery, 'cursor' | 'limit'>,
): AccountPlace => ({
  ...{ book, month, account },
  ...(code === undefined ? {} : { code }),
  ...(file === undefined ? {} : { file }),
});
