import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  DisclosesNothing,
  IsInstant,
  pageOf,
  PageQuery,
  Reader,
  type ReaderContext,
  TimeLimit,
} from '@ariane/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { checkedMonth } from './book-time';
import { bookIdOf } from './contracts.store';
import { Closings } from './closing.store';
import { LedgerReads } from './ledger-reads.store';
import { seqAfter, seqCursor } from './seq-cursor';
import { type ClosingItem, closingItems } from './period';
import { asOfView, periodView } from './period-views';
import { namedPerson } from './seeing.guard';
import { entryView, trialBalanceView } from './views';

class WaiverBody {
  @ApiProperty({ enum: closingItems })
  @IsIn(closingItems)
  item!: ClosingItem; /* filled by the pipe */

  @ApiProperty({ description: 'Why the month is closed all the same.' })
  @IsString()
  @Length(3, 500)
  reason!: string; /* filled by the pipe */
}

class Preparation {
  @ApiPropertyOptional({ type: [WaiverBody], description: 'What is left over, each with its reason.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(4)
  @ValidateNested({ each: true })
  @Type(() => WaiverBody)
  waivers?: WaiverBody[];
}

class AsOfQuery {
  @ApiProperty({ example: 'assets:receivable:org:payer-75' })
  @IsString()
  @MaxLength(200)
  account!: string; /* filled by the pipe */

  @ApiProperty({ description: 'True up to this UTC instant.' })
  @IsInstant()
  effective!: string; /* filled by the pipe */

  @ApiProperty({ description: 'As it was known at this UTC instant.' })
  @IsInstant()
  known!: string; /* filled by the pipe */
}

/** The months of a book: what is left over, two approvals, the lock; and what a closed month said. */
@ApiTags('ledger')
@Controller('books/:id')
@DisclosesNothing('sums and terms, by no pathway')
@Can('read', 'Period')
export class PeriodsController {
  constructor(
    private readonly closings: Closings,
    private readonly reads: LedgerReads,
  ) {}

  @Get('periods')
  async list(@Param('id') id: string, @Reader() { territory }: ReaderContext) {
    return { items: (await this.closings.periods(territory, bookIdOf(territory, id))).map(periodView) };
  }

  @Get('periods/:month')
  async one(@Param('id') id: string, @Param('month') month: string, @Reader() { territory }: ReaderContext) {
    return periodView(await this.closings.period(territory, bookIdOf(territory, id), checkedMonth(month)));
  }

  @Get('periods/:month/checklist')
  @TimeLimit(0)
  async checklist(@Param('id') id: string, @Param('month') month: string, @Reader() { territory }: ReaderContext) {
    return this.closings.checklist(territory, bookIdOf(territory, id), checkedMonth(month));
  }

  @Post('periods/:month/closing')
  @HttpCode(200)
  @Can('prepare', 'Period')
  @TimeLimit(0)
  @ApiCommand()
  async prepare(
    @Param('id') id: string,
    @Param('month') asked: string,
    @Body() body: Preparation,
    @Caller() caller: CallerContext,
  ) {
    const [book, month] = [bookIdOf(caller.territory, id), checkedMonth(asked)];
    const waivers = (body.waivers ?? []).map(({ item, reason }) => ({ item, reason }));
    const by = namedPerson(caller.principal);
    return periodView(await this.closings.prepare({ book, month, waivers, by }, contextOf(caller)));
  }

  @Post('periods/:month/approvals')
  @HttpCode(200)
  @Can('approve', 'Period')
  @TimeLimit(0)
  @ApiCommand()
  async approve(@Param('id') id: string, @Param('month') asked: string, @Caller() caller: CallerContext) {
    const [book, month] = [bookIdOf(caller.territory, id), checkedMonth(asked)];
    return periodView(await this.closings.approve(book, month, namedPerson(caller.principal), contextOf(caller)));
  }

  @Post('periods/:month/abandonments')
  @HttpCode(200)
  @Can('prepare', 'Period')
  @ApiCommand()
  async abandon(@Param('id') id: string, @Param('month') asked: string, @Caller() caller: CallerContext) {
    const [book, month] = [bookIdOf(caller.territory, id), checkedMonth(asked)];
    return periodView(await this.closings.abandon(book, month, contextOf(caller)));
  }

  /** What was booked here and is true in an earlier month: the first thing an auditor asks for. */
  @Get('periods/:month/prior')
  async prior(
    @Param('id') id: string,
    @Param('month') asked: string,
    @Query() query: PageQuery,
    @Reader() { territory }: ReaderContext,
  ) {
    const [book, month] = [bookIdOf(territory, id), checkedMonth(asked)];
    const { currency } = await this.reads.book(territory, book);
    const found = await this.reads.priorPeriod(territory, book, month, seqAfter(query.cursor), query.limit + 1);
    return pageOf(
      found.map((entry) => entryView(entry, currency)),
      query.limit,
      seqCursor,
    );
  }

  /** The trial balance at the end of a month, by the months entries are booked in: a closed one never changes. */
  @Get('periods/:month/trial-balance')
  async trialBalance(@Param('id') id: string, @Param('month') asked: string, @Reader() { territory }: ReaderContext) {
    const [book, month] = [bookIdOf(territory, id), checkedMonth(asked)];
    const { currency } = await this.reads.book(territory, book);
    return { month, ...trialBalanceView(book, currency, await this.reads.balancesAt(territory, book, month)) };
  }

  @Get('balance')
  async asOf(@Param('id') id: string, @Query() query: AsOfQuery, @Reader() { territory }: ReaderContext) {
    const { account, effective, known } = query;
    const book = bookIdOf(territory, id);
    const { currency } = await this.reads.book(territory, book);
    const balance = await this.reads.asOf(territory, book, account, { effective, known });
    return { account, effective, known, ...asOfView(balance, currency) };
  }
}

/** The number after which a page begins. */
