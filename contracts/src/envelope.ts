import { Type, type Static } from '@sinclair/typebox';
import { Code, Id, Instant, none } from './define-event';

/**
 * What travels in the clear beside an event's encrypted data: CloudEvents 1.0 attributes, ours among them. `subject` is
 * the Kafka key and `sequence` counts per (producer, subject) from 1 without a gap. `keyid` names the key the data is
 * sealed with: a patient's, or the territory's for facts about nobody.
 */
export const Envelope = Type.Object(
  {
    specversion: none(Type.Literal('1.0')),
    id: Id,
    source: none(Type.String({ pattern: '^/ariane/[a-z-]+$' })),
    type: none(Type.String({ pattern: '^ariane\\.[a-z-]+\\.[A-Za-z]+\\.v\\d+$' })),
    subject: none(Type.String({ minLength: 1, maxLength: 120 })),
    time: Instant,
    datacontenttype: none(Type.Literal('application/json')),
    sequence: none(Type.Integer({ minimum: 1 })),
    correlationid: Id,
    causationid: none(Type.String({ minLength: 1, maxLength: 200 })),
    traceparent: Type.Optional(none(Type.String({ maxLength: 80 }))),
    territory: Code,
    keyid: none(Type.String({ maxLength: 120 })),
  },
  { additionalProperties: false },
);
export type Envelope = Static<typeof Envelope>;

/** An event as consumers receive it: the envelope with the data opened and validated. */
export interface ReceivedEvent<T = unknown> {
  readonly envelope: Envelope;
  /** The fact's name without namespace or version: `AppointmentBooked`. */
  readonly fact: string;
  readonly data: T;
}
