import { Can } from '@ariane/auth';
import { DisclosesNothing, eventStream, expiryOf, Reader, type ReaderContext, TimeLimit } from '@ariane/service';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Server } from 'node:http';
import { concerns } from './access.guard';
import { ChangeFeed } from './change-feed.store';
import { type Change, eventText } from './change';
import { PathwaySight } from './sight.store';

/** Tells a screen that something it may show has changed, so that it reads it again. */
@ApiTags('worklist')
@Controller('events')
@DisclosesNothing('that something changed; what a screen then reads is audited')
export class StreamController {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly sight: PathwaySight,
    private readonly host: HttpAdapterHost,
  ) {}

  @Get('stream')
  @TimeLimit(0)
  @Can('list', 'WorkItem')
  @ApiOperation({
    summary:
      'Server-sent events for the pathways one cares for: `change` with `{type, pathwayId, sequence}`; `ready` at the ' +
      'beginning; `reset` when changes were missed and all must be read again; `expired` when the token ends',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, schema: { type: 'string', maxLength: 512 } })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'A stream that ends with the token.', schema: { type: 'string' } })
  stream(@Req() request: Request, @Res() response: Response, @Reader() reader: ReaderContext): void {
    this.sight.actor(reader);
    const lastId = request.header('last-event-id');
    const stop: { leave?: () => void } = {};
    const write = eventStream(response, {
      server: this.host.httpAdapter.getHttpServer() as Server, // Express stands on Node's own
      expiresAt: expiryOf(request.header('authorization')),
      onClose: () => stop.leave?.(),
    });
    const tell = (change: Change): void => {
      if (concerns(change, reader.principal)) write(eventText(change));
    };
    const reset = (): void => {
      write('event: reset\ndata: {}\n\n');
    };
    const { missed, position, leave } = this.feed.listen({ change: tell, reset }, lastId);
    stop.leave = leave;
    if (missed === undefined) reset();
    else missed.forEach(tell);
    write(`id: ${position}\nevent: ready\ndata: {}\n\n`);
  }
}
