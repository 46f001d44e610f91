import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
import {
  afterCursor,
  ApiCommand,
  Caller,
  type CallerContext,
  DisclosesNothing,
  IdPipe,
  PageQuery,
  Reader,
  type ReaderContext,
  versionedPage,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { organisations, practitioners } from './aggregates.store';
import { OrganisationInput, PractitionerInput, PractitionersQuery } from './directory-inputs.controller';
import { organisationIdOf, practitionerIdOf, typedFiness, typedRpps } from './identifiers';

/** The directory of the territory: who practises what, where and when. Everybody who works here reads it. */
@ApiTags('directory')
@Controller()
@DisclosesNothing('professionals and organisations')
export class DirectoryController {
  constructor(private readonly store: Store) {}

  @Post('practitioners')
  @Can('create', 'Directory')
  @ApiCommand()
  @ApiOperation({ summary: 'Register a professional, or replace what is known of them' })
  @ApiCreatedResponse({ description: '`{id, version}`; the id is always the same for one RPPS' })
  async registerPractitioner(
    @Body() { rpps: typed, name, exercises }: PractitionerInput,
    @Caller() caller: CallerContext,
  ) {
    const rpps = typedRpps(typed);
    const id = practitionerIdOf(rpps);
    const command = { type: 'RegisterPractitioner', id, rpps, name, exercises } as const;
    const { version } = await this.store.handle(practitioners, id, command, contextOf(caller));
    return { id, version };
  }

  @Get('practitioners')
  @Can('read', 'Directory')
  @ApiOperation({ summary: 'List professionals, by role or specialty' })
  @ApiOkResponse({ description: '`{items, next}`' })
  async practitioners(
    @Query() { role, specialty, cursor, limit }: PractitionersQuery,
    @Reader() reader: ReaderContext,
  ): Promise<object> {
    const filter = {
      ...(role === undefined ? {} : { roles: role }),
      ...(specialty === undefined ? {} : { specialties: specialty }),
      ...afterCursor(cursor),
    };
    const found = await this.store.find(practitioners, reader.territory, filter, { limit: limit + 1 });
    return versionedPage(found, limit);
  }

  @Get('practitioners/:id')
  @Can('read', 'Directory')
  @ApiOperation({ summary: 'Read a professional' })
  @ApiOkResponse({ description: 'RPPS, name and exercises with their dates.' })
  async practitioner(@Param('id', IdPipe) id: string, @Reader() reader: ReaderContext): Promise<object> {
    const found = await this.store.read(practitioners, reader.territory, id);
    if (found === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    return { ...found.state, version: found.version };
  }

  @Post('organisations')
  @Can('create', 'Directory')
  @ApiCommand()
  @ApiOperation({ summary: 'Register a place of care, or rename it' })
  @ApiCreatedResponse({ description: '`{id, version}`; the id is always the same for one FINESS' })
  async registerOrganisation(@Body() { finess: typed, name }: OrganisationInput, @Caller() caller: CallerContext) {
    const finess = typedFiness(typed);
    const id = organisationIdOf(finess);
    const command = { type: 'RegisterOrganisation', id, finess, name } as const;
    const { version } = await this.store.handle(organisations, id, command, contextOf(caller));
    return { id, version };
  }

  @Get('organisations')
  @Can('read', 'Directory')
  @ApiOperation({ summary: 'List places of care' })
  @ApiOkResponse({ description: '`{items, next}`' })
  async organisations(@Query() { cursor, limit }: PageQuery, @Reader() reader: ReaderContext) {
    const found = await this.store.find(organisations, reader.territory, afterCursor(cursor), { limit: limit + 1 });
    return versionedPage(found, limit);
  }
}
