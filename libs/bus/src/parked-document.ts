import { isEnvelope } from '@ariane/contracts';
import { producerOf, type SealedEvent } from './message';

/** An event set aside, still sealed. Those of a subject wait in order of their sequence. */
export interface ParkedDocument {
  readonly _id: string;
  readonly territory: string;
  readonly producer: string;
  readonly subject: string;
  readonly sequence: number;
  readonly reason: string;
  readonly envelope: unknown;
  readonly data: { buffer: Uint8Array };
  readonly parkedAt: Date;
}

/** @param reason a code: a refusal's, `BEHIND` one of its subject that was parked, or `GAP` at a hole */
export function parkedDocument(event: SealedEvent, group: string, reason: string): ParkedDocument {
  const { envelope } = event;
  return {
    _id: `${group}|${envelope.id}`,
    territory: envelope.territory,
    producer: producerOf(event),
    subject: envelope.subject,
    sequence: envelope.sequence,
    reason,
    envelope,
    data: event.data as unknown as { buffer: Uint8Array }, // the driver stores a Buffer as Binary
    parkedAt: new Date(),
  };
}

/** The event in a parked document. */
export function parkedEvent(document: ParkedDocument): SealedEvent {
  if (!isEnvelope(document.envelope)) throw new Error('a parked event has an envelope');
  return { envelope: document.envelope, data: Buffer.from(document.data.buffer) };
}
