import { type ActionOn, Can, mayDo, mayEver, type Principal } from '@ariane/auth';
import { contextOf } from '@ariane/bus';
import { civilDay, DomainError } from '@ariane/kernel';
import { ApiCommand, Caller, type CallerContext, IdPipe } from '@ariane/service';
import { Store } from '@ariane/store';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { AnswerBody, AskBody, ReasonBody, RedirectBody } from './opinion-bodies.controller';
import { type Author, type OpinionCommand } from './opinion-request';
import { candidatesFor, opinionRequests } from './opinion-requests.store';

/** Exercises begin and end at midnight of the directory's own time zone, metropolitan France's. */
const DIRECTORY_TIME_ZONE = 'Europe/Paris';
class OpinionChanged {
  @ApiProperty({ format: 'uuid' }) id!: string; // given as a literal
  @ApiProperty({ type: 'integer' }) version!: number; // given as a literal
  @ApiProperty() status!: string; // given as a literal
  @ApiProperty({ format: 'uuid' }) expertId!: string; // given as a literal
  @ApiProperty({ format: 'date-time' }) dueAt!: string; // given as a literal
}

type Changed = Pick<OpinionChanged, keyof OpinionChanged>;

/** Who gives a command or reads: services act for a pathway as its coordinators do. */
const authorOf = (principal: Principal): Author => ({
  coordinates: mayEver(principal, 'coordinate', 'OpinionRequest'),
  ...(principal.kind === 'person' ? { practitionerId: principal.practitionerId } : {}),
});

@ApiTags('opinion-requests')
@Controller('opinion-requests')
export class OpinionRequestsController {
  constructor(private readonly store: Store) {}

  /** Asks an expert an opinion; services ask on behalf of the pathway's requester. */
  @Post()
  @Can('create', 'OpinionRequest')
  @ApiCommand()
  @ApiCreatedResponse({ type: OpinionChanged })
  async ask(@Body() body: AskBody, @Caller() caller: CallerContext): Promise<Changed> {
    const { requesterId } = body;
    if (!mayDo(caller.principal, 'create', 'OpinionRequest', { requesterId }))
      throw new DomainError('NOT_THE_REQUESTER');
    const { attachments, dueAt, ...asked } = body;
    const candidates = await candidatesFor(this.store, caller.territory, body);
    return this.command(asked.requestId, caller, {
      type: 'AskOpinion',
      asked: {
        ...asked,
        // Written alike whatever the caller's precision, so that deadlines sort as texts.
        dueAt: new Date(dueAt).toISOString(),
        attachments: attachments.map(({ kind, sha256, bytes }) => ({ kind, sha256, bytes })),
      },
      now: caller.now,
      known: { day: civilDay(caller.now, DIRECTORY_TIME_ZONE), candidates },
    });
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Can('answer', 'OpinionRequest')
  @ApiCommand()
  @ApiOkResponse({ type: OpinionChanged })
  async accept(@Param('id', IdPipe) id: string, @Caller() caller: CallerContext): Promise<Changed> {
    await this.mustConcern(id, 'answer', caller);
    return this.command(id, caller, { type: 'AcceptRequest', by: authorOf(caller.principal), now: caller.now });
  }

  @Post(':id/decline')
  @HttpCode(200)
  @Can('answer', 'OpinionRequest')
  @ApiCommand()
  @ApiOkResponse({ type: OpinionChanged })
  async decline(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ReasonBody,
    @Caller() caller: CallerContext,
  ): Promise<Changed> {
    await this.mustConcern(id, 'answer', caller);
    return this.command(id, caller, {
      type: 'DeclineRequest',
      by: authorOf(caller.principal),
      reason,
      now: caller.now,
    });
  }

  @Post(':id/redirect')
  @HttpCode(200)
  @Can('redirect', 'OpinionRequest')
  @ApiCommand()
  @ApiOkResponse({ type: OpinionChanged })
  async redirect(
    @Param('id', IdPipe) id: string,
    @Body() { toExpertId, reason }: RedirectBody,
    @Caller() caller: CallerContext,
  ): Promise<Changed> {
    const { specialty } = await this.mustConcern(id, 'redirect', caller);
    const { territory, now } = caller;
    const candidates = await candidatesFor(this.store, territory, { expertId: toExpertId, specialty });
    const known = { day: civilDay(now, DIRECTORY_TIME_ZONE), candidates };
    const by = authorOf(caller.principal);
    return this.command(id, caller, { type: 'RedirectRequest', by, toExpertId, reason, now, known });
  }

  /** Signs the opinion: final. */
  @Post(':id/answer')
  @HttpCode(200)
  @Can('answer', 'OpinionRequest')
  @ApiCommand()
  @ApiOkResponse({ type: OpinionChanged })
  async answer(
    @Param('id', IdPipe) id: string,
    @Body() { conclusion, text }: AnswerBody,
    @Caller() caller: CallerContext,
  ): Promise<Changed> {
    await this.mustConcern(id, 'answer', caller);
    const { principal, now } = caller;
    return this.command(id, caller, { type: 'AnswerRequest', by: authorOf(principal), conclusion, opinion: text, now });
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Can('cancel', 'OpinionRequest')
  @ApiCommand()
  @ApiOkResponse({ type: OpinionChanged })
  async cancel(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ReasonBody,
    @Caller() caller: CallerContext,
  ): Promise<Changed> {
    await this.mustConcern(id, 'cancel', caller);
    return this.command(id, caller, { type: 'CancelRequest', by: authorOf(caller.principal), reason, now: caller.now });
  }

  /** A request does not exist for who has no part in it. */
  private async mustConcern(id: string, act: ActionOn<'OpinionRequest'>, { territory, principal }: CallerContext) {
    const found = await this.store.read(opinionRequests, territory, id);
    if (found === undefined || !mayDo(principal, act, 'OpinionRequest', { ...found.state }))
      throw new DomainError('NOT_FOUND');
    return found.state;
  }

  private async command(id: string, caller: CallerContext, command: OpinionCommand): Promise<Changed> {
    const { state, version } = await this.store.handle(opinionRequests, id, command, contextOf(caller));
    const { status, expertId, dueAt } = state;
    return { id, version, status, expertId, dueAt };
  }
}
