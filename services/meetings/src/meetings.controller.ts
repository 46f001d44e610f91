import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  DisclosesNothing,
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
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, IsTimeZone, MaxLength } from 'class-validator';
import { casesWithQuorum, shown } from './case-view.store';
import { MeetingAgendaView, MeetingPage } from './case-views.controller';
import { type Meeting, type Place, places } from './meeting';
import { calendarIdOf, cases, meetings } from './meetings.store';

/** Specialties that one type of meeting may require. */
const SPECIALTIES_MAX = 20;
/** Cases on one agenda: far more than a meeting can discuss. */
const AGENDA_MAX = 500;

class MeetingBody {
  @ApiProperty({ format: 'uuid', description: 'Made by the caller.' })
  @IsId()
  meetingId!: string; // set by the validation pipe

  @ApiProperty({ example: 'rcp-senology', maxLength: 64 })
  @IsCode()
  meetingType!: string; // set by the validation pipe

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  startsAt!: string; // set by the validation pipe

  @ApiPropertyOptional({
    type: String,
    example: 'Europe/Paris',
    default: 'Europe/Paris',
    description: 'Gives the civil day.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  @IsTimeZone()
  timeZone = 'Europe/Paris';

  @ApiPropertyOptional({ enum: places, default: 'hybrid' })
  @IsOptional()
  @IsIn(places)
  place: Place = 'hybrid';

  @ApiProperty({ type: [String], example: ['surgery', 'oncology', 'radiotherapy'], maxItems: SPECIALTIES_MAX })
  @IsArray()
  @ArrayMaxSize(SPECIALTIES_MAX)
  @IsCode({ each: true })
  requiredSpecialties!: string[]; // set by the validation pipe
}

class MeetingsQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 64 })
  @IsOptional()
  @IsCode()
  type?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Starting at this instant or later.' })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Starting before this instant.' })
  @IsOptional()
  @IsInstant()
  to?: string;
}

class MeetingScheduled {
  @ApiProperty({ format: 'uuid' }) id!: string; // given as a literal
  @ApiProperty({ type: 'integer' }) version!: number; // given as a literal
  @ApiProperty({ format: 'date' }) day!: string; // given as a literal
}

type MeetingView = Omit<Meeting, 'calendarId'> & { readonly id: string; readonly version: number };

@ApiTags('meetings')
@Controller('meetings')
export class MeetingsController {
  constructor(private readonly store: Store) {}

  /** Schedules a meeting; cases that wait for one of its type are put on its agenda in the same transaction. */
  @Post()
  @Can('create', 'Meeting')
  @ApiCommand()
  @ApiCreatedResponse({ type: MeetingScheduled })
  async schedule(
    @Body() body: MeetingBody,
    @Caller() caller: CallerContext,
  ): Promise<Pick<MeetingScheduled, keyof MeetingScheduled>> {
    const { territory, now } = caller;
    // Written alike whatever the caller's precision, so that meetings sort as texts.
    const { startsAt: asked, ...details } = body;
    const startsAt = new Date(asked).toISOString();
    const meeting = { ...details, startsAt, calendarId: calendarIdOf(territory, body.meetingType) };
    const command = { type: 'ScheduleMeeting', meeting, now } as const;
    const { state, version } = await this.store.handle(meetings, body.meetingId, command, contextOf(caller));
    return { id: state.meetingId, version, day: state.day };
  }

  /** Meetings by type and start, in the order of their start. */
  @Get()
  @Can('read', 'Meeting')
  @ApiOkResponse({ type: MeetingPage })
  @DisclosesNothing('when meetings are')
  async list(@Query() query: MeetingsQuery, @Reader() reader: ReaderContext): Promise<Page<MeetingView>> {
    const found = await this.store.find(meetings, reader.territory, filterOf(query), {
      limit: query.limit + 1,
      sort: { startsAt: 1, _id: 1 },
    });
    const views = found.map(({ id, state, version }) => ({ ...shown(state), id, version }));
    return pageOf(views, query.limit, ({ startsAt, id }) => `${startsAt}_${id}`);
  }

  /** The meeting with its agenda, and for each case whether there is a quorum. */
  @Get(':id')
  @Can('read', 'Meeting')
  @ApiOkResponse({ type: MeetingAgendaView })
  @Discloses('list-cases', { groundIfNamed: 'meeting-participant' })
  async one(@Param('id', IdPipe) id: string, @Reader() { territory }: ReaderContext) {
    const meeting = await this.store.read(meetings, territory, id);
    if (meeting === undefined) throw new DomainError('NOT_FOUND');
    const found = await this.store.find(
      cases,
      territory,
      { meetingId: id, status: { $ne: 'withdrawn' } },
      { limit: AGENDA_MAX, sort: { requestedAt: 1, _id: 1 } },
    );
    const agenda = await casesWithQuorum(this.store, territory, found);
    return { ...shown(meeting.state), id, version: meeting.version, agenda };
  }
}

function filterOf({ type, from, to, cursor }: MeetingsQuery): Record<string, unknown> {
  const since = from === undefined ? [] : [{ startsAt: { $gte: new Date(from).toISOString() } }];
  const until = to === undefined ? [] : [{ startsAt: { $lt: new Date(to).toISOString() } }];
  const ofType = type === undefined ? [] : [{ meetingType: type }];
  const all = [...since, ...until, ...ofType, ...later(cursor)];
  return all.length === 0 ? {} : { $and: all };
}

/** The cursor is `<startsAt>_<id>` of the last line of the page before. */
function later(cursor: string | undefined): Record<string, unknown>[] {
  const [startsAt, id] = cursor?.split('_') ?? [];
  if (startsAt === undefined || id === undefined) return [];
  return [{ $or: [{ startsAt: { $gt: startsAt } }, { startsAt, _id: { $gt: id } }] }];
}
