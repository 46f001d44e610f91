import { Can, mayDo } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { civilDay, DomainError } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  DisclosesNothing,
  IdPipe,
  IsCivilDate,
  IsCode,
  IsId,
} from '@ariane/service';
import { afterCursor, type Page, pageOf, PageQuery, Reader, type ReaderContext } from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsOptional, IsString } from 'class-validator';
import { Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { dutyRosters, leaves } from './duty.store';
import type { Fields } from './appointment-views.controller';
import type { DutyRoster } from './duty-roster';
import type { Leave } from './leave';

const FROM = /^([01]\d|2[0-3]):[0-5]\d$/;
const TO = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
/** A day a week in an hour's turns is more than any roster has. */
const HOURS_MAX = 7 * 24;

class DutyHoursBody {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 7, description: '1 is Monday.' })
  @IsInt()
  @Min(1)
  @Max(7)
  weekday!: number; // set by the validation pipe; so for every field of these classes

  @ApiProperty({ pattern: FROM.source, description: 'Wall-clock time in the roster’s zone.' })
  @Matches(FROM)
  @MaxLength(5)
  from!: string; // see above

  @ApiProperty({ pattern: TO.source, description: '`24:00` is the end of the day.' })
  @Matches(TO)
  @MaxLength(5)
  to!: string; // see above
}

class RosterBody {
  @ApiProperty({ format: 'uuid', description: 'Made by the caller; the same again replaces it.' })
  @IsId()
  rosterId!: string; // see above

  @ApiProperty({ maxLength: 64, example: 'IDEC', description: 'A role of the protocols, or `coordinator`.' })
  @IsCode()
  role!: string; // see above

  @ApiProperty({ format: 'uuid' })
  @IsId()
  practitionerId!: string; // see above

  @ApiProperty({ format: 'date' })
  @IsCivilDate()
  from!: string; // see above

  @ApiPropertyOptional({ format: 'date', description: 'Its last day; absent, it goes on.' })
  @IsOptional()
  @IsCivilDate()
  until?: string;

  @ApiProperty({ maxLength: 60, example: 'Europe/Paris' })
  @IsString()
  @MaxLength(60)
  timeZone!: string; // see above

  @ApiProperty({ type: [DutyHoursBody] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(HOURS_MAX)
  @ValidateNested({ each: true })
  @Type(() => DutyHoursBody)
  hours!: DutyHoursBody[]; // see above

  @ApiPropertyOptional({ format: 'uuid', description: 'Who stands in when they are away.' })
  @IsOptional()
  @IsId()
  deputyId?: string;
}

class LeaveBody {
  @ApiProperty({ format: 'uuid', description: 'Made by the caller.' })
  @IsId()
  leaveId!: string; // see above

  @ApiProperty({ format: 'uuid' })
  @IsId()
  practitionerId!: string; // see above

  @ApiProperty({ format: 'date', description: 'The first day away.' })
  @IsCivilDate()
  from!: string; // see above

  @ApiProperty({ format: 'date', description: 'The last day away.' })
  @IsCivilDate()
  until!: string; // see above

  @ApiProperty({ maxLength: 60, example: 'Europe/Paris' })
  @IsString()
  @MaxLength(60)
  timeZone!: string; // see above

  @ApiPropertyOptional({ format: 'uuid', description: 'To whom their work goes, if it can.' })
  @IsOptional()
  @IsId()
  deputyId?: string;
}

class RostersQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 64, example: 'IDEC' })
  @IsOptional()
  @IsCode()
  role?: string;
}

class LeavesQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  practitionerId?: string;
}

/** Who is on duty, and who is away. */
@ApiTags('duty')
@Controller()
@DisclosesNothing('who is on duty or away')
export class DutyController {
  constructor(private readonly store: Store) {}

  @Post('duty-rosters')
  @ApiCommand()
  @Can('change', 'DutyRoster')
  @ApiOperation({ summary: 'Says who answers for a role in which hours of the week; the same id again replaces it.' })
  @ApiCreatedResponse({ description: '`{id, version}`' })
  async setRoster(@Body() { hours, ...body }: RosterBody, @Caller() caller: CallerContext) {
    const plain = hours.map(({ weekday, from, to }) => ({ weekday, from, to }));
    const command = { type: 'SetDutyRoster' as const, ...body, hours: plain };
    const { version } = await this.store.handle(dutyRosters, body.rosterId, command, contextOf(caller));
    return { id: body.rosterId, version };
  }

  @Get('duty-rosters')
  @Can('read', 'DutyRoster')
  @ApiOperation({ summary: 'The duty rosters of the territory.' })
  @ApiOkResponse({ description: '`{items, next}`' })
  async rosters(@Query() query: RostersQuery, @Reader() { territory }: ReaderContext): Promise<Page<DutyRoster>> {
    const { role, cursor, limit } = query;
    const filter = { ...(role === undefined ? {} : { role }), ...afterCursor(cursor) };
    const found = await this.store.find(dutyRosters, territory, filter, { limit: limit + 1 });
    return pageOf(
      found.map(({ state }) => state),
      limit,
      (last) => last.rosterId,
    );
  }

  @Post('leaves')
  @ApiCommand()
  @Can('record', 'Leave')
  @ApiOperation({ summary: 'Says that a professional is away; what they own is given to who is there, and not back.' })
  @ApiCreatedResponse({ description: '`{id, version}`' })
  async recordLeave(@Body() body: LeaveBody, @Caller() caller: CallerContext) {
    mayRecord(caller, body.practitionerId);
    const leave: Fields<LeaveBody> = body;
    const command = { type: 'RecordLeave' as const, ...leave, now: caller.now };
    const { version } = await this.store.handle(leaves, body.leaveId, command, contextOf(caller));
    return { id: body.leaveId, version };
  }

  @Post('leaves/:id/withdraw')
  @HttpCode(200)
  @ApiCommand()
  @Can('record', 'Leave')
  @ApiOperation({
    summary: 'Says that a leave does not take place, or is over; what was reassigned stays where it is.',
  })
  @ApiOkResponse({ description: '`{id, version}`' })
  async withdrawLeave(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext) {
    const known = await this.store.read(leaves, caller.territory, id);
    if (known === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    mayRecord(caller, known.state.practitionerId);
    const command = { type: 'WithdrawLeave', now: caller.now } as const;
    const { version } = await this.store.handle(leaves, id, command, contextOf(caller));
    return { id, version };
  }

  @Get('leaves')
  @Can('read', 'Leave')
  @ApiOperation({ summary: 'Leave under way and to come, withdrawn ones left out.' })
  @ApiOkResponse({ description: '`{items, next}`' })
  async leave(@Query() query: LeavesQuery, @Reader() { territory, now }: ReaderContext): Promise<Page<Leave>> {
    const { practitionerId, cursor, limit } = query;
    const filter = {
      status: 'recorded',
      // A day may have begun in the east while it is the day before by UTC.
      until: { $gte: civilDay(now, 'UTC') },
      ...(practitionerId === undefined ? {} : { practitionerId }),
      ...afterCursor(cursor),
    };
    const found = await this.store.find(leaves, territory, filter, { limit: limit + 1 });
    return pageOf(
      found.map(({ state }) => state),
      limit,
      (last) => last.leaveId,
    );
  }
}

/** Leave moves a colleague's work: one says one's own, and who coordinates or administers says anybody's. */
function mayRecord({ principal }: CallerContext, practitionerId: string): void {
  if (!mayDo(principal, 'record', 'Leave', { practitionerId }))
    throw new DomainError('FORBIDDEN', {}, 'practitionerId');
}
