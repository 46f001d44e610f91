import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-base';

import { allowedOnSpan, withoutIds } from './allowed';

/** Hands spans on with the allowed attributes only; messages of errors and of status are left behind. */
export class RedactingProcessor implements SpanProcessor {
  constructor(private readonly next: SpanProcessor) {}

  onStart(span: Span, parent: Context): void {
    this.next.onStart(span, parent);
  }

  onEnd(span: ReadableSpan): void {
    this.next.onEnd(redacted(span));
  }

  forceFlush(): Promise<void> {
    return this.next.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.next.shutdown();
  }
}

/** A view of the span: what is not overridden here is read from the original. */
function redacted(span: ReadableSpan): ReadableSpan {
  const view: Partial<Record<keyof ReadableSpan, unknown>> = {
    name: withoutIds(span.name),
    attributes: allowedOnSpan(span.attributes),
    status: { code: span.status.code },
    events: span.events.map((event) => ({
      name: withoutIds(event.name),
      time: event.time,
      attributes: exceptionType(event.attributes),
    })),
    links: span.links.map((link) => ({ context: link.context })),
  };
  return new Proxy(span, {
    get: (target, key) =>
      key in view ? view[key as keyof ReadableSpan] /* just seen in view */ : fromSpan(target, key),
  });
}

function fromSpan(span: ReadableSpan, key: string | symbol): unknown {
  const value: unknown = Reflect.get(span, key);
  return typeof value === 'function' ? (value.bind(span) as unknown) /* Function.bind is typed any */ : value;
}

function exceptionType(attributes: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  const type = attributes?.['exception.type'];
  return typeof type === 'string' && /^[\w.]{1,80}$/.test(type) ? { 'exception.type': type } : {};
}
