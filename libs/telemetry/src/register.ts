import { createRequire } from 'node:module';

import { diag, DiagLogLevel } from '@opentelemetry/api';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NoopSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

import { RedactingProcessor } from './redacting-processor';

/** What Temporal's OpenTelemetry plugin needs, so that workflow spans leave by the same, redacted door. */
export interface Telemetry {
  readonly resource: Resource;
  readonly spanProcessor: SpanProcessor;
  /** Sends what is left and stops; the last step of a process's stop. */
  readonly stop: () => Promise<void>;
}

/** What the stack asks itself every few seconds: it changes nothing and would bury the traces of what does. */
const looks = /^\/(?:health\/|internal\/(?:quiet|next-due|pathways\/due)\b)/;

/**
 * Starts tracing once per process, before `http` is loaded by anyone: this file is the first import of the library's
 * index. Without OTEL_EXPORTER_OTLP_ENDPOINT spans are made and dropped, so that traces still have ids to carry.
 * kafkajs is not instrumented: the bus carries the trace by hand (the instrumentation doubles spans).
 */
function start(env: NodeJS.ProcessEnv): Telemetry {
  // The SDK's own complaints may quote the data they choke on.
  diag.setLogger({ error: quiet, warn: quiet, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.NONE);
  const resource = resourceFromAttributes({
    'service.name': env.OTEL_SERVICE_NAME ?? env.ARIANE_SERVICE ?? 'ariane',
    'service.namespace': 'ariane',
  });
  const spanProcessor = processorFor(env);
  const provider = new NodeTracerProvider({ resource, spanProcessors: [spanProcessor] });
  provider.register();
  const unload = registerInstrumentations({
    tracerProvider: provider,
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url = '' }) => looks.test(url) }),
      // A look at a neighbour that follows from no command begins no trace.
      new UndiciInstrumentation({ requireParentforSpans: true }),
    ],
  });
  const stop = () => {
    unload();
    return provider.shutdown();
  };
  return { resource, spanProcessor, stop };
}

function processorFor(env: NodeJS.ProcessEnv): SpanProcessor {
  if ((env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '') === '') return new NoopSpanProcessor();
  // Loaded on demand: a service that does not export should not pay for the exporter's memory.
  const load = createRequire(__filename);
  const { OTLPTraceExporter } = load(
    '@opentelemetry/exporter-trace-otlp-http',
  ) as typeof import('@opentelemetry/exporter-trace-otlp-http'); /* require is untyped */
  return new RedactingProcessor(new BatchSpanProcessor(new OTLPTraceExporter(), { scheduledDelayMillis: 500 }));
}

function quiet(): void {
  // Nothing: see start().
}

export const telemetry: Telemetry = start(process.env);
