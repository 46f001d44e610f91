import type { PortPlan } from './topology.ts';

/** Facts stay on Kafka for 14 days; the outbox is the archive. */
const RETENTION_HOURS = 14 * 24;

export type KafkaPorts = Pick<PortPlan, 'kafka' | 'kafka-controller'>;

/**
 * One broker that is its own controller. The short sessions let the next life of a broker that was killed in after
 * 2.5 s instead of 11.
 * @param listenOn address to listen on: loopback for a process, all of its own addresses for a container
 */
export function kafkaSettings(
  ports: KafkaPorts,
  logDir: string,
  listenOn: string,
): Record<string, string | number | boolean> {
  const { kafka, 'kafka-controller': controller } = ports;
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://${listenOn}:${kafka},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${kafka}`,
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': logDir,
    'log.retention.hours': RETENTION_HOURS,
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'broker.session.timeout.ms': 1_500,
    'broker.heartbeat.interval.ms': 250,
  };
}

/** The settings as a properties file. */
export function kafkaProperties(settings: ReturnType<typeof kafkaSettings>): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** The settings as the image's environment: `node.id` is KAFKA_NODE_ID. */
export function kafkaEnvironment(settings: ReturnType<typeof kafkaSettings>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`KAFKA_${key.toUpperCase().replaceAll('.', '_')}`, String(value)]),
  );
}
