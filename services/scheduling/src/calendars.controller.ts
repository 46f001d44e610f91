import { Can, mayDo } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError, holidayTerritories, type HolidayTerritory } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  DisclosesNothing,
  IdPipe,
  IsCode,
  IsId,
  IsInstant,
} from '@ariane/service';
import { afterCursor, idOf, type Page, pageOf, PageQuery, Reader, type ReaderContext } from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString } from 'class-validator';
import { Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { type Fields, modes, SlotPage } from './appointment-views.controller';
import { calendars } from './appointments.store';
import type { Calendar, CalendarCommand } from './calendar';
import { Deadlines } from './deadlines.store';
import { BUCKET_MINUTES, MINUTE_MS, type Slot, VISIT_MINUTES_MAX, type VisitMode } from './slot';
import { Slots, windowOf } from './slots.store';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
/** Free slots are shown for at most a month at a time. */
const SHOWN_MS_MAX = 31 * 24 * 60 * MINUTE_MS;

class HoursBody {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 7, description: '1 is Monday.' })
  @IsInt()
  @Min(1)
  @Max(7)
  weekday!: number; // set by the validation pipe

  @ApiProperty({ pattern: TIME.source, description: 'Wall-clock time in the calendar’s zone.' })
  @Matches(TIME)
  @MaxLength(5)
  from!: string; // set by the validation pipe

  @ApiProperty({ pattern: TIME.source })
  @Matches(TIME)
  @MaxLength(5)
  to!: string; // set by the validation pipe
}

class OfferBody {
  @ApiProperty({ maxLength: 64 })
  @IsCode()
  visitKind!: string; // set by the validation pipe

  @ApiProperty({ type: 'integer', minimum: BUCKET_MINUTES, maximum: VISIT_MINUTES_MAX })
  @IsInt()
  @Min(BUCKET_MINUTES)
  @Max(VISIT_MINUTES_MAX)
  minutes!: number; // set by the validation pipe

