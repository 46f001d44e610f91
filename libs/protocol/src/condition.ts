import { type CivilSpan, addToInstant, epochOf, type HolidayTerritory } from '@ariane/kernel';
import type { FactValue } from './fact';
import type { FactView } from './fact-view';

/** Where and when a condition is read. */
export interface Clock {
  readonly now: string;
  readonly timeZone: string;
  readonly holidays: HolidayTerritory;
}

/** A fact as a condition names it: `patient.age`, ``step.`meeting-1`.meeting.decision``, `egfr.within(14 days)`. */
export interface FactPath {
  readonly code: string;
  readonly step?: string;
  readonly within?: CivilSpan;
}

/** The strict subset of FHIRPath that a protocol may use, after parsing and checking. */
export type Condition =
  | { readonly op: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly op: 'not'; readonly of: Condition }
  | { readonly op: '=' | '!=' | '<' | '<=' | '>' | '>='; readonly path: FactPath; readonly value: FactValue }
  | { readonly op: 'in'; readonly path: FactPath; readonly values: readonly FactValue[] }
  | { readonly op: 'is'; readonly path: FactPath };

/** True, false, or unknown for want of the facts named; with the facts that decided, and when time alone changes it. */
export interface Verdict {
  readonly value: boolean | undefined;
  readonly missing: readonly string[];
  readonly facts: readonly string[];
  readonly until?: string;
}

/**
 * Reads a condition in Kleene's three-valued logic, which is FHIRPath's for empty operands: false and unknown is false,
 * true or unknown is true, the rest stays unknown. `missing` names only the facts that would decide it.
 */
export function judge(condition: Condition, view: FactView, clock: Clock): Verdict {
  switch (condition.op) {
    case 'and':
    case 'or':
      return join(condition.op, judge(condition.left, view, clock), judge(condition.right, view, clock));
    case 'not': {
      const verdict = judge(condition.of, view, clock);
      return { ...verdict, value: verdict.value === undefined ? undefined : !verdict.value };
    }
    case 'in':
      return compare(condition.path, view, clock, (value) => condition.values.includes(value));
    case 'is':
      return compare(condition.path, view, clock, (value) => value === true);
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(condition.path, view, clock, (value) => relation(condition.op, value, condition.value));
  }
}

function join(op: 'and' | 'or', left: Verdict, right: Verdict): Verdict {
  const decisive = op === 'or';
  const decided = [left, right].filter((side) => side.value === decisive);
  const open = [left, right].filter((side) => side.value === undefined);
  const kept = decided.length > 0 ? decided : open.length > 0 ? open : [left, right];
  const until = earliest([left.until, right.until]);
  return {
    value: decided.length > 0 ? decisive : open.length > 0 ? undefined : !decisive,
    missing: decided.length > 0 ? [] : unique(open.flatMap((side) => side.missing)),
    facts: unique(kept.flatMap((side) => side.facts)),
    ...(until === undefined ? {} : { until }),
  };
}

function compare(path: FactPath, view: FactView, clock: Clock, test: (value: FactValue) => boolean): Verdict {
  const known = view.value(path.code, path.step);
  const facts = known.facts.map((fact) => fact.id);
  const unknown: Verdict = { value: undefined, missing: [path.code], facts };
  if (known.state === 'unknown') return unknown;
  const fact = known.facts[0];
  if (!path.within || !fact) return { value: test(known.value), missing: [], facts };
  const staleFrom = addToInstant(fact.at, path.within, clock.timeZone, clock.holidays);
  if (epochOf(staleFrom) <= epochOf(clock.now)) return unknown;
  return { value: test(known.value), missing: [], facts, until: staleFrom };
}

function relation(op: '=' | '!=' | '<' | '<=' | '>' | '>=', left: FactValue, right: FactValue): boolean {
  switch (op) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** What a condition reads, each place once for every mention, with the values it is compared with. */
export function pathsOf(
  condition: Condition,
): readonly { readonly path: FactPath; readonly values: readonly FactValue[] }[] {
  switch (condition.op) {
    case 'and':
    case 'or':
      return [...pathsOf(condition.left), ...pathsOf(condition.right)];
    case 'not':
      return pathsOf(condition.of);
    case 'in':
      return [{ path: condition.path, values: condition.values }];
    case 'is':
      return [{ path: condition.path, values: [true] }];
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return [{ path: condition.path, values: [condition.value] }];
  }
}

/** The codes a condition reads. */
export const codesOf = (condition: Condition): readonly string[] => pathsOf(condition).map(({ path }) => path.code);

export const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** The earliest of some instants, if any. */
export const earliest = (instants: readonly (string | undefined)[]): string | undefined =>
  instants.reduce((first, at) => (at && (!first || epochOf(at) < epochOf(first)) ? at : first), undefined);
