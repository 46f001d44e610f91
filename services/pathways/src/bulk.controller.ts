import { Can, mayEver } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError, uuidv5 } from '@ariane/kernel';
import { ApiCommand, Caller, type CallerContext } from '@ariane/service';
import { effect, Store } from '@ariane/store';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { tasks } from './aggregates.store';
import { membersOn } from './care-team';
import type { Pathway } from './pathway';
import { dayOf } from './pathway-time';
import { PathwaySight } from './sight.store';
import type { TaskCommand } from './task';
import { BulkTasksInput, ReassignInput } from './worklist-inputs.controller';
import { BulkOutput, ReassignOutput } from './worklist-outputs.controller';
import { listReaderOf, Worklist } from './worklist.store';

/** Moved by one request: what one transaction of the write path takes. */
const MOVED_MAX = 200;

/** The command for one task, or a refusal of that task alone. */
type CommandFor = (pathway: Pathway) => TaskCommand;

/** What became of one of them. */
export type TaskResult =
  | { readonly id: string; readonly result: 'ok' }
  | { readonly id: string; readonly result: 'refused'; readonly code: string };

/** Several tasks at once, each by itself: one that is refused keeps none of the others back. */
@ApiTags('worklist')
@Controller('tasks')
export class BulkController {
  constructor(
    private readonly store: Store,
    private readonly sight: PathwaySight,
    private readonly worklist: Worklist,
  ) {}

  @Post('bulk')
  @HttpCode(200)
  @Can('change', 'Task')
  @ApiCommand()
  @ApiOperation({ summary: 'Take, hand over or finish up to 200 tasks; a repeated request does nothing again' })
  @ApiOkResponse({ type: BulkOutput })
  async bulk(@Body() input: BulkTasksInput, @Caller() caller: CallerContext) {
    return { items: await this.each(input.ids, this.commandOf(input, caller), caller) };
  }

  @Post('reassign')
  @HttpCode(200)
  @Can('hand-over', 'Task')
  @ApiCommand()
  @ApiOperation({ summary: 'Hand a colleague’s open tasks to another, in the pathways one cares for; 200 at a time' })
  @ApiOkResponse({ type: ReassignOutput })
  async reassign(@Body() input: ReassignInput, @Caller() caller: CallerContext) {
    const { from, to, reason, cursor } = input;
    const reader = listReaderOf(caller, this.sight.actor(caller));
    const { ids, next } = await this.worklist.tasksOf(reader, from, { cursor, limit: MOVED_MAX });
    const items = await this.each(ids, this.handingOver(to, reason, caller), caller);
    return { items, ...(next === undefined ? {} : { next }) };
  }

  private commandOf({ action, to, reason, outcome }: BulkTasksInput, caller: CallerContext): CommandFor {
    const by = this.sight.actor(caller);
    switch (action) {
      case 'take':
        return () => ({ type: 'TakeTask', by });
      case 'done':
        return () => ({ type: 'CompleteTask', by, now: caller.now, ...(outcome === undefined ? {} : { outcome }) });
      case 'hand-over':
        if (to === undefined) throw new DomainError('INVALID_INPUT', {}, 'to');
        if (reason === undefined) throw new DomainError('INVALID_INPUT', {}, 'reason');
        return this.handingOver(to, reason, caller);
    }
  }

  /** Only to somebody of the care team of that day: nobody else may see the patient. */
  private handingOver(to: string, reason: string, caller: CallerContext): CommandFor {
    const by = this.sight.actor(caller);
    const coordinates = mayEver(caller.principal, 'hand-over', 'Task');
    return (pathway) => {
      const team = membersOn(pathway.team, dayOf(pathway, caller.now));
      if (!team.some(({ practitionerId }) => practitionerId === to)) {
        throw new DomainError('RULE_BROKEN', { rule: 'care-team' }, 'to');
      }
      return { type: 'HandOverTask', by, coordinates, to, reason };
    };
  }

  /** Each task under a message of its own, made from the request's: the write path commits them together. */
  private async each(ids: readonly string[], commandFor: CommandFor, caller: CallerContext): Promise<TaskResult[]> {
    const found = await this.store.find(tasks, caller.territory, { _id: { $in: ids } }, { limit: ids.length });
    const known = new Map(found.map(({ id, state }) => [id, state.pathwayId]));
    const seen = await this.sight.wholeOf([...known.values()], caller);
    return Promise.all(
      ids.map(async (id): Promise<TaskResult> => {
        try {
          const pathway = seen.get(known.get(id) ?? '');
          if (pathway === undefined) throw new DomainError('NOT_FOUND');
          const context = { ...contextOf(caller), messageId: uuidv5(caller.idempotencyKey, id) };
          await this.store.handleMany([effect(tasks, id, commandFor(pathway))], context);
          return { id, result: 'ok' };
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          return { id, result: 'refused', code: error.code };
        }
      }),
    );
  }
}
