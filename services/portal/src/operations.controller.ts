import { Can } from '@ariane/auth';
import { ApiCommand, DisclosesNothing, HttpClient, IdempotencyKey, Reader, type ReaderContext } from '@ariane/service';
import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { passedOnServices } from './passed-on';
import { passedOnNamed, type ServiceState, stateOf } from './service-state';
import type { PortalSettings } from './portal-settings';
import { PORTAL_SETTINGS } from './portal-settings.module';

/** A service that does not answer in this time is shown as away. */
const ANSWER_MS = 3_000;

/** How the services are, and the keys that wait for a human in them. */
@ApiTags('operations')
@Controller('api/ops')
export class OperationsController {
  constructor(
    private readonly http: HttpClient,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  @Get()
  @Can('look', 'Operations')
  @DisclosesNothing('counts of the machinery')
  @ApiOperation({ summary: 'Each service: whether it answers, what it has not yet sent or heard, its parked keys' })
  @ApiOkResponse({ description: '`{items}`: name, isAnswering, outbox, lag, due, why, parked' })
  async list(@Reader() { territory }: ReaderContext): Promise<{ readonly items: readonly ServiceState[] }> {
    const items = await Promise.all(
      passedOnServices.map(async (name) => {
        const base = this.settings.serviceUrls[name];
        const read = (path: string): Promise<unknown> =>
          this.http.call({ method: 'GET', url: `${base}/internal/${path}`, territory, timeoutMs: ANSWER_MS });
        // Whatever the reason, a service that gives no answer is away; which one it is is what one wants to know here.
        return Promise.all([read('quiet'), read('parked')]).then(
          ([quiet, parked]) => stateOf(name, quiet, parked),
          () => stateOf(name),
        );
      }),
    );
    return { items };
  }

  @Post(':service/parked/:key/replay')
  @HttpCode(200)
  @Can('oversee', 'Operations')
  @ApiCommand()
  @ApiOperation({ summary: 'Apply the facts of a parked key again, in their order, by a named person' })
  @ApiOkResponse({ description: '`{replayed}`' })
  replay(
    @Param('service') service: string,
    @Param('key') key: string,
    @IdempotencyKey() idempotencyKey: string,
    @Reader() { territory }: ReaderContext,
  ): Promise<unknown> {
    const url = `${this.settings.serviceUrls[passedOnNamed(service)]}/internal/parked/${encodeURIComponent(key)}/replay`;
    return this.http.call({ method: 'POST', url, territory, body: {}, idempotencyKey });
  }
}
