import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
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
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { checkedMonth } from './book-time';
import { bookIdOf } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import type { DatedValue } from './roster';
import type { Difference } from './roster-file';
import { RosterRuns } from './roster-runs.store';
import { memberView, rosterAccountView } from './roster-views';
import { progressView } from './run-progress';
import { RosterService } from './roster.store';
import { Attribution, FileQuery, Leaving, MemberName, Merger, RunBody } from './rosters-inputs.controller';

/** The roster of a book: who is attributed to its holder since when, and what their months come to. */
@ApiTags('roster')
@Controller('rosters/:book')
@Discloses('read-account')
@Can('read', 'Roster')
export class RostersController {
  constructor(
    private readonly rosters: RosterService,
    private readonly runs: RosterRuns,
    private readonly reads: LedgerReads,
  ) {}

  @Put('members')
  @Can('change', 'Roster')
  @ApiCommand()
  async attribute(@Param('book') asked: string, @Body() body: Attribution, @Caller() caller: CallerContext) {
    const book = await this.bookOf(asked, caller.territory);
    const { member, from, to = null, version = '' } = body;
    const values = valuesOf(body.values ?? {}, from, version);
    const told = { type: 'Attribute' as const, span: { from, to }, values };
    return memberView(await this.rosters.tell(book, member, told, 'hand', contextOf(caller)));
  }

  @Post('departures')
  @HttpCode(200)
  @Can('change', 'Roster')
  @ApiCommand()
  async leave(@Param('book') asked: string, @Body() { member, on, reason }: Leaving, @Caller() caller: CallerContext) {
    const book = await this.bookOf(asked, caller.territory);
    return memberView(await this.rosters.tell(book, member, { type: 'Leave', on, reason }, 'hand', contextOf(caller)));
  }

  /** A death told by mistake is taken back; the attribution it cut is told again. */
  @Post('death-corrections')
  @HttpCode(200)
  @Can('correct', 'Roster')
  @ApiCommand()
  async takeBackDeath(@Param('book') asked: string, @Body() { member }: MemberName, @Caller() caller: CallerContext) {
    const book = await this.bookOf(asked, caller.territory);
    return memberView(await this.rosters.tell(book, member, { type: 'TakeBackDeath' }, 'hand', contextOf(caller)));
  }

  /** The members of this book go on in another from a day: no day is lost and none is paid twice. */
  @Post('mergers')
  @HttpCode(200)
  @Can('correct', 'Roster')
  @TimeLimit(0)
  @ApiCommand()
  async merge(@Param('book') asked: string, @Body() body: Merger, @Caller() caller: CallerContext) {
    const book = await this.bookOf(asked, caller.territory);
    const into = await this.bookOf(body.into, caller.territory);
    if (book === into) throw new DomainError('INVALID_INPUT', {}, 'into');
    return { moved: await this.rosters.merge(book, into, body.on, contextOf(caller)) };
  }

  /** Who came and who went since another month. */
  @Get('months/:month/moves')
  @TimeLimit(0)
  async moves(
    @Param('book') asked: string,
    @Param('month') month: string,
    @Query('since') since: string,
    @Reader() { territory }: ReaderContext,
  ) {
    const book = await this.bookOf(asked, territory);
    return this.rosters.moves(territory, book, checkedMonth(since), checkedMonth(month));
  }

  /** Reads a CSV file as it comes in: `member;from;to;score;version`, `to` being the first day that is no more. */
  @Post('files')
  @Can('change', 'Roster')
  @TimeLimit(0)
  @ApiCommand()
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async file(
    @Param('book') asked: string,
    @Query() query: FileQuery,
    @Req() body: Request,
    @Caller() caller: CallerContext,
  ) {
    const book = await this.bookOf(asked, caller.territory);
    const kind = query.as === 'ours' ? ('OURS' as const) : ('PAYER' as const);
    const file = await this.rosters.read({ book, kind, month: query.month, body }, contextOf(caller));
    return { id: caller.idempotencyKey, ...file.state };
  }

