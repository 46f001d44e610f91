import type { Service } from '@ariane/contracts';
import { topicOf } from '@ariane/contracts';
import { newId, OUTBOX, type OutboxDocument, type Store, UNPUBLISHED } from '@ariane/store';
import { beginSpan, logger } from '@ariane/telemetry';
import type { Kafka, Producer } from 'kafkajs';
import { mongo } from 'mongoose';
import { Lease } from './lease';
import { toMessage } from './message';
import { Wakeable } from './wakeable';

/** Facts sent at once; one batch is in flight at a time, so order per subject is that of the outbox. */
const BATCH_MAX = 100;
/** A sweep that finds what no wake announced: another process's commits, or a wake lost in a crash. */
const SWEEP_MS = 1_000;
const BACKOFF_MAX_MS = 5_000;

/**
 * Carries the outbox to Kafka. The truth is `publishedAt: null`; a commit of this process wakes it at once. One process
 * holds the lease; after a crash the next one sends again what was not marked, and consumers skip what they know.
 */
export class Relay {
  private readonly lease: Lease;
  private readonly wake = new Wakeable();
  private producer: Producer | undefined;
  private stopping = false;
  private loop: Promise<void> | undefined;
  /** Sent and not yet known to be marked: the next look passes over them while their mark is being written. */
  private readonly unmarked = new Set<string>();
  private marking: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly kafka: Kafka,
    private readonly service: Service,
  ) {
    this.lease = new Lease(store.database.db, 'relay', newId());
    store.onCommitted(() => {
      this.wake.now();
    });
  }

  /** Looks at the outbox at once. */
  wakeNow(): void {
    this.wake.now();
  }

  start(): void {
    this.loop ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake.now();
    await this.loop;
    await this.marking.catch(() => undefined); // what is not marked is sent again by the next holder
    await this.producer?.disconnect();
    await this.lease.release();
  }

  /** How many facts wait to be published. */
  unpublished(): Promise<number> {
    return this.outbox.countDocuments({ publishedAt: null }, { limit: 1_000, hint: UNPUBLISHED });
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopping) {
      try {
        const sent = (await this.lease.hold()) ? await this.sendBatch() : 0;
        failures = 0;
        if (sent === 0) await this.wake.within(SWEEP_MS);
      } catch (error) {
        failures += 1;
        logger.warn('The relay could not publish and tries again.', { attempt: failures, error });
        await this.dropProducer();
        await this.wake.within(Math.min(100 * 2 ** failures, BACKOFF_MAX_MS));
      }
    }
  }

  private async sendBatch(): Promise<number> {
    const entries = await this.next();
    if (entries.length === 0) return 0;
    const producer = await this.connected();
    // Whoever was paused since it read them may have been replaced: the other one has sent them, and later ones too.
    if (!this.lease.held) return 0;
    await this.sendTraced(producer, entries);
    // One mark is under way while the next batch is read and sent. A mark that fails stops the relay until it has looked
    // anew: those facts are sent once more, which their hearers know.
    const before = this.marking;
    this.marking = this.mark(entries.map((entry) => entry._id));
    this.marking.catch(() => undefined); // whoever sends the next batch awaits it, and fails with it
    await before;
    return entries.length;
  }

  private async mark(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.unmarked.add(id);
    try {
      await this.outbox.updateMany({ _id: { $in: [...ids] } }, { $set: { publishedAt: new Date() } });
    } finally {
      for (const id of ids) this.unmarked.delete(id);
    }
  }

  /** A batch carries facts of many commands: each has its span, in its command's trace, which the hearer continues. */
  private async sendTraced(producer: Producer, entries: readonly OutboxDocument[]): Promise<void> {
    const topic = topicOf(this.service);
    const attributes = { 'messaging.system': 'kafka', 'messaging.destination.name': topic };
    const sent = entries.map((entry) => {
      const parent = entry.traceparent === undefined ? {} : { parent: entry.traceparent };
      const span = beginSpan(`send ${entry.type}`, { ...parent, kind: 'producer', attributes });
      return { span, message: toMessage(this.service, entry, span.traceparent) };
    });
    let failure: unknown;
    try {
      await producer.send({ topic, acks: -1, messages: sent.map(({ message }) => message) });
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      for (const { span } of sent) span.end(failure);
    }
  }

  /** The oldest unpublished facts in one snapshot, each subject's in sequence and without a hole before them. */
  private async next(): Promise<OutboxDocument[]> {
    const heads = await this.unpublishedBy({}, { _id: 1 });
    if (heads.length < BATCH_MAX) return heads.sort(bySequence);
    // The cut may fall between two facts of a subject whose ids come from two processes: read those subjects whole.
    const subjects = [...new Set(heads.map((entry) => entry.subject))];
    return this.unpublishedBy({ subject: { $in: subjects } }, { subject: 1, sequence: 1 });
  }

  private unpublishedBy(filter: mongo.Filter<OutboxDocument>, sort: Record<string, 1>): Promise<OutboxDocument[]> {
    return this.outbox
      .find(
        { ...filter, publishedAt: null, _id: { $nin: [...this.unmarked] } },
        { readConcern: new mongo.ReadConcern('snapshot'), hint: UNPUBLISHED },
      )
      .sort(sort)
      .limit(BATCH_MAX)
      .toArray();
  }

  private async connected(): Promise<Producer> {
    if (this.producer !== undefined) return this.producer;
    const producer = this.kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
    await producer.connect();
    this.producer = producer;
    return producer;
  }

  /** An idempotent producer that failed may have lost its place in the broker's count: a new one starts afresh. */
  private async dropProducer(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    await producer?.disconnect().catch((error: unknown) => {
      logger.warn('The failed producer did not close cleanly.', { error });
    });
  }

  private get outbox(): mongo.Collection<OutboxDocument> {
    return this.store.database.db.collection<OutboxDocument>(OUTBOX);
  }
}

const bySequence = (a: OutboxDocument, b: OutboxDocument): number =>
  a.subject === b.subject ? a.sequence - b.sequence : a._id < b._id ? -1 : 1;
