import { type Principal, type WithPrincipal } from '@ariane/auth';
import { canonicalJson, DomainError, invariant, sha256Hex } from '@ariane/kernel';
import { isTraceparent, traceId, traceparent } from '@ariane/telemetry';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';

import { type AccessNotes, accessNotesOf, type WithAccessNotes } from './access-notes';
import { DEMO_AT, momentOf } from './clock';
import { constraintText } from './constraint-texts';
import { ValidationFailure } from './field-faults';
import { type Language, languageOf } from './language';
import { isUuid } from './validators';

/** Who asks, when and in which language: what a read needs. */
export interface ReaderContext {
  readonly principal: Principal;
  readonly territory: string;
  /** UTC instant of the service's clock, virtual in a demo, where the request may name an earlier one. */
  readonly now: string;
  readonly language: Language;
  /** W3C trace context of this request. */
  readonly traceparent: string;
  /** Whoever allows an access says here on which ground. */
  readonly access: AccessNotes;
}

/** What a command needs besides: the caller's key for it and, where given, the version it was decided on. */
export interface CallerContext extends ReaderContext {
  /** UUID; the same key with the same input is the same command. */
  readonly idempotencyKey: string;
  /** The aggregate's version in If-Match: `"7"` is 7. */
  readonly ifMatch?: number;
  /** SHA-256 of route, body and If-Match as received: what the key may not be used for again otherwise. */
  readonly inputHash: string;
}

/** Parameter of a command: CallerContext. Throws IDEMPOTENCY_KEY_REQUIRED unless the header holds a UUID. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): CallerContext => {
  const request = context.switchToHttp().getRequest<Request & WithPrincipal>();
  const ifMatch = ifMatchOf(request);
  return {
    ...readerOf(request),
    idempotencyKey: idempotencyKeyOf(request),
    inputHash: inputHashOf(request),
    ...(ifMatch === undefined ? {} : { ifMatch }),
  };
});

/** Parameter of a read, or of a search by POST: ReaderContext. */
export const Reader = createParamDecorator((_: unknown, context: ExecutionContext): ReaderContext =>
  readerOf(context.switchToHttp().getRequest<Request & WithPrincipal>()),
);

/** Parameter: the Idempotency-Key alone. Throws IDEMPOTENCY_KEY_REQUIRED unless the header holds a UUID. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  idempotencyKeyOf(context.switchToHttp().getRequest<Request>()),
);

/** Parameter: the version in If-Match. Throws IF_MATCH_REQUIRED without it. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const version = ifMatchOf(context.switchToHttp().getRequest<Request>());
  if (version === undefined) throw new DomainError('IF_MATCH_REQUIRED', {}, 'If-Match');
  return version;
});

/** Says in the OpenAPI document that a command carries its key. */
export function ApiCommand(): MethodDecorator {
  return applyDecorators(
    ApiHeader({ name: 'Idempotency-Key', required: true, schema: { type: 'string', format: 'uuid' } }),
    ApiHeader({ name: 'If-Match', required: false, schema: { type: 'string', pattern: '^(W/)?"?[0-9]{1,15}"?$' } }),
  );
}

function readerOf(request: Request & WithPrincipal & WithAccessNotes): ReaderContext {
  const { principal } = request;
  invariant(principal !== undefined, 'a public route has no caller');
  return {
    principal,
    territory: principal.territory,
    now: momentOf(request.headers[DEMO_AT.toLowerCase()]),
    language: languageOf(request.headers['accept-language']),
    traceparent: traceOf(request),
    access: accessNotesOf(request),
  };
}

/** The active span's, else the caller's, else a new trace. */
function traceOf(request: Request): string {
  const received: unknown = request.headers.traceparent;
  return traceId() === undefined && isTraceparent(received) ? received : traceparent();
}

function idempotencyKeyOf(request: Request): string {
  const key = request.headers['idempotency-key'];
  if (!isUuid(key)) throw new DomainError('IDEMPOTENCY_KEY_REQUIRED', {}, 'Idempotency-Key');
  return key.toLowerCase();
}

/** A body that is read as a stream is known by its route alone. */
function inputHashOf(request: Request): string {
  const body: unknown = request.body; /* what the JSON parser made of it, before any DTO */
  return sha256Hex(canonicalJson([request.method, request.path, request.headers['if-match'] ?? null, body ?? null]));
}

function ifMatchOf(request: Request): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined) return undefined;
  const version = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header)?.[1];
  if (version === undefined) throw ValidationFailure.of('If-Match', 'isInt', constraintText('isInt'));
  return Number(version);
}
