import { once, setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { logger } from '@ariane/telemetry';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { GroupLag } from './group-lag';
import { fromMessage, type SealedEvent } from './message';
import { Paced } from './paced';
import { within } from './within';

/** A consumer that says nothing for this long is taken for dead by the group. */
const SESSION_MS = 10_000;
const HEARTBEAT_MS = 2_000;
/** The broker answers at once when there is something; an idle consumer asks again no more often than this. */
const IDLE_FETCH_MS = 1_500;
/** Offsets are only where a group begins again; what comes twice is known. So they are committed no more often. */
const OFFSETS_PACE_MS = 1_000;
/** Partitions worked on at once: all of a service's topics share the committer. */
const PARTITIONS_AT_ONCE = 6;
/** Tries of an event whose failure is neither a refusal nor the infrastructure's. */
const UNKNOWN_TRIES = 5;
const BACKOFF_MAX_MS = 10_000;
/** How long a stop waits for events in hand: a fifth of what a whole service has for its stop. */
const STOP_GRACE_MS = 2_000;
/** How long a stop waits for Kafka, which may be away: whoever does not take leave is forgotten with its session. */
const LEAVE_MS = 5_000;

/** What becomes of one event. Resolves when it is durable or parked; throws to be tried again. */
export interface Processor {
  /** Shown all the events of a batch before `process` has each of them; for whoever tells one by the others. */
  begin?(events: readonly SealedEvent[]): void;
  process(event: SealedEvent): Promise<void>;
  /** Makes durable what `process` has left for later: done before Kafka is told how far the group is. */
  settle?(): Promise<void>;
  /** Sets the event aside after it failed for no known reason, so that only its own subject waits. */
  park(event: SealedEvent, reason: string): Promise<void>;
  /** A message that is none of our events: nobody's key, told loudly. */
  unreadable(topic: string, partition: number): void;
  isInfrastructure(error: unknown): boolean;
}

/** The consumer stops: what is in hand and not done comes again. */
class Stopped extends Error {}

/**
 * One consumer group. Offsets are committed after the effect: what was in hand at a crash comes again, and the
 * processor knows it. Within a batch the events of a subject follow one another; different subjects go side by side.
 */
export class Subscriber {
  private readonly consumer: Consumer;
  private readonly stopping = new AbortController();
  /** Machine time of the last progress, and whether something is in hand: what the watchdog looks at. */
  private progressAt = Date.now();
  private inHand = 0;
  private crashed = false;
  private failing = 0;
  private heardMs: number | undefined;
  private readonly offsets = new Paced(OFFSETS_PACE_MS, (error) => {
    logger.warn('Offsets could not be committed; the next ones stand for them.', { error });
  });
  private readonly behind: GroupLag;
  /** The batch that came last, through which offsets are committed. */
  private latest: EachBatchPayload | undefined;

  constructor(
    kafka: Kafka,
    readonly group: string,
    readonly topics: readonly string[],
    private readonly processor: Processor,
  ) {
    this.behind = new GroupLag(kafka, group, topics);
    this.consumer = kafka.consumer({
      groupId: group,
      sessionTimeout: SESSION_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: IDLE_FETCH_MS,
      allowAutoTopicCreation: false,
    });
    setMaxListeners(0, this.stopping.signal); // each event that waits for its next try listens
    this.consumer.on(this.consumer.events.CRASH, ({ payload }) => {
      this.crashed = !payload.restart;
      logger.warn('The consumer stopped.', {
        reason: payload.restart ? 'restarting' : 'for good',
        error: payload.error,
      });
    });
  }

  async start(): Promise<void> {
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [...this.topics], fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: (payload) => this.batch(payload),
    });
  }

  /** Fetches no more at once; gives what is in hand its moment, and Kafka as long as it may take to say so. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await within(STOP_GRACE_MS, this.commitOffsets(), 'commit-offsets');
    const left = Promise.all([this.consumer.disconnect(), this.behind.close()]);
    await within(LEAVE_MS, left, 'leave-group');
  }

  /** Why this consumer must be replaced by a new process, as a code; undefined while it is well, and once it stops. */
  stalled(now: number, limitMs: number): string | undefined {
    if (this.stopping.signal.aborted) return undefined;
    if (this.crashed) return 'consumer-crashed';
    return this.inHand > 0 && now - this.progressAt > limitMs ? 'no-event-finished' : undefined;
  }

  /** True while the last try of some event failed on the infrastructure. */
  get troubled(): boolean {
    return this.failing > 0;
  }

  /** When what was applied last was said; machine milliseconds since 1970, undefined before the first since the start. */
  get heardUpToMs(): number | undefined {
    return this.heardMs;
  }

  /** How many messages of its topics nobody of the group has done yet, as far as Kafka and this process know. */
  lag(): Promise<number> {
    return this.behind.count();
  }

  private async batch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const ticker = setInterval(() => {
      payload.heartbeat().catch((error: unknown) => {
        logger.warn('A heartbeat failed; the group may rebalance.', { error });
      });
    }, HEARTBEAT_MS);
    this.inHand += 1;
    this.progressAt = Date.now();
    try {
      const events = this.eventsOf(batch.topic, batch.partition, batch.messages);
      this.processor.begin?.(events);
      const chains = [...Map.groupBy(events, ({ envelope }) => envelope.subject).values()];
      await this.unlessStopped(Promise.all(chains.map((chain) => this.chain(chain))));
      payload.resolveOffset(batch.lastOffset());
      this.heardMs = Number(batch.messages.at(-1)?.timestamp ?? Date.now());
      this.behind.reach(batch.topic, batch.partition, batch.lastOffset());
      this.latest = payload;
      this.offsets.ask(() => this.commitOffsets());
    } catch (error) {
      // Thrown on, it would be tried again by kafkajs before the stop, with its growing pauses.
      if (!(error instanceof Stopped)) throw error;
    } finally {
      this.inHand -= 1;
      clearInterval(ticker);
    }
    // The group is left when the last batch has ended; what was done is to be known there by then.
    const { aborted } = this.stopping.signal;
    if (aborted) await within(STOP_GRACE_MS, this.commitOffsets(), 'commit-offsets');
  }

  /** Tells Kafka how far the group is, once all of it is durable. */
  private async commitOffsets(): Promise<void> {
    const upTo = this.latest?.uncommittedOffsets();
    if (upTo === undefined) return;
    try {
      await this.processor.settle?.();
    } catch (error) {
      // Nothing may come for hours that would have it tried again.
      if (!this.stopping.signal.aborted) this.offsets.ask(() => this.commitOffsets());
      throw error;
    }
    await this.latest?.commitOffsetsIfNecessary(upTo);
  }

  private eventsOf(topic: string, partition: number, messages: readonly KafkaMessage[]): SealedEvent[] {
    return messages.flatMap((message) => {
      const event = fromMessage(message.value);
      if (event === undefined) this.processor.unreadable(topic, partition);
      return event ?? [];
    });
  }

  private async chain(events: readonly SealedEvent[]): Promise<void> {
    for (const event of events) {
      await this.untilDone(event);
      this.progressAt = Date.now();
    }
  }

  /** Infrastructure is tried for ever with a capped wait; what is unknown is tried some times, then parked. */
  private async untilDone(event: SealedEvent): Promise<void> {
    let unknown = 0;
    for (let attempt = 1; ; attempt += 1) {
      if (this.stopping.signal.aborted) throw new Stopped();
      try {
        await this.processor.process(event);
        if (attempt > 1) this.failing = 0;
        return;
      } catch (error) {
        if (!this.processor.isInfrastructure(error)) unknown += 1;
        else this.failing += 1;
        logger.warn('An event could not be applied and is tried again.', {
          eventType: event.envelope.type,
          attempt,
          error,
        });
        if (unknown >= UNKNOWN_TRIES) {
          await this.processor.park(event, 'UNKNOWN');
          return;
        }
        await this.pause(Math.min(50 * 2 ** attempt, BACKOFF_MAX_MS));
      }
    }
  }

  /** What is in hand at a stop has a moment to end; what has not ended then comes again, and is known if it did. */
  private async unlessStopped(work: Promise<unknown>): Promise<void> {
    const done = new AbortController();
    const cutOff = async (): Promise<never> => {
      const { signal } = this.stopping;
      if (!signal.aborted) await once(signal, 'abort', { signal: done.signal });
      await sleep(STOP_GRACE_MS, undefined, { signal: done.signal });
      throw new Stopped();
    };
    try {
      await Promise.race([work, cutOff()]);
    } finally {
      done.abort();
    }
  }

  /** Ends early when the consumer stops. */
  private async pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
