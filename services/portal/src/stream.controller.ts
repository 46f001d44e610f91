import { Can } from '@ariane/auth';
import { DisclosesNothing, eventStream, expiryOf, Reader, type ReaderContext, TimeLimit } from '@ariane/service';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Server } from 'node:http';
import { type LiveChange, liveText } from './live-change';
import { isToldTo } from './live-change.guard';
import { LiveChanges } from './live-changes.store';

/** Tells a page that something it may show has changed, so that it reads it again. */
@ApiTags('screens')
@Controller('api/stream')
export class StreamController {
  constructor(
    private readonly live: LiveChanges,
    private readonly host: HttpAdapterHost,
  ) {}

  @Get()
  @TimeLimit(0)
  @Can('work', 'Screen')
  @DisclosesNothing('that something changed; what a screen then reads is audited')
  @ApiOperation({
    summary:
      'Server-sent events of all services: `change` with `{service, type, pathwayId?}`; `ready` at the beginning; ' +
      '`reset` when changes were missed and all must be read again; `expired` when the token ends: come again',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, schema: { type: 'string', maxLength: 512 } })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'A stream that ends with the token.', schema: { type: 'string' } })
  stream(@Req() request: Request, @Res() response: Response, @Reader() { principal }: ReaderContext): void {
    const stop: { leave?: () => void } = {};
    const write = eventStream(response, {
      server: this.host.httpAdapter.getHttpServer() as Server, // Express stands on Node's own
      expiresAt: expiryOf(request.header('authorization')),
      onClose: () => stop.leave?.(),
    });
    const change = (told: LiveChange): void => {
      if (isToldTo(told, principal)) write(liveText(told));
    };
    const reset = (): void => {
      write('event: reset\ndata: {}\n\n');
    };
    const { missed, position, leave } = this.live.listen({ change, reset }, request.header('last-event-id'));
    stop.leave = leave;
    if (missed === undefined) reset();
    else missed.forEach(change);
    write(`id: ${position}\nevent: ready\ndata: {}\n\n`);
  }
}
