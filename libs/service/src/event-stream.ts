import type { Response } from 'express';
import type { Server } from 'node:http';

/** Proxies and browsers take a silent connection for a dead one. */
const HEARTBEAT_MS = 15_000;
/** How often a stream looks whether the service is stopping: a stop waits for open answers. */
const LOOK_MS = 250;
/** Of a reader that does not keep up: the connection is closed, and its client resumes where it was. */
const UNREAD_MAX_BYTES = 256 * 1024;

export interface EventStreamOptions {
  readonly server: Server;
  /** Milliseconds since 1970: the stream ends with the token of whoever reads it. */
  readonly expiresAt: number;
  /** Called once, whoever ends the stream. */
  readonly onClose: () => void;
}

/**
 * Answers a request by a stream of server-sent events that ends with the token, with the service, with its reader, and
 * with a reader that does not keep up. Gives the function that writes to it.
 */
export function eventStream(response: Response, options: EventStreamOptions): (text: string) => void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const timers = [
    setInterval(() => response.write(': heartbeat\n\n'), HEARTBEAT_MS),
    setInterval(() => {
      if (!options.server.listening) response.end();
      else if (Date.now() >= options.expiresAt) response.end('event: expired\ndata: {}\n\n');
    }, LOOK_MS),
  ];
  // Of the answer and not of the request, which is at its end as soon as it has been read.
  response.on('close', () => {
    options.onClose();
    timers.forEach(clearInterval);
  });
  return (text) => {
    response.write(text);
    if (response.writableLength > UNREAD_MAX_BYTES) response.destroy();
  };
}
