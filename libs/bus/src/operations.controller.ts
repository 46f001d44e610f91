import { Can } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { Caller, type CallerContext, DisclosesNothing, Reader, type ReaderContext } from '@ariane/service';
import { PARKED, publishAgain, Store } from '@ariane/store';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { contextOf } from './context-of';
import { STORE_OPTIONS, type StoreOptions } from './options';
import { parkedKeyId, parkedKeysOf } from './parked-key';
import { Relay } from './relay';
import { type ParkedDocument, parkedEvent } from './parked-document';
import { StoreProcessor } from './store-processor';

class RepublishBody {
  @ApiPropertyOptional({ description: 'Only this subject; all subjects of the territory when absent.' })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  subject?: string;

  @ApiProperty({ description: 'From this sequence on.', minimum: 1 })
  @IsInt()
  @Min(1)
  fromSequence!: number; // set by the validation pipe
}

/** Parked subjects and re-publishing: what an operator does, by name and with a trace. */
@ApiTags('operations')
@Controller('internal')
@DisclosesNothing('our own ids of subjects, and counts')
export class OperationsController {
  constructor(
    private readonly store: Store,
    private readonly relay: Relay,
    private readonly processor: StoreProcessor,
    @Inject(STORE_OPTIONS) private readonly options: StoreOptions,
  ) {}

  @Get('parked')
  @Can('oversee', 'Operations')
  @ApiOperation({ summary: 'Subjects that wait for a human, with how many facts wait behind.' })
  @ApiOkResponse()
  async list(@Reader() reader: ReaderContext): Promise<unknown> {
    const keys = await this.store.find(parkedKeysOf(this.options.service), reader.territory, { status: 'parked' });
    return { items: keys.map(({ id, state }) => ({ id, ...state })), next: null };
  }

  /** Applies a parked subject's facts in order, each with the removal of its parked copy; stops at the next refusal. */
  @Post('parked/:key/replay')
  @HttpCode(200)
  @Can('oversee', 'Operations')
  @ApiOperation({ summary: 'Applies the parked facts of a subject again, in order.' })
  @ApiOkResponse()
  async replay(@Param('key') key: string, @Caller() caller: CallerContext): Promise<{ replayed: number }> {
    const type = parkedKeysOf(this.options.service);
    const parked = await this.store.read(type, caller.territory, key);
    if (parked === undefined) throw new DomainError('NOT_FOUND');
    const { producer, parkedSubject } = parked.state;
    if (!(await this.processor.closeGap(producer, parkedSubject))) {
      throw new DomainError('STATE_CONFLICT', {
        state: `a fact is missing: let ${producer} publish the subject again`,
      });
    }
    let replayed = 0;
    do replayed += await this.applyWaiting(caller.territory, producer, parkedSubject);
    while (!(await this.processor.release(producer, parkedSubject)));
    await this.store.handle(
      type,
      parkedKeyId(producer, parkedSubject),
      { type: 'MarkReplayed', replayed, now: caller.now },
      contextOf(caller),
    );
    return { replayed };
  }

  /** Applies what is parked of a subject now, in order; how many facts. */
  private async applyWaiting(territory: string, producer: string, subject: string): Promise<number> {
    const waiting = await this.store.database.db
      .collection<ParkedDocument>(PARKED)
      .find({ territory, producer, subject, reason: { $ne: 'GAP' } })
      .sort({ sequence: 1 })
      .toArray();
    for (const [index, document] of waiting.entries()) {
      const outcome = await this.processor.replay(parkedEvent(document), document._id);
      if (outcome instanceof DomainError) throw outcome;
      if (outcome !== 'done') throw new DomainError('STATE_CONFLICT', { state: `replayed ${index}` });
    }
    return waiting.length;
  }

  @Post('republish')
  @HttpCode(202)
  @Can('oversee', 'Operations')
  @ApiOperation({ summary: 'Sends published facts again: consumers skip what they know, new ones catch up.' })
  @ApiOkResponse()
  async republish(@Body() body: RepublishBody, @Caller() caller: CallerContext): Promise<{ queued: number }> {
    const context = contextOf(caller);
    const queued = await publishAgain(this.store.database, {
      territory: context.territory,
      ...(body.subject === undefined ? {} : { subject: body.subject }),
      sequence: { $gte: body.fromSequence },
    });
    await this.store.auditOperation('Republish', `outbox/${body.subject ?? 'all'}`, context);
    this.relay.wakeNow();
    return { queued };
  }
}
