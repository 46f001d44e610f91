import { Policy } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { IdPipe, IsId, type Page, page, PageQuery, Reader, type ReaderContext } from '@ariane/service';
import { Store } from '@ariane/store';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type Author, concerns, type OpinionRequest, type OpinionStatus } from './opinion-request';
import { authorOf } from './opinion-requests.controller';
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
  pathwayId?: string;

  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: OpinionStatus;
}

type OpinionView = OpinionRequest & { readonly id: string; readonly version: number };
/** A line of a list: what it is about is read one by one. */
type OpinionLine = Omit<OpinionView, 'question' | 'attachments' | 'opinion'>;

@ApiTags('opinion-requests')
@Controller('opinion-requests')
export class OpinionReadsController {
  constructor(private readonly store: Store) {}

  /** The requests one has a part in; who coordinates has a part in all. */
  @Get()
  @Policy('service', 'coordinator', 'requester', 'specialist', 'chair')
  @ApiOkResponse({ schema: { type: 'object', properties: { items: { type: 'array' }, next: { type: 'string' } } } })
  async list(@Query() query: OpinionsQuery, @Reader() reader: ReaderContext): Promise<Page<OpinionLine>> {
    const found = await this.store.find(
      opinionRequests,
      reader.territory,
      filterOf(query, authorOf(reader.principal)),
      {
        limit: query.limit + 1,
      },
    );
    const items = found.slice(0, query.limit).map(({ id, state, version }) => lineOf({ ...state, id, version }));
    return page({ items, next: found.length > query.limit ? items.at(-1)?.id : undefined });
  }

  @Get(':id')
  @Policy('service', 'coordinator', 'requester', 'specialist', 'chair')
  @ApiOkResponse({ schema: { type: 'object' } })
  async one(@Param('id', IdPipe) id: string, @Reader() reader: ReaderContext): Promise<OpinionView> {
    const found = await this.store.read(opinionRequests, reader.territory, id);
    if (found === undefined || !concerns(found.state, authorOf(reader.principal))) throw new DomainError('NOT_FOUND');
    return { ...found.state, id, version: found.version };
  }
}

function filterOf({ expertId, pathwayId, status, cursor }: OpinionsQuery, author: Author): Record<string, unknown> {
  const wanted = Object.entries({ expertId, pathwayId, status }).filter(([, value]) => value !== undefined);
  const { practitionerId, coordinates } = author;
  const me = practitionerId ?? 'nobody';
  return {
    ...Object.fromEntries(wanted),
    ...(cursor === undefined ? {} : { _id: { $gt: cursor } }),
    ...(coordinates ? {} : { $or: [{ requesterId: me }, { expertId: me }, { formerExpertIds: me }] }),
  };
}

function lineOf(view: OpinionView): OpinionLine {
  const hidden = new Set(['question', 'attachments', 'opinion']);
  return Object.fromEntries(Object.entries(view).filter(([field]) => !hidden.has(field))) as OpinionLine; // only those
}
