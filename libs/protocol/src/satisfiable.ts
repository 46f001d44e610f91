import { type Condition, type FactPath, pathsOf } from './condition';
import type { FactDictionary, FactValue } from './fact';

/** A value for each fact that some conditions read. */
export type Assignment = ReadonlyMap<string, FactValue>;

/** Beyond this many combinations of values the question is left open. */
const combinationsMax = 50_000;

/**
 * Values of the facts that make all conditions true, `impossible` when none do, or `unknown` when they read too many facts
 * to try. Exact: numbers are tried at every limit that is named, and between and beyond them.
 */
export function satisfying(
  conditions: readonly Condition[],
  dictionary: FactDictionary,
): Assignment | 'impossible' | 'unknown' {
  const tried = candidates(conditions, dictionary);
  const combinations = tried.reduce((product, [, values]) => product * values.length, 1);
  if (combinations > combinationsMax) return 'unknown';
  const chosen = new Map<string, FactValue>();
  const search = (index: number): boolean => {
    const next = tried[index];
    if (!next) return conditions.every((condition) => holds(condition, chosen));
    return next[1].some((value) => {
      chosen.set(next[0], value);
      return search(index + 1);
    });
  };
  return search(0) ? chosen : 'impossible';
}

const nameOf = ({ code, step }: FactPath): string => (step === undefined ? code : `${step}: ${code}`);

function candidates(
  conditions: readonly Condition[],
  dictionary: FactDictionary,
): readonly (readonly [string, readonly FactValue[]])[] {
  const literals = new Map<string, { readonly code: string; readonly values: Set<FactValue> }>();
  for (const { path, values } of conditions.flatMap(pathsOf)) {
    const known = literals.get(nameOf(path)) ?? { code: path.code, values: new Set<FactValue>() };
    for (const value of values) known.values.add(value);
    literals.set(nameOf(path), known);
  }
  return [...literals].map(([name, { code, values }]) => [name, valuesOf(dictionary[code], [...values])] as const);
}

function valuesOf(definition: FactDictionary[string] | undefined, named: readonly FactValue[]): readonly FactValue[] {
  switch (definition?.type) {
    case 'boolean':
      return [true, false];
    case 'code':
      return definition.values ?? [...named, 'another value'];
    case 'number': {
      const limits = named.flatMap((value) => (typeof value === 'number' ? [value] : [])).sort((a, b) => a - b);
      const between = limits.slice(1).map((limit, index) => (limit + (limits[index] ?? limit)) / 2);
      return [...limits, ...between, (limits[0] ?? 0) - 1, (limits.at(-1) ?? 0) + 1];
    }
    case 'event':
    case undefined:
      return named;
  }
}

function holds(condition: Condition, chosen: Assignment): boolean {
  switch (condition.op) {
    case 'and':
      return holds(condition.left, chosen) && holds(condition.right, chosen);
    case 'or':
      return holds(condition.left, chosen) || holds(condition.right, chosen);
    case 'not':
      return !holds(condition.of, chosen);
    case 'is':
      return chosen.get(nameOf(condition.path)) === true;
    case 'in':
      return condition.values.some((value) => chosen.get(nameOf(condition.path)) === value);
    case '=':
      return chosen.get(nameOf(condition.path)) === condition.value;
    case '!=':
      return chosen.get(nameOf(condition.path)) !== condition.value;
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const value = Number(chosen.get(nameOf(condition.path)));
      const limit = Number(condition.value);
      if (value === limit) return condition.op === '<=' || condition.op === '>=';
      return value < limit === (condition.op === '<' || condition.op === '<=');
    }
  }
}
