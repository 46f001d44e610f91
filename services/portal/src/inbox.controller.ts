import { Can } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { Discloses, Reader, type ReaderContext } from '@ariane/service';
import { Store } from '@ariane/store';
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { messages } from './patient-links.store';
import type { PortalSettings } from './portal-settings';
import { PORTAL_SETTINGS } from './portal-settings.module';

const SHOWN_MAX = 100;

/** The demo's letter-box: what a gateway would have sent, so that links and codes can be tried. */
@ApiTags('screens')
@Controller('api/inbox')
export class InboxController {
  constructor(
    private readonly store: Store,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  /** Throws NOT_FOUND wherever messages are really sent: nobody reads those of others. */
  @Get()
  @Can('work', 'Screen')
  @Discloses('read-inbox')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The latest messages of a demo, newest first' })
  @ApiOkResponse({ description: '`{items}`: id, purpose, channel, address, subject, text, url, code, at' })
  async read(@Reader() { territory }: ReaderContext): Promise<object> {
    if (this.settings.messages.way !== 'inbox') throw new DomainError('NOT_FOUND');
    // Their ids are in the order of machine time, while a demo's clock stands still.
    const found = await this.store.find(messages, territory, {}, { limit: SHOWN_MAX, sort: { _id: -1 } });
    return {
      items: found.map(({ id, state: { purpose, channel, address, subject, text, url, code, at } }) => ({
        ...{ id, purpose, channel, address, subject, text, url, code, at },
      })),
    };
  }
}
