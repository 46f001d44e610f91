import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  page,
  PageQuery,
  pageOf,
  Reader,
  type ReaderContext,
  TimeLimit,
} from '@ariane/service';
import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { Request } from 'express';
import { bookIdOf } from './contracts.store';
import { LedgerReads } from './ledger-reads.store';
import { actView } from './participation-views';
import { Participations } from './participations.store';

class ActsQuery extends PageQuery {
  @ApiProperty({ description: 'Whose acts: `prac:<id>`.', example: 'prac:gp-204' })
  @Matches(/^prac:[\w-]{1,64}$/)
  party!: string; /* filled by the pipe */
}

/** Who took part in which care in the months of a book, and which of it a payment rests on. */
@ApiTags('roster')
@Controller()
@Discloses('read-account')
@Can('read', 'Roster')
export class ParticipationsController {
  constructor(
    private readonly participations: Participations,
    private readonly reads: LedgerReads,
  ) {}

  /**
   * Reads a CSV file of acts as it comes in: `act;kind;day;practitioner;weight`. `act` is the id that the sending system
   * gives it and names no person. A row replaces what was told of its act before; one without a practitioner withdraws
   * it.
   */
  @Post('rosters/:book/acts/files')
  @Can('change', 'Roster')
  @TimeLimit(0)
  @ApiCommand()
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async file(@Param('book') asked: string, @Req() body: Request, @Caller() caller: CallerContext) {
    const book = bookIdOf(caller.territory, asked);
    await this.reads.book(caller.territory, book);
    const file = await this.participations.read({ book, body }, contextOf(caller));
    return { id: caller.idempotencyKey, ...file.state };
  }

  /** Who has which part in the list of acts that a month's amounts rest on, as it was when they were computed. */
  @Get('events/:list/parties')
  async parties(@Param('list') list: string, @Query() query: PageQuery, @Reader() { territory }: ReaderContext) {
    const found = await this.participations.parties(territory, list, query.cursor ?? '', query.limit + 1);
    return pageOf(found, query.limit, ({ party }) => party);
  }

  /** The acts of one of them in that list. */
  @Get('events/:list/acts')
  async acts(@Param('list') list: string, @Query() query: ActsQuery, @Reader() { territory }: ReaderContext) {
    const practitioner = query.party.slice('prac:'.length);
    const after = query.cursor ?? '';
    const { items, next } = await this.participations.acts(territory, { list, practitioner }, after, query.limit);
    return page({ items: items.map(actView), next });
  }
}
