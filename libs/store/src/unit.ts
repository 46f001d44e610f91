import type { DomainError } from '@ariane/kernel';
import type { Companion, Effect } from './aggregate';
import type { CommandContext } from './context';

/** Where a consumer stands in one subject's facts from one producer; moved in the transaction of the effect. */
export interface CursorMove {
  readonly group: string;
  readonly producer: string;
  readonly subject: string;
  readonly sequence: number;
  /** Up to where the cursor must have come: what is between was passed over by whoever moves it. The one before by default. */
  readonly after?: number;
  /** Whether the fact is set aside instead of applied: the subject's later facts then queue behind it. */
  readonly parks?: boolean;
}

/** What must commit together or not at all: commands, the cursor they answer to, documents that go with them. */
export interface Unit {
  readonly context: CommandContext;
  readonly effects: readonly Effect[];
  readonly cursor?: CursorMove;
  readonly companions?: readonly Companion[];
  /** Documents removed with the unit, such as a parked event that is now applied. */
  readonly removals?: readonly { readonly collection: string; readonly id: string }[];
}

/** What one command of a unit came to. */
export interface CommandResult {
  readonly id: string;
  readonly version: number;
  /** The facts' names, in order; empty when nothing changed. */
  readonly facts: readonly string[];
}

export type Outcome =
  | { readonly kind: 'committed'; readonly results: readonly CommandResult[] }
  /** The same message was handled before; nothing was done again. */
  | { readonly kind: 'replayed'; readonly results: readonly CommandResult[] }
  /** The cursor is already past this event. */
  | { readonly kind: 'skipped' }
  /** A fact of the subject before this one is parked: this one is to be parked too. */
  | { readonly kind: 'behind' }
  /** An event before this one has not been seen. */
  | { readonly kind: 'gap'; readonly expected: number }
  | { readonly kind: 'refused'; readonly error: DomainError };
