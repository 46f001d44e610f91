import { Can } from '@ariane/auth';
import { EventStrategy, Rebuild, type RebuildProgress } from '@ariane/bus';
import { ApiCommand, DisclosesNothing } from '@ariane/service';
import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProducersLogs } from './producers-logs.store';

/** How old the names are that screens show, and how they are built again. */
interface ReadModels {
  /** How long ago, in seconds, what is in them last was all that had been said; null where that is not known yet. */
  readonly ageSeconds: number | null;
  /** What was said and is not in them yet. */
  readonly lag: number;
  readonly rebuild: RebuildProgress | null;
}

/** The portal's own copies: who patients, professionals and places are, and who may know whom. */
@ApiTags('operations')
@Controller('api/ops/read-models')
export class ReadModelsController {
  constructor(
    private readonly strategy: EventStrategy,
    private readonly rebuild: Rebuild,
    private readonly logs: ProducersLogs,
  ) {}

  @Get()
  @Can('look', 'Operations')
  @DisclosesNothing('counts of the machinery')
  @ApiOperation({ summary: 'How old the portal’s copies are, and how far the last rebuild has come' })
  @ApiOkResponse({
    description: '`{ageSeconds, lag, rebuild}`; rebuild: state, startedAt, toldAt, read, of, perSecond, passedOver',
  })
  async read(): Promise<ReadModels> {
    const subscriber = this.strategy.current();
    const lag = (await subscriber?.lag()) ?? 0;
    const heardMs = lag === 0 ? Date.now() : subscriber?.heardUpToMs;
    return {
      ageSeconds: heardMs === undefined ? null : Math.round((Date.now() - heardMs) / 1_000),
      lag,
      rebuild: (await this.rebuild.progress()) ?? null,
    };
  }

  @Post('rebuild')
  @HttpCode(202)
  @Can('oversee', 'Operations')
  @ApiCommand()
  @ApiOperation({
    summary:
      'Build the copies again from the beginning of Kafka; those in use stay until the new ones take their place',
  })
  @ApiOkResponse({ description: '`{ageSeconds, lag, rebuild}`' })
  async begin(): Promise<ReadModels> {
    await this.rebuild.begin(() => this.logs.publishAgain());
    return this.read();
  }
}
