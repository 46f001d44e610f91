import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError, invariant } from '@ariane/kernel';
import {
  afterCursor,
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  IdPipe,
  Reader,
  type ReaderContext,
  versionedPage,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { tasks } from './aggregates.store';
import { patientRequests } from './patient-requests.store';
import { PathwaySight } from './sight.store';
import { TaskDoneInput, TasksQuery } from './worklist-inputs.controller';
import { TaskPage, TaskStatusOutput } from './worklist-outputs.controller';

/** Tasks themselves, by owner or by pathway. */
@ApiTags('worklist')
@Controller()
export class TasksController {
  constructor(
    private readonly store: Store,
    private readonly sight: PathwaySight,
  ) {}

  @Get('tasks')
  @Can('list', 'Task')
  @ApiOperation({ summary: 'List tasks: one’s own, or those of a pathway one cares for' })
  @ApiOkResponse({ type: TaskPage })
  @Discloses('list-tasks', { ground: 'care-team' })
  async tasks(@Query() query: TasksQuery, @Reader() reader: ReaderContext): Promise<object> {
    const { cursor, limit } = query;
    const filter = { ...(await this.sight.ownedFilter('Task', query, reader)), ...afterCursor(cursor) };
    const found = await this.store.find(tasks, reader.territory, filter, { limit: limit + 1 });
    return versionedPage(found, limit);
  }

  @Post('tasks/:id/done')
  @HttpCode(200)
  @Can('change', 'Task')
  @ApiCommand()
  @ApiOperation({ summary: 'Say that a task is done' })
  @ApiOkResponse({ type: TaskStatusOutput })
  async done(
    @Param('id', IdPipe) id: string,
    @Body() { outcome, answer }: TaskDoneInput,
    @Caller() caller: CallerContext,
  ) {
    await this.mayAct(id, caller);
    if (answer !== undefined) return this.answered(id, answer, caller);
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

  /** A patient's request is done by what is written back. @throws INVALID_INPUT where no patient has asked */
  private async answered(id: string, text: string, caller: CallerContext) {
    const { territory, now: at } = caller;
    const [asked] = await this.store.find(patientRequests, territory, { taskId: id }, { limit: 1 });
    if (asked === undefined) throw new DomainError('INVALID_INPUT', {}, 'answer');
    const answer = { text, by: this.sight.actor(caller), at };
    await this.store.handle(patientRequests, asked.id, { type: 'AnswerPatient', answer }, contextOf(caller));
    const done = await this.store.read(tasks, territory, id);
    invariant(done !== undefined, 'the task was read before it was done');
    return { id, version: done.version, status: done.state.status };
  }

  private async mayAct(id: string, caller: CallerContext): Promise<void> {
    const found = await this.store.read(tasks, caller.territory, id);
    if (found === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    await this.sight.whole(found.state.pathwayId, caller);
  }
}
