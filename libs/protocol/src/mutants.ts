import { vocabularyOf } from './compile';
import type { Condition } from './condition';
import { conditionText } from './condition-text';
import type { ProtocolDocument } from './document';
import type { FactDictionary, FactValue } from './fact';
import { type Path, pointerOf } from './fault';
import { parseCondition } from './parse-condition';

export type MutantKind = 'delay' | 'condition' | 'role' | 'step';

/** A document with one fault planted in it, which its checks or its examples should notice. */
export interface Mutant {
  readonly kind: MutantKind;
  /** Where in the original. */
  readonly pointer: string;
  /** What was changed: `latest 5wd → 10wd`. */
  readonly change: string;
  readonly document: ProtocolDocument;
}

/**
 * Every mutant of a protocol: each delay halved and doubled; each comparison negated, moved by its limit or its value, and
 * each condition dropped; each role and each owner of an alert given to another; each step dropped. What no plan shows
 * (ladders, tiers, quality targets) has none.
 */
export function mutantsOf(document: ProtocolDocument): readonly Mutant[] {
  return leavesOf(document).flatMap(({ path, value }) => changesOf(document, path, value));
}

interface Leaf {
  readonly path: Path;
  readonly value: unknown;
}

/** The places of steps and branches that may be mutated, in the order of the document; a step comes before its parts. */
function leavesOf(document: ProtocolDocument): readonly Leaf[] {
  const walk = (value: unknown, path: Path): readonly Leaf[] => {
    if (Array.isArray(value)) return value.flatMap((item, index) => walk(item, [...path, index]));
    if (typeof value === 'object' && value !== null) {
      return Object.entries(value)
        .filter(([name]) => !unseen.has(name))
        .flatMap(([name, inner]) => walk(inner, [...path, name]));
    }
    return [{ path, value }];
  };
  return [
    ...walk(document.branches ?? [], ['branches']),
    ...document.steps.flatMap((step, index) => [
      { path: ['steps', index], value: step },
      ...walk(step, ['steps', index]),
    ]),
  ];
}

/** Parts of a step that no plan shows. */
const unseen = new Set(['label', 'labelBefore', 'patient', 'sources', 'ladder', 'quality', 'title', 'question']);
const delays = new Set(['earliest', 'target', 'latest', 'retryAfter', 'offset', 'every', 'for']);
const roles = new Set(['role', 'owner']);

function changesOf(document: ProtocolDocument, path: Path, value: unknown): readonly Mutant[] {
  const name = String(path.at(-1));
  const at = pointerOf(path);
  const mutant = (kind: MutantKind, change: string, to: unknown): Mutant => ({
    kind,
    pointer: at,
    change,
    document: withChange(document, path, to) as ProtocolDocument, // only the value at the path differs
  });
  if (path.length === 2 && typeof path[1] === 'number' && path[0] === 'steps') {
    return [mutant('step', `drops the step "${document.steps[path[1]]?.id ?? ''}"`, undefined)];
  }
  if (typeof value !== 'string') return [];
  if (delays.has(name)) return otherDelays(value).map((to) => mutant('delay', `${name} ${value} → ${to}`, to));
  if (roles.has(name)) {
    const other = otherRole(value, Object.keys(document.roles));
    return other === undefined ? [] : [mutant('role', `${name} ${value} → ${other}`, other)];
  }
  if (name !== 'when') return [];
  const dropped =
    path.includes('tighter') || path[0] === 'branches' ? [] : [mutant('condition', `drops when: ${value}`, undefined)];
  const vocabulary = vocabularyOf(document);
  const texts = new Map(
    otherConditions(parseCondition(value, vocabulary), vocabulary.facts).map(
      ({ condition, change }) => [conditionText(condition), change] as const,
    ),
  );
  return [...dropped, ...[...texts].map(([to, change]) => mutant('condition', change, to))];
}

function otherDelays(text: string): readonly string[] {
  const [, sign = '', digits = '', unit = ''] = /^(-?)(\d+)(\w+)$/.exec(text) ?? [];
  const count = Number(digits);
  const counts = count === 0 ? [1] : [Math.floor(count / 2), Math.min(999, 2 * count)];
  return counts.filter((other) => other > 0 && other !== count).map((other) => `${sign}${String(other)}${unit}`);
}

const otherRole = (role: string, all: readonly string[]): string | undefined => {
  const other = all[(all.indexOf(role) + 1) % all.length];
  return other === role ? undefined : other;
};

const negated = { '=': '!=', '!=': '=', '<': '>=', '>=': '<', '>': '<=', '<=': '>' } as const;
const shifted = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' } as const;

interface OtherCondition {
  readonly condition: Condition;
  readonly change: string;
}

const instead = (before: Condition, condition: Condition): OtherCondition => ({
  condition,
  change: `${conditionText(before)} → ${conditionText(condition)}`,
});

/** The condition with one comparison, or one joint, changed. */
function otherConditions(condition: Condition, facts: FactDictionary): readonly OtherCondition[] {
  switch (condition.op) {
    case 'and':
    case 'or': {
      const { op, left, right } = condition;
      return [
        instead(condition, { op: op === 'and' ? 'or' : 'and', left, right }),
        ...otherConditions(left, facts).map((other) => ({ ...other, condition: { op, left: other.condition, right } })),
        ...otherConditions(right, facts).map((other) => ({
          ...other,
          condition: { op, left, right: other.condition },
        })),
      ];
    }
    case 'not':
      return [
        instead(condition, condition.of),
        ...otherConditions(condition.of, facts).map((other) => ({
          ...other,
          condition: { op: 'not' as const, of: other.condition },
        })),
      ];
    case 'is':
      return [instead(condition, { op: 'not', of: condition })];
    case 'in': {
      const { path, values } = condition;
      const fewer = values.length < 2 ? [] : values.map((value) => values.filter((kept) => kept !== value));
      return [
        instead(condition, { op: 'not', of: condition }),
        ...fewer.map((kept) => instead(condition, { op: 'in', path, values: kept })),
      ];
    }
    case '=':
    case '!=': {
      const others = otherValues(condition.value, facts[condition.path.code]);
      return [
        instead(condition, { ...condition, op: negated[condition.op] }),
        ...others.map((value) => instead(condition, { ...condition, value })),
      ];
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return [
        instead(condition, { ...condition, op: negated[condition.op] }),
        instead(condition, { ...condition, op: shifted[condition.op] }),
      ];
  }
}

function otherValues(value: FactValue, definition: FactDictionary[string] | undefined): readonly FactValue[] {
  if (typeof value === 'number') return [value + 1];
  if (typeof value === 'boolean') return [];
  const values = definition?.type === 'code' ? (definition.values ?? []) : [];
  const other = values[(values.indexOf(value) + 1) % values.length];
  return other === undefined || other === value ? [] : [other];
}

/** A copy in which only the value at the path differs, or is left out; everything else is shared. */
function withChange(value: unknown, path: Path, to: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return to;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, index) => {
      if (index !== name) return [item];
      const changed = withChange(item, rest, to);
      return changed === undefined ? [] : [changed];
    });
  }
  const record = value as Readonly<Record<string, unknown>>; // the path was read from the document itself
  const { [name]: inner, ...others } = record;
  const changed = withChange(inner, rest, to);
  return changed === undefined ? others : { ...record, [name]: changed };
}