  @ApiPropertyOptional({ enum: modes, isArray: true, default: ['on-site'] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  @IsIn(modes, { each: true })
  modes: VisitMode[] = ['on-site'];
}

class OpenBody {
  @ApiProperty({ format: 'uuid', description: 'Made by the caller.' })
  @IsId()
  calendarId!: string; // set by the validation pipe

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  practitionerId?: string;

  @ApiPropertyOptional({ type: [String], description: 'Codes of rooms and devices bound with each slot.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsCode({ each: true })
  resources: string[] = [];

  @ApiProperty({ type: [OfferBody] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => OfferBody)
  visits!: OfferBody[]; // set by the validation pipe

  @ApiProperty({ type: [HoursBody] })
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => HoursBody)
  hours!: HoursBody[]; // set by the validation pipe

  @ApiProperty({ maxLength: 60, example: 'Europe/Paris' })
  @IsString()
  @MaxLength(60)
  timeZone!: string; // set by the validation pipe

  @ApiPropertyOptional({ enum: holidayTerritories, default: 'FR' })
  @IsOptional()
  @IsIn(holidayTerritories)
  holidays: HolidayTerritory = 'FR';

  @ApiPropertyOptional({ type: 'boolean', default: false })
  @IsOptional()
  @IsBoolean()
  openOnHolidays = false;
}

class ExceptionBody {
  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  from!: string; // set by the validation pipe

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  to!: string; // set by the validation pipe

  @ApiProperty({ description: 'Opened when true, closed when false.' })
  @IsBoolean()
  open!: boolean; // set by the validation pipe

  @ApiProperty({ maxLength: 64, description: 'A code, such as `leave`.' })
  @IsCode()
  reason!: string; // set by the validation pipe
}

class SlotsQuery extends PageQuery {
  @ApiProperty({ maxLength: 64 })
  @IsCode()
  visitKind!: string; // set by the validation pipe

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  from!: string; // set by the validation pipe

  @ApiProperty({ format: 'date-time', description: 'At most 31 days later.' })
  @IsInstant()
  to!: string; // set by the validation pipe

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  practitionerId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only slots this patient is free for.' })
  @IsOptional()
  @IsId()
  patientId?: string;

  @ApiPropertyOptional({ enum: modes })
  @IsOptional()
  @IsIn(modes)
  mode?: VisitMode;
}

/** Calendars, their exceptions, and the slots they leave free. */
@ApiTags('calendars')
@Controller()
@DisclosesNothing('hours that are free, and nobody’s booking')
export class CalendarsController {
  constructor(
    private readonly store: Store,
    private readonly slots: Slots,
    private readonly deadlines: Deadlines,
  ) {}

  @Post('calendars')
  @ApiCommand()
  @Can('create', 'Calendar')
  @ApiOperation({ summary: 'Opens a calendar with its weekly hours.' })
  @ApiCreatedResponse()
  async open(@Body() body: OpenBody, @Caller() caller: CallerContext) {
    const opening: Fields<OpenBody> = body;
    const command: CalendarCommand = { type: 'OpenCalendar', ...opening };
    return this.handle(body.calendarId, command, caller);
  }

  @Post('calendars/:id/exceptions')
  @ApiCommand()
  @Can('change', 'Calendar')
  @ApiOperation({ summary: 'Closes or opens a calendar between two instants; the last word wins.' })
  @ApiCreatedResponse()
  async except(@Param('id', IdPipe) id: string, @Body() body: ExceptionBody, @Caller() caller: CallerContext) {
    const known = await this.store.read(calendars, caller.territory, id);
    if (known === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    const { practitionerId } = known.state;
    // Everybody sees whose calendar it is: there is nothing to hide from who may not close it.
    if (!mayDo(caller.principal, 'change', 'Calendar', { practitionerId }))
      throw new DomainError('FORBIDDEN', {}, 'id');
    const exception: Fields<ExceptionBody> = body;
    return this.handle(id, { type: 'AddException', ...exception }, caller);
  }

  @Get('calendars')
  @Can('read', 'Calendar')
  @ApiOperation({ summary: 'The calendars of the territory.' })
  @ApiOkResponse()
  async list(@Query() { cursor, limit }: PageQuery, @Reader() reader: ReaderContext): Promise<Page<CalendarView>> {
    const found = await this.store.find(calendars, reader.territory, afterCursor(cursor), { limit: limit + 1 });
    return pageOf(
      found.map(({ id, version, state }) => ({ id, version, ...state })),
      limit,
      idOf,
    );
  }

  @Get('slots')
  @Can('list', 'Slot')
  @ApiOperation({ summary: 'Free slots for a kind of visit, earliest first.' })
  @ApiOkResponse({ type: SlotPage })
  async free(@Query() query: SlotsQuery, @Reader() reader: ReaderContext): Promise<Page<Slot>> {
    const { visitKind, practitionerId, mode, patientId, cursor, limit } = query;
    const window = windowOf(query.from, query.to);
    if (window.to - window.from > SHOWN_MS_MAX) throw new DomainError('INVALID_INPUT', {}, 'to');
    const free = await this.slots.free(reader.territory, { visitKind, practitionerId, mode }, window, patientId);
    const left = free.filter((slot) => cursor === undefined || cursorOf(slot) > cursor);
    return pageOf(left, limit, cursorOf);
  }

  /** A calendar that changes may have room for those who wait. */
  private async handle(id: string, command: CalendarCommand, caller: CallerContext) {
    const { version } = await this.store.handle(calendars, id, command, contextOf(caller));
    this.deadlines.madeRoom();
    return { id, version };
  }
}

type CalendarView = Calendar & { readonly id: string; readonly version: number };

/** Slots are sorted by start, then calendar: so are their cursors. */
const cursorOf = (slot: Slot): string => `${slot.startsAt}|${slot.calendarId}`;
