import { invariant } from '@ariane/kernel';
import { type ClientSession, mongo } from 'mongoose';
import type { Companion } from './aggregate';
import type { Decision, Outgoing } from './decide-unit';
import {
  AUDIT,
  type AuditDocument,
  CURSORS,
  type CursorDocument,
  INBOX,
  type InboxDocument,
  OUTBOX,
  type OutboxDocument,
  SEQUENCES,
  type SequenceDocument,
  UNSENT,
  type UnsentDocument,
} from './documents';
import { millisecondsOf, newId } from './new-id';
import { type ReservationDocument, RESERVATIONS } from './reservations';
import { seal } from './seal';
import { type States, toDocument } from './states';
import type { Ground } from './transaction';
import type { CommandResult, Unit } from './unit';

/** Any document with an id of ours. */
interface Document {
  readonly _id: string;
}
type Operation = mongo.AnyBulkWriteOperation<Document>;
/** The facts that one commit put into the outbox, in the order of their ids, and the id they wait under to be sent. */
export interface FactBatch {
  readonly id: string;
  readonly facts: readonly OutboxDocument[];
}

interface Pending {
  readonly unit: Unit;
  readonly outgoing: Outgoing;
}

/** Everything a batch writes, gathered and sent collection by collection: a batch costs few round trips. */
export class Writes {
  private readonly operations = new Map<string, Operation[]>();
  private readonly increments = new Map<string, Extract<Companion, { increment: unknown }>>();
  private readonly cursors = new Map<string, { readonly moved: CursorDocument; readonly isNew: boolean }>();
  private readonly pending: Pending[] = [];
  private committed: FactBatch | undefined;

  constructor(
    private readonly ground: Ground,
    private readonly session: ClientSession,
  ) {}

  /** Adds what an accepted unit decided. */
  add(unit: Unit, decision: Decision): void {
    for (const outgoing of decision.outgoing) this.pending.push({ unit, outgoing });
    for (const companion of decision.companions) this.addCompanion(companion, unit.context.territory);
    for (const key of decision.released) this.push(RESERVATIONS, { deleteOne: { filter: { _id: key } } });
    for (const key of decision.claimed) this.insert(RESERVATIONS, reservation(key, unit));
    for (const { collection, id } of unit.removals ?? []) this.push(collection, { deleteOne: { filter: { _id: id } } });
    if (decision.changed.size > 0 || unit.effects.length > 0) this.insert(AUDIT, auditOf(unit, decision));
  }

  /** Remembers a message's id with its answer, in the transaction of its effect. */
  remember(unit: Unit, id: string, hash: string, results: readonly CommandResult[]): InboxDocument | undefined {
    if (unit.effects.length === 0) return undefined;
    const document: InboxDocument = { _id: id, territory: unit.context.territory, hash, results, at: new Date() };
    this.insert(INBOX, document);
    return document;
  }

  /** @param isNew whether MongoDB had no such cursor when the batch began */
  moveCursor(moved: CursorDocument, isNew: boolean): void {
    this.cursors.set(moved._id, { moved, isNew: this.cursors.get(moved._id)?.isNew ?? isNew });
  }

  /** Sends everything inside the transaction. The facts it put into the outbox, undefined when there were none. */
  async flush(states: States): Promise<FactBatch | undefined> {
    await this.flushStates(states);
    await this.flushOutbox();
    this.putAll(
      CURSORS,
      [...this.cursors.values()].map(({ moved }) => moved),
      (id) => this.cursors.get(id)?.isNew !== true,
    );
    for (const { collection, increment } of this.increments.values()) {
      const { _id, by, set } = increment;
      const update = { $inc: by, ...(set === undefined ? {} : { $setOnInsert: set }) };
      // The update is built from a companion's own fields; the driver's type wants the collection's.
      this.push(collection, {
        updateOne: { filter: { _id }, update: update, upsert: true },
      });
    }
    for (const [collection, operations] of this.operations) {
      await this.collection(collection).bulkWrite(operations, { session: this.session, ordered: true });
    }
    return this.committed;
  }

  private async flushStates(states: States): Promise<void> {
    for (const { loaded, storedVersion } of states.changes()) {
      const { state, type } = loaded;
      invariant(state !== undefined, 'a changed aggregate has a state');
      const territory = this.territoryOf(loaded.id);
      const document = await toDocument(this.ground.keys, territory, { ...loaded, state });
      if (storedVersion === 0) this.insert(type.collection, document);
      else {
        const filter = { _id: document._id, version: storedVersion };
        this.push(type.collection, { replaceOne: { filter, replacement: document } });
      }
    }
  }

