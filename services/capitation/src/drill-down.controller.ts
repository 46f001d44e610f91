import { Can } from '@ariane/auth';
import { toWireMoney } from '@ariane/kernel';
import { Discloses, pageOf, PageQuery, Reader, type ReaderContext } from '@ariane/service';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { checkedMonth } from './book-time';
import { bookIdOf } from './contracts.store';
import { DrillDown } from './drill-down.store';
import { LedgerReads } from './ledger-reads.store';
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
  ) {}

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
    const wire = (cents: bigint) => toWireMoney({ cents, currency });
    return {
      ...{ book, month, ...(account === undefined ? {} : { account }) },
      items: sums.map(({ code, dr, cr, legs }) => ({ code, debit: wire(dr), credit: wire(cr), legs })),
    };
  }

  @Get('entries')
  async entries(
    @Param('id') id: string,
    @Param('month') asked: string,
    @Query() { account, code, cursor, limit }: AccountEntriesQuery,
    @Reader() { territory }: ReaderContext,
  ) {
    const [book, month] = [bookIdOf(territory, id), checkedMonth(asked)];
    const { currency } = await this.reads.book(territory, book);
    const of = { book, month, account, ...(code === undefined ? {} : { code }) };
    const found = await this.drill.entries(territory, of, seqAfter(cursor), limit + 1);
    return pageOf(
      found.map((entry) => entryView(entry, currency)),
      limit,
      seqCursor,
    );
  }
}
