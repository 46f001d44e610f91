import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  DisclosesNothing,
  IsCode,
  pageOf,
  PageQuery,
  Reader,
  type ReaderContext,
  TimeLimit,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, IsTimeZone, Length, Matches } from 'class-validator';
import { bookIdOf } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import { seqAfter, seqCursor } from './seq-cursor';
import { BookVerifier } from './verify.store';
import { bookType } from './ledger.store';
import { entryView, trialBalanceView, verifiedView } from './views';

class NewBook {
  @ApiProperty({ description: 'Its name in the territory: `hospital-a`.' })
  @IsCode()
  id!: string; /* filled by the pipe */

  @ApiProperty({ example: 'EUR' })
  @IsString()
  @Matches(/^[A-Z]{3}$/)
  currency!: string; /* filled by the pipe */

  @ApiProperty({ example: 'Europe/Paris' })
  @IsTimeZone()
  timeZone!: string; /* filled by the pipe */

  @ApiProperty({ example: 'org:hospital-a' })
  @IsString()
  @Length(1, 80)
  holder!: string; /* filled by the pipe */
}

/** Books of accounts: their entries, their balance, and whether nobody has touched them. */
@ApiTags('ledger')
@Controller('books')
@DisclosesNothing('accounts, sums and hashes')
@Can('read', 'Book')
export class BooksController {
  constructor(
    private readonly reads: LedgerReads,
    private readonly store: Store,
    private readonly verifier: BookVerifier,
  ) {}

  @Post()
  @Can('create', 'Book')
  @ApiCommand()
  async open(@Body() body: NewBook, @Caller() caller: CallerContext) {
    const id = bookIdOf(caller.territory, body.id);
    const { currency, timeZone: tz, holder } = body;
    const command = {
      type: 'OpenBook' as const,
      territoryCode: caller.territory,
      currency,
      tz,
      holder,
      now: caller.now,
    };
    const { state } = await this.store.handle(bookType, id, command, contextOf(caller));
    return { id, currency: state.currency, timeZone: state.tz, holder: state.holder, state: state.state };
  }

  @Get()
  async list(@Reader() reader: ReaderContext) {
    const books = await this.reads.books(reader.territory);
    return {
      items: books.map(({ id, state }) => ({ id, currency: state.currency, timeZone: state.tz, holder: state.holder })),
    };
  }

  @Get(':id/trial-balance')
  async trialBalance(@Param('id') asked: string, @Reader() reader: ReaderContext) {
    const { id, currency } = await this.found(asked, reader);
    return trialBalanceView(id, currency, await this.reads.balances(reader.territory, id));
  }

  @Get(':id/entries')
  @Discloses('read-account')
  async entries(@Param('id') asked: string, @Query() query: PageQuery, @Reader() reader: ReaderContext) {
    const { id, currency } = await this.found(asked, reader);
    const found = await this.reads.entriesAfter(reader.territory, id, seqAfter(query.cursor), query.limit + 1);
    return pageOf(
      found.map((entry) => entryView(entry, currency)),
      query.limit,
      seqCursor,
    );
  }

  /** How far the audit is that another request waits for; `null` while there is none. */
  @Get(':id/verify/progress')
  async progress(@Param('id') asked: string, @Reader() reader: ReaderContext) {
    const { id } = await this.found(asked, reader);
    return { running: this.verifier.progressOf(id) ?? null };
  }

  @Get(':id/verify')
  @TimeLimit(0)
  async verify(@Param('id') asked: string, @Reader() reader: ReaderContext) {
    const { id } = await this.found(asked, reader);
    return verifiedView(await this.verifier.verify(reader.territory, id));
  }

  private async found(asked: string, { territory }: ReaderContext) {
    const id = bookIdOf(territory, asked);
    return { id, currency: (await this.reads.book(territory, id)).currency };
  }
}