  private async flushOutbox(): Promise<void> {
    if (this.pending.length === 0) return;
    const names = [...new Set(this.pending.map((one) => sequenceIdOf(one)))];
    const stored = await this.collection(SEQUENCES)
      .find({ _id: { $in: names } }, { session: this.session })
      .toArray();
    const before = new Map(stored.map((document) => [document._id, document as SequenceDocument]));
    const last = new Map<string, number>();
    const facts: OutboxDocument[] = [];
    for (const one of this.pending) {
      const name = sequenceIdOf(one);
      const sequence = (last.get(name) ?? before.get(name)?.last ?? 0) + 1;
      last.set(name, sequence);
      // The ids of a subject stand in its order, so that whoever reads by id reads each subject in sequence. Those of one
      // process do by themselves.
      facts.push(await this.outboxDocument(one, newId(before.get(name)?.at), sequence));
    }
    const batch: UnsentDocument = { _id: newId(), facts: facts.map(({ _id }) => _id) };
    // The batches that share a subject stand in its order too.
    const at = millisecondsOf(batch._id);
    const moved = [...last].map(([_id, sequence]): SequenceDocument => {
      return { _id, territory: _id.slice(0, _id.indexOf('|')), last: sequence, at };
    });
    this.putAll(SEQUENCES, moved, (id) => before.has(id));
    for (const fact of facts) this.insert(OUTBOX, fact);
    this.insert(UNSENT, batch);
    this.committed = { id: batch._id, facts };
  }

  private async outboxDocument({ unit, outgoing }: Pending, _id: string, sequence: number): Promise<OutboxDocument> {
    const { context } = unit;
    const key = await this.ground.keys.key(context.territory, outgoing.keyId);
    return {
      _id,
      territory: context.territory,
      subject: outgoing.subject,
      sequence,
      type: outgoing.contract.type,
      time: context.now,
      correlationid: context.correlationId,
      causationid: context.causationId,
      ...(context.traceparent === undefined ? {} : { traceparent: context.traceparent }),
      keyid: outgoing.keyId,
      data: new mongo.Binary(seal(key, Buffer.from(JSON.stringify(outgoing.data)), _id)),
    };
  }

  private readonly territories = new Map<string, string>();

  /** An aggregate belongs to the territory of the unit that changes it; `States` has refused any other. */
  private territoryOf(id: string): string {
    const territory = this.territories.get(id);
    invariant(territory !== undefined, 'a changed aggregate was changed by a unit');
    return territory;
  }

  /** Notes which territory an accepted unit's aggregates belong to. */
  belongs(ids: Iterable<string>, territory: string): void {
    for (const id of ids) this.territories.set(id, territory);
  }

  private addCompanion(companion: Companion, territory: string): void {
    const { collection } = companion;
    if ('insert' in companion) this.insert(collection, companion.insert);
    else if ('put' in companion) {
      const { _id } = companion.put;
      const replacement = { ...companion.put, territory };
      this.push(collection, { replaceOne: { filter: { _id }, replacement, upsert: true } });
    } else if ('remove' in companion) this.push(collection, { deleteOne: { filter: { _id: companion.remove } } });
    else this.addIncrement(companion);
  }

  private addIncrement(companion: Extract<Companion, { increment: unknown }>): void {
    const name = `${companion.collection}/${companion.increment._id}`;
    const before = this.increments.get(name)?.increment;
    const by: Record<string, bigint | number> = { ...before?.by };
    for (const [field, amount] of Object.entries(companion.increment.by)) by[field] = sum(by[field], amount);
    this.increments.set(name, { ...companion, increment: { ...companion.increment, by } });
  }

  /** New documents go first and together: a batch of inserts costs far less than as many upserts. */
  private putAll(collection: string, documents: readonly Document[], isStored: (id: string) => boolean): void {
    for (const document of documents) if (!isStored(document._id)) this.insert(collection, document);
    for (const document of documents) {
      const { _id } = document;
      if (isStored(_id)) this.push(collection, { replaceOne: { filter: { _id }, replacement: document } });
    }
  }

  private insert(collection: string, document: Document): void {
    this.push(collection, { insertOne: { document } });
  }

  private push(collection: string, operation: Operation): void {
    const list = this.operations.get(collection);
    if (list === undefined) this.operations.set(collection, [operation]);
    else list.push(operation);
  }

  private collection(name: string): mongo.Collection<Document> {
    return this.ground.database.db.collection<Document>(name);
  }
}

const sequenceIdOf = ({ unit, outgoing }: Pending): string => `${unit.context.territory}|${outgoing.subject}`;

function sum(a: bigint | number | undefined, b: bigint | number): bigint | number {
  if (a === undefined) return b;
  return typeof a === 'bigint' ? a + BigInt(b) : a + Number(b);
}

const reservation = (key: string, { context }: Unit): ReservationDocument => ({
  _id: key,
  territory: context.territory,
  holder: context.messageId,
});

function auditOf(unit: Unit, decision: Decision): AuditDocument {
  return {
    _id: newId(),
    territory: unit.context.territory,
    at: unit.context.now,
    recordedAt: new Date(),
    actor: unit.context.actor,
    action: decision.results.flatMap((result) => result.facts),
    target: unit.effects.map((effect) => `${effect.type.name}/${effect.id}`),
    messageId: unit.context.messageId,
    consumer: unit.context.consumer,
    previous: null,
    hash: null,
  };
}
