import type { RoundingMode } from '@ariane/kernel';
import type { Component } from './components';

/** A payment contract as its document says it; see docs in `contract-schema.ts`. Made by `loadContract` only. */
export interface ContractDocument {
  readonly language: 1;
  readonly contract: string;
  readonly version: number;
  readonly supersedes?: { readonly version: number; readonly sha256: string };
  readonly title: string;
  readonly currency: string;
  readonly timezone: string;
  /** Civil days of the contract's time zone; `to` is exclusive, null is open. */
  readonly validity: { readonly from: string; readonly to: string | null };
  readonly parties: { readonly payer: string; readonly holder: string; readonly manufacturer?: string };
  readonly rounding: {
    readonly mode: RoundingMode;
    readonly allocation: 'LARGEST_REMAINDER' | 'FIRST_DECLARED' | 'CUMULATIVE';
    readonly tieBreak: 'ID' | 'DECLARED';
  };
  /** The only protocols it may pay; absent in a contract that pays no pathways. */
  readonly protocols?: readonly { readonly id: string }[];
  /** The law or order that allows fees to be shared; without one only a demo activates the contract. */
  readonly legalBasis?: string;
  /** Where the rules and figures come from. */
  readonly sources?: readonly string[];
  readonly illustrative?: boolean;
  readonly params?: Readonly<Record<string, string>>;
  /** Dated rows by name: `points` values contributions, the others are read by `table` and `feeForService`. */
  readonly tables?: { readonly points?: readonly PointsRow[] } & Readonly<Record<string, readonly TableRow[]>>;
  /** The split keys that the team votes, by name; a component names the one its shares go by. */
  readonly keys?: Readonly<Record<string, KeyRules>>;
  readonly components: readonly Component[];
  readonly examples: readonly Example[];
}

/** How a split key is voted, and what it weighs. */
export interface KeyRules {
  /** The field of a row that weights go by: `id` is the participant, else for example `role` or `kind`. */
  readonly by: string;
  /** Who may propose and vote, by party: `prac:gp-204`. */
  readonly voters: readonly string[];
  /** The least share of the voters that must vote, and the share of for and against that must be exceeded by for. */
  readonly quorum: string;
  readonly majority: string;
}

/** Points that one contribution of a kind is worth between two civil days (`to` exclusive, null is open). */
export type PointsRow = {
  readonly kind: string;
  readonly points: string;
  readonly from: string;
  readonly to: string | null;
  readonly source?: string;
};

/**
 * A row of a table: keys to match (`stage`), bands (`ageFrom`, `ageTo` exclusive, null open), the civil days it is in
 * force (`from`, `to` exclusive, null open), an `amount`, and its `source`.
 */
export type TableRow = Readonly<Record<string, unknown>>;

export interface Example {
  readonly name: string;
  readonly given: Given;
  readonly expect: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/**
 * The facts a contract is priced on: texts, booleans, lists of rows with an `id`, nested by name. `milestones` is the
 * set of milestones reached; `evidence` gives the event ids behind a fact's name.
 */
export type Given = Readonly<Record<string, unknown>>;

/** A document that passed the static checks, with the hash that identifies it beside id and version. */
export interface Contract {
  readonly document: ContractDocument;
  /** SHA-256 of the document's canonical JSON (RFC 8785), lower-case hex. */
  readonly sha256: string;
  /** Components in an order in which each comes after those it speaks of. */
  readonly ordered: readonly Component[];
}
