import { Can } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { DomainError, epochOf } from '@ariane/kernel';
import { ApiCommand, Caller, type CallerContext, DisclosesNothing, IdPipe, IsCode, IsId } from '@ariane/service';
import { newId, Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Length, Max, Min } from 'class-validator';
import { pathways } from './aggregates.store';
import { Enrolment } from './enrolment.store';
import type { Ask, Pathway } from './pathway';
import { ProtocolShelf } from './protocol-shelf.store';
import { isDormant, PathwayWatch } from './watch.store';

export class DueQuery {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit = 200;
}

export class RefusedInput {
  @IsCode()
  code!: string; // class-validator fills it
}

export class SubPathwayInput {
  @IsId()
  id!: string; // class-validator fills it; so for every field of this class

  @IsId()
  pathwayId!: string; // see above: the parent's, as every ask names the pathway that asks

  @IsId()
  patientId!: string; // see above

  @IsString()
  @Length(1, 120)
  stepKey!: string; // see above

  @IsCode()
  protocolId!: string; // see above
}

export class ExpectedQuery extends DueQuery {
  @IsOptional()
  @IsUUID()
  after?: string;
}

/** The wait of a pathway that no instant wakes: only a fact can, and facts ring; a day is for what was missed. */
const NOTHING_PLANNED_MS = 86_400_000;

/** What the worker is to do, and when to ring next. `waitMs` counts from the service's own now. */
export interface Advanced {
  readonly asks: readonly Pick<Ask, 'id' | 'service' | 'path' | 'body' | 'idempotencyKey'>[];
  readonly wakeAt: string | null;
  readonly waitMs: number;
  readonly settled: boolean;
  /** Grows with each phase that is over: announcement and milestones. The workflow begins anew with a short history. */
  readonly turn: number;
  /** True when nothing is to come for so long that the waker may begin a new workflow then. */
  readonly dormant: boolean;
  /** The `traceparent` of the enrolment, for the links of later traces. */
  readonly begunBy?: string | undefined;
  readonly status: Pathway['status'];
}

/** What the workflows' worker calls: read the plan again, and which pathways to ring for. */
@ApiExcludeController()
@Controller()
@DisclosesNothing('for our own worker alone')
export class AdvanceController {
  constructor(
    private readonly store: Store,
    private readonly watch: PathwayWatch,
    private readonly shelf: ProtocolShelf,
    private readonly enrolment: Enrolment,
  ) {}

  /**
   * Reads the plan and answers what is to be asked of other services; what was not yet answered is answered again.
   * Advancing is convergent, so the message has an id of its own each time: a repeated call must see newer facts.
   */
  @Post('pathways/:id/advance')
  @HttpCode(200)
  @Can('advance', 'Pathway')
  @ApiCommand()
  async advance(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext): Promise<Advanced> {
    const found = await this.store.read(pathways, caller.territory, id);
    if (found === undefined) throw new DomainError('NOT_FOUND', {}, 'id');
    const begunBy = await this.watch.begunBy(caller.territory, id);
    if (!isDue(found.state, caller.now)) return { ...advanced(found.state, caller.now), begunBy };
    await this.shelf.ensure(caller.territory, found.state);
    const context = { ...contextOf(caller), messageId: newId() };
    const now = { care: caller.now, machine: new Date().toISOString() };
    const { state } = await this.store.handle(pathways, id, { type: 'Advance', now }, context);
    return { ...advanced(state, caller.now), begunBy };
  }

  /** The worker tells that a service refused what the pathway asked: the coordinator is told, nothing is repeated. */
  @Post('pathways/:id/asks/:askId/refused')
  @HttpCode(200)
  @Can('advance', 'Pathway')
  @ApiCommand()
  async refused(
    @Param('id', IdPipe) id: string,
    @Param('askId', IdPipe) askId: string,
    @Body() { code }: RefusedInput,
    @Caller() caller: CallerContext,
  ): Promise<Advanced> {
    const command = { type: 'RefuseAsk', askId, code, now: caller.now } as const;
    const { state } = await this.store.handle(pathways, id, command, contextOf(caller));
    return advanced(state, caller.now);
  }

  /** A step of kind sub-protocol: the patient enters the other protocol, as the same pathway however often asked. */
  @Post('sub-pathways')
  @Can('advance', 'Pathway')
  @ApiCommand()
  async enrolSub(@Body() wanted: SubPathwayInput, @Caller() caller: CallerContext) {
    const command = await this.enrolment.subCommand(wanted, caller);
    const { version } = await this.store.handle(pathways, wanted.id, command, contextOf(caller));
    return { id: wanted.id, version };
  }

  @Get('internal/pathways/due')
  @Can('advance', 'Pathway')
  async due(@Query() { limit }: DueQuery) {
    return { items: await this.watch.due(limit) };
  }

  /** What the worker compares with the workflows that run: how many pathways need one, and a page of them. */
  @Get('internal/pathways/expected')
  @Can('advance', 'Pathway')
  async expected(@Query() { after, limit }: ExpectedQuery) {
    const [count, items] = await Promise.all([this.watch.expected(), this.watch.expectedAfter(after ?? '', limit)]);
    return { count, items };
  }
}

const isDue = ({ status, settled, wakeAt }: Pathway, now: string): boolean =>
  status === 'ACTIVE' && (!settled || (wakeAt !== null && epochOf(wakeAt) <= epochOf(now)));

function advanced({ asks, wakeAt, settled, status, milestones, disclosure }: Pathway, now: string): Advanced {
  return {
    asks: asks.map(({ id, service, path, body, idempotencyKey }) => ({ id, service, path, body, idempotencyKey })),
    wakeAt,
    waitMs: wakeAt === null ? NOTHING_PLANNED_MS : Math.max(0, epochOf(wakeAt) - epochOf(now)),
    settled,
    turn: milestones.length + (disclosure === 'ANNOUNCED' ? 1 : 0),
    dormant: settled && isDormant(wakeAt, now),
    status,
  };
}
