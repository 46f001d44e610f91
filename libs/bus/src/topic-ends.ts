import type { Admin, Kafka } from 'kafkajs';

/** How far the partitions of some topics have been read, and how far they are to be. */
export class TopicEnds {
  private readonly ends = new Map<string, bigint>();
  private readonly begins = new Map<string, bigint>();
  private readonly next = new Map<string, bigint>();
  private admin: Promise<Admin> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly topics: readonly string[],
  ) {}

  /** Looks where the topics end now. */
  async look(): Promise<void> {
    const admin = await this.connected();
    for (const topic of this.topics) {
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        const name = `${topic}/${partition}`;
        this.ends.set(name, BigInt(high));
        if (!this.begins.has(name)) this.begins.set(name, BigInt(low));
      }
    }
  }

  /** Notes that a partition has been read up to an offset. */
  read(topic: string, partition: number, lastOffset: string): void {
    this.next.set(`${topic}/${partition}`, BigInt(lastOffset) + 1n);
  }

  get areReached(): boolean {
    return [...this.ends].every(([name, end]) => this.at(name) >= end);
  }

  /** Whether the topics still have all that was ever said. */
  get areWhole(): boolean {
    return [...this.begins.values()].every((begin) => begin === 0n);
  }

  get readCount(): number {
    return this.sum((name) => this.at(name));
  }

  get wholeCount(): number {
    return this.sum((name) => this.ends.get(name) ?? 0n);
  }

  /** Leaves no group behind. */
  async close(group: string): Promise<void> {
    const admin = await this.connected();
    // A group that is already gone is what is wanted.
    await admin.deleteGroups([group]).catch(() => undefined);
    await admin.disconnect();
    this.admin = undefined;
  }

  private at(name: string): bigint {
    return this.next.get(name) ?? this.begins.get(name) ?? 0n;
  }

  private sum(until: (name: string) => bigint): number {
    return [...this.ends.keys()].reduce((sum, name) => sum + Number(until(name) - (this.begins.get(name) ?? 0n)), 0);
  }

  private async connected(): Promise<Admin> {
    this.admin ??= this.connect();
    return this.admin;
  }

  private async connect(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }
}
