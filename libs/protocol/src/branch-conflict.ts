import { type Clock, codesOf, judge, unique } from './condition';
import type { FactView } from './fact-view';
import type { BranchConflict } from './plan';
import type { Protocol } from './protocol';

interface Conflicts {
  readonly found: readonly BranchConflict[];
  readonly byBranch: ReadonlyMap<string, { readonly rule: string; readonly codes: readonly string[] }>;
}

const none: Conflicts = { found: [], byBranch: new Map() };

/** Branches that exclude each other and of which the facts make both true. */
export function branchConflicts({ exclusions }: Protocol, view: FactView, clock: Clock): Conflicts {
  if (exclusions.length === 0) return none;
  const verdicts = new Map(
    exclusions.flat().map((branch) => [branch.id, judge(branch.when.condition, view, clock)] as const),
  );
  const clashing = exclusions.filter((pair) => pair.every((branch) => verdicts.get(branch.id)?.value === true));
  const byBranch = new Map<string, { rule: string; codes: readonly string[] }>();
  for (const [one, other] of clashing) {
    const rule = `conflict: ${one.id} and ${other.id} both hold`;
    const codes = unique([...codesOf(one.when.condition), ...codesOf(other.when.condition)]);
    for (const { id } of [one, other]) if (!byBranch.has(id)) byBranch.set(id, { rule, codes });
  }
  const found = clashing.map(([one, other]) => ({
    branches: [one.id, other.id] as const,
    facts: unique([...(verdicts.get(one.id)?.facts ?? []), ...(verdicts.get(other.id)?.facts ?? [])]),
  }));
  return { found, byBranch };
}
