import { Policy } from '@ariane/auth';
import { Reader, type ReaderContext } from '@ariane/service';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { library } from './protocols.store';

/** The care protocols of this installation; unvalidated examples unless the deployer brought their own. */
@ApiTags('protocols')
@Controller('protocols')
export class ProtocolsController {
  @Get()
  @Policy('coordinator', 'requester', 'specialist', 'meeting-secretary', 'chair', 'protocol-editor', 'service')
  @ApiOperation({ summary: 'List the protocols a patient may enter, with the roles of their care teams' })
  @ApiOkResponse({ description: '`{items}`: id, version, sha256, title, notice, reviewBy, roles' })
  list(@Reader() { language }: ReaderContext): object {
    return {
      items: library.all.map(({ document, sha256 }) => ({
        id: document.id,
        version: document.version,
        sha256,
        title: document.title[language],
        notice: document.notice[language],
        reviewBy: document.reviewBy,
        roles: Object.fromEntries(Object.entries(document.roles).map(([role, label]) => [role, label[language]])),
      })),
    };
  }
}
