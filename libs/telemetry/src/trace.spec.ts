import { context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

import { RedactingProcessor } from './redacting-processor';
import { beginSpan, carrierOf, contextFrom, inSpan, isTraceparent, traceId, traceparent } from './trace';

const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const other = '00-11111111111111111111111111111111-2222222222222222-01';
const id = '018f4b5e-7c2d-7a10-8b3e-1f2a3b4c5d6e';

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({
  spanProcessors: [new RedactingProcessor(new SimpleSpanProcessor(exporter))],
});

beforeAll(() => {
  provider.register();
});

beforeEach(() => {
  exporter.reset();
});

const only = () => {
  const spans = exporter.getFinishedSpans();
  expect(spans).toHaveLength(1);
  return spans[0]!;
};

describe('a span', () => {
  it('continues the trace it is given, and the next hop continues it', async () => {
    const carried = await inSpan('send', { parent: { traceparent: parent }, kind: 'producer' }, () => carrierOf());
    const span = only();
    expect(span.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(span.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    expect(carried.traceparent).toBe(`00-0af7651916cd43dd8448eb211c80319c-${span.spanContext().spanId}-01`);
  });

  it('continues the active trace when it is given none', async () => {
    await inSpan('outer', { parent }, () => inSpan('inner', {}, () => undefined));
    const [inner, outer] = exporter.getFinishedSpans();
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
  });

  it('begins a new trace under a malformed parent', async () => {
    await inSpan('send', { parent: 'nonsense' }, () => undefined);
    expect(only().parentSpanContext).toBeUndefined();
  });

  it('is linked to the traces that led to it', async () => {
    await inSpan('advance', { links: [other, 'nonsense'] }, () => undefined);
    expect(only().links.map((link) => link.context.traceId)).toEqual(['1'.repeat(32)]);
  });

  it('ends and rises with the error, of which it keeps the code only', async () => {
    const failure = Object.assign(new Error('Canari'), { code: 'SLOT_TAKEN' });
    const run = inSpan('book', {}, (span) => {
      span.recordException(failure);
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'Canari' });
      throw failure;
    });
    await expect(run).rejects.toBe(failure);
    const { attributes, status, events } = only();
    expect(attributes).toEqual({ 'error.type': 'SLOT_TAKEN' });
    expect(status).toEqual({ code: SpanStatusCode.ERROR });
    expect(events.map((event) => event.attributes)).toEqual([{ 'exception.type': 'SLOT_TAKEN' }]);
  });

  it('that is ended by hand is in the trace it is given, whatever is active, and keeps the code of its failure', async () => {
    await inSpan('batch', { parent: other }, () => {
      const sent = beginSpan('send', { parent, kind: 'producer' });
      expect(sent.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/);
      sent.end(Object.assign(new Error('Canari'), { code: 'ECONNRESET' }));
    });
    const [sent, batch] = exporter.getFinishedSpans();
    expect(sent?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    expect(sent?.attributes).toEqual({ 'error.type': 'ECONNRESET' });
    expect(batch?.spanContext().traceId).toBe('1'.repeat(32));
  });

  it('leaves with allowed attributes only, and without ids', async () => {
    await inSpan(`GET /patients/${id}?name=Canari`, { attributes: { 'ariane.count': 3 } }, (span) => {
      span.setAttributes({
        'url.full': `http://127.0.0.1/patients/${id}?name=Canari`,
        'url.path': `/patients/${id}`,
        'http.target': `/patients/${id}`,
        'http.route': `/patients/${id}`,
        'patient.name': 'Canari',
        'ariane.code': 'Madame Canari est absente',
        'ariane.step': ['Canari'],
      });
    });
    const span = only();
    expect(span.name).toBe('GET /patients/:id');
    expect(span.attributes).toEqual({ 'ariane.count': 3, 'http.route': '/patients/:id' });
    expect(JSON.stringify([span.name, span.attributes, span.events, span.links])).not.toMatch(/Canari|018f4b5e/);
  });
});

describe('traceparent', () => {
  it('is a new trace’s where no span is active, so that what follows is linked', () => {
    const first = traceparent(ROOT_CONTEXT);
    expect(isTraceparent(first)).toBe(true);
    expect(traceparent(ROOT_CONTEXT)).not.toBe(first);
  });

  it('survives the way through a carrier', () => {
    expect(traceparent(contextFrom(parent))).toBe(parent);
    context.with(contextFrom(parent), () => {
      expect(traceId()).toBe('0af7651916cd43dd8448eb211c80319c');
    });
    expect(trace.getSpanContext(contextFrom({}))).toBeUndefined();
  });

  it.each(['', 'x', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `${parent}-extra`, 42, undefined])(
    'is not %p',
    (text) => {
      expect(isTraceparent(text)).toBe(false);
    },
  );
});
