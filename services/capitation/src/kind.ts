import type { Contract, ContractDocument, Given } from './contract';
import type { Explanation } from './explanation';
import type { Known } from './expression';
import type { Row } from './facts';
import type { ValueType } from './value';

/** An amount in whole cents and why it is so. */
export interface Amount {
  readonly cents: bigint;
  readonly because: Explanation;
}

/** Money that moves between two accounts of a book; `{subject}` in an account is filled when it is posted. */
export interface Transfer {
  /** Stable within contract and subject: `forfait.pool`, `share/prac:gp-204`. */
  readonly line: string;
  readonly code:
    | 'BUNDLE_DUE'
    | 'SHARE_DUE'
    | 'CAPITATION_DUE'
    | 'WITHHELD'
    | 'RELEASED'
    | 'FORFEITED'
    | 'SAVINGS_DUE'
    | 'INSTALMENT_DUE'
    | 'REFUND_DUE'
    | 'AMOUNT_DUE'
    | 'FEE_DUE'
    | 'FEE_OFFSET'
    | 'POOL_DUE'
    | 'POOL_SPENT'
    | 'ACCRUAL_OUTSIDE';
  readonly debit: string;
  readonly credit: string;
  /** Negative when the money moves the other way. */
  readonly cents: bigint;
  readonly because: Explanation;
  /** The civil day it is true on, where the contract says so and not the events. */
  readonly effectiveDay?: string;
}

/** An amount whose evidence is missing: neither paid nor lost. It stands in the books as pending while it is held. */
export interface Awaited extends Transfer {
  /** Days from its own that it is held; what is held no longer has no cents. */
  readonly holdDays: number;
}

/** What one component comes to. `undefined` in its place: nothing is due. */
export interface Outcome {
  /** By output name: `''` is the component itself, `pool` is `<id>.pool`. */
  readonly amounts: ReadonlyMap<string, Amount>;
  /** By output name, then by the id of who or what the line is for. */
  readonly lists: ReadonlyMap<string, ReadonlyMap<string, Amount>>;
  /** Words beside the amounts, in the form of a list: why a line is zero, where an instalment stands. */
  readonly words?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly transfers: readonly Transfer[];
  readonly awaited?: readonly Awaited[];
  /** Civil days after the day of pricing on which time alone makes it something else. */
  readonly wakes?: readonly string[];
}

/** What a kind sees at load time: throws CONTRACT_INVALID with the place. */
export interface Checker {
  readonly document: ContractDocument;
  /** An expression parses, its names resolve (those of the list's rows first), and its type is one of these. */
  readonly expression: (field: string, text: string, types: readonly ValueType[], among?: string) => void;
  /** A name is an output of a component. */
  readonly output: (field: string, name: string) => void;
  /** What the examples, parameters and other components make of a name; undefined when they do not know it. */
  readonly typeOf: (name: string, among?: string) => ValueType | undefined;
  readonly refuse: (field: string, reason: string, remedy?: string) => never;
}

/** What a kind sees when it is priced. */
export interface Run {
  readonly contract: Contract;
  readonly given: Given;
  readonly evaluate: (text: string, row?: Row) => Known;
  /** Whether a name stands for something here. */
  readonly has: (name: string, row?: Row) => boolean;
  /** An operator on known values, with its explanation. */
  readonly combine: (operator: string, known: readonly Known[]) => Known;
  /** An output of an earlier component, a list as its sum; undefined when nothing was due there. */
  readonly output: (name: string) => Amount | undefined;
}

/** How one kind of component is checked and priced. To add a kind: one file, one line in `kinds.ts`. */
export interface Kind<C> {
  /** The names it adds to the component's id: `''`, `pool`. One that holds `lines` may be read by row, as `x.line`. */
  readonly outputs: (component: C) => readonly string[];
  /** Expressions and names in which it speaks of other components. */
  readonly speaks: (component: C) => readonly string[];
  readonly check: (component: C, checker: Checker) => void;
  readonly price: (component: C, run: Run) => Outcome | undefined;
}
