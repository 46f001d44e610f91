import { Can, mayDo } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError } from '@ariane/kernel';
import {
  afterCursor,
  ApiCommand,
  Caller,
  type CallerContext,
  Discloses,
  idOf,
  IdPipe,
  pageOf,
  PageQuery,
  Reader,
  type ReaderContext,
  versionedPage,
} from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Alert, AlertCommand } from './alert';
import { AlertListQuery, DeferAlertInput, HandleAlertInput, HandOverAlertInput } from './alert-inputs.controller';
import { ADMINISTRATOR } from './alert-ladder';
import { alerts } from './alerts.store';
import { membersOn } from './care-team';
import { dayOf } from './pathway-time';
import { PathwaySight } from './sight.store';
import { CloseAlertInput } from './worklist-inputs.controller';

const answer = { description: '`{id, version, status, dueAt}`' } as const;

/** What waits in the list without interrupting, each for a reason that it says. */
const waiting = [
  { heldBack: { $type: 'string' } },
  { snoozedUntil: { $type: 'string' } },
  { bundledInto: { $type: 'string' } },
];

/** Alerts and their life, by who owns them or cares for the pathway. */
@ApiTags('alerts')
@Controller('alerts')
export class AlertsController {
  constructor(
    private readonly store: Store,
    private readonly sight: PathwaySight,
  ) {}

  @Get()
  @Can('list', 'Alert')
  @ApiOperation({ summary: 'List alerts: one’s own, or those of a pathway one cares for; what is held back says why' })
  @ApiOkResponse({ description: '`{items, next}`' })
  @Discloses('list-alerts', { ground: 'care-team', groundIfNamed: 'answering-alert' })
  async list(@Query() query: AlertListQuery, @Reader() reader: ReaderContext): Promise<object> {
    const { cursor, limit, view } = query;
    const filter = {
      ...(await this.sight.ownedFilter('Alert', query, reader)),
      ...(view === undefined ? {} : { [view === 'held-back' ? '$or' : '$nor']: waiting }),
      ...afterCursor(cursor),
    };
    const found = await this.store.find(alerts, reader.territory, filter, { limit: limit + 1 });
    return versionedPage(found, limit);
  }

  @Get('unanswered')
  @Can('oversee', 'Alert')
  @ApiOperation({
    summary: 'List the alerts that nobody answered, up to the last rung and who is on call: find somebody',
  })
  @ApiOkResponse({ description: '`{items, next}`: codes, instants and who was told; nothing of the patient' })
  @Discloses('list-alerts')
  async unanswered(@Query() { cursor, limit }: PageQuery, @Reader() { territory }: ReaderContext): Promise<object> {
    const filter = { ownerRole: ADMINISTRATOR, status: 'open', ...afterCursor(cursor) };
    const found = await this.store.find(alerts, territory, filter, { limit: limit + 1 });
    const shown = found.map(({ state: { id, pathwayId, tier, reason, raisedAt, rung, formerOwners = [] } }) => {
      return { id, pathwayId, tier, reason, raisedAt, rung, formerOwners };
    });
    return pageOf(shown, limit, idOf);
  }

  @Post(':id/delivered')
  @HttpCode(200)
  @Can('answer', 'Alert')
  @ApiCommand()
  @ApiOperation({ summary: 'Say that an alert has been put before its owner' })
  @ApiOkResponse(answer)
  delivered(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext) {
    return this.act(id, caller, (who) => ({ type: 'DeliverAlert', ...who }));
  }

