import type { Envelope, Service } from '@ariane/contracts';
import type { Aggregate, Effect } from '@ariane/store';

/** Any aggregate of a service: only the queue looks inside, and it hands states back to the type they came from. */
// A list of aggregates of different states has no narrower type: their parameters vary in opposite directions.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
type AnyDeclared = Aggregate<any, any, any>;

export interface StoreOptions {
  readonly service: Service;
  readonly aggregates: readonly AnyDeclared[];
  /** The services whose facts this one hears. */
  readonly hears: readonly Service[];
  /** Aggregates that the facts of these services alone change: they can be built again from Kafka. */
  readonly readModels?: { readonly aggregates: readonly AnyDeclared[]; readonly from: readonly Service[] };
  /** What follows, in this service, when one of its keys is parked: pathways tells a human. */
  readonly onParked?: (envelope: Envelope, reason: string) => readonly Effect[];
}

export const STORE_OPTIONS = Symbol.for('ariane.store-options');
