import type { Actor } from './documents';

/** Who commands, when, why, and under which message: what the write path needs beside the command itself. */
export interface CommandContext extends Actor {
  /** The caller's `Idempotency-Key`, or the id of the event being consumed. */
  readonly messageId: string;
  /** `http`, or the consumer group that heard the event. */
  readonly consumer: string;
  readonly territory: string;
  /** Virtual now, UTC: the clock's for a command, the event's time for a consumer. */
  readonly now: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly traceparent?: string;
  /** SHA-256 of the request as received: the same message id with another input is refused. */
  readonly inputHash?: string;
}
