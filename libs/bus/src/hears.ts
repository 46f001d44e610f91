import type { EventContract, ReceivedEvent } from '@ariane/contracts';
import type { Static } from '@sinclair/typebox';
import { applyDecorators, type ArgumentsHost, Catch, type ExceptionFilter, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';

/** Nest would turn an error into an answer; the bus needs it to park or to try again. */
@Catch()
class Rethrow implements ExceptionFilter {
  catch(error: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => error);
  }
}

/** The event a method annotated with `@Hears(contract)` takes. */
export type EventData<C extends EventContract> = ReceivedEvent<Static<C['data']>>;

/**
 * Marks the method of a `*.consumer.ts` that hears a fact. It returns the commands that follow (`Effect[]`), which the
 * bus commits together with the cursor; it writes nothing itself. A DomainError parks the subject.
 */
export const Hears = (contract: EventContract): MethodDecorator =>
  applyDecorators(EventPattern(contract.type), UseFilters(Rethrow));
