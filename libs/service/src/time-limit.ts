import { DomainError } from '@ariane/kernel';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { catchError, type Observable, throwError, timeout, TimeoutError } from 'rxjs';

import { ServiceSettings } from './service-settings';

/** A route's own limit in milliseconds; 0 sets none, for imports that stream. */
export const TimeLimit = Reflector.createDecorator<number>();

/** The limit that a route sets itself, undefined where it has the service's. */
export const ownLimitOf = (reflector: Reflector, context: ExecutionContext): number | undefined =>
  reflector.getAllAndOverride(TimeLimit, [context.getHandler(), context.getClass()]);

/**
 * Answers NOT_READY when a handler takes too long. What became of the command is then unknown: the caller repeats it
 * with the same Idempotency-Key.
 */
@Injectable()
export class TimeLimitInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly settings: ServiceSettings,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const limitMs = ownLimitOf(this.reflector, context) ?? this.settings.config.requestTimeoutMs;
    if (limitMs === 0) return next.handle();
    return next.handle().pipe(
      timeout(limitMs),
      catchError((error: unknown) =>
        throwError(() => (error instanceof TimeoutError ? new DomainError('NOT_READY') : error)),
      ),
    );
  }
}
