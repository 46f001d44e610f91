import { randomBytes } from 'node:crypto';

import {
  context,
  type Context,
  isSpanContextValid,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  type SpanOptions as ApiSpanOptions,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

import type { SpanKey, Speakable } from './allowed';
import { describeError } from './describe-error';

/** W3C trace context as it travels in an outbox row, a Kafka header or an HTTP header. */
export type Carrier = Readonly<Record<string, string | undefined>>;

export interface SpanOptions {
  /** Continue this trace instead of the active one; without it and without an active span, a new trace begins. */
  readonly parent?: Carrier | string;
  /** `traceparent` strings of the traces that led here without being the parent. */
  readonly links?: readonly string[];
  readonly attributes?: Readonly<Partial<Record<SpanKey, Speakable>>>;
  readonly kind?: 'internal' | 'producer' | 'consumer' | 'client' | 'server';
}

const kinds = {
  internal: SpanKind.INTERNAL,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
  server: SpanKind.SERVER,
} as const;

const wellFormed = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** A span that is ended by hand: for work that several traces share, such as a batch. */
export interface OpenSpan {
  /** The `traceparent` that continues this span. */
  readonly traceparent: string;
  /** Ends the span; with an error, marks it with the error's name or code. */
  end(error?: unknown): void;
}

/** Begins a span that is not made the active one. */
export function beginSpan(name: string, options: SpanOptions): OpenSpan {
  const parent = parentOf(options);
  const span = trace.getTracer('ariane').startSpan(name, settingsOf(options), parent);
  return {
    traceparent: traceparent(trace.setSpan(parent, span)),
    end: (error) => {
      if (error !== undefined) markFailed(span, error);
      span.end();
    },
  };
}

/**
 * Runs `fn` within a span that ends when it settles. A failure marks the span with the error's name and code, never
 * with its message, and is thrown on.
 *
 * @param name codes and names of services only; ids in it are masked on export
 */
export async function inSpan<T>(name: string, options: SpanOptions, fn: (span: Span) => Promise<T> | T): Promise<T> {
  return trace.getTracer('ariane').startActiveSpan(name, settingsOf(options), parentOf(options), async (span) => {
    try {
      return await fn(span);
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Links a span, once it is under way, to another trace that led to it; a malformed `traceparent` links nothing. */
export function linkSpan(span: Span, traceparent: string): void {
  span.addLinks(linkOf(traceparent));
}

const parentOf = ({ parent }: SpanOptions): Context => (parent === undefined ? context.active() : contextFrom(parent));

const settingsOf = ({ kind, links, attributes }: SpanOptions): ApiSpanOptions => ({
  kind: kinds[kind ?? 'internal'],
  links: (links ?? []).flatMap(linkOf),
  attributes: { ...attributes },
});

function markFailed(span: Span, error: unknown): void {
  const { errorName, errorCode } = describeError(error);
  span.setAttribute('error.type', errorCode ?? errorName);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The carrier of a context, the active one by default: `{ traceparent }`, always present. */
export function carrierOf(from: Context = context.active()): { traceparent: string } {
  return { traceparent: traceparent(from) };
}

/** The `traceparent` of a context; where no span is active, that of a new trace, so that what follows is linked. */
export function traceparent(from: Context = context.active()): string {
  const active = trace.getSpanContext(from);
  if (active !== undefined && isSpanContextValid(active)) {
    return `00-${active.traceId}-${active.spanId}-${active.traceFlags.toString(16).padStart(2, '0')}`;
  }
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}

/** True for a version 00 `traceparent` with non-zero ids. */
export function isTraceparent(text: unknown): text is string {
  return typeof text === 'string' && wellFormed.test(text);
}

/** The context that continues a carrier or a `traceparent`; a malformed one gives the root: a new trace. */
export function contextFrom(parent: Carrier | string): Context {
  const carrier = typeof parent === 'string' ? { traceparent: parent } : parent;
  return propagation.extract(ROOT_CONTEXT, carrier);
}

/** The id of the active trace, 32 hexadecimal digits, or undefined outside any span. */
export function traceId(): string | undefined {
  const active = trace.getSpanContext(context.active());
  return active !== undefined && isSpanContextValid(active) ? active.traceId : undefined;
}

function linkOf(text: string): Link[] {
  const linked = trace.getSpanContext(contextFrom(text));
  return linked === undefined ? [] : [{ context: linked }];
}
