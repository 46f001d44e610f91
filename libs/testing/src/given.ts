import { type Decider, DomainError, fold } from '@ariane/kernel';

interface Given<S, C, E> {
  /** Decides the command in the given state. */
  when(command: C): Then<S, E>;
}

/** What came of it. Each assertion may be followed by another. */
interface Then<S, E> {
  /** Exactly these events, in order. */
  then(...events: E[]): Then<S, E>;
  /** Nothing changes. */
  thenNothing(): Then<S, E>;
  /** The command is refused with this code, at this field where one is given. */
  thenRefused(code: string, field?: string): void;
  /** The state after the events holds these fields. */
  thenState(fields: Partial<S>): Then<S, E>;
}

/**
 * Tests a rule where it stands: given what happened, when a command comes, then these facts or that refusal.
 *
 * @param history the events that led to the state; none for a new aggregate
 */
export function given<S, C, E>(decider: Decider<S, C, E>, ...history: E[]): Given<S, C, E> {
  const before = history.reduce<S | undefined>((state, event) => decider.evolve(state, event), undefined);
  return {
    when: (command) => {
      const outcome = decided(decider, before, command);
      const events = (): readonly E[] => {
        if (outcome instanceof DomainError) throw outcome;
        return outcome;
      };
      const then: Then<S, E> = {
        then: (...expected) => {
          expect(events()).toEqual(expected);
          return then;
        },
        thenNothing: () => {
          expect(events()).toEqual([]);
          return then;
        },
        thenRefused: (code, field) => {
          expect(outcome).toMatchObject({ code, ...(field === undefined ? {} : { field }) });
        },
        thenState: (fields) => {
          const after = events().reduce<S | undefined>((state, event) => decider.evolve(state, event), before);
          expect(after).toMatchObject(fields);
          return then;
        },
      };
      return then;
    },
  };
}

/** The same for a rule whose history is told by commands and whose outcome by the types of its events. */
export function byCommands<S, C, E extends { readonly type: string }>(decider: Decider<S, C, E>) {
  /** The state after commands, each of which must be accepted. */
  const after = (...commands: C[]): S | undefined =>
    commands.reduce<S | undefined>((state, command) => fold(decider, state, decider.decide(state, command)), undefined);
  const when = (before: S | undefined, command: C) => {
    const outcome = decided(decider, before, command);
    return {
      /** Events of exactly these types, in order. */
      then: (...types: string[]): void => {
        if (outcome instanceof DomainError) throw outcome;
        expect(outcome.map(({ type }) => type)).toEqual(types);
      },
      /** The command is refused with this code. */
      thenRefused: (code: string): void => {
        expect(outcome).toMatchObject({ code });
      },
    };
  };
  const given = (...commands: C[]) => ({ when: (command: C) => when(after(...commands), command) });
  return { after, given };
}

function decided<S, C, E>(decider: Decider<S, C, E>, state: S | undefined, command: C): readonly E[] | DomainError {
  try {
    return decider.decide(state, command);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
