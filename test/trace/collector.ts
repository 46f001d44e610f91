/** A small OTLP/HTTP collector: keeps the spans that the services of a stack export, as JSON. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

export interface CollectedSpan {
  /** `service.name` of the process that made it. */
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  /** Traces that this span is linked to. */
  readonly linkedTraces: readonly string[];
}

/** The parts of OTLP's JSON that are read here. */
interface Exported {
  readonly resourceSpans?: readonly {
    readonly resource: { readonly attributes: readonly { readonly key: string; readonly value: Value }[] };
    readonly scopeSpans: readonly { readonly spans: readonly ExportedSpan[] }[];
  }[];
}
interface Value {
  readonly stringValue?: string;
}
interface ExportedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly links?: readonly { readonly traceId: string }[];
}

export class Collector {
  readonly spans: CollectedSpan[] = [];
  /** Every export as it came over the wire. */
  readonly exports: string[] = [];
  private readonly server: Server;
  private readonly port: number;

  constructor(port: number) {
    this.port = port;
    this.server = createServer((request, response) => {
      this.receive(request).then(
        () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
        () => response.writeHead(400).end(),
      );
    });
  }

  /** What OTEL_EXPORTER_OTLP_ENDPOINT must name. */
  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.port, '127.0.0.1', resolve);
    });
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }

  ofTrace(traceId: string): CollectedSpan[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  /** Waits until each pattern is matched by a `service: name` of the trace; throws an Error that tells what is missing. */
  async untilTraceHas(traceId: string, patterns: readonly RegExp[], withinMs = 20_000): Promise<CollectedSpan[]> {
    for (const giveUpAt = Date.now() + withinMs; ;) {
      const spans = this.ofTrace(traceId);
      const told = spans.map(({ service, name }) => `${service}: ${name}`);
      const missing = patterns.filter((pattern) => !told.some((one) => pattern.test(one)));
      if (missing.length === 0) return spans;
      if (Date.now() > giveUpAt) {
        throw new Error(`The trace lacks ${missing.map(String).join(', ')}; it has:\n${[...new Set(told)].join('\n')}`);
      }
      await pause(100);
    }
  }

  /** Waits for a span of any trace whose `service: name` matches; throws an Error when none comes. */
  async untilSpan(pattern: RegExp, withinMs = 20_000): Promise<CollectedSpan> {
    for (const giveUpAt = Date.now() + withinMs; Date.now() < giveUpAt;) {
      const found = this.spans.find(({ service, name }) => pattern.test(`${service}: ${name}`));
      if (found !== undefined) return found;
      await pause(100);
    }
    throw new Error(`No span is ${String(pattern)}.`);
  }

  private async receive(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer); // as: a request without encoding gives buffers
    const text = Buffer.concat(chunks).toString();
    this.exports.push(text);
    const { resourceSpans = [] } = JSON.parse(text) as Exported; // as: OTLP's JSON
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
      for (const span of scopeSpans.flatMap(({ spans }) => spans)) this.spans.push(collected(service, span));
    }
  }
}

function collected(service: string, span: ExportedSpan): CollectedSpan {
  const { name, traceId, spanId, parentSpanId = '', links = [] } = span;
  return { service, name, traceId, spanId, parentSpanId, linkedTraces: links.map((link) => link.traceId) };
}
