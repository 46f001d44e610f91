import { Can, mayEver } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError, uuidv5 } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  IdPipe,
  IsId,
  PageQuery,
  Reader,
  type ReaderContext,
} from '@ariane/service';
import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  Max,
  Min,
} from 'class-validator';
import { Migrations } from './migrations.store';
import { ReasonInput } from './step-inputs.controller';

/** A request decides and commits each of them; more go in further requests. */
const BULK_MAX = 200;

export class MigrateInput extends ReasonInput {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  @Max(10_000)
  toVersion!: number; // class-validator fills it

  @ApiPropertyOptional({ default: false, description: 'Only tell what would change.' })
  @IsOptional()
  @IsBoolean()
  dryRun?: boolean;
}

export class BulkInput extends ReasonInput {
  @ApiProperty({ type: [String], format: 'uuid', minItems: 1, maxItems: BULK_MAX })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(BULK_MAX)
  @ArrayUnique()
  @IsId({ each: true })
  pathwayIds!: string[]; // see above
}

/** A new version and the patients under way: who is affected and how, and who is moved, each by a named clinician. */
@ApiTags('protocols')
@Controller()
export class MigrationsController {
  constructor(private readonly migrations: Migrations) {}

  @Get('protocols/:id/versions/:version/affected')
  @Can('migrate', 'Protocol')
  @ApiOperation({ summary: 'Patients pinned to older versions, with what this one would change for each' })
  @ApiOkResponse({ description: '`{items, next, total}`; items of one’s own patients, total of the territory' })
  @Discloses('list-affected', { ground: 'care-team' })
  affected(
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
    @Query() query: PageQuery,
    @Reader() reader: ReaderContext,
  ) {
    return this.migrations.affected(id, version, query, reader);
  }

  @Post('pathways/:id/migrate')
  @HttpCode(200)
  @Can('migrate', 'Pathway')
  @ApiCommand()
  @ApiOperation({ summary: 'Move a patient to another version, approved by a named clinician; or only foresee it' })
  @ApiOkResponse({ description: '`{pathwayId, difference}`, and `{version, protocol}` once moved' })
  async migrate(@Param('id', IdPipe) id: string, @Body() input: MigrateInput, @Caller() caller: CallerContext) {
    if (input.dryRun === true) {
      return { dryRun: true, ...(await this.migrations.foreseen(id, input.toVersion, caller)) };
    }
    checkClinician(caller);
    return this.migrations.migrate(id, input, caller, contextOf(caller));
  }

  @Post('protocols/:id/versions/:version/migrations')
  @HttpCode(200)
  @Can('approve', 'Pathway')
  @ApiCommand()
  @ApiOperation({ summary: 'Move the patients named to this version; each is moved or refused on its own' })
  @ApiOkResponse({ description: '`{items}`: pathwayId and `migrated` with its difference, or `refused` with a code' })
  async bulk(
    @Param('id') protocolId: string,
    @Param('version', ParseIntPipe) toVersion: number,
    @Body() { pathwayIds, reason }: BulkInput,
    @Caller() caller: CallerContext,
  ) {
    const one = async (pathwayId: string) => {
      // Its own message: whoever repeats the request repeats each move, and none is done twice.
      const context = { ...contextOf(caller), messageId: uuidv5(caller.idempotencyKey, pathwayId) };
      try {
        const moved = await this.migrations.migrate(pathwayId, { toVersion, reason, protocolId }, caller, context);
        return { pathwayId, status: 'migrated', difference: moved.difference };
      } catch (error) {
        if (error instanceof DomainError) return { pathwayId, status: 'refused', code: error.code };
        throw error;
      }
    };
    return { items: await Promise.all(pathwayIds.map(one)) };
  }
}

/** A coordinator may look; what becomes of a patient's care is a clinician's to approve. */
function checkClinician({ principal }: CallerContext): void {
  if (!mayEver(principal, 'approve', 'Pathway')) throw new DomainError('FORBIDDEN');
}
