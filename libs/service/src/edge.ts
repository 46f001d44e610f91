import { logger } from '@ariane/telemetry';
import { ValidationPipe } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { context } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

import type { ServiceConfig } from './config';
import { failureFrom } from './field-faults';
import { refuseForbiddenKeys } from './forbidden-keys';
import { rateLimit } from './rate-limit';
import { routeOf } from './route';

/** The checks that every request passes before a guard sees it, in their order. */
export function fence(app: NestExpressApplication, config: ServiceConfig, documentPaths: readonly string[] = []): void {
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(helmet());
  app.use(nameRoute);
  if (config.rateLimitPerMinute > 0) app.use(rateLimit(config.rateLimitPerMinute));
  app.useBodyParser('json', { limit: config.bodyBytesMax, strict: true });
  app.use(refuseKeys(documentPaths));
  app.useGlobalPipes(validation());
}

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
