import { epochOf } from '@ariane/kernel';
import type { Fact, FactDefinition, FactDictionary, FactValue } from './fact';

/** The value a code has now, or why it has none that may be used. */
type Known =
  | { readonly state: 'known'; readonly value: FactValue; readonly facts: readonly Fact[] }
  | { readonly state: 'unknown'; readonly facts: readonly Fact[] };

/** The facts of one patient as the rules read them: each once, none from the future, in one order whatever came first. */
export interface FactView {
  /** Facts of a code, oldest first; `step` keeps those of a step, any occurrence. */
  readonly all: (code: string, step?: string) => readonly Fact[];
  /** Facts of a code that belong to one occurrence, oldest first. */
  readonly of: (code: string, key: string) => readonly Fact[];
  /** The latest value of a code, of the patient or of one step. A wrong type or unit, or a contradiction, is unknown. */
  readonly value: (code: string, step?: string) => Known;
  /** The first instant after now at which a fact already recorded becomes true. */
  readonly nextAt: string | undefined;
}

/** The step of an occurrence: `chemo-cycle` of `chemo-cycle#3`. */
export const stepIdOf = (key: string): string => key.split('#', 1)[0] ?? key;

/** For one instant: in the order recorded, then by id, so that no order of arrival can show. */
export const byRecording = (a: Fact, b: Fact): number =>
  (a.seq ?? 0) - (b.seq ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Whether the value is one the code may have; an event needs none. */
function isReadable(fact: Fact, definition: FactDefinition | undefined): fact is Fact & { value: FactValue } {
  if (!definition || fact.value === undefined) return false;
  switch (definition.type) {
    case 'event':
      return false;
    case 'boolean':
      return typeof fact.value === 'boolean';
    case 'number':
      return typeof fact.value === 'number' && Number.isFinite(fact.value) && sameUnit(fact.unit, definition.unit);
    case 'code':
      return typeof fact.value === 'string' && (definition.values?.includes(fact.value) ?? true);
  }
}

/** A count without dimension may be written with no unit or with UCUM's `1`. */
const sameUnit = (given: string | undefined, expected: string | undefined): boolean =>
  (given ?? '1') === (expected ?? '1');

/** The value of the latest of some facts of a code, oldest first. */
export function latestOf(facts: readonly Fact[], definition: FactDefinition | undefined): Known {
  const last = facts.at(-1);
  if (!last) return { state: 'unknown', facts: [] };
  const at = epochOf(last.at);
  const same = facts.slice(facts.findLastIndex((fact) => epochOf(fact.at) !== at) + 1);
  if (!isReadable(last, definition)) return { state: 'unknown', facts: same };
  const rivals = same.filter((fact) => fact.value !== last.value || fact.unit !== last.unit);
  const replaced = definition?.tie === 'last-recorded' && same.every((fact) => fact.seq !== undefined);
  if (rivals.length > 0 && !replaced) return { state: 'unknown', facts: same };
  return { state: 'known', value: last.value, facts: [last] };
}

/** @param until the instant after which facts are not yet true */
export function factView(facts: readonly Fact[], dictionary: FactDictionary, until: string): FactView {
  const limit = epochOf(until);
  const byId = new Map<string, Fact>();
  const timed = facts.map((fact) => ({ fact, at: epochOf(fact.at) }));
  timed.sort((a, b) => a.at - b.at || byRecording(a.fact, b.fact));
  for (const { fact } of timed) if (!byId.has(fact.id)) byId.set(fact.id, fact);
  const byCode = new Map<string, Fact[]>();
  let nextAt: string | undefined;
  for (const fact of byId.values()) {
    if (epochOf(fact.at) > limit) {
      nextAt ??= fact.at;
      continue;
    }
    const same = byCode.get(fact.code);
    if (same) same.push(fact);
    else byCode.set(fact.code, [fact]);
  }
  const byStep = grouped(byCode, stepIdOf);
  const byKey = grouped(byCode, (key) => key);
  const all = (code: string, step?: string): readonly Fact[] =>
    step === undefined ? (byCode.get(code) ?? []) : byStep(code, step);
  return { all, of: byKey, nextAt, value: (code, step) => latestOf(all(code, step), dictionary[code]) };
}

/** The facts of a code by step or by occurrence, each code sorted out once and only when it is asked for. */
function grouped(byCode: ReadonlyMap<string, readonly Fact[]>, groupOf: (stepKey: string) => string) {
  const groups = new Map<string, Map<string, Fact[]>>();
  return (code: string, group: string): readonly Fact[] => {
    let known = groups.get(code);
    if (!known) {
      known = new Map<string, Fact[]>();
      groups.set(code, known);
      for (const fact of byCode.get(code) ?? []) {
        if (fact.stepKey === undefined || fact.stepKey === '') continue;
        const name = groupOf(fact.stepKey);
        const same = known.get(name);
        if (same) same.push(fact);
        else known.set(name, [fact]);
      }
    }
    return known.get(group) ?? [];
  };
}