  @Post(':id/seen')
  @HttpCode(200)
  @Can('answer', 'Alert')
  @ApiCommand()
  @ApiOperation({ summary: 'Say that an alert has been opened; it still waits to be acknowledged' })
  @ApiOkResponse(answer)
  seen(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext) {
    return this.act(id, caller, (who) => ({ type: 'SeeAlert', ...who }));
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @Can('answer', 'Alert')
  @ApiCommand()
  @ApiOperation({ summary: 'Take an alert upon oneself: it climbs no further' })
  @ApiOkResponse(answer)
  acknowledge(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext) {
    return this.act(id, caller, (who) => ({ type: 'AcknowledgeAlert', ...who }));
  }

  @Post(':id/handle')
  @HttpCode(200)
  @Can('answer', 'Alert')
  @ApiCommand()
  @ApiOperation({ summary: 'Say what was done about an alert; those it stands for end with it' })
  @ApiOkResponse(answer)
  handle(@Param('id', IdPipe) id: string, @Body() { outcome }: HandleAlertInput, @Caller() caller: CallerContext) {
    return this.act(id, caller, (who) => ({ type: 'HandleAlert', outcome, ...who }));
  }

  @Post(':id/close')
  @HttpCode(200)
  @Can('answer', 'Alert')
  @ApiCommand()
  @ApiOperation({ summary: 'Close an alert that needed nothing, for a reason' })
  @ApiOkResponse(answer)
  close(@Param('id', IdPipe) id: string, @Body() { reason }: CloseAlertInput, @Caller() caller: CallerContext) {
    return this.act(id, caller, (who) => ({ type: 'CloseAlert', reason, ...who }));
  }

  @Post(':id/hand-over')
  @HttpCode(200)
  @Can('answer', 'Alert')
  @ApiCommand()
  @ApiOperation({ summary: 'Give an alert to another of the care team, whose answer it then waits for' })
  @ApiOkResponse(answer)
  async handOver(@Param('id', IdPipe) id: string, @Body() body: HandOverAlertInput, @Caller() caller: CallerContext) {
    const { to, reason } = body;
    const { pathwayId } = await this.found(id, caller);
    const { state: pathway } = await this.sight.whole(pathwayId, caller);
    const present = membersOn(pathway.team, dayOf(pathway, caller.now));
    const member = present.find(({ practitionerId }) => practitionerId === to);
    // Nobody else may see the patient.
    if (member === undefined) throw new DomainError('RULE_BROKEN', { rule: 'care-team' }, 'to');
    return this.act(id, caller, (who) => ({ type: 'HandOverAlert', to, role: member.role, reason, ...who }));
  }

  @Post(':id/snooze')
  @HttpCode(200)
  @Can('answer', 'Alert')
  @ApiCommand()
  @ApiOperation({ summary: 'Put an alert out of sight until an instant; it comes back earlier when worse' })
  @ApiOkResponse(answer)
  snooze(@Param('id', IdPipe) id: string, @Body() body: DeferAlertInput, @Caller() caller: CallerContext) {
    const { reason, until } = body;
    return this.act(id, caller, (who) => ({ type: 'SnoozeAlert', reason, until, ...who }));
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Can('answer', 'Alert')
  @ApiCommand()
  @ApiOperation({ summary: 'Stop an alert’s clock until an instant, for a reason; it stays in sight' })
  @ApiOkResponse(answer)
  pause(@Param('id', IdPipe) id: string, @Body() body: DeferAlertInput, @Caller() caller: CallerContext) {
    const { reason, until } = body;
    return this.act(id, caller, (who) => ({ type: 'PauseAlert', reason, until, ...who }));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Can('answer', 'Alert')
  @ApiCommand()
  @ApiOperation({ summary: 'Let an alert’s clock run again, or bring it back into sight' })
  @ApiOkResponse(answer)
  resume(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext) {
    return this.act(id, caller, (who) => ({ type: 'ResumeAlert', ...who }));
  }

  /** Its owner, whom a roster may have named from outside the care team, and whoever cares for the pathway. */
  private async act(
    id: string,
    caller: CallerContext,
    commandOf: (who: { readonly by: string; readonly now: string }) => AlertCommand,
  ) {
    const by = this.sight.actor(caller);
    const { ownerId, pathwayId } = await this.found(id, caller);
    if (!mayDo(caller.principal, 'answer', 'Alert', { ownerId })) await this.sight.whole(pathwayId, caller);
    const command = commandOf({ by, now: caller.now });
    const { state, version } = await this.store.handle(alerts, id, command, contextOf(caller));
    return { id, version, status: state.status, dueAt: state.dueAt };
  }

  private async found(id: string, { territory }: CallerContext): Promise<Alert> {
    const found = await this.store.read(alerts, territory, id);
    if (found === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    return found.state;
  }
}
