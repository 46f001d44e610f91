/**
 * The shape of every aggregate. Both functions are pure: MongoDB re-runs a transaction after a write conflict, so
 * `decide` may run again for free.
 *
 * @typeParam S state; `undefined` before the first event
 * @typeParam C command, a union by `type`
 * @typeParam E event, a union by `type`, each with the `data` its contract declares
 */
export interface Decider<S, C, E> {
  /** What follows from the command in this state, or a DomainError. No events: nothing changes. */
  readonly decide: (state: S | undefined, command: C) => readonly E[];
  /** The state after the event. Never throws on an event that `decide` gave. */
  readonly evolve: (state: S | undefined, event: E) => S;
}

/** The state after a run of events. */
export function fold<S, E>(
  decider: Pick<Decider<S, never, E>, 'evolve'>,
  state: S | undefined,
  events: readonly E[],
): S | undefined {
  return events.reduce<S | undefined>((before, event) => decider.evolve(before, event), state);
}
