import type { Admin, Kafka } from 'kafkajs';

/**
 * How many messages a consumer group has still before it: what it has committed to Kafka, and what this process has done
 * since, which is committed a moment later.
 */
export class GroupLag {
  private admin: Promise<Admin> | undefined;
  /** The next offset of each partition that this process has read. */
  private readonly next = new Map<string, bigint>();

  constructor(
    private readonly kafka: Kafka,
    private readonly group: string,
    private readonly topics: readonly string[],
  ) {}

  /** Notes that all of a partition up to an offset is done. */
  reach(topic: string, partition: number, lastOffset: string): void {
    this.next.set(`${topic}/${partition}`, BigInt(lastOffset) + 1n);
  }

  async count(): Promise<number> {
    if (this.topics.length === 0) return 0;
    const admin = await this.connected();
    const [offsets, ...ends] = await Promise.all([
      admin.fetchOffsets({ groupId: this.group, topics: [...this.topics] }),
      ...this.topics.map((topic) => admin.fetchTopicOffsets(topic)),
    ]);
    let lag = 0;
    for (const [index, topic] of this.topics.entries()) {
      const partitions = offsets.find((one) => one.topic === topic)?.partitions ?? [];
      const committed = new Map(partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
      for (const { partition, high, low } of ends[index] ?? []) {
        const here = this.next.get(`${topic}/${partition}`) ?? -1n;
        const there = committed.get(partition) ?? -1n;
        const done = here > there ? here : there;
        lag += Number(BigInt(high) - (done < 0n ? BigInt(low) : done));
      }
    }
    return lag;
  }

  async close(): Promise<void> {
    await (await this.admin)?.disconnect();
  }

  /** One connection for all looks: the demo clock asks many times a second. */
  private connected(): Promise<Admin> {
    this.admin ??= this.connect();
    return this.admin;
  }

  private async connect(): Promise<Admin> {
    try {
      const admin = this.kafka.admin();
      await admin.connect();
      return admin;
    } catch (error) {
      this.admin = undefined;
      throw error;
    }
  }
}
