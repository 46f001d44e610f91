/** One interface per kind of component, explained in its `kind-*.ts`. Fields are expressions unless said otherwise. */
import type { Proration } from './member-months';

/** The parts of an amount: names and percentages that make 100 %. */
export type Split = readonly { readonly to: string; readonly share: string }[];

/** A condition with the name its consequence is explained by. */
export interface Clause {
  readonly id: string;
  readonly when: string;
}

/** A condition that lowers an amount by a share from 0 to 1. */
export interface Reduction extends Clause {
  readonly reduction: string;
}

export interface BundleComponent {
  readonly id: string;
  readonly kind: 'bundle';
  readonly trigger?: string;
  readonly price: string;
  readonly split: Split;
}

export interface RedistributeComponent {
  readonly id: string;
  readonly kind: 'redistribute';
  readonly from: string;
  readonly among: string;
  readonly weight: string;
  /** The voted key that weights are multiplied by, once there is one. */
  readonly key?: string;
}

export interface PmpmComponent {
  readonly id: string;
  readonly kind: 'pmpm';
  readonly members: string;
  readonly rate: string;
  readonly risk: string;
  readonly proration: Proration;
  /** Where it is there, the amount goes to its parts instead of the holder's income. */
  readonly split?: Split;
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
  readonly split?: Split;
}

/** Instalments of a price that are due when evidence is met, and refunds of them. */
export interface OutcomeComponent {
  readonly id: string;
  readonly kind: 'outcome';
  readonly price: string;
  readonly instalments: readonly Instalment[];
  readonly refunds: readonly Refund[];
  /** Days from an instalment's due day: how long it is pending, how long its evidence is accepted. */
  readonly missingEvidence: { readonly holdDays: number | string; readonly acceptDays: number | string };
  /** The list of records that must be complete, and the share of them below which nothing is settled. */
  readonly completeness?: { readonly records: string; readonly threshold: string };
}

export interface Instalment extends Clause {
  /** A percentage, a decimal or a fraction; together they make 1. */
  readonly share: string | number;
  /** The day it is due, counted from day 0 of the subject. */
  readonly due: string | number;
  /** The facts without which it is neither met nor not met. */
  readonly needs?: string | readonly string[];
}

export interface Refund extends Clause {
  /** An instalment's id, `paid` or `price`. */
  readonly of: string;
  readonly share: string | number;
  readonly needs?: string | readonly string[];
}

/** An amount looked up by the facts named in `by`. */
export interface TableComponent {
  readonly id: string;
  readonly kind: 'table';
  /** The name of a table of the contract. */
  readonly table: string;
  readonly by: readonly string[];
  /** A list of facts: one line per row. Without it, one amount. */
  readonly among?: string;
  readonly times?: string;
  /** The day that dated rows and ages are read at; by default the first day of `period`. */
  readonly on?: string;
  readonly split?: Split;
}

export interface PenaltyComponent {
  readonly id: string;
  readonly kind: 'penalty';
  readonly patients: string;
  readonly amount: string;
  readonly rules: readonly Reduction[];
  readonly combine: 'MULTIPLICATIVE' | 'ADDITIVE';
  /** Reductions of the whole, after those of each patient. */
  readonly overall?: readonly Reduction[];
  /** In how many equal parts the whole is paid, and how many of them are due. */
  readonly instalments?: number;
  readonly reached?: string;
  readonly split?: Split;
}

export interface FloorComponent {
  readonly id: string;
  readonly kind: 'floor';
  readonly of: string;
  readonly minimum: string;
  readonly maximum?: string;
  readonly split?: Split;
}

export interface FfsOffsetComponent {
  readonly id: string;
  readonly kind: 'ffsOffset';
  /** An output of another component. */
  readonly of: string;
  readonly claims: string;
  readonly amount: string;
  /** A percentage. */
  readonly share: string;
}

export interface GrowthComponent {
  readonly id: string;
  readonly kind: 'growth';
  readonly level: string;
  readonly trend: string;
  /** Shares that make 1. */
  readonly weights: { readonly level: string | number; readonly trend: string | number };
  readonly share: string | number;
  readonly patients: string;
  readonly split?: Split;
}

export interface CarryComponent {
  readonly id: string;
  readonly kind: 'carry';
  readonly of: string;
  readonly carried: string;
  readonly limit?: string;
  readonly split?: Split;
}

export interface PoolComponent {
  readonly id: string;
  readonly kind: 'pool';
  readonly fees: string;
  readonly deductions: readonly { readonly id: string; readonly amount: string }[];
  readonly carried?: string;
  readonly among: string;
  readonly weight: string;
  readonly key?: string;
}

export interface GatedForfaitComponent {
  readonly id: string;
  readonly kind: 'gatedForfait';
  readonly patients: string;
  readonly amount: string;
  /** All must hold. */
  readonly gates: readonly Clause[];
  readonly split?: Split;
}

export interface FeeForServiceComponent {
  readonly id: string;
  readonly kind: 'feeForService';
  readonly acts: string;
  /** The name of a table of dated tariffs. */
  readonly table: string;
  readonly by: readonly string[];
  readonly on: string;
  readonly exclusions?: readonly Clause[];
  readonly limits?: readonly Limit[];
  /** The field that names who is paid. */
  readonly payee?: string;
  readonly split?: Split;
}

/** At most so many paid acts of these codes in a civil year for the same values of these fields. */
export interface Limit {
  readonly id: string;
  readonly codes: readonly string[];
  readonly per: readonly string[];
  readonly count: number;
}

export type Component =
  | BundleComponent
  | RedistributeComponent
  | PmpmComponent
  | WithholdComponent
  | ReleaseComponent
  | StopLossComponent
  | SharedSavingsComponent
  | OutcomeComponent
  | TableComponent
  | PenaltyComponent
  | FloorComponent
  | FfsOffsetComponent
  | GrowthComponent
  | CarryComponent
  | PoolComponent
  | GatedForfaitComponent
  | FeeForServiceComponent;
