import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { logger } from '@ariane/telemetry';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestExpressApplication } from '@nestjs/platform-express';

import type { ServiceConfig } from './config';
import { Readiness } from './health.controller';
import { StopHooks } from './registries';

interface Stoppable {
  readonly app: NestExpressApplication;
  readonly config: ServiceConfig;
  readonly strategy: CustomTransportStrategy | undefined;
}

/**
 * The stop of a service that does not listen yet, run once: readiness off, no new request, those under way finished, the consumer closed, the
 * hooks of others (last added first), Nest. Throws an Error when it takes longer than allowed.
 */
export function stopper(service: Stoppable): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const under: UnderWay = new Set();
  const server: Server = service.app.getHttpServer();
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const whole = (): Promise<void> => stop(service, () => closeHttp(server, sockets), under);
  return () => (stopping ??= withinTime(whole(), under, service.config.stopTimeoutMs));
}

/** What the stop waits for, by constant names. */
type UnderWay = Set<string>;

async function stop({ app, strategy }: Stoppable, closed: () => Promise<void>, under: UnderWay): Promise<void> {
  app.get(Readiness).end();
  const waited = async (name: string, work: unknown): Promise<void> => {
    under.add(name);
    try {
      await work;
    } finally {
      under.delete(name);
    }
  };
  await Promise.all([waited('requests', closed()), waited('consumer', strategy?.close())]);
  for (const { name, run } of [...app.get(StopHooks).all()].reverse()) {
    try {
      await waited(name, run());
    } catch (error) {
      // The others still have leases to give back and connections to close.
      logger.error('A stop hook failed.', { hook: name, error });
    }
  }
  await waited('Nest', app.close());
  logger.info('The service has stopped.');
}

/** Resolves when the last request under way is answered; a connection is closed as soon as it is idle. */
function closeHttp(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  // Left to itself, a connection that has just been answered would be kept alive for another while, and one on which
  // nothing was ever asked, which browsers and fetch hold ready, would count as busy.
  const close = (): void => {
    server.closeIdleConnections();
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
  const sweep = setInterval(close, 25);
  return new Promise((resolve) => {
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
    close();
  });
}

async function withinTime(work: Promise<void>, under: UnderWay, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The stop took too long: ${[...under].join(', ')}.`));
    }, limitMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
