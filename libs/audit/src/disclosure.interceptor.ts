import type { WithPrincipal } from '@ariane/auth';
import { actingAs } from '@ariane/bus';
import { accessNotesOf, clockNow, declaredDisclosure, type WithAccessNotes } from '@ariane/service';
import { newId } from '@ariane/store';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { concatMap, type Observable } from 'rxjs';
import { disclosedBy } from './disclosed';
import { ReadAudit } from './read-audit';

/**
 * Writes who is shown what, durably, before the answer of a read leaves. What our own services read is left out: no
 * human sees it, what they do with it is audited as a change, and it would be the greater part of all entries.
 */
@Injectable()
export class DisclosureInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly audit: ReadAudit,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const declared = declaredDisclosure(this.reflector, context.getHandler(), context.getClass());
    const request = context.switchToHttp().getRequest<Request & WithPrincipal & WithAccessNotes>();
    const { principal } = request;
    if (declared === undefined || principal?.kind !== 'person') return next.handle();
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        const notes = accessNotesOf(request).all();
        const disclosed = disclosedBy(declared, answer, request.params, notes, principal);
        if (declared.isOfPatientsOnly === true && disclosed.patients.length === 0) return answer;
        await this.audit.write(principal.territory, {
          at: clockNow(),
          ...actingAs(principal),
          grounds: disclosed.grounds,
          action: [declared.action],
          target: [request.path],
          messageId: newId(),
          consumer: 'read',
          ...(disclosed.patients.length === 0 ? {} : { patients: disclosed.patients }),
          ...(disclosed.pathways.length === 0 ? {} : { pathways: disclosed.pathways }),
        });
        return answer;
      }),
    );
  }
}
