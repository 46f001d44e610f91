export { telemetry, type Telemetry } from './register';
export { type LoggedKey, loggedKeys, type SpanKey, spanKeys } from './allowed';
export { describeError, type ErrorDescription, isErrorLike } from './describe-error';
export { type Log, type LogFields, logger, makeLog } from './logger';
export { NestLogger } from './nest-logger';
export { RedactingProcessor } from './redacting-processor';
export {
  beginSpan,
  type Carrier,
  carrierOf,
  contextFrom,
  inSpan,
  isTraceparent,
  linkSpan,
  type OpenSpan,
  type SpanOptions,
  traceId,
  traceparent,
} from './trace';
