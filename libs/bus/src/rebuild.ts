import { topicOf } from '@ariane/contracts';
import { DomainError } from '@ariane/kernel';
import { newId, type Store } from '@ariane/store';
import { logger } from '@ariane/telemetry';
import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { mongo } from 'mongoose';
import { Lease } from './lease';
import { fromMessage, openEvent, type SealedEvent } from './message';
import type { StoreOptions } from './options';
import { RebuiltCopies, type TerritorialEffect } from './rebuilt-copies';
import type { Listener } from './store-processor';
import { TopicEnds } from './topic-ends';

/** Events opened before others of this process have their turn: some ten milliseconds. */
const CHUNK = 200;
/** How often the progress is written down, for whoever asks another process. */
const TOLD_EVERY_MS = 1_000;
/** Progress that is older than this is nobody's any more: the process that built has died. */
const CUT_OFF_MS = 15_000;
const REBUILDS = 'rebuilds';

/** How far the last rebuild is or has come. Instants are the machine's. */
export interface RebuildProgress {
  readonly state: 'running' | 'done' | 'failed';
  readonly startedAt: string;
  readonly toldAt: string;
  /** Events read, of so many there were when it began. */
  readonly read: number;
  readonly of: number;
  readonly perSecond: number;
  /** Events that cannot be opened: of people whose key was destroyed, above all. */
  readonly passedOver: number;
}

type Kept = RebuildProgress & { readonly _id: string };

/**
 * Builds the read models of a service again from the beginning of Kafka, aside from those in use: names stay to be seen
 * meanwhile. What was built takes the others' place at one stroke; what was said until then is read once more into it,
 * so that nothing is missing. Only for aggregates that events alone change, and whose commands may be repeated from any
 * of them on.
 */
export class Rebuild {
  private running: Promise<void> | undefined;
  private passedOver = 0;
  private readonly lease: Lease;
  private readonly topics: readonly string[];

  constructor(
    private readonly store: Store,
    private readonly kafka: Kafka,
    private readonly options: Pick<StoreOptions, 'service' | 'readModels'>,
    private readonly listenerOf: (type: string) => Listener | undefined,
  ) {
    this.lease = new Lease(store.database.db, 'rebuild', newId());
    this.topics = (options.readModels?.from ?? []).map(topicOf);
  }

  /** The last one's progress, of whichever process; undefined where there was none. */
  async progress(): Promise<RebuildProgress | undefined> {
    const named = { _id: this.options.service };
    const progress = await this.kept.findOne<RebuildProgress>(named, { projection: { _id: 0 } });
    if (progress === null) return undefined;
    const isCutOff = progress.state === 'running' && Date.now() - Date.parse(progress.toldAt) > CUT_OFF_MS;
    return isCutOff ? { ...progress, state: 'failed' } : progress;
  }

  /**
   * Begins.
   *
   * @param publishAgain has all that was ever said said once more, for when Kafka keeps it no longer; resolves once
   *   Kafka has it
   * @throws DomainError STATE_CONFLICT while one is under way
   */
  async begin(publishAgain: () => Promise<void>): Promise<void> {
    if (this.running !== undefined || !(await this.lease.hold()))
      throw new DomainError('STATE_CONFLICT', { state: 'running' });
    const startedMs = Date.now();
    this.passedOver = 0;
    const ends = new TopicEnds(this.kafka, this.topics);
    await ends.look();
    const tell = (state: RebuildProgress['state']): Promise<void> => this.tell(state, startedMs, ends);
    await tell('running');
    const whole = async (): Promise<void> => {
      if (ends.areWhole) return;
      await publishAgain();
      await ends.look();
    };
    this.running = this.build(ends, whole, () => void tell('running').catch(() => undefined))
      .then(
        () => tell('done'),
        (error: unknown) => {
          logger.error('The read models could not be built again; those in use are as they were.', { error });
          return tell('failed');
        },
      )
      // The progress is not known then, and the next look says that it was cut off.
      .catch(() => undefined)
      .finally(() => {
        this.running = undefined;
        return this.lease.release();
      });
  }

  /** Resolves when none is under way here. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async build(ends: TopicEnds, whole: () => Promise<void>, tell: () => void): Promise<void> {
    const copies = new RebuiltCopies(this.store, this.options.readModels?.aggregates ?? []);
    await copies.begin();
    const group = `ariane.${this.options.service}.rebuild.${randomUUID()}`;
    const consumer = this.kafka.consumer({ groupId: group, allowAutoTopicCreation: false, maxWaitTimeInMs: 500 });
    const teller = setInterval(() => {
      tell();
      void this.lease.hold();
    }, TOLD_EVERY_MS);
    try {
      await whole();
      await this.readAll(consumer, ends, copies);
    } finally {
      clearInterval(teller);
      await consumer.disconnect();
      await ends.close(group);
    }
  }

  /** Reads to the ends; takes the others' place there; reads on to the ends of that moment. */
  private async readAll(consumer: Consumer, ends: TopicEnds, copies: RebuiltCopies): Promise<void> {
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.topics], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const reached = async (): Promise<void> => {
        if (!ends.areReached) return;
        if (copies.areInUse) {
          resolve();
          return;
        }
        await copies.takePlace();
        await ends.look();
        await reached();
      };
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        reject(payload.error);
      });
      const eachBatch = async (payload: EachBatchPayload): Promise<void> => {
        try {
          await this.apply(payload, copies);
          ends.read(payload.batch.topic, payload.batch.partition, payload.batch.lastOffset());
          await reached();
        } catch (error) {
          reject(error instanceof Error ? error : new Error('an event could not be applied', { cause: error }));
        }
      };
      reached()
        .then(() => consumer.run({ autoCommit: false, eachBatch }))
        .catch(reject);
    });
  }

  private async apply(payload: EachBatchPayload, copies: RebuiltCopies): Promise<void> {
    const { messages } = payload.batch;
    const effects: TerritorialEffect[] = [];
    for (let from = 0; from < messages.length; from += CHUNK) {
      const events = messages.slice(from, from + CHUNK).flatMap(({ value }) => fromMessage(value) ?? []);
      effects.push(...(await Promise.all(events.map((event) => this.effectsOf(event)))).flat());
      await payload.heartbeat();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await copies.apply(effects);
  }

  private async effectsOf(event: SealedEvent) {
    const listener = this.listenerOf(event.envelope.type);
    if (listener === undefined) return [];
    const opened = await openEvent(this.store.keys, event).catch((error: unknown) => {
      // What the disk says of a key file is no word about the event.
      if (error instanceof Error && 'syscall' in error) throw error;
      this.passedOver += 1;
      return undefined;
    });
    const effects = opened === undefined ? [] : await listener(opened);
    return effects.map((one) => ({ ...one, territory: event.envelope.territory }));
  }

  private async tell(state: RebuildProgress['state'], startedMs: number, ends: TopicEnds): Promise<void> {
    const seconds = Math.max(1, Date.now() - startedMs) / 1_000;
    const progress: RebuildProgress = {
      ...{ state, startedAt: new Date(startedMs).toISOString(), toldAt: new Date().toISOString() },
      ...{ read: ends.readCount, of: ends.wholeCount, perSecond: Math.round(ends.readCount / seconds) },
      passedOver: this.passedOver,
    };
    await this.kept.replaceOne({ _id: this.options.service }, progress, { upsert: true });
  }

  private get kept(): mongo.Collection<Kept> {
    return this.store.database.db.collection<Kept>(REBUILDS);
  }
}
