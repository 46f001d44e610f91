import { Can, mayDo, queryOf } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import {
  afterCursor,
  Discloses,
  idOf,
  IdPipe,
  IsId,
  type Page,
  pageOf,
  PageQuery,
  Reader,
  type ReaderContext,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type OpinionRequest, type OpinionStatus, urgencies } from './opinion-request';
import { opinionRequests } from './opinion-requests.store';

const statuses = ['asked', 'accepted', 'declined', 'given', 'expired', 'cancelled'] as const satisfies OpinionStatus[];

class OpinionsQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  expertId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  requesterId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  pathwayId?: string;

  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: OpinionStatus;
}

/** A request without its texts, as in a list. Which of the last fields there are depends on the status. */
class OpinionLineView {
  @ApiProperty({ format: 'uuid' }) id!: string; // a description
  @ApiProperty({ type: 'integer' }) version!: number; // a description
  @ApiProperty({ enum: statuses }) status!: OpinionStatus; // a description
  @ApiProperty({ format: 'uuid' }) requestId!: string; // a description
  @ApiProperty({ format: 'uuid' }) pathwayId!: string; // a description
  @ApiProperty({ format: 'uuid' }) patientId!: string; // a description
  @ApiProperty() stepKey!: string; // a description
  @ApiProperty() specialty!: string; // a description
  @ApiProperty({ enum: urgencies }) urgency!: string; // a description
  @ApiProperty({ format: 'uuid' }) requesterId!: string; // a description
  @ApiProperty({ format: 'uuid', description: 'The expert asked now.' }) expertId!: string; // a description
  @ApiProperty({ type: [String], description: 'Asked before.' }) formerExpertIds!: string[]; // a description
  @ApiProperty({ format: 'date-time' }) requestedAt!: string; // a description
  @ApiProperty({ format: 'date-time' }) dueAt!: string; // a description
  @ApiPropertyOptional({ format: 'date-time' }) acceptedAt?: string;
  @ApiPropertyOptional({ description: 'Of a declined or cancelled request.' }) reason?: string;
  @ApiPropertyOptional({ format: 'date-time' }) declinedAt?: string;
  @ApiPropertyOptional() conclusion?: string;
  @ApiPropertyOptional({ format: 'date-time' }) givenAt?: string;
  @ApiPropertyOptional({ description: 'SHA-256 of the signed content.' }) signedSha256?: string;
  @ApiPropertyOptional({ format: 'date-time' }) expiredAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) cancelledAt?: string;
}

class AttachmentView {
  @ApiProperty() kind!: string; // a description
  @ApiProperty() sha256!: string; // a description
  @ApiProperty({ type: 'integer' }) bytes!: number; // a description
}

class OpinionFullView extends OpinionLineView {
  @ApiProperty() question!: string; // a description
  @ApiProperty({ type: [AttachmentView] }) attachments!: AttachmentView[]; // a description
  @ApiPropertyOptional({ type: [String], description: 'The answers that the pathway goes on with.' })
  conclusions?: string[];
  @ApiPropertyOptional({ description: 'The text of a given opinion.' }) opinion?: string;
}

class OpinionPage {
  @ApiProperty({ type: [OpinionLineView] }) items!: OpinionLineView[]; // a description
  @ApiPropertyOptional() next?: string;
}

type OpinionView = OpinionRequest & { readonly id: string; readonly version: number };
/** A line of a list: what it is about is read one by one. */
type OpinionLine = Omit<OpinionView, 'question' | 'attachments' | 'conclusions' | 'opinion'>;

@ApiTags('opinion-requests')
@Controller('opinion-requests')
export class OpinionReadsController {
  constructor(private readonly store: Store) {}

  /** The requests one has a part in; who coordinates has a part in all. */
  @Get()
  @Can('read', 'OpinionRequest')
  @ApiOkResponse({ type: OpinionPage })
  @Discloses('list-opinions', { groundIfNamed: 'expert-asked' })
  async list(@Query() query: OpinionsQuery, @Reader() reader: ReaderContext): Promise<Page<OpinionLine>> {
    const filter = { $and: [queryOf(reader.principal, 'read', 'OpinionRequest'), filterOf(query)] };
    const found = await this.store.find(opinionRequests, reader.territory, filter, { limit: query.limit + 1 });
    const lines = found.map(({ id, state, version }) => lineOf({ ...state, id, version }));
    return pageOf(lines, query.limit, idOf);
  }

  @Get(':id')
  @Can('read', 'OpinionRequest')
  @ApiOkResponse({ type: OpinionFullView })
  @Discloses('read-opinion', { groundIfNamed: 'expert-asked' })
  async one(@Param('id', IdPipe) id: string, @Reader() reader: ReaderContext): Promise<OpinionView> {
    const found = await this.store.read(opinionRequests, reader.territory, id);
    const isTheirs = found !== undefined && mayDo(reader.principal, 'read', 'OpinionRequest', { ...found.state });
    if (!isTheirs) throw new DomainError('NOT_FOUND');
    return { ...found.state, id, version: found.version };
  }
}

function filterOf({ expertId, requesterId, pathwayId, status, cursor }: OpinionsQuery): Record<string, unknown> {
  const wanted = Object.entries({ expertId, requesterId, pathwayId, status }).filter(
    ([, value]) => value !== undefined,
  );
  return { ...Object.fromEntries(wanted), ...afterCursor(cursor) };
}

function lineOf(view: OpinionView): OpinionLine {
  const hidden = new Set(['question', 'attachments', 'conclusions', 'opinion']);
  return Object.fromEntries(Object.entries(view).filter(([field]) => !hidden.has(field))) as OpinionLine; // only those
}
