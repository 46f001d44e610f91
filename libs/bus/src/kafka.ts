import { services, topicOf } from '@ariane/contracts';
import { logger } from '@ariane/telemetry';
import { Kafka, logLevel } from 'kafkajs';
import './quiet-kafkajs';

/** Partitions of a topic: enough for six consumers of one service, cheap for one. */
const PARTITIONS = 6;
/** Kafka keeps two weeks; the outbox is the archive and publishes again on demand. */
const RETENTION_MS = 14 * 86_400_000;

/** A client of the service. kafkajs's own lines name topics and errors only; they go through our logger as codes. */
export function kafkaClient(service: string, brokers: readonly string[]): Kafka {
  return new Kafka({
    clientId: service,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 8 },
    logLevel: logLevel.ERROR,
    logCreator: () => (entry) => {
      logger.warn('Kafka reports a difficulty.', { reason: entry.log.message, name: entry.namespace });
    },
  });
}

/** Makes the topics that are missing. Auto-creation is off, so that a misspelt topic is an error. */
export async function ensureTopics(kafka: Kafka, replicationFactor: number): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const topics = services
      .map(topicOf)
      .filter((topic) => !existing.has(topic))
      .map((topic) => ({
        topic,
        numPartitions: PARTITIONS,
        replicationFactor,
        configEntries: [{ name: 'retention.ms', value: String(RETENTION_MS) }],
      }));
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
}
