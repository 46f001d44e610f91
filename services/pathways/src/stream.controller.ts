import { Can } from '@ariane/auth';
import { Reader, type ReaderContext, TimeLimit } from '@ariane/service';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Server } from 'node:http';
import { concerns } from './access.guard';
import { ChangeFeed } from './change-feed.store';
import { type Change, eventText, expiryOf } from './change-log';
import { PathwaySight } from './sight.store';

/** Proxies and browsers take a silent connection for a dead one. */
const HEARTBEAT_MS = 15_000;
/** How often a stream looks whether the service is stopping: a stop waits for open answers. */
const LOOK_MS = 250;
/** Of a reader that does not keep up: the connection is closed, and its client resumes where it was. */
const UNREAD_MAX_BYTES = 256 * 1024;

/** Tells a screen that something it may show has changed, so that it reads it again. */
@ApiTags('worklist')
@Controller('events')
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
    const expiresAt = expiryOf(request.header('authorization'));
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const tell = (change: Change): void => {
      if (!concerns(change, reader.principal)) return;
      response.write(eventText(change));
      if (response.writableLength > UNREAD_MAX_BYTES) response.destroy();
    };
    const reset = (): void => void response.write('event: reset\ndata: {}\n\n');
    const { missed, position, leave } = this.feed.listen({ change: tell, reset }, lastId);
    if (missed === undefined) reset();
    else missed.forEach(tell);
    response.write(`id: ${position}\nevent: ready\ndata: {}\n\n`);
    const timers = [
      setInterval(() => response.write(': heartbeat\n\n'), HEARTBEAT_MS),
      setInterval(() => {
        if (!this.server().listening) response.end();
        else if (Date.now() >= expiresAt) response.end('event: expired\ndata: {}\n\n');
      }, LOOK_MS),
    ];
    // Of the answer and not of the request, which is at its end as soon as it has been read.
    response.on('close', () => {
      leave();
      timers.forEach(clearInterval);
    });
  }

  private server(): Server {
    return this.host.httpAdapter.getHttpServer() as Server; // Express stands on Node's own
  }
}
