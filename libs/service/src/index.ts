import '@ariane/telemetry';

export { type AccessGround, type AccessNote, AccessNotes, accessNotesOf, type WithAccessNotes } from './access-notes';
export { bootstrap, EVENT_STRATEGY, type RunningService, type ServiceDescription, startService } from './bootstrap';
export { ApiCommand, Caller, type CallerContext, IdempotencyKey, IfMatch, Reader, type ReaderContext } from './caller';
export { ChangeLog, expiryOf } from './change-log';
export { Clock, clockNow } from './clock';
export { readConfig, type ServiceConfig } from './config';
export {
  assertEveryReadIsDeclared,
  declaredDisclosure,
  Discloses,
  DisclosesNothing,
  type Disclosure,
} from './disclosure';
export { eventStream, type EventStreamOptions } from './event-stream';
export { type FieldFault, ValidationFailure } from './field-faults';
export { HttpClient, RefusedCallError, RetryableCallError, type ServiceCall } from './http-client';
export { IdPipe } from './id.pipe';
export { InternalModule, type Quiet } from './internal';
export { type Language, languageOf } from './language';
export { ApiDocument } from './openapi';
export { afterCursor, idOf, type Page, page, pageOf, PageQuery, versionedPage } from './page';
export { type Problem, problemFrom } from './problem';
export {
  DueProbes,
  type QuietAnswer,
  QuietProbes,
  ReadinessChecks,
  StartWaits,
  StopHooks,
  WakeHooks,
} from './registries';
export { ServiceSettings } from './service-settings';
export { ServiceModule } from './service.module';
export { type Sweep, Sweeps } from './sweeps';
export { TimeLimit } from './time-limit';
export { IsCivilDate, IsCode, IsId, IsInstant, isInstant, isUuid } from './validators';
export { type Patience, waitFor } from './wait-for';
