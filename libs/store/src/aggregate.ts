import type { EventContract } from '@ariane/contracts';
import type { Decider } from '@ariane/kernel';
import type { IndexDirection } from 'mongoose';

/** What every decider's events look like to the write path; `data` keeps the contract of the fact named `type`. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/**
 * A document that goes with an event, in the same transaction: an immutable insert, or increments of a counter document
 * (coalesced over the batch), which is how the ledger's entries and balances are written; or one row of a read model, put
 * under its id or removed, as often as its aggregate says. A row that is put gets the territory of its unit.
 */
export type Companion =
  | { readonly collection: string; readonly insert: object & { readonly _id: string } }
  | {
      readonly collection: string;
      readonly increment: {
        readonly _id: string;
        readonly by: Readonly<Record<string, bigint | number>>;
        readonly set?: Readonly<Record<string, unknown>>;
      };
    }
  | { readonly collection: string; readonly put: object & { readonly _id: string } }
  | { readonly collection: string; readonly remove: string };

/** One command for one aggregate: what a consumer answers to an event, and what an event brings about elsewhere. */
export interface Effect {
  // An effect is addressed to any aggregate of the service; the pairing of type and command is checked by `effect`.
  readonly type: AnyAggregate;
  readonly id: string;
  readonly command: unknown;
}

/** An effect, with the command checked against the aggregate's own. */
export const effect = <S extends object, C, E extends DomainEvent>(
  type: Aggregate<S, C, E>,
  id: string,
  command: C,
): Effect => ({
  type: type as unknown as AnyAggregate, // erased for the queue, which only hands the command back to this type
  id,
  command,
});

export interface IndexSpec {
  readonly keys: Readonly<Record<string, IndexDirection>>;
  readonly unique?: boolean;
  readonly partial?: Readonly<Record<string, unknown>>;
}

/** A decider and how it is stored: its collection, its published facts, what is sealed, what it reserves. */
export interface Aggregate<S extends object, C, E extends DomainEvent> extends Decider<S, C, E> {
  readonly name: string;
  readonly collection: string;
  /** Facts that leave by the outbox; an event whose type is not here changes state only. */
  readonly facts: Readonly<Record<string, EventContract>>;
  /**
   * One fact that says what two say that follow each other about a subject in a commit; undefined where they stay two.
   * It has the trace and the cause of the first.
   */
  readonly join?: (earlier: E, later: E) => E | undefined;
  /** The Kafka key of a published event: the pathway where it belongs to one, else the aggregate. */
  readonly subject: (state: S, event: E, id: string) => string;
  /** The patient whose key seals the state's `sealed` fields and the events' data; undefined where nobody is concerned. */
  readonly patient?: (state: S) => string | undefined;
  /** Identity and free text: encrypted in MongoDB, opened on load. Everything else stays clear and may be indexed. */
  readonly sealed?: readonly (keyof S & string)[];
  /** Keys that only one aggregate of the territory may hold at a time, such as `practitioner|bucket`. */
  readonly claims?: (state: S) => readonly string[];
  /** Documents written with the event. */
  readonly companions?: (event: E, state: S, id: string) => readonly Companion[];
  /** Commands to other aggregates of this service that must commit with the event or not at all. */
  readonly follow?: (event: E, state: S, id: string, territory: string) => readonly Effect[];
  readonly indexes?: readonly IndexSpec[];
}

/** An aggregate whose types are erased, as the queue sees it. */
export type AnyAggregate = Aggregate<Record<string, unknown>, unknown, DomainEvent>;
