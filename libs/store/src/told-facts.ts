import { type ClientSession, mongo } from 'mongoose';
import type { Ground } from './batch';
import type { Outgoing } from './decide-unit';
import { type OutboxDocument, SEQUENCES, type SequenceDocument } from './documents';
import { byId, type Change, Layer } from './layer';
import { millisecondsOf, newId } from './new-id';
import { seal } from './seal';
import type { Unit } from './unit';

/** The facts that one commit put into the outbox, in the order of their ids, and the id they wait under to be sent. */
export interface FactBatch {
  readonly id: string;
  readonly facts: readonly OutboxDocument[];
}

interface Pending {
  readonly unit: Unit;
  readonly outgoing: Outgoing;
}

/** The facts that a batch tells, in order, until each has its place in its subject's sequence. */
export class ToldFacts {
  private readonly outgoing: Pending[] = [];
  private readonly sequences: Layer<SequenceDocument>;

  constructor(
    private readonly ground: Ground,
    session: ClientSession,
    before: () => ToldFacts | undefined,
  ) {
    const stored = ground.database.db.collection<{ readonly _id: string }>(SEQUENCES);
    this.sequences = new Layer(byId(stored, session), () => before()?.sequences);
  }

  /** A fact that its aggregate joins to the last one is told with it. */
  tell(unit: Unit, outgoing: Outgoing): void {
    const last = this.outgoing.at(-1);
    const follows = last !== undefined && isSameStream(last, { unit, outgoing });
    const event = follows ? outgoing.join?.(last.outgoing.event, outgoing.event) : undefined;
    if (last === undefined || event === undefined) this.outgoing.push({ unit, outgoing });
    else this.outgoing[this.outgoing.length - 1] = { ...last, outgoing: { ...last.outgoing, event } };
  }

  /** Reads where the subjects stand. */
  readSequences(): Promise<void> {
    return this.sequences.read(this.outgoing.map(sequenceIdOf));
  }

  /** Gives each fact its number and id, and seals it; undefined when there are none. */
  async numbered(): Promise<FactBatch | undefined> {
    if (this.outgoing.length === 0) return undefined;
    const facts: OutboxDocument[] = [];
    for (const one of this.outgoing) {
      const before = this.sequences.get(sequenceIdOf(one));
      const sequence = (before?.last ?? 0) + 1;
      // The ids of a subject stand in its order, so that whoever reads by id reads each subject in sequence. Those of one
      // process do by themselves.
      facts.push(await this.outboxDocument(one, newId(before?.at), sequence));
      const { territory } = one.unit.context;
      this.sequences.set({ _id: sequenceIdOf(one), territory, last: sequence, at: before?.at ?? 0 });
    }
    const id = newId();
    // The batches that share a subject stand in its order too.
    const at = millisecondsOf(id);
    for (const { now } of this.sequences.changes()) this.sequences.set({ ...now, at });
    return { id, facts };
  }

  /** Where the subjects stand once the facts are numbered. */
  sequenceChanges(): readonly Change<SequenceDocument>[] {
    return this.sequences.changes();
  }

  private async outboxDocument({ unit, outgoing }: Pending, _id: string, sequence: number): Promise<OutboxDocument> {
    const { context } = unit;
    const key = await this.ground.keys.key(context.territory, outgoing.keyId);
    return {
      _id,
      territory: context.territory,
      subject: outgoing.subject,
      sequence,
      type: outgoing.contract.type,
      time: context.now,
      correlationid: context.correlationId,
      causationid: context.causationId,
      ...(context.traceparent === undefined ? {} : { traceparent: context.traceparent }),
      keyid: outgoing.keyId,
      data: new mongo.Binary(seal(key, Buffer.from(JSON.stringify(outgoing.event.data)), _id)),
    };
  }
}

const sequenceIdOf = ({ unit, outgoing }: Pending): string => `${unit.context.territory}|${outgoing.subject}`;

const isSameStream = (a: Pending, b: Pending): boolean =>
  sequenceIdOf(a) === sequenceIdOf(b) &&
  a.outgoing.keyId === b.outgoing.keyId &&
  a.outgoing.contract === b.outgoing.contract;
