import type { Processor, SealedEvent } from '@ariane/bus';
import { logger } from '@ariane/telemetry';
import { inSpan } from '@ariane/telemetry';
import { type Doorbell, rings } from './doorbell';

/**
 * Hears pathways and rings. It opens no event: the subject is the pathway, and that something happened is enough. The
 * offset is committed after the ring; a ring that comes again is told apart by its sequence.
 */
export class PathwayConsumer implements Processor {
  constructor(private readonly doorbell: Doorbell) {}

  /** A ring needs to know nothing beforehand. */
  begin(): Promise<void> {
    return Promise.resolve();
  }

  async process({ envelope }: SealedEvent): Promise<void> {
    const fact = envelope.type.split('.')[2] ?? '';
    if (!rings(fact)) return;
    const parent = envelope.traceparent === undefined ? {} : { parent: envelope.traceparent };
    await inSpan(`ring ${envelope.type}`, { ...parent, kind: 'consumer' }, () =>
      this.doorbell(
        { territory: envelope.territory, pathwayId: envelope.subject },
        { eventId: envelope.id, source: 'pathways', sequence: envelope.sequence },
      ),
    );
  }

  /** Not ringing loses nothing: the waker finds every pathway that waits for an advance. */
  park({ envelope }: SealedEvent, reason: string): Promise<void> {
    logger.error('A ring failed and is left to the waker.', { eventType: envelope.type, reason });
    return Promise.resolve();
  }

  unreadable(topic: string, partition: number): void {
    logger.error('A message on the topic is none of ours and was passed over.', { topic, partition });
  }

  /** Temporal is the only thing a ring needs. */
  isInfrastructure(): boolean {
    return true;
  }
}
