/** The version of the rules, told with each result; CHANGELOG.md says what each one changed. */
export const rulesVersion = '0.2.0';

/** A rule had all it needs and says its value. It decides nothing: a named professional reviews it. */
export interface Assessed<V, U extends string = string, F extends string = string> {
  readonly status: 'assessed';
  readonly forReview: true;
  readonly value: V;
  /** UCUM, or `1` for a value without unit. */
  readonly unit: U;
  readonly inputs: Readonly<Record<string, string | number>>;
  readonly formula: F;
  readonly version: string;
  /** Why, in coded reasons; empty for a plain computation. */
  readonly reasons: readonly string[];
}

/** The rule does not cover the case. Never to be read as safe. */
export interface NotAssessed {
  readonly status: 'not-assessed';
  readonly forReview: true;
  readonly why: string;
}

/** Why a fact is unknown. `age-days` is told for what is stale. */
export interface Unknown {
  readonly fact: string;
  readonly reason: 'absent' | 'unit-unknown' | 'implausible' | 'contradictory' | 'stale' | 'other-patient';
  readonly ageDays?: number;
  /** The values at odds, with their units, for a human to judge. */
  readonly seen?: readonly string[];
}

/** The rule covers the case, and facts are missing, stale or contradictory. Never to be read as safe. */
export interface Missing {
  readonly status: 'missing';
  readonly forReview: true;
  readonly what: readonly Unknown[];
}

export type RuleResult<V, U extends string = string, F extends string = string> =
  Assessed<V, U, F> | NotAssessed | Missing;

export function assessed<V, U extends string, F extends string>(
  value: V,
  unit: U,
  formula: F,
  inputs: Readonly<Record<string, string | number>>,
  reasons: readonly string[] = [],
): Assessed<V, U, F> {
  return { status: 'assessed', forReview: true, value, unit, inputs, formula, version: rulesVersion, reasons };
}

export const notAssessed = (why: string): NotAssessed => ({ status: 'not-assessed', forReview: true, why });

export const missing = (what: readonly Unknown[]): Missing => ({ status: 'missing', forReview: true, what });
