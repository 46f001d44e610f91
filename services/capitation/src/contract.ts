import type { RoundingMode } from '@ariane/kernel';
import type { KindName } from './contract-schema';

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
  readonly illustrative?: boolean;
  readonly params?: Readonly<Record<string, string>>;
  readonly tables?: { readonly points?: readonly PointsRow[] };
  readonly components: readonly Component[];
  readonly examples: readonly Example[];
}

/** Points that one contribution of a kind is worth between two civil days (`to` exclusive, null is open). */
export interface PointsRow {
  readonly kind: string;
  readonly points: string;
  readonly from: string;
  readonly to: string | null;
  readonly source?: string;
}

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

export interface BundleComponent {
  readonly id: string;
  readonly kind: 'bundle';
  readonly trigger?: string;
  readonly price: string;
  readonly split: readonly { readonly to: string; readonly share: string }[];
}

export interface RedistributeComponent {
  readonly id: string;
  readonly kind: 'redistribute';
  readonly from: string;
  readonly among: string;
  readonly weight: string;
}

export interface PmpmComponent {
  readonly id: string;
  readonly kind: 'pmpm';
  readonly members: string;
  readonly rate: string;
  readonly risk: string;
  readonly proration: 'DAYS' | 'WHOLE_MONTH' | 'FIFTEENTH';
}

export interface WithholdComponent {
  readonly id: string;
  readonly kind: 'withhold';
  readonly of: string;
  readonly share: string;
}

export interface ReleaseComponent {
  readonly id: string;
  readonly kind: 'release';
  readonly of: string;
  readonly score: string;
}

export interface StopLossComponent {
  readonly id: string;
  readonly kind: 'stopLoss';
  readonly patients: string;
  readonly attachment: string;
  readonly ceded: string;
}

/** One side of a corridor: savings or losses. Rates and caps are shares of the benchmark. */
export interface Side {
  readonly minimumRate: string;
  readonly rate?: string;
  readonly tiers?: readonly { readonly upTo: string | null; readonly rate: string }[];
  readonly gate?: string;
  readonly cap: string | null;
}

export interface SharedSavingsComponent {
  readonly id: string;
  readonly kind: 'sharedSavings';
  readonly benchmark: string;
  readonly actual: string;
  readonly savings: Side;
  readonly losses: Side | null;
  readonly split?: readonly { readonly to: string; readonly share: string }[];
}

/** A component that is computed. */
export type BuiltComponent =
  | BundleComponent
  | RedistributeComponent
  | PmpmComponent
  | WithholdComponent
  | ReleaseComponent
  | StopLossComponent
  | SharedSavingsComponent;

/** A component of a kind that the language has and this version does not compute yet. */
export interface UnbuiltComponent {
  readonly id: string;
  readonly kind: Exclude<KindName, BuiltComponent['kind']>;
}

export type Component = BuiltComponent | UnbuiltComponent;

/** A document that passed the static checks, with the hash that identifies it beside id and version. */
export interface Contract {
  readonly document: ContractDocument;
  /** SHA-256 of the document's canonical JSON (RFC 8785), lower-case hex. */
  readonly sha256: string;
  /** Components in an order in which each comes after those it speaks of. */
  readonly ordered: readonly Component[];
  /** Components whose kind is not computed yet: the contract loads, and cannot be priced or activated. */
  readonly unbuilt: readonly UnbuiltComponent[];
}
