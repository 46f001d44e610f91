import type { ReceivedEvent } from '@ariane/contracts';
import { DomainError } from '@ariane/kernel';
import {
  type CommandContext,
  cursorIdOf,
  type CursorDocument,
  CURSORS,
  type Effect,
  effect,
  PARKED,
  type Store,
  type Unit,
} from '@ariane/store';
import { inSpan, logger, traceId, traceparent } from '@ariane/telemetry';
import { mongo } from 'mongoose';
import { openEvent, producerOf, type SealedEvent } from './message';
import type { StoreOptions } from './options';
import { parkedDocument, type ParkedDocument } from './parked-document';
import { parkedKeyId, parkedKeysOf } from './parked-key';
import { PassedOver, type Run } from './passed-over';
import type { Processor } from './subscriber';

/** Asks the service what an event brings about; undefined where it does not listen to this type. */
export type Listener = (event: ReceivedEvent) => Promise<readonly Effect[]>;

/** What became of an event: applied, kept back for one before it, or refused. */
export type Applied = 'done' | 'gap' | 'behind' | DomainError;

/**
 * Applies events to a service's store: effect and cursor in one transaction. A refused event parks its subject:
 * later events of the subject queue behind it, in order, and all others flow. Of what the service does not listen to,
 * cursors are moved together, now and then.
 */
export class StoreProcessor implements Processor {
  private readonly parkedKeys: ReturnType<typeof parkedKeysOf>;
  /** Subjects that this process has parked: what queues behind need not be opened, which may be what fails. */
  private readonly parkedHere = new Set<string>();
  private readonly passed = new PassedOver();

  constructor(
    private readonly store: Store,
    private readonly options: StoreOptions,
    private readonly group: string,
    private readonly listenerOf: (type: string) => Listener | undefined,
  ) {
    this.parkedKeys = parkedKeysOf(options.service);
  }

  async process(event: SealedEvent): Promise<void> {
    if (await this.isKnownToWait(event)) return this.park(event, 'BEHIND');
    if (this.listenerOf(event.envelope.type) === undefined && this.passed.add(event)) return;
    await this.applyInOrder(event);
  }

  /** Moves the cursors past what was passed over: many in one transaction. */
  async settle(): Promise<void> {
    await Promise.all(this.passed.all().map((run) => this.note(run)));
  }

  /** Applies an event outside its order, from the parked ones; removes it in the same transaction. */
  replay(event: SealedEvent, parkedId: string): Promise<Applied> {
    return this.apply(event, false, [{ collection: PARKED, id: parkedId }]);
  }

  async park(event: SealedEvent, reason: string): Promise<void> {
    const { envelope } = event;
    const producer = producerOf(event);
    logger.error('An event was parked; its subject waits for a human.', { eventType: envelope.type, producer, reason });
    this.parkedHere.add(parkedKeyId(producer, envelope.subject));
    const { cursor, ...unit } = this.unitOf(event, this.telling(event, reason));
    await this.store.submit({
      ...unit,
      cursor: { ...cursor, parks: true },
      context: { ...this.contextOf(event), messageId: `parked-${envelope.id}` },
      companions: [{ collection: PARKED, insert: parkedDocument(event, this.group, reason) }],
    });
  }

  /** What tells a human that a subject waits: a fact of this service, and what the service itself makes of it. */
  private telling(event: SealedEvent, reason: string): Effect[] {
    const { envelope } = event;
    const producer = producerOf(event);
    const told = effect(this.parkedKeys, parkedKeyId(producer, envelope.subject), {
      type: 'ParkKey',
      producer,
      parkedSubject: envelope.subject,
      consumer: this.options.service,
      eventId: envelope.id,
      eventType: envelope.type,
      reason,
      now: envelope.time,
    });
    return [told, ...(this.options.onParked?.(envelope, reason) ?? [])];
  }

  unreadable(topic: string, partition: number): void {
    logger.error('A message on the topic is none of ours and was passed over.', { topic, partition });
  }

  isInfrastructure(error: unknown): boolean {
    return (
      error instanceof mongo.MongoNetworkError ||
      error instanceof mongo.MongoServerSelectionError ||
      isConflict(error) ||
      isRetryable(error)
    );
  }

  private async note({ events }: Run): Promise<void> {
    const last = events.at(-1);
    if (last === undefined) return;
    const [first = last] = events;
    const unit = this.unitOf(last, []);
    const after = first.envelope.sequence - 1;
    const outcome = await this.store.submit({ ...unit, cursor: { ...unit.cursor, after } });
    if (outcome.kind === 'gap' || outcome.kind === 'behind') for (const event of events) await this.applyInOrder(event);
    this.passed.forget(last);
  }

  private async applyInOrder(event: SealedEvent): Promise<void> {
    const outcome = await this.apply(event, true);
    if (outcome === 'done') this.passed.forget(event);
    else if (outcome === 'behind') await this.park(event, 'BEHIND');
    else if (outcome === 'gap') await this.setAside(event);
    else await this.park(event, outcome.code);
  }

