import type { WithPrincipal } from '@ariane/auth';
import { DomainError } from '@ariane/kernel';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import { Admission } from './admission';
import { ownLimitOf } from './time-limit';

/** Far more than one processor is busy with: what runs waits for MongoDB most of its time. */
const AT_ONCE = 32;

/**
 * Bounds how many requests of people are handled at once. Our own services are let in, since a person's request may wait
 * for them; so are streams and imports, which have no time limit and wait for their sender.
 */
@Injectable()
export class AdmissionInterceptor implements NestInterceptor {
  private readonly admission = new Admission(AT_ONCE);

  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const http = context.switchToHttp();
    const isUnlimited = ownLimitOf(this.reflector, context) === 0;
    if (isUnlimited || http.getRequest<WithPrincipal>().principal?.kind !== 'person') return next.handle();
    const response = http.getResponse<Response>();
    return defer(() =>
      this.admission.run(() => {
        // Whoever gave up waiting, or was told to come again, is not served any more.
        if (response.headersSent || response.destroyed) throw new DomainError('NOT_READY');
        return lastValueFrom(next.handle(), { defaultValue: undefined });
      }),
    );
  }
}
