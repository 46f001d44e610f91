import { type Formula, groundOf } from './ground';

/** The version of the rules, told with each result; CHANGELOG.md says what each one changed. */
export const rulesVersion = '0.3.0';

/** A rule had all it needs and says its value. It decides nothing: a named professional reviews it. */
export interface Assessed<V, U extends string = string, F extends Formula = Formula> {
  readonly status: 'assessed';
  readonly forReview: true;
  readonly value: V;
  /** UCUM, or `1` for a value without unit. */
  readonly unit: U;
  /** Measurements as their source wrote them, with unit and day; a bare number's name ends with its unit. */
  readonly inputs: Readonly<Record<string, string | number>>;
  readonly formula: F;
  readonly source: string;
  readonly version: string;
  /** Why, in coded reasons; empty for a plain computation. */
  readonly reasons: readonly string[];
  /** Roles of the professionals who are to look; empty for a plain computation. */
  readonly reviewers: readonly string[];
}

/** The rule does not cover the case. Never to be read as safe. */
export interface NotAssessed {
  readonly status: 'not-assessed';
  readonly forReview: true;
  readonly why: string;
  readonly version: string;
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
  readonly version: string;
}

export type RuleResult<V, U extends string = string, F extends Formula = Formula> =
  Assessed<V, U, F> | NotAssessed | Missing;

/** What a rule says that asks a human to look, or sees no reason to. */
export type Review<F extends Formula = Formula> = RuleResult<'review' | 'no-review', '1', F>;

export function assessed<V, U extends string, F extends Formula>(
  value: V,
  unit: U,
  formula: F,
  inputs: Readonly<Record<string, string | number>>,
  reasons: readonly string[] = [],
): Assessed<V, U, F> {
  const told = { value, unit, inputs, formula, ...groundOf(formula), reasons };
  return { status: 'assessed', forReview: true, ...told, version: rulesVersion };
}

/** A review for these reasons, or none without a reason; `clear` says then why there is none. */
export function reviewFor<F extends Formula>(
  formula: F,
  inputs: Readonly<Record<string, string | number>>,
  reasons: readonly string[],
  clear: readonly string[] = [],
): Assessed<'review' | 'no-review', '1', F> {
  return reasons.length > 0
    ? assessed('review', '1', formula, inputs, reasons)
    : assessed('no-review', '1', formula, inputs, clear);
}

export const notAssessed = (why: string): NotAssessed => ({
  status: 'not-assessed',
  forReview: true,
  why,
  version: rulesVersion,
});

export const missing = (what: readonly Unknown[]): Missing => ({
  status: 'missing',
  forReview: true,
  what,
  version: rulesVersion,
});

/** The one word for several results: what most needs a human comes first; only all clear is clear. */
export type Summary = 'review' | 'missing' | 'not-assessed' | 'no-review';

/** No result at all is not assessed, never clear. */
export function summaryOf(results: readonly Review[]): Summary {
  const words = results.map((result) => (result.status === 'assessed' ? result.value : result.status));
  const order = ['review', 'missing', 'not-assessed', 'no-review'] as const;
  return order.find((word) => words.includes(word)) ?? 'not-assessed';
}
