import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { stepOf } from '@ariane/protocol';
import {
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  DisclosesNothing,
  IdPipe,
  type Language,
  page,
  Reader,
  type ReaderContext,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { omit } from './omit';
import { sortable } from './pathway-time';
import { library } from './protocols.store';
import { PathwaySight } from './sight.store';
import type { WorkItem } from './work-item';
import { AcknowledgeResultsInput, WorklistQuery } from './worklist-inputs.controller';
import { AcknowledgedOutput, WorkCountersOutput, WorkPage } from './worklist-outputs.controller';
import type { WorkCounters, WorkFilter } from './worklist-query';
import { listReaderOf, Worklist } from './worklist.store';
import { works } from './works.store';

const DAY_MS = 86_400_000;

/** Who waits, on whom, since when: one item per patient and reason, over all pathways that the reader cares for. */
@ApiTags('worklist')
@Controller()
export class WorklistController {
  constructor(
    private readonly store: Store,
    private readonly sight: PathwaySight,
    private readonly worklist: Worklist,
  ) {}

  @Get('worklist')
  @Can('list', 'WorkItem')
  @ApiOperation({ summary: 'What waits for somebody in the pathways one cares for' })
  @ApiOkResponse({ type: WorkPage })
  @Discloses('list-work', { ground: 'care-team' })
  async list(@Query() query: WorklistQuery, @Reader() reader: ReaderContext) {
    const { sort: order, cursor, limit } = query;
    const wanted = { order, limit, ...(cursor === undefined ? {} : { cursor }) };
    const { items, next } = await this.worklist.list(this.readerOf(reader), filterOf(query, reader.now), wanted);
    return page({ items: items.map((item) => viewOf(item, reader.language)), next });
  }

  @Get('worklist/counters')
  @Can('list', 'WorkItem')
  @ApiOperation({ summary: 'How long the lists are: the same filters, each count as long as its list' })
  @ApiOkResponse({ type: WorkCountersOutput })
  @DisclosesNothing('counts')
  counters(@Query() query: WorklistQuery, @Reader() reader: ReaderContext): Promise<WorkCounters> {
    return this.worklist.counters(this.readerOf(reader), filterOf(query, reader.now));
  }

  @Post('pathways/:id/results/acknowledge')
  @HttpCode(200)
  @Can('acknowledge', 'Result')
  @ApiCommand()
  @ApiOperation({ summary: 'Say which results one has seen; those that came meanwhile stay on the list' })
  @ApiOkResponse({ type: AcknowledgedOutput })
  async acknowledge(
    @Param('id', IdPipe) id: string,
    @Body() { factIds }: AcknowledgeResultsInput,
    @Caller() caller: CallerContext,
  ) {
    await this.sight.whole(id, caller);
    const command = { type: 'AcknowledgeResults', factIds, by: this.sight.actor(caller), now: caller.now } as const;
    const { version } = await this.store.handle(works, id, command, contextOf(caller));
    return { id, version };
  }

  private readerOf(reader: ReaderContext) {
    return listReaderOf(reader, this.sight.actor(reader));
  }
}

function filterOf({ protocol, withinDays, ...query }: WorklistQuery, now: string): WorkFilter {
  const { owner, role, reason: reasons, tier, phase, pathwayId } = query;
  const dueBefore =
    withinDays === undefined ? undefined : sortable(new Date(Date.parse(now) + withinDays * DAY_MS).toISOString());
  return {
    ...(owner === undefined ? {} : { owner }),
    ...(role === undefined ? {} : { role }),
    ...(reasons === undefined ? {} : { reasons }),
    ...(tier === undefined ? {} : { tier }),
    ...(protocol === undefined ? {} : { protocolId: protocol }),
    ...(phase === undefined ? {} : { phase }),
    ...(pathwayId === undefined ? {} : { pathwayId }),
    ...(dueBefore === undefined ? {} : { dueBefore }),
  };
}

/** A step that people added has no label here: it is in their own words, sealed in the pathway. */
function viewOf(item: WorkItem, language: Language) {
  const { protocol, stepKey, reason } = item;
  const known = library.has(protocol);
  const document = known === undefined || stepKey === undefined ? undefined : stepOf(known, stepKey);
  const isLate = reason === 'late' && document !== undefined && document.kind !== 'milestone';
  const label = isLate ? document.late.title : document?.label;
  return {
    ...omit(item, 'readers', 'due', 'rank', 'dueOrder', 'sinceOrder', 'subject'),
    protocol: { id: protocol.id, version: protocol.version },
    ...(label === undefined ? {} : { label: label[language] }),
  };
}
