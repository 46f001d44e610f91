import { producerOf, type SealedEvent } from './message';

/** Facts of a subject that follow one another and bring about nothing here, not yet noted in its cursor. */
export interface Run {
  readonly events: readonly SealedEvent[];
}

/**
 * What a consumer has passed over and not noted yet: most facts of a topic bring about nothing in most services, and a
 * transaction for each to move a cursor would be the greater part of all writes. They are noted together a little later,
 * before Kafka is told that they were heard, or with the next fact of their subject that brings something about.
 */
export class PassedOver {
  private readonly runs = new Map<string, SealedEvent[]>();

  /** Notes that a fact was passed over; false where it does not follow the last one of its subject that was. */
  add(event: SealedEvent): boolean {
    const run = this.runs.get(keyOf(event));
    if (run === undefined) {
      this.runs.set(keyOf(event), [event]);
      return true;
    }
    const next = sequenceOf(run.at(-1)) + 1;
    if (event.envelope.sequence > next) return false;
    if (event.envelope.sequence === next) run.push(event);
    return true;
  }

  /** Up to where the cursor of a fact's subject must have come for this fact to follow. */
  before(event: SealedEvent): number {
    const run = this.runs.get(keyOf(event));
    const { sequence } = event.envelope;
    return (sequenceOf(run?.at(-1)) === sequence - 1 ? sequenceOf(run?.[0]) : sequence) - 1;
  }

  /** All that is to be noted. */
  all(): readonly Run[] {
    return [...this.runs.values()].map((run) => ({ events: [...run] }));
  }

  /** Forgets the facts of a subject up to one of them: its cursor is past them. */
  forget(last: SealedEvent): void {
    const key = keyOf(last);
    const left = this.runs.get(key)?.filter(({ envelope }) => envelope.sequence > last.envelope.sequence) ?? [];
    if (left.length === 0) this.runs.delete(key);
    else this.runs.set(key, left);
  }
}

const keyOf = (event: SealedEvent): string => `${producerOf(event)}|${event.envelope.subject}`;

const sequenceOf = (event: SealedEvent | undefined): number => event?.envelope.sequence ?? Number.NaN;
