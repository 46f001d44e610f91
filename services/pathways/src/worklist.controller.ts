import { Policy } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
import { ApiCommand, Caller, type CallerContext, IdPipe, page, Reader, type ReaderContext } from '@ariane/service';
import { type Aggregate, type DomainEvent, Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { alerts, tasks } from './aggregates.store';
import { afterCursor, pageOf } from './paged';
import { PathwaySight } from './sight.store';
import { AlertsQuery, CloseAlertInput, TaskDoneInput, TasksQuery } from './worklist-inputs.controller';

interface Owned {
  readonly id: string;
  readonly pathwayId: string;
}
type Wanted = (TasksQuery | AlertsQuery) & { readonly status?: string };

/** What waits for somebody: tasks and alerts, by owner or by pathway. */
@ApiTags('worklist')
@Controller()
export class WorklistController {
  constructor(
    private readonly store: Store,
    private readonly sight: PathwaySight,
  ) {}

  @Get('tasks')
  @Policy('coordinator', 'requester', 'specialist', 'meeting-secretary', 'chair', 'service')
  @ApiOperation({ summary: 'List tasks: one’s own, or those of a pathway one cares for' })
  @ApiOkResponse({ description: '`{items, next}`' })
  tasks(@Query() query: TasksQuery, @Reader() reader: ReaderContext) {
    return this.list(tasks, query, reader);
  }

  @Post('tasks/:id/done')
  @HttpCode(200)
  @Policy('coordinator', 'requester', 'specialist', 'chair')
  @ApiCommand()
  @ApiOperation({ summary: 'Say that a task is done' })
  @ApiOkResponse({ description: '`{id, version, status}`' })
  async done(@Param('id', IdPipe) id: string, @Body() { outcome }: TaskDoneInput, @Caller() caller: CallerContext) {
    await this.mayAct(tasks, id, caller);
    const by = this.sight.actor(caller);
    const command = {
      type: 'CompleteTask',
      by,
      now: caller.now,
      ...(outcome === undefined ? {} : { outcome }),
    } as const;
    const { state, version } = await this.store.handle(tasks, id, command, contextOf(caller));
    return { id, version, status: state.status };
  }

  @Get('alerts')
  @Policy('coordinator', 'requester', 'specialist', 'meeting-secretary', 'chair', 'service')
  @ApiOperation({ summary: 'List alerts: one’s own, or those of a pathway one cares for' })
  @ApiOkResponse({ description: '`{items, next}`' })
  alerts(@Query() query: AlertsQuery, @Reader() reader: ReaderContext) {
    return this.list(alerts, query, reader);
  }

  @Post('alerts/:id/acknowledge')
  @HttpCode(200)
  @Policy('coordinator', 'requester', 'specialist', 'chair')
  @ApiCommand()
  @ApiOperation({ summary: 'Say that an alert has been seen' })
  @ApiOkResponse({ description: '`{id, version, status}`' })
  async acknowledge(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext) {
    await this.mayAct(alerts, id, caller);
    const command = { type: 'AcknowledgeAlert', by: this.sight.actor(caller), now: caller.now } as const;
    const { state, version } = await this.store.handle(alerts, id, command, contextOf(caller));
    return { id, version, status: state.status };
  }

  @Post('alerts/:id/close')
  @HttpCode(200)
  @Policy('coordinator', 'requester', 'specialist', 'chair')
  @ApiCommand()
  @ApiOperation({ summary: 'Close an alert, for a reason' })
  @ApiOkResponse({ description: '`{id, version, status}`' })
  async close(@Param('id', IdPipe) id: string, @Body() { reason }: CloseAlertInput, @Caller() caller: CallerContext) {
    await this.mayAct(alerts, id, caller);
    const command = { type: 'CloseAlert', by: this.sight.actor(caller), reason, now: caller.now } as const;
    const { state, version } = await this.store.handle(alerts, id, command, contextOf(caller));
    return { id, version, status: state.status };
  }

  /** By owner, only one's own; by pathway, only those one cares for. A service reads both. */
  private async list<S extends Owned, C, E extends DomainEvent>(
    type: Aggregate<S, C, E>,
    { ownerId, pathwayId, status, cursor, limit }: Wanted,
    reader: ReaderContext,
  ) {
    const { principal, territory } = reader;
    if (ownerId === undefined && pathwayId === undefined) throw new DomainError('INVALID_INPUT', {}, 'ownerId');
    if (pathwayId !== undefined) await this.sight.whole(pathwayId, reader);
    else if (principal.kind === 'person' && principal.practitionerId !== ownerId) {
      throw new DomainError('NOT_FOUND', {}, 'ownerId');
    }
    const wanted = { ownerId, pathwayId, status };
    const named = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    const found = await this.store.find(type, territory, { ...named, ...afterCursor(cursor) }, { limit: limit + 1 });
    return page(pageOf(found, limit, ({ state, version }) => ({ ...state, version })));
  }

  private async mayAct<S extends Owned, C, E extends DomainEvent>(
    type: Aggregate<S, C, E>,
    id: string,
    caller: CallerContext,
  ): Promise<void> {
    const found = await this.store.read(type, caller.territory, id);
    if (found === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    await this.sight.whole(found.state.pathwayId, caller);
  }
}
