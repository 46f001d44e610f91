import { ServiceTokens } from '@ariane/auth';
import { type ProblemCode, problems } from '@ariane/contracts';
import { DomainError } from '@ariane/kernel';
import { contextFrom } from '@ariane/telemetry';
import { Injectable } from '@nestjs/common';
import { context } from '@opentelemetry/api';

export interface ServiceCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Whole address; ids and codes only. */
  readonly url: string;
  readonly territory: string;
  readonly body?: unknown;
  /** Needed for every method but GET. */
  readonly idempotencyKey?: string;
  readonly ifMatch?: number;
  /** Continues this trace instead of the active one. */
  readonly traceparent?: string;
  /** 10,000 by default. */
  readonly timeoutMs?: number;
}

/** The other service was not reached, is not ready or failed: what became of the call is unknown, repeat it as it was. */
export class RetryableCallError extends Error {
  override readonly name = 'RetryableCallError';

  constructor(
    readonly status: number | undefined,
    options?: ErrorOptions,
  ) {
    super(status === undefined ? 'The service was not reached.' : `The service answered ${status}.`, options);
  }
}

/** The other service refuses with a code this one does not know: not to be repeated. */
export class RefusedCallError extends Error {
  override readonly name = 'RefusedCallError';

  constructor(readonly status: number) {
    super(`The service refused with ${status}.`);
  }
}

/** Repeated as they are, these may succeed. */
const retryable: ReadonlySet<number> = new Set([401, 408, 425, 429]);

/**
 * Calls another service with this one's token. Throws the DomainError that the other answered, RefusedCallError for a
 * refusal of unknown code, or RetryableCallError.
 */
@Injectable()
export class HttpClient {
  constructor(private readonly tokens: ServiceTokens) {}

  /** The JSON answer, typed by the caller; undefined for an empty one. */
  async call<T>(call: ServiceCall): Promise<T> {
    const from = call.traceparent === undefined ? context.active() : contextFrom(call.traceparent);
    return (await context.with(from, () => this.send(call))) as T; /* the contract of the route called */
  }

  private async send(call: ServiceCall): Promise<unknown> {
    const response = await this.reach(call);
    const body = await bodyOf(response);
    if (response.ok) return body;
    // The issuer may have changed its keys: the next try asks for a new token.
    if (response.status === 401) this.tokens.forget(call.territory);
    if (response.status >= 500 || retryable.has(response.status)) throw new RetryableCallError(response.status);
    throw refusalIn(body) ?? new RefusedCallError(response.status);
  }

  private async reach(call: ServiceCall): Promise<Response> {
    try {
      const headers: Record<string, string> = {
        authorization: `Bearer ${await this.tokens.tokenFor(call.territory)}`,
        accept: 'application/json, application/problem+json',
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
        ...(call.ifMatch === undefined ? {} : { 'if-match': `"${call.ifMatch}"` }),
      };
      return await fetch(call.url, {
        method: call.method,
        headers,
        redirect: 'error',
        signal: AbortSignal.timeout(call.timeoutMs ?? 10_000),
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      });
    } catch (cause) {
      throw new RetryableCallError(undefined, { cause });
    }
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch (cause) {
    // Half an answer: the command may or may not have been done.
    throw new RetryableCallError(response.status, { cause });
  }
}

function refusalIn(body: unknown): DomainError | undefined {
  if (typeof body !== 'object' || body === null || !('code' in body) || !isProblemCode(body.code)) return undefined;
  const field = 'field' in body && typeof body.field === 'string' ? body.field : undefined;
  return new DomainError(body.code, {}, field);
}

function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(problems, code);
}
