import { Can, mayDo } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError, monthPattern } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  page,
  pageOf,
  PageQuery,
  Reader,
  type ReaderContext,
  TimeLimit,
} from '@ariane/service';
import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { checkedMonth } from './book-time';
import { bookIdOf } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import { seqAfter } from './seq-cursor';
import { statementHeadView, statementLineView } from './period-views';
import { type StatementKind, statementKinds } from './statement';
import { Statements } from './statements.store';

class Issue {
  @ApiProperty({ enum: statementKinds })
  @IsIn(statementKinds)
  kind!: StatementKind; /* filled by the pipe */
}

class StatementsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: statementKinds })
  @IsOptional()
  @IsIn(statementKinds)
  kind?: StatementKind;

  @ApiPropertyOptional({ description: 'Whose: `prac:<id>`, `org:<id>`, a pathway’s pseudonym.' })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  party?: string;

  @ApiPropertyOptional({ example: '2026-06' })
  @IsOptional()
  @Matches(monthPattern)
  month?: string;
}

/** Issued statements: numbered by book and kind, superseded and never edited. A professional sees their own alone. */
@ApiTags('statements')
@Controller('books/:id')
@Discloses('read-account')
export class StatementsController {
  constructor(
    private readonly statements: Statements,
    private readonly reads: LedgerReads,
  ) {}

  @Post('periods/:month/statements')
  @HttpCode(200)
  @Can('create', 'Statement')
  @TimeLimit(0)
  @ApiCommand()
  async issue(
    @Param('id') id: string,
    @Param('month') month: string,
    @Body() { kind }: Issue,
    @Caller() caller: CallerContext,
  ) {
    const book = bookIdOf(caller.territory, id);
    const issued = await this.statements.issue({ book, month: checkedMonth(month), kind }, contextOf(caller));
    return { kind, month, issued };
  }

  @Get('statements')
  @Can('read', 'Statement')
  async list(@Param('id') id: string, @Query() query: StatementsQuery, @Reader() reader: ReaderContext) {
    const { territory, principal } = reader;
    if (!mayDo(principal, 'read', 'Statement', { party: query.party })) throw new DomainError('NOT_FOUND');
    const book = bookIdOf(territory, id);
    const { currency } = await this.reads.book(territory, book);
    const { kind, party, month, cursor = '', limit } = query;
    const filter = { book, ...(kind && { kind }), ...(party && { party }), ...(month && { month }) };
    const found = await this.statements.list(territory, filter, cursor, limit + 1);
    const shown = pageOf(found, limit, ({ _id }) => _id);
    return { ...shown, items: shown.items.map((statement) => statementHeadView(statement, currency)) };
  }

  @Get('statements/:kind/:number')
  @Can('read', 'Statement')
  async one(
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Param('number', ParseIntPipe) number: number,
    @Reader() reader: ReaderContext,
  ) {
    const { statement, currency } = await this.seen(id, kind, number, reader);
    return statementHeadView(statement, currency);
  }

  @Get('statements/:kind/:number/lines')
  @Can('read', 'Statement')
  async lines(
    @Param('id') id: string,
    @Param('kind') kind: string,
    @Param('number', ParseIntPipe) number: number,
    @Query() query: PageQuery,
    @Reader() reader: ReaderContext,
  ) {
    const { statement, currency } = await this.seen(id, kind, number, reader);
    const found = await this.statements.lines(reader.territory, statement, seqAfter(query.cursor), query.limit + 1);
    // The lines of one entry stay together on a page.
    const last = found.length > query.limit ? found.at(-1)?.seq : undefined;
    const whole = last === undefined ? found : found.filter(({ seq }) => seq < last);
    const shown = whole.length === 0 ? found : whole;
    const items = shown.map((line) => statementLineView(line, currency));
    return page({ items, next: last === undefined ? undefined : String(shown.at(-1)?.seq) });
  }

  /** A colleague's statement is absent, not refused. */
  private async seen(id: string, kind: string, number: number, { territory, principal }: ReaderContext) {
    const known = statementKinds.find((one) => one === kind);
    if (!known) throw new DomainError('NOT_FOUND');
    const book = bookIdOf(territory, id);
    const statement = await this.statements.find(territory, book, known, number);
    const { party } = statement;
    if (!mayDo(principal, 'read', 'Statement', { party })) throw new DomainError('NOT_FOUND');
    const { currency } = await this.reads.book(territory, book);
    return { statement, currency };
  }
}
