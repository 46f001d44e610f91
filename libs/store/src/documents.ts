import type { CommandResult } from './unit';

export const INBOXES = 'inboxes';
export const CURSORS = 'cursors';
export const OUTBOX = 'outbox';
export const UNSENT = 'unsent';
export const SEQUENCES = 'sequences';
export const AUDIT = 'audit';
export const AUDIT_CHAINS = 'auditChains';
export const AUDIT_HEADS = 'auditHeads';
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

/** Who acted, as the signed token says. */
export interface Actor {
  /** `person:<id>` or `service:<name>`; with a secretary, `person:<id> for person:<id>`. */
  readonly actor: string;
  /** Their place in the directory, where they have one. */
  readonly practitionerId?: string;
  /** The roles they were signed in with. */
  readonly roles?: readonly string[];
  /** Why they may see whom it concerns, as codes. */
  readonly grounds?: readonly string[];
}

/** What an entry says of whoever acted. */
export const actorOf = ({ actor, practitionerId, roles, grounds }: Actor): Actor => ({
  actor,
  ...(practitionerId === undefined ? {} : { practitionerId }),
  ...(roles === undefined ? {} : { roles }),
  ...(grounds === undefined ? {} : { grounds }),
});

/** Who did or read what, when, on what and on which ground: no content. */
export interface AuditEntry extends Actor {
  /** An instant of the service's clock, virtual in a demo. */
  readonly at: string;
  /** The facts of a change in their order, or the one code of a read. */
  readonly action: readonly string[];
  readonly target: readonly string[];
  readonly messageId: string;
  /** `http` or a consumer group for a change, `read` for a read. */
  readonly consumer: string;
  /** Whom it concerns; of a read, whoever was disclosed. */
  readonly patients?: readonly string[];
  /** Of a read: the pathways that were disclosed. */
  readonly pathways?: readonly string[];
}

/**
 * What one commit did in a territory, or what was read in one moment, in its order: one document, because a commit
 * stands or falls as a whole. Sealing gives the documents their numbers and chains them.
 */
export interface AuditDocument {
  readonly _id: string;
  readonly territory: string;
  /** Machine time. */
  readonly recordedAt: Date;
  readonly entries: readonly AuditEntry[];
  /** All patients of its entries, each once; absent where it concerns none. */
  readonly patients?: readonly string[];
  /** Present until it is sealed. */
  readonly unsealed?: true;
  /** Its place in the territory's chain, from 1. */
  readonly seq: number | null;
  /** The hash of the document before it. */
  readonly previous: string | null;
  readonly hash: string | null;
}

/** A document as it is written, to be sealed within moments. */
export function auditDocument(territory: string, entries: readonly AuditEntry[], _id: string): AuditDocument {
  const patients = [...new Set(entries.flatMap((entry) => entry.patients ?? []))];
  return {
    ...{ _id, territory, recordedAt: new Date(), entries },
    ...(patients.length === 0 ? {} : { patients }),
    ...{ unsealed: true, seq: null, previous: null, hash: null },
  };
}
