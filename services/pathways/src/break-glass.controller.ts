import { Can, subjectOf } from '@ariane/auth';
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
  Reader,
  type ReaderContext,
} from '@ariane/service';
import { effect, Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { groundOf } from './access.guard';
import { pathways, patients } from './aggregates.store';
import { alerts } from './alerts.store';
import { BreakGlassInput, BreakGlassQuery, ReviewInput } from './break-glass-inputs.controller';
import { breakGlasses } from './break-glass.store';
import { breakGlassAlert } from './follow-alerts';
import { omit } from './omit';
import { PathwaySight } from './sight.store';

/** Pathways of one patient. */
const PATHWAYS_MAX = 50;

/** A patient’s file opened in an emergency by somebody from outside the care team, and its review. */
@ApiTags('break-glass')
@Controller()
export class BreakGlassController {
  constructor(
    private readonly store: Store,
    private readonly sight: PathwaySight,
  ) {}

  /** Opens at once: whether it was right is judged afterwards. The care team's coordinators are told with it. */
  @Post('patients/:id/break-glass')
  @Can('break', 'Glass')
  @ApiCommand()
  @ApiOperation({ summary: 'Open a patient’s pathways in an emergency, to read them for 60 minutes; it is reviewed' })
  @ApiCreatedResponse({ description: '`{id, version, until, reviewDueAt, pathways}`' })
  async open(@Param('id', IdPipe) patientId: string, @Body() input: BreakGlassInput, @Caller() caller: CallerContext) {
    const by = this.sight.actor(caller);
    const { territory, now } = caller;
    const patient = await this.store.read(patients, territory, patientId);
    if (patient === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    const own = await this.store.find(pathways, territory, { patientId }, { limit: PATHWAYS_MAX });
    const hidden = own.filter(({ state }) => groundOf(state, caller.principal, now) === 'none');
    const isKnown = (await this.store.read(breakGlasses, territory, input.id)) !== undefined;
    if (hidden.length === 0 && !isKnown) throw new DomainError('BREAK_GLASS_NOT_NEEDED');
    const pathwayIds = hidden.map(({ state }) => state.id);
    const told = hidden.map(({ state }) => breakGlassAlert(state, input.id, now));
    const { id, reason, text } = input;
    const command = { type: 'BreakGlass', id, reason, text, patientId, by, pathwayIds, now } as const;
    const effects = [
      effect(breakGlasses, id, command),
      ...told.map(({ id: alertId, command: raise }) => effect(alerts, alertId, raise)),
    ];
    caller.access.add({ patientId, ground: 'break-glass' });
    await this.store.handleMany(effects, contextOf(caller));
    const opened = await this.store.read(breakGlasses, territory, id);
    if (opened === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    const { until, dueAt } = opened.state;
    return { id, version: opened.version, until, reviewDueAt: dueAt, pathways: opened.state.pathwayIds };
  }

  @Get('break-glass')
  @Can('read', 'Glass')
  @ApiOperation({ summary: 'Files opened in an emergency: who, why, until when, and what was thought of it' })
  @ApiOkResponse({ description: '`{items, next}`' })
  @Discloses('list-break-glass')
  async list(@Query() { status, cursor, limit }: BreakGlassQuery, @Reader() { territory }: ReaderContext) {
    const filter = { ...(status === undefined ? {} : { status }), ...afterCursor(cursor) };
    const found = await this.store.find(breakGlasses, territory, filter, { limit: limit + 1 });
    return pageOf(
      found.map(({ state, version }) => ({ ...omit(state, 'dueAt'), reviewDueAt: state.dueAt, version })),
      limit,
      idOf,
    );
  }

  @Post('break-glass/:id/review')
  @HttpCode(200)
  @Can('review', 'Glass')
  @ApiCommand()
  @ApiOperation({ summary: 'Judge an opening, within 72 hours: justified or not' })
  @ApiOkResponse({ description: '`{id, version, status, outcome}`' })
  async review(@Param('id', IdPipe) id: string, @Body() input: ReviewInput, @Caller() caller: CallerContext) {
    const by = reviewerOf(caller);
    const { outcome, note } = input;
    const noted = note === undefined ? {} : { note };
    const command = { type: 'ReviewBreakGlass', by, outcome, ...noted, now: caller.now } as const;
    const { state, version } = await this.store.handle(breakGlasses, id, command, contextOf(caller));
    return { id, version, status: state.status, outcome: state.outcome };
  }
}

/** By the directory where they are in it, else by the subject of their token. */
const reviewerOf = ({ principal }: CallerContext): string =>
  (principal.kind === 'person' ? principal.practitionerId : undefined) ?? subjectOf(principal);
