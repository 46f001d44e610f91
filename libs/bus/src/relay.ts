import type { Service } from '@ariane/contracts';
import { topicOf } from '@ariane/contracts';
import { newId, OUTBOX, type OutboxDocument, type Store, UNSENT, type UnsentDocument } from '@ariane/store';
import { beginSpan, logger } from '@ariane/telemetry';
import type { Kafka, Producer } from 'kafkajs';
import { mongo } from 'mongoose';
import { FreshFacts } from './fresh-facts';
import { Lease } from './lease';
import { toMessage } from './message';
import { OpenBatches } from './open-batches';
import { Paced } from './paced';
import { Wakeable } from './wakeable';

/** Facts sent at once; one batch is in flight at a time, so order per subject is that of the outbox. */
const BATCH_MAX = 100;
/** A sweep that finds what no wake announced: another process's commits, or a wake lost in a crash. */
const SWEEP_MS = 1_000;
const BACKOFF_MAX_MS = 5_000;

/** Batches that a read looks at; it takes as many of them as reach a full send. */
const BATCHES_MAX = 50;
/** What a rush has sent is removed together, no more often than this. */
const REMOVAL_PACE_MS = 25;

/**
 * Carries the outbox to Kafka. The truth is the batches in `unsent`; what this process commits is handed to it as
 * well, so that it need not be read back, and a sweep finds the rest. One process holds the lease; after a crash the
 * next one sends again the batches that were not removed, and consumers skip what they know.
 */
export class Relay {
  private readonly lease: Lease;
  private readonly wake = new Wakeable();
  private readonly fresh = new FreshFacts<OutboxDocument>();
  private producer: Producer | undefined;
  private stopping = false;
  private loop: Promise<void> | undefined;
  private sweepAt = 0;
  private readonly open = new OpenBatches();
  /** Sent whole and not yet known to be removed: a read passes over them. */
  private readonly ended = new Set<string>();
  private readonly removals = new Paced(REMOVAL_PACE_MS, (error) => {
    logger.warn('Sent batches could not be removed; they are sent again.', { error });
    this.ended.clear();
    this.readAnew();
  });

  constructor(
    private readonly store: Store,
    private readonly kafka: Kafka,
    private readonly service: Service,
  ) {
    this.lease = new Lease(store.database.db, 'relay', newId());
    store.onCommitted((batch) => {
      if (batch === undefined) return;
      this.open.open(batch.id, idsOf(batch.facts));
      this.fresh.add(batch.facts);
      this.wake.now();
    });
  }

  /** Looks at the whole outbox at once. */
  wakeNow(): void {
    this.readAnew();
  }

  start(): void {
    this.loop ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake.now();
    await this.loop;
    await this.removals.idle(); // what is not removed is sent again by the next holder
    await this.producer?.disconnect();
    await this.lease.release();
  }

  /** How many batches of facts wait to be published. */
  unpublished(): Promise<number> {
    return this.unsent.countDocuments({}, { limit: 1_000 });
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopping) {
      try {
        const sent = await this.sendBatch();
        failures = 0;
        if (sent === 0) await this.wake.within(SWEEP_MS);
      } catch (error) {
        failures += 1;
        logger.warn('The relay could not publish and tries again.', { attempt: failures, error });
        this.forget();
        await this.dropProducer();
        await this.wake.within(Math.min(100 * 2 ** failures, BACKOFF_MAX_MS));
      }
    }
  }

  private async sendBatch(): Promise<number> {
    if (!(await this.lease.hold())) return this.leave();
    const entries = await this.next();
    if (entries.length === 0) return 0;
    const producer = await this.connected();
    for (let from = 0; from < entries.length; from += BATCH_MAX) {
      // Whoever was paused since it read them may have been replaced: the other one has sent them, and later ones too.
      if (!this.lease.held || !(await this.lease.hold())) return this.leave();
      await this.sendOnce(producer, entries.slice(from, from + BATCH_MAX));
    }
    return entries.length;
  }

  private async sendOnce(producer: Producer, entries: readonly OutboxDocument[]): Promise<void> {
    await this.sendTraced(producer, entries);
    this.fresh.sent(entries);
    this.end(this.open.sent(idsOf(entries)));
  }

  private end(batches: readonly string[]): void {
    if (batches.length === 0) return;
    for (const batch of batches) this.ended.add(batch);
    this.removals.ask(() => this.remove());
  }

  /** Another process relays: it may send anything, so nothing kept here is fresh any more. */
  private leave(): number {
    this.forget();
    return 0;
  }

  private readAnew(): void {
    this.forget();
    this.wake.now();
  }

  private forget(): void {
    this.fresh.forget();
    this.open.forget();
  }

  /** What comes next: what was handed over, or what a read finds when it is due or nothing else can tell. */
  private async next(): Promise<readonly OutboxDocument[]> {
    if (Date.now() < this.sweepAt) {
      const { next, sentBefore } = this.fresh.take(BATCH_MAX);
      this.end(this.open.sent(idsOf(sentBefore)));
      if (next.length > 0 || !this.fresh.needRead) return next;
    }
    const { facts, complete } = await this.read();
    this.fresh.read(facts, complete);
    this.sweepAt = complete ? Date.now() + SWEEP_MS : 0;
    return facts;
  }

  /**
   * The oldest unsent facts by id, which is each subject's own order: of any two batches that share a subject, the one
   * that was committed later has the higher id and higher ones in it, and one snapshot has both or the earlier one.
   */
  private async read(): Promise<{ facts: OutboxDocument[]; complete: boolean }> {
    const batches = await this.unsent
      .find({ _id: { $nin: [...this.ended] } }, { readConcern: new mongo.ReadConcern('snapshot') })
      .sort({ _id: 1 })
      .limit(BATCHES_MAX)
      .toArray();
    const ids: string[] = [];
    let looked = 0;
    for (const { _id, facts } of batches) {
      if (ids.length >= BATCH_MAX) break;
      this.open.open(_id, facts);
      ids.push(...(this.open.leftOf(_id) ?? []));
      looked += 1;
    }
    const facts = await this.outbox
      .find({ _id: { $in: ids } })
      .sort({ _id: 1 })
      .toArray();
    return { facts, complete: batches.length < BATCHES_MAX && looked === batches.length };
  }

  private async remove(): Promise<void> {
    const batches = [...this.ended];
    await this.unsent.deleteMany({ _id: { $in: batches } });
    for (const batch of batches) this.ended.delete(batch);
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

  private get unsent(): mongo.Collection<UnsentDocument> {
    return this.store.database.db.collection<UnsentDocument>(UNSENT);
  }

  private get outbox(): mongo.Collection<OutboxDocument> {
    return this.store.database.db.collection<OutboxDocument>(OUTBOX);
  }
}

const idsOf = (facts: readonly OutboxDocument[]): string[] => facts.map(({ _id }) => _id);