  private apply(event: SealedEvent, ordered: boolean, removals: Unit['removals'] = []): Promise<Applied> {
    const listener = this.listenerOf(event.envelope.type);
    const { traceparent: parent } = event.envelope;
    if (listener === undefined) return this.commit(event, [], ordered, removals);
    return inSpan(
      `hear ${event.envelope.type}`,
      { ...(parent === undefined ? {} : { parent }), kind: 'consumer' },
      async () => {
        try {
          const effects = await listener(await openEvent(this.store.keys, event));
          return await this.commit(event, effects, ordered, removals);
        } catch (error) {
          if (error instanceof DomainError && !isConflict(error)) return error;
          throw error;
        }
      },
    );
  }

  private async commit(
    event: SealedEvent,
    effects: readonly Effect[],
    ordered: boolean,
    removals: Unit['removals'],
  ): Promise<Applied> {
    const unit = this.unitOf(event, effects);
    const outcome = await this.store.submit({ ...unit, removals, ...(ordered ? {} : { cursor: undefined }) });
    if (outcome.kind === 'refused') return outcome.error;
    return outcome.kind === 'gap' || outcome.kind === 'behind' ? outcome.kind : 'done';
  }

  /**
   * An event that came before its predecessor: a copy is kept and a human is told. It is applied when the producer
   * publishes the subject again, from the hole on.
   */
  private async setAside(event: SealedEvent): Promise<void> {
    const { envelope } = event;
    logger.error('An event is missing before this one; its subject stands still until it is published again.', {
      eventType: envelope.type,
      sequence: envelope.sequence,
      producer: producerOf(event),
    });
    const document = parkedDocument(event, this.group, 'GAP');
    await this.parked.replaceOne({ _id: document._id }, document, { upsert: true });
    const context = { ...this.contextOf(event), messageId: `gap-${envelope.id}` };
    await this.store.submit({ context, effects: this.telling(event, 'GAP') });
  }

  /** Forgets the copies kept at a hole that has been filled. False while the hole is still there. */
  async closeGap(producer: string, subject: string): Promise<boolean> {
    await this.settle();
    const { db } = this.store.database;
    const cursor = await db
      .collection<CursorDocument>(CURSORS)
      .findOne({ _id: cursorIdOf({ group: this.group, producer, subject }) });
    const copies = { producer, subject, reason: 'GAP' };
    await this.parked.deleteMany({ ...copies, sequence: { $lte: cursor?.sequence ?? 0 } });
    return (await this.parked.findOne(copies)) === null;
  }

  /**
   * Lets a subject's facts be applied as they come again. False when one has been parked meanwhile, which has to be
   * replayed first: parking moves the cursor that this writes, so that one of the two sees the other.
   */
  async release(producer: string, subject: string): Promise<boolean> {
    const { db, connection } = this.store.database;
    const _id = cursorIdOf({ group: this.group, producer, subject });
    const session = await connection.startSession();
    try {
      return await session.withTransaction(
        async () => {
          const waiting = { producer, subject, reason: { $ne: 'GAP' } };
          if ((await this.parked.findOne(waiting, { session, projection: { _id: 1 } })) !== null) return false;
          await db.collection<CursorDocument>(CURSORS).updateOne({ _id }, { $unset: { parked: true } }, { session });
          return true;
        },
        { readConcern: { level: 'snapshot' } },
      );
    } finally {
      await session.endSession();
    }
  }

  /** Only spares an attempt: whether a subject is parked is told by its cursor, in the transaction. */
  private async isKnownToWait(event: SealedEvent): Promise<boolean> {
    const producer = producerOf(event);
    const { subject, sequence } = event.envelope;
    const key = parkedKeyId(producer, subject);
    if (!this.parkedHere.has(key)) return false;
    const ahead = { producer, subject, sequence: { $lt: sequence }, reason: { $ne: 'GAP' } };
    if ((await this.parked.findOne(ahead, { projection: { _id: 1 } })) !== null) return true;
    this.parkedHere.delete(key);
    return false;
  }

  private unitOf(event: SealedEvent, effects: readonly Effect[]): Unit & Required<Pick<Unit, 'cursor'>> {
    const { subject, sequence } = event.envelope;
    return {
      context: this.contextOf(event),
      effects,
      cursor: { group: this.group, producer: producerOf(event), subject, sequence, after: this.passed.before(event) },
    };
  }

  private contextOf({ envelope }: SealedEvent): CommandContext {
    return {
      messageId: envelope.id,
      consumer: this.group,
      territory: envelope.territory,
      actor: `service:${this.options.service}`,
      now: envelope.time,
      correlationId: envelope.correlationid,
      causationId: envelope.id,
      // What is parked or merely passed over has no span of its own and stays in the trace of its event.
      traceparent: traceId() === undefined ? (envelope.traceparent ?? traceparent()) : traceparent(),
    };
  }

  private get parked(): mongo.Collection<ParkedDocument> {
    return this.store.database.db.collection<ParkedDocument>(PARKED);
  }
}

/** Somebody else writes what we write, or died while writing it: a matter of time, not of the event. */
const isConflict = (error: unknown): boolean => error instanceof DomainError && error.code === 'VERSION_CONFLICT';

const isRetryable = (error: unknown): boolean =>
  error instanceof mongo.MongoError &&
  (error.hasErrorLabel('TransientTransactionError') || error.hasErrorLabel('RetryableWriteError'));
