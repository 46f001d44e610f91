import { setTimeout as pause } from 'node:timers/promises';
import { type IHeaders, Kafka, logLevel, type Producer } from 'kafkajs';
import { redeliveredAfterMs } from './fault-plan.ts';

/** Marks what we sent again, so that it is not sent a third time. No service reads it. */
const MARK = 'redelivered';
const TRY_AGAIN_MS = 300;
const REWIND_TRIES = 100;
const FLUSH_TRIES = 200;

interface Delivery {
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer;
  readonly headers: IHeaders | undefined;
  readonly eventId: string;
}

/** Watches every topic and sends each event once more, with its own key and headers, 0 to 60 s after it came. */
export class Redelivery {
  private readonly kafka: Kafka;
  private readonly waiting = new Map<Delivery, NodeJS.Timeout>();
  private readonly sends = new Set<Promise<void>>();
  readonly redelivered = new Set<string>();
  private producer: Promise<Producer> | undefined;
  private consumer: ReturnType<Kafka['consumer']> | undefined;
  private readonly chance: () => number;

  constructor(brokers: string, chance: () => number) {
    this.chance = chance;
    this.kafka = new Kafka({
      clientId: 'storm',
      brokers: brokers.split(','),
      logLevel: logLevel.NOTHING,
      retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 60 },
    });
  }

  async start(): Promise<void> {
    const admin = this.kafka.admin();
    await admin.connect();
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith('ariane.'));
    await admin.disconnect();
    this.consumer = this.kafka.consumer({ groupId: 'storm.redelivery', retry: { retries: 60 }, maxWaitTimeInMs: 500 });
    await this.consumer.connect();
    await this.consumer.subscribe({ topics, fromBeginning: true });
    await this.consumer.run({
      eachMessage: ({ topic, message }) => {
        const { key, value, headers } = message;
        if (value !== null && headers?.[MARK] === undefined)
          this.later({ topic, key, value, headers, eventId: idOf(value) });
        return Promise.resolve();
      },
    });
  }

  /**
   * Sends now what still waits, and resolves when every one of these events has been sent again.
   * @throws Error when Kafka did not bring some of them within a minute
   */
  async flush(eventIds: readonly string[]): Promise<void> {
    for (let tries = 0; tries < FLUSH_TRIES; tries += 1) {
      for (const [delivery, timer] of this.waiting) {
        clearTimeout(timer);
        this.send(delivery);
      }
      await Promise.all(this.sends);
      if (eventIds.every((id) => this.redelivered.has(id))) return;
      await pause(TRY_AGAIN_MS);
    }
    const missing = eventIds.filter((id) => !this.redelivered.has(id));
    throw new Error(`${missing.length} facts of the outboxes never came by Kafka: ${missing.slice(0, 5).join(', ')}`);
  }

  /** Forgets where a stopped group stood: its members begin again at the first event of every topic. */
  async rewind(asked: readonly string[]): Promise<void> {
    // The portal is not stopped, and its groups bring about nothing that is compared.
    const groupIds = asked.filter((group) => !group.startsWith('ariane.portal'));
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      for (let tries = 0; tries < REWIND_TRIES; tries += 1) {
        const { groups } = await admin.listGroups();
        const left = groups.map(({ groupId }) => groupId).filter((group) => groupIds.includes(group));
        if (left.length === 0) return;
        // A group whose members are still leaving refuses: it is asked again.
        await admin.deleteGroups(left).catch(() => pause(TRY_AGAIN_MS));
      }
      throw new Error(`Kafka still knows one of the groups ${groupIds.join(', ')}`);
    } finally {
      await admin.disconnect();
    }
  }

  /** The consumer groups of services and worker. */
  async groups(): Promise<string[]> {
    const admin = this.kafka.admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    await admin.disconnect();
    return groups.map(({ groupId }) => groupId).filter((group) => group.startsWith('ariane.'));
  }

  async stop(): Promise<void> {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
    await this.consumer?.disconnect().catch(() => undefined);
    await Promise.all(this.sends);
    const producer = await this.producer?.catch(() => undefined);
    await producer?.disconnect().catch(() => undefined);
  }

  private later(delivery: Delivery): void {
    const timer = setTimeout(() => {
      this.send(delivery);
    }, redeliveredAfterMs(this.chance));
    this.waiting.set(delivery, timer);
  }

  private send(delivery: Delivery): void {
    this.waiting.delete(delivery);
    const sent: Promise<void> = this.untilSent(delivery).finally(() => this.sends.delete(sent));
    this.sends.add(sent);
  }

  private async untilSent({ topic, key, value, headers, eventId }: Delivery): Promise<void> {
    for (;;) {
      try {
        this.producer ??= this.connected();
        const producer = await this.producer;
        await producer.send({ topic, messages: [{ key, value, headers: { ...headers, [MARK]: '1' } }] });
        this.redelivered.add(eventId);
        return;
      } catch {
        // The broker is down, or coming back.
        this.producer = undefined;
        await pause(TRY_AGAIN_MS);
      }
    }
  }

  private async connected(): Promise<Producer> {
    const producer = this.kafka.producer({ allowAutoTopicCreation: false, retry: { retries: 3 } });
    await producer.connect();
    return producer;
  }
}

function idOf(value: Buffer): string {
  const { id } = JSON.parse(value.toString()) as { id: string }; // as: every message on these topics is a CloudEvent
  return id;
}
