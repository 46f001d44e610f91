import { logger } from '@ariane/telemetry';
import { ValidationPipe } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { context } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { IncomingMessage } from 'node:http';

import type { ServiceDescription } from './bootstrap';
import type { ServiceConfig } from './config';
import { failureFrom } from './field-faults';
import { refuseForbiddenKeys } from './forbidden-keys';
import { rateLimit } from './rate-limit';
import { routeOf } from './route';

/** A care protocol of 120 steps with its examples is 350 kB as JSON; one published as text is escaped once more. */
const LARGE_BODY_BYTES_MAX = 2_097_152;

/** The checks that every request passes before a guard sees it, in their order. */
export function fence(
  app: NestExpressApplication,
  config: ServiceConfig,
  {
    documentPaths = [],
    largePaths = [],
    passedOnPaths = [],
  }: Pick<ServiceDescription, 'documentPaths' | 'largePaths' | 'passedOnPaths'> = {},
): void {
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(helmet());
  app.use(nameRoute);
  if (config.rateLimitPerMinute > 0) app.use(rateLimit(config.rateLimitPerMinute));
  if (largePaths.length > 0) {
    const limit = Math.max(LARGE_BODY_BYTES_MAX, config.bodyBytesMax);
    app.useBodyParser('json', { limit, strict: true, type: isLarge(largePaths) });
  }
  // What has been read above is not read again.
  app.useBodyParser('json', { limit: config.bodyBytesMax, strict: true, type: isReadHere(passedOnPaths) });
  app.use(refuseKeys(documentPaths));
  app.useGlobalPipes(validation());
}

/** Only the very path: what lies below it is as narrow as everything else. */
const isLarge =
  (paths: readonly string[]) =>
  (request: IncomingMessage): boolean =>
    request.method === 'POST' && isJson(request) && paths.includes(pathOf(request));

/** Not what lies below the paths whose bodies are passed on as they come. */
const isReadHere =
  (passedOnPaths: readonly string[]) =>
  (request: IncomingMessage): boolean =>
    isJson(request) && !passedOnPaths.some((path) => pathOf(request).startsWith(`${path}/`));

const isJson = ({ headers }: IncomingMessage): boolean =>
  headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json';

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?')[0] ?? '';

/** The pipe of every DTO: unknown fields are refused, texts become what the DTO declares. */
function validation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    // The limits of a constraint are found by the class it was declared on; the input itself goes no further.
    validationError: { target: true, value: false },
    exceptionFactory: failureFrom,
  });
}

const refuseKeys =
  (documentPaths: readonly string[]) =>
  (request: Request, _response: Response, next: NextFunction): void => {
    try {
      const isDocument = documentPaths.some((path) => request.path === path || request.path.startsWith(`${path}/`));
      refuseForbiddenKeys(request.query);
      refuseForbiddenKeys(request.body, { dots: isDocument });
      next();
    } catch (error) {
      next(error);
    }
  };

/** Gives the server span the route's template for a name, since the path holds ids. */
function nameRoute(request: Request, response: Response, next: NextFunction): void {
  const active = getRPCMetadata(context.active());
  const begun = performance.now();
  response.once('finish', () => {
    const route = routeOf(request);
    if (active?.type === RPCType.HTTP) active.route = route;
    const durationMs = Math.round(performance.now() - begun);
    logger.debug('A request was answered.', { method: request.method, route, status: response.statusCode, durationMs });
  });
  next();
}