  /** What became of each row of a file. */
  @Get('files/:file/rows')
  async rows(@Param('file') file: string, @Query() query: PageQuery, @Reader() { territory }: ReaderContext) {
    const after = /^\d{1,9}$/.test(query.cursor ?? '') ? Number(query.cursor) : 0;
    const found = await this.rosters.rows(territory, `${territory}|${file}`, after, query.limit + 1);
    return pageOf(found, query.limit, ({ line }) => String(line));
  }

  /** Where the payer's file and our roster differ, by member. */
  @Get('files/:file/differences')
  @TimeLimit(0)
  async differences(@Param('file') file: string, @Query() query: PageQuery, @Reader() { territory }: ReaderContext) {
    const items: Difference[] = [];
    // A member may differ twice: a page ends between members.
    for await (const one of this.rosters.differences(territory, `${territory}|${file}`, query.cursor ?? '')) {
      const last = items.at(-1)?.member;
      if (items.length >= query.limit && last !== one.member) return page({ items, next: last });
      items.push(one);
    }
    return page({ items });
  }

  /** Computes a month of the roster under a contract and posts the difference to what was posted. */
  @Post('contracts/:contract/months/:month/runs')
  @Can('change', 'Roster')
  @TimeLimit(0)
  @ApiCommand()
  async run(
    @Param('book') asked: string,
    @Param('contract') contractId: string,
    @Param('month') month: string,
    @Body() body: RunBody,
    @Caller() caller: CallerContext,
  ) {
    const book = await this.bookOf(asked, caller.territory);
    const given = body.given ?? {};
    const run = { book, contractId, month: checkedMonth(month), given };
    return rosterAccountView(await this.runs.run(run, contextOf(caller)));
  }

  /** Takes back all that the runs of a month posted. */
  @Post('contracts/:contract/months/:month/reversals')
  @Can('correct', 'Roster')
  @ApiCommand()
  async reverse(
    @Param('book') asked: string,
    @Param('contract') contractId: string,
    @Param('month') month: string,
    @Caller() caller: CallerContext,
  ) {
    const book = await this.bookOf(asked, caller.territory);
    const run = { book, contractId, month: checkedMonth(month) };
    return rosterAccountView(await this.runs.reverse(run, contextOf(caller)));
  }

  @Get('contracts/:contract/months/:month')
  async month(
    @Param('book') asked: string,
    @Param('contract') contractId: string,
    @Param('month') month: string,
    @Reader() { territory }: ReaderContext,
  ) {
    const book = await this.bookOf(asked, territory);
    return rosterAccountView(await this.runs.account(territory, { book, contractId, month: checkedMonth(month) }));
  }

  /** How far the run is that another request waits for; `null` while there is none. */
  @Get('contracts/:contract/months/:month/progress')
  async progress(
    @Param('book') asked: string,
    @Param('contract') contractId: string,
    @Param('month') month: string,
    @Reader() { territory }: ReaderContext,
  ) {
    const book = await this.bookOf(asked, territory);
    const running = this.runs.progressOf({ book, contractId, month: checkedMonth(month) });
    return { running: running === undefined ? null : progressView(running, performance.now()) };
  }

  /** @throws NOT_FOUND */
  private async bookOf(asked: string, territory: string): Promise<string> {
    const book = bookIdOf(territory, asked);
    await this.reads.book(territory, book);
    return book;
  }
}

/** @throws FACT_MALFORMED for a value that is no text */
function valuesOf(values: Readonly<Record<string, unknown>>, from: string, version: string): readonly DatedValue[] {
  return Object.entries(values).map(([name, value]) => {
    if (typeof value !== 'string' || value.length > 64 || !/^[A-Za-z]\w{0,39}$/.test(name)) {
      throw new DomainError('FACT_MALFORMED', { name: 'values', reason: 'a name and a text are expected' });
    }
    return { name, from, value, version };
  });
}
