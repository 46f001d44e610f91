import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
import {
  afterCursor,
  Discloses,
  idOf,
  ApiCommand,
  Caller,
  type CallerContext,
  IdPipe,
  IsCode,
  IsId,
  IsInstant,
  type Page,
  pageOf,
  PageQuery,
  Reader,
  type ReaderContext,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import type { CaseStatus } from './case-state';
import { casesWithQuorum } from './case-view.store';
import { CasePage, CaseView } from './case-views.controller';
import { type Deviation, deviations, type Side, sides } from './decision-codes';
import { calendarIdOf, cases } from './meetings.store';

const statuses = ['waiting', 'planned', 'decided', 'deferred', 'withdrawn'] as const satisfies CaseStatus[];

class CaseBody {
  @ApiProperty({ format: 'uuid', description: 'Made by the caller.' })
  @IsId()
  caseId!: string; // set by the validation pipe

  @ApiProperty({ format: 'uuid' })
  @IsId()
  pathwayId!: string; // set by the validation pipe

  @ApiProperty({ format: 'uuid' })
  @IsId()
  patientId!: string; // set by the validation pipe

  @ApiProperty({ example: 'meeting-1', minLength: 1, maxLength: 120 })
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  stepKey!: string; // set by the validation pipe

  @ApiProperty({ example: 'rcp-senology', maxLength: 64 })
  @IsCode()
  meetingType!: string; // set by the validation pipe

  @ApiPropertyOptional({ minLength: 1, maxLength: 4000 })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  question?: string;

  @ApiProperty({ format: 'date-time', description: 'The meeting starts at this instant or later.' })
  @IsInstant()
  earliest!: string; // set by the validation pipe

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsInstant()
  latest?: string;

  @ApiPropertyOptional({ enum: sides, description: 'Of a tumour of a paired organ; the decision must say it again.' })
  @IsOptional()
  @IsIn(sides)
  side?: Side;

  @ApiPropertyOptional({ enum: deviations, description: 'Told to the meeting afterwards and kept with its decision.' })
  @IsOptional()
  @IsIn(deviations)
  deviation?: Deviation;
}

class CasesQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  pathwayId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  meetingId?: string;

  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: CaseStatus;
}

class CaseAsked {
  @ApiProperty({ format: 'uuid' }) id!: string; // given as a literal
  @ApiProperty({ type: 'integer' }) version!: number; // given as a literal
  @ApiProperty({ enum: statuses }) status!: CaseStatus; // given as a literal
  @ApiPropertyOptional({ format: 'uuid' }) meetingId?: string;
}

@ApiTags('cases')
@Controller('cases')
export class CasesController {
  constructor(private readonly store: Store) {}

  /** Asks that a case be discussed: on the first meeting of its type from `earliest`, else as soon as there is one. */
  @Post()
  @Can('create', 'MeetingCase')
  @ApiCommand()
  @ApiCreatedResponse({ type: CaseAsked })
  async ask(@Body() body: CaseBody, @Caller() caller: CallerContext): Promise<Pick<CaseAsked, keyof CaseAsked>> {
    const { question = null, ...asked } = body;
    const dossier = { ...asked, question, calendarId: calendarIdOf(caller.territory, body.meetingType) };
    const command = { type: 'AskCase', dossier, now: caller.now } as const;
    const { state, version } = await this.store.handle(cases, body.caseId, command, contextOf(caller));
    const meeting = 'meetingId' in state ? { meetingId: state.meetingId } : {};
    return { id: state.caseId, version, status: state.status, ...meeting };
  }

  @Get()
  @Can('read', 'MeetingCase')
  @ApiOkResponse({ type: CasePage })
  @Discloses('list-cases', { groundIfNamed: 'meeting-participant' })
  async list(@Query() query: CasesQuery, @Reader() { territory }: ReaderContext): Promise<Page<object>> {
    const { pathwayId, meetingId, status, cursor, limit } = query;
    const wanted = Object.entries({ pathwayId, meetingId, status }).filter(([, value]) => value !== undefined);
    const filter = { ...Object.fromEntries(wanted), ...afterCursor(cursor) };
    const found = await this.store.find(cases, territory, filter, { limit: limit + 1 });
    const shown = pageOf(found, limit, idOf);
    return { ...shown, items: await casesWithQuorum(this.store, territory, shown.items) };
  }

  @Get(':id')
  @Can('read', 'MeetingCase')
  @ApiOkResponse({ type: CaseView })
  @Discloses('read-case', { groundIfNamed: 'meeting-participant' })
  async one(@Param('id', IdPipe) id: string, @Reader() { territory }: ReaderContext): Promise<object> {
    const found = await this.store.read(cases, territory, id);
    if (found === undefined) throw new DomainError('NOT_FOUND');
    const [view] = await casesWithQuorum(this.store, territory, [{ id, ...found }]);
    return { ...view };
  }
}
