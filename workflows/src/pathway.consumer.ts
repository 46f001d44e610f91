import type { Processor, SealedEvent } from '@ariane/bus';
import { logger } from '@ariane/telemetry';
import { inSpan } from '@ariane/telemetry';
import { type Doorbell, ringsOf } from './doorbell';

/**
 * Hears pathways and rings. It opens no event: the subject is the pathway, and that something happened is enough. The
 * offset is committed after the ring; a ring that comes again is told apart by its sequence.
 */
export class PathwayConsumer implements Processor {
  /** The facts of a batch that ring, until they are forgotten, and up to which sequence. */
  private readonly ringing = new WeakMap<SealedEvent, number>();

  constructor(private readonly doorbell: Doorbell) {}

  begin(events: readonly SealedEvent[]): void {
    for (const [event, sequence] of ringsOf(events)) this.ringing.set(event, sequence);
  }

  async process(event: SealedEvent): Promise<void> {
    const sequence = this.ringing.get(event);
    if (sequence === undefined) return;
    const { envelope } = event;
    const parent = envelope.traceparent === undefined ? {} : { parent: envelope.traceparent };
    await inSpan(`ring ${envelope.type}`, { ...parent, kind: 'consumer' }, () =>
      this.doorbell(
        { territory: envelope.territory, pathwayId: envelope.subject },
        { eventId: envelope.id, source: 'pathways', sequence },
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
