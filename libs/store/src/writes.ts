import { type ClientSession, mongo } from 'mongoose';
import type { Companion } from './aggregate';
import type { Ground } from './batch';
import type { Decision } from './decide-unit';
import {
  actorOf,
  AUDIT,
  auditDocument,
  type AuditEntry,
  CURSORS,
  type CursorDocument,
  type HandledMessage,
  type InboxDocument,
  INBOXES,
  OUTBOX,
  SEQUENCES,
  UNSENT,
  type UnsentDocument,
} from './documents';
import type { Change } from './layer';
import { newId } from './new-id';
import { type ReservationDocument, RESERVATIONS } from './reservations';
import { type Changed, type Loaded, toDocument } from './states';
import { type FactBatch, ToldFacts } from './told-facts';
import type { Unit } from './unit';

/** Any document with an id of ours. */
interface Document {
  readonly _id: string;
}
type Operation = mongo.AnyBulkWriteOperation<Document>;

/** Everything a batch writes, gathered and sent collection by collection: a batch costs few round trips. */
export class Writes {
  /** The facts it put into the outbox, undefined before it is prepared and when there are none. */
  facts: FactBatch | undefined;
  private readonly operations = new Map<string, Operation[]>();
  /** Each collection's operations as one command, its documents in BSON. */
  private readonly commands: mongo.OrderedBulkOperation[] = [];
  private readonly increments = new Map<string, Extract<Companion, { increment: unknown }>>();
  private readonly audited = new Map<string, AuditEntry[]>();
  private readonly told: ToldFacts;

  constructor(
    private readonly ground: Ground,
    session: ClientSession,
    before: () => Writes | undefined,
  ) {
    this.told = new ToldFacts(ground, session, () => before()?.told);
  }

  /** Documents written so far, without those that only preparing brings. */
  get size(): number {
    return [...this.operations.values()].reduce((sum, { length }) => sum + length, this.increments.size);
  }

  get isEmpty(): boolean {
    return this.audited.size === 0 && this.size === 0;
  }

  /** Adds what an accepted unit decided. */
  add(unit: Unit, decision: Decision): void {
    for (const outgoing of decision.outgoing) this.told.tell(unit, outgoing);
    for (const companion of decision.companions) this.addCompanion(companion, unit.context.territory);
    for (const key of decision.released) this.push(RESERVATIONS, { deleteOne: { filter: { _id: key } } });
    for (const key of decision.claimed) this.insert(RESERVATIONS, reservation(key, unit));
    for (const { collection, id } of unit.removals ?? []) this.push(collection, { deleteOne: { filter: { _id: id } } });
    if (decision.changed.size > 0 || unit.effects.length > 0) this.audit(unit, decision);
  }

  /** Reads where the subjects of its facts stand. */
  readSequences(): Promise<void> {
    return this.told.readSequences();
  }

  /**
   * Makes the commands that write everything, so that nothing but MongoDB is waited for once they are sent. What is added
   * afterwards is not in them.
   */
  async prepare(
    states: Iterable<Changed>,
    messages: readonly HandledMessage[],
    cursors: readonly Change<CursorDocument>[],
  ): Promise<void> {
    if (messages.length > 0) this.insert(INBOXES, inbox(messages));
    await this.putStates(states);
    await this.putFacts();
    this.putChanges(CURSORS, cursors, ({ _id, sequence }) => ({ _id, sequence }));
    for (const { collection, increment } of this.increments.values()) {
      const { _id, by, set } = increment;
      const update = { $inc: by, ...(set === undefined ? {} : { $setOnInsert: set }) };
      // The update is built from a companion's own fields; the driver's type wants the collection's.
      this.push(collection, { updateOne: { filter: { _id }, update: update, upsert: true } });
    }
    for (const [territory, entries] of this.audited) this.insert(AUDIT, auditDocument(territory, entries, newId()));
    for (const [collection, operations] of this.operations) {
      const command = this.collection(collection).initializeOrderedBulkOp();
      // as: of a command made in steps the driver knows no other ids than its own
      for (const operation of operations) command.raw(operation as mongo.AnyBulkWriteOperation);
      this.commands.push(command);
    }
  }

  /** Sends what was prepared inside a transaction. */
  async send(session: ClientSession): Promise<void> {
    for (const command of this.commands) await command.execute({ session });
  }

  private async putStates(states: Iterable<Changed>): Promise<void> {
    for (const { loaded, storedVersion, territory } of states) {
      const document = await toDocument(this.ground.keys, territory, loaded);
      const stored = storedVersion === 0 ? undefined : { _id: document._id, version: storedVersion };
      this.putUnlessMoved(loaded.type.collection, document, stored);
    }
  }

  private async putFacts(): Promise<void> {
    this.facts = await this.told.numbered();
    if (this.facts === undefined) return;
    const { id, facts } = this.facts;
    this.putChanges(SEQUENCES, this.told.sequenceChanges(), ({ _id, last }) => ({ _id, last }));
    for (const fact of facts) this.insert(OUTBOX, fact);
    const unsent: UnsentDocument = { _id: id, facts: facts.map(({ _id }) => _id) };
    this.insert(UNSENT, unsent);
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

  private audit({ context, effects }: Unit, { results, changed }: Decision): void {
    const { territory, now: at, messageId, consumer } = context;
    const action = results.flatMap((result) => result.facts);
    const target = effects.map(({ type, id }) => `${type.name}/${id}`);
    const entry = { at, ...actorOf(context), action, target, messageId, consumer, ...patientsOf(changed.values()) };
    const entries = this.audited.get(territory);
    if (entries === undefined) this.audited.set(territory, [entry]);
    else entries.push(entry);
  }

  /**
   * New documents go first and together: a batch of inserts costs far less than as many upserts.
   *
   * @param nameOf how the stored document is found that the change was decided on
   */
  private putChanges<D extends Document>(
    collection: string,
    changes: readonly Change<D>[],
    nameOf: (stored: D) => Document,
  ): void {
    for (const { now, stored } of changes) if (stored === undefined) this.insert(collection, now);
    for (const { now, stored } of changes)
      if (stored !== undefined) this.putUnlessMoved(collection, now, nameOf(stored));
  }

  /** Replaces what is stored as it was read; where it has moved on, the insert fails that comes of it, and so the batch. */
  private putUnlessMoved(collection: string, document: Document, stored: Document | undefined): void {
    if (stored === undefined) this.insert(collection, document);
    else this.push(collection, { replaceOne: { filter: stored, replacement: document, upsert: true } });
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

/** Whose data a unit changed. */
function patientsOf(changed: Iterable<Loaded>): Pick<AuditEntry, 'patients'> {
  const patients = new Set<string>();
  for (const { type, state } of changed) {
    const patient = state === undefined ? undefined : type.patient?.(state);
    if (patient !== undefined) patients.add(patient);
  }
  return patients.size === 0 ? {} : { patients: [...patients] };
}

function sum(a: bigint | number | undefined, b: bigint | number): bigint | number {
  if (a === undefined) return b;
  return typeof a === 'bigint' ? a + BigInt(b) : a + Number(b);
}

const inbox = (messages: readonly HandledMessage[]): InboxDocument => ({ _id: newId(), messages, at: new Date() });

const reservation = (key: string, { context }: Unit): ReservationDocument => ({
  _id: key,
  territory: context.territory,
  holder: context.messageId,
});
