import type { CommandResult } from './unit';

export const INBOXES = 'inboxes';
export const CURSORS = 'cursors';
export const OUTBOX = 'outbox';
export const UNSENT = 'unsent';
export const SEQUENCES = 'sequences';
export const AUDIT = 'audit';
export const LEASES = 'leases';
export const PARKED = 'parked';

/** How long a message's id is remembered, by machine time. */
export const INBOX_DAYS = 30;

/** A message that was handled, and what it came to. Its id names the territory. */
export interface HandledMessage {
  readonly _id: string;
  readonly hash: string;
  readonly results: readonly CommandResult[];
}

/** The messages that one commit handled: one document, so that a message costs one index key, and no document. */
export interface InboxDocument {
  readonly _id: string;
  readonly messages: readonly HandledMessage[];
  readonly at: Date;
}

export interface CursorDocument {
  readonly _id: string;
  readonly territory: string;
  readonly sequence: number;
  /** Present while facts of the subject are parked. */
  readonly parked?: true;
}

/** Where a consumer group stands in one producer's facts about one subject. */
export const cursorIdOf = (of: {
  readonly group: string;
  readonly producer: string;
  readonly subject: string;
}): string => `${of.group}|${of.producer}|${of.subject}`;

/** The last sequence number given to a subject's facts, and the milliseconds of the id of the batch it went with. */
export interface SequenceDocument {
  readonly _id: string;
  readonly territory: string;
  readonly last: number;
  readonly at?: number;
}

/** A fact, published unless an `UnsentDocument` names it: the outbox is the log, kept for read models and new consumers. */
export interface OutboxDocument {
  readonly _id: string;
  readonly territory: string;
  readonly subject: string;
  readonly sequence: number;
  readonly type: string;
  readonly time: string;
  readonly correlationid: string;
  readonly causationid: string;
  readonly traceparent?: string;
  readonly keyid: string;
  /** Sealed with `keyid`, bound to the event's id. */
  readonly data: { buffer: Uint8Array };
}

/**
 * Facts that Kafka is not known to have: one document for all those of a commit, written with them and removed when the
 * last one is sent. Removing one document costs a fraction of marking each fact. Ids only, of any territory.
 */
export interface UnsentDocument {
  readonly _id: string;
  readonly facts: readonly string[];
}

/** Who did what, when, on what: no content. */
export interface AuditEntry {
  readonly at: string;
  readonly actor: string;
  readonly action: readonly string[];
  readonly target: readonly string[];
  readonly messageId: string;
  readonly consumer: string;
}

/**
 * What one commit did in a territory, in its order: one document, because a commit stands or falls as a whole.
 * `previous` and `hash` chain the documents when they are sealed.
 */
export interface AuditDocument {
  readonly _id: string;
  readonly territory: string;
  readonly recordedAt: Date;
  readonly entries: readonly AuditEntry[];
  readonly previous: string | null;
  readonly hash: string | null;
}

export const auditDocument = (territory: string, entries: readonly AuditEntry[], _id: string): AuditDocument => ({
  ...{ _id, territory, recordedAt: new Date(), entries },
  ...{ previous: null, hash: null },
});
