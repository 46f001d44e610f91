import { type Envelope } from '@ariane/contracts';
import { logger } from '@ariane/telemetry';
import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka } from 'kafkajs';
import { fromMessage } from './message';

/** Hears each fact's envelope; `reset` when some may have been missed. */
export interface TailListener {
  readonly fact: (envelope: Envelope) => void;
  readonly reset: () => void;
}

/**
 * What is said from now on, told to this process whatever its siblings hear: for screens that show changes as they
 * happen, which read again what they have missed. Envelopes only: nothing is opened, kept or committed.
 */
export class FactTail {
  private consumer: Consumer | undefined;
  private readonly group: string;

  constructor(
    private readonly kafka: Kafka,
    service: string,
    private readonly topics: readonly string[],
  ) {
    this.group = `ariane.${service}.tail.${randomUUID()}`;
  }

  /** Resolves once the broker has answered; what is said before is not heard. */
  async start(listener: TailListener): Promise<void> {
    const consumer = this.kafka.consumer({ groupId: this.group, maxWaitTimeInMs: 500, allowAutoTopicCreation: false });
    this.consumer = consumer;
    // After a new share of partitions, and after a crash, it begins at the end again.
    consumer.on(consumer.events.GROUP_JOIN, () => {
      listener.reset();
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      logger.warn('The tail of facts stopped.', { error: payload.error });
      listener.reset();
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.topics], fromBeginning: false });
    await consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        for (const { value } of batch.messages) {
          const event = fromMessage(value);
          if (event !== undefined) listener.fact(event.envelope);
        }
        return Promise.resolve();
      },
    });
  }

  /** Leaves no group behind. */
  async stop(): Promise<void> {
    await this.consumer?.disconnect();
    const admin = this.kafka.admin();
    await admin.connect();
    // A group that is already gone is what is wanted.
    await admin.deleteGroups([this.group]).catch(() => undefined);
    await admin.disconnect();
  }
}
