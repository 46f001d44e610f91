import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { ApiCommand, Caller, type CallerContext, Discloses, IdPipe, Reader, type ReaderContext } from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { pathways } from './aggregates.store';
import type { Pathway, PathwayCommand } from './pathway';
import { changeView } from './pathway-view';
import type { ChangeCommand } from './plan-change';
import { Sharing } from './sharing.store';
import { PathwaySight } from './sight.store';
import {
  AddStepInput,
  addedStepOf,
  DatedStepInput,
  daysOf,
  ReasonInput,
  ShareInput,
  SkipInput,
} from './step-inputs.controller';

/** What people change of one patient's plan, each with a reason, and how it is taken back. */
@ApiTags('pathways')
@Controller('pathways/:id')
export class StepsController {
  constructor(
    private readonly store: Store,
    private readonly sight: PathwaySight,
    private readonly sharing: Sharing,
  ) {}

  @Get('changes')
  @Can('read', 'Pathway')
  @ApiOperation({ summary: 'What people changed of the plan: who, when, why, and what was taken back' })
  @ApiOkResponse({ description: '`{items}`' })
  @Discloses('read-changes')
  async changes(@Param('id', IdPipe) id: string, @Reader() reader: ReaderContext) {
    const { state } = await this.sight.wholeToRead(id, reader);
    return { items: (state.changes ?? []).map(changeView) };
  }

  @Post('steps')
  @Can('change', 'Pathway')
  @ApiCommand()
  @ApiOperation({ summary: 'Add a step of one’s own to the plan; it is asked for like the protocol’s' })
  @ApiCreatedResponse({ description: '`{id, version, changeId, stepKey}`' })
  add(@Param('id', IdPipe) id: string, @Body() input: AddStepInput, @Caller() caller: CallerContext) {
    const about = { ...this.acting(input, caller), days: daysOf(input) };
    return this.change(id, { type: 'AddStep', ...about, step: addedStepOf(input) }, caller);
  }

  @Post('steps/repeat')
  @Can('change', 'Pathway')
  @ApiCommand()
  @ApiOperation({ summary: 'Have a step done once more, whatever the protocol says of it' })
  @ApiCreatedResponse({ description: '`{id, version, changeId, stepKey}`' })
  repeat(@Param('id', IdPipe) id: string, @Body() input: DatedStepInput, @Caller() caller: CallerContext) {
    const about = { ...this.acting(input, caller), days: daysOf(input) };
    return this.change(id, { type: 'RepeatStep', ...about, stepKey: input.stepKey }, caller);
  }

  @Post('steps/move')
  @HttpCode(200)
  @Can('change', 'Pathway')
  @ApiCommand()
  @ApiOperation({ summary: 'Give a step other days; an appointment already made is moved in its calendar' })
  @ApiOkResponse({ description: '`{id, version, changeId, stepKey}`' })
  move(@Param('id', IdPipe) id: string, @Body() input: DatedStepInput, @Caller() caller: CallerContext) {
    const about = { ...this.acting(input, caller), days: daysOf(input) };
    return this.change(id, { type: 'MoveStep', ...about, stepKey: input.stepKey }, caller);
  }

  @Post('steps/skip')
  @HttpCode(200)
  @Can('change', 'Pathway')
  @ApiCommand()
  @ApiOperation({ summary: 'Waive a step for this patient: it is neither done nor missed, and what follows goes on' })
  @ApiOkResponse({ description: '`{id, version, changeId, stepKey}`' })
  skip(@Param('id', IdPipe) id: string, @Body() input: SkipInput, @Caller() caller: CallerContext) {
    return this.change(id, { type: 'SkipStep', ...this.acting(input, caller), stepKey: input.stepKey }, caller);
  }

  @Post('steps/share')
  @HttpCode(200)
  @Can('change', 'Pathway')
  @ApiCommand()
  @ApiOperation({
    summary: 'Let a visit or questionnaire of another of the patient’s pathways do for this one: it is asked for once',
  })
  @ApiOkResponse({ description: '`{id, version, changeId, stepKey}`' })
  async share(@Param('id', IdPipe) id: string, @Body() input: ShareInput, @Caller() caller: CallerContext) {
    return this.answer(id, input.changeId, await this.sharing.share(id, input, caller));
  }

  @Post('changes/:changeId/withdraw')
  @HttpCode(200)
  @Can('change', 'Pathway')
  @ApiCommand()
  @ApiOperation({ summary: 'Take a change of the plan back: the plan is as the protocol has it' })
  @ApiOkResponse({ description: '`{id, version, changeId, stepKey}`' })
  withdraw(
    @Param('id', IdPipe) id: string,
    @Param('changeId', IdPipe) changeId: string,
    @Body() { reason }: ReasonInput,
    @Caller() caller: CallerContext,
  ) {
    return this.change(id, { type: 'WithdrawChange', ...this.acting({ changeId, reason }, caller) }, caller);
  }

  @Post('facts/:factId/withdraw')
  @HttpCode(200)
  @Can('change', 'Pathway')
  @ApiCommand()
  @ApiOperation({
    summary: 'Take back a fact recorded by mistake; if it had ended the pathway, the pathway goes on as it was',
  })
  @ApiOkResponse({ description: '`{id, version, status}`' })
  async withdrawFact(
    @Param('id', IdPipe) id: string,
    @Param('factId', IdPipe) factId: string,
    @Body() { reason }: ReasonInput,
    @Caller() caller: CallerContext,
  ) {
    await this.sight.whole(id, caller);
    const by = this.sight.actor(caller);
    const command: PathwayCommand = { type: 'WithdrawFact', factId, by, reason, now: caller.now };
    const { state, version } = await this.store.handle(pathways, id, command, contextOf(caller));
    return { id, version, status: state.status };
  }

  private acting({ changeId, reason }: { changeId: string; reason: string }, caller: CallerContext) {
    return { changeId, reason, by: this.sight.actor(caller), now: caller.now };
  }

  private async change(id: string, command: ChangeCommand, caller: CallerContext) {
    await this.sight.whole(id, caller);
    return this.answer(id, command.changeId, await this.store.handle(pathways, id, command, contextOf(caller)));
  }

  private answer(
    id: string,
    changeId: string,
    { state, version }: { readonly state: Pathway; readonly version: number },
  ) {
    const stepKey = (state.changes ?? []).find((one) => one.id === changeId)?.stepKey;
    return { id, version, changeId, stepKey };
  }
}
