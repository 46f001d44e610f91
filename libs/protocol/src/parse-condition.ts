import type { CivilSpan } from '@ariane/kernel';
import { parse } from 'fhirpath';
import type { Condition, FactPath } from './condition';
import { checkValue, ConditionFault, type Literal, unknownFact, type Vocabulary } from './condition-value';
import type { FactDefinition } from './fact';
import { meant } from './fault';

interface Node {
  readonly type: string;
  readonly text?: string;
  readonly terminalNodeText?: readonly string[];
  readonly children?: readonly Node[];
}

/**
 * Parses a condition with fhirpath's own parser, and keeps the subset whose every name can be checked and in which the
 * unknown is never swallowed: comparisons of a fact with a literal, `in ('a' | 'b')`, a boolean fact, `and`, `or`,
 * `.not()`, parentheses, and `.within(14 days)` for the age of a measurement. `exists()`, `empty()`, `iif`, `where`, `~`,
 * `xor`, `implies`, `&` and the rest are refused: they turn a missing fact into an answer or hide one.
 *
 * @throws ConditionFault for a name, type, unit, value or construct that cannot be checked
 */
export function parseCondition(text: string, vocabulary: Vocabulary): Condition {
  return readCondition(treeOf(text), vocabulary);
}

/** Trees are remembered: a document is checked, compiled and mutated with the same few conditions over and over. */
const trees = new Map<string, Node>();
const treesMax = 4000;

function treeOf(text: string): Node {
  const known = trees.get(text);
  if (known) return known;
  try {
    const tree = parse(text) as Node; // fhirpath types its tree as any; only the fields of Node are read
    if (trees.size >= treesMax) trees.clear();
    trees.set(text, tree);
    return tree;
  } catch (error) {
    const why = error instanceof Error ? firstLine(error.message) : String(error);
    throw new ConditionFault('condition', `is not FHIRPath: ${why}`, `${writable}.`);
  }
}

const writable = "Write comparisons of a fact with a value, joined by and, or, .not() and in ('a' | 'b')";

const firstLine = (message: string): string => message.split('\n', 1)[0] ?? message;

function readCondition(given: Node, vocabulary: Vocabulary): Condition {
  const node = unwrap(given);
  const [left, right] = node.children ?? [];
  switch (node.type) {
    case 'AndExpression':
    case 'OrExpression': {
      const op = operator(node);
      if (!left || !right || (op !== 'and' && op !== 'or')) throw refused(op);
      return { op, left: readCondition(left, vocabulary), right: readCondition(right, vocabulary) };
    }
    case 'EqualityExpression':
    case 'InequalityExpression':
      return readComparison(node, vocabulary);
    case 'MembershipExpression':
      return readMembership(node, vocabulary);
    case 'InvocationExpression':
      if (left && right?.type === 'FunctionInvocation' && operator(right) === 'not' && !parametersOf(right)) {
        return { op: 'not', of: readCondition(left, vocabulary) };
      }
      return readBoolean(node, vocabulary);
    case 'TermExpression':
      return readBoolean(node, vocabulary);
    default:
      throw refused(node.type);
  }
}

/** Parentheses and the root are only wrapping. */
function unwrap(node: Node): Node {
  const [only] = node.children ?? [];
  if (node.type === 'EntireExpression' && only) return unwrap(only);
  if (node.type === 'TermExpression' && only?.type === 'ParenthesizedTerm' && only.children?.[0]) {
    return unwrap(only.children[0]);
  }
  return node;
}

const operator = (node: Node): string => node.terminalNodeText?.find((word) => /[a-z<>=!~]/.test(word)) ?? nameOf(node);
const nameOf = (node: Node): string => node.text ?? node.children?.map(nameOf).find((name) => name !== '') ?? '';
const refused = (what: string): ConditionFault =>
  new ConditionFault(
    'condition',
    `"${what}" may not be used`,
    `${writable}: the rest turns a missing fact into an answer.`,
  );

function parametersOf(invocation: Node): readonly Node[] | undefined {
  return invocation.children?.[0]?.children?.find((child) => child.type === 'ParamList')?.children;
}

function readComparison(node: Node, vocabulary: Vocabulary): Condition {
  const op = operator(node);
  const [left, right] = node.children ?? [];
  if (!left || !right) throw refused(op);
  const path = readPath(left, vocabulary);
  const literal = readLiteral(right);
  const { value } = literal;
  const definition = definitionOf(path, vocabulary);
  switch (op) {
    case '=':
    case '!=':
      checkValue(path.code, definition, literal);
      return { op, path, value };
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (definition.type !== 'number')
        throw new ConditionFault(
          'type',
          `"${path.code}" is not a number: it has no order`,
          'Compare it with = or in (…).',
        );
      checkValue(path.code, definition, literal);
      return { op, path, value };
    default:
      throw refused(op);
  }
}

function readMembership(node: Node, vocabulary: Vocabulary): Condition {
  const [left, right] = node.children ?? [];
  if (operator(node) !== 'in' || !left || !right) throw refused(operator(node));
  const path = readPath(left, vocabulary);
  const literals = readUnion(unwrap(right));
  for (const literal of literals) checkValue(path.code, definitionOf(path, vocabulary), literal);
  return { op: 'in', path, values: literals.map(({ value }) => value) };
}

function readUnion(node: Node): readonly Literal[] {
  if (node.type !== 'UnionExpression') return [readLiteral(node)];
  return (node.children ?? []).flatMap((child) => readUnion(unwrap(child)));
}

function readBoolean(node: Node, vocabulary: Vocabulary): Condition {
  const path = readPath(node, vocabulary);
  if (definitionOf(path, vocabulary).type !== 'boolean') {
    throw new ConditionFault('type', `"${path.code}" alone is not true or false`, 'Compare it with a value.');
  }
  return { op: 'is', path };
}

function readLiteral(given: Node): Literal {
  const node = unwrap(given);
  if (node.type === 'PolarityExpression' && node.children?.[0] && operator(node) !== '+') {
    const { value, ...rest } = readLiteral(node.children[0]);
    if (typeof value === 'number') return { ...rest, value: -value };
  }
  const literal = node.children?.[0]?.type === 'LiteralTerm' ? node.children[0].children?.[0] : undefined;
  const text = literal?.text ?? '';
  switch (literal?.type) {
    case 'StringLiteral':
      return { value: text.slice(1, -1) };
    case 'NumberLiteral':
      return { value: Number(text) };
    case 'BooleanLiteral':
      return { value: text === 'true' };
    case 'QuantityLiteral': {
      const [, count, unit] = /^(-?[\d.]+)\s*'(.*)'$/.exec(text) ?? [];
      if (count !== undefined && unit !== undefined) return { value: Number(count), unit };
      throw new ConditionFault('unit', `"${text}" has no unit of UCUM`, "Write the unit in quotes: 110 'umol/L'.");
    }
    default:
      throw new ConditionFault(
        'type',
        'compares a fact with something that is not a plain value',
        "Write a 'text', a number (with its unit if you like: 110 'umol/L'), true or false after the sign.",
      );
  }
}

/** Flattens `a.b.c` and a closing `.within(n days)`. */
function readPath(given: Node, vocabulary: Vocabulary): FactPath {
  const names: string[] = [];
  let within: CivilSpan | undefined;
  const walk = (node: Node): void => {
    switch (node.type) {
      case 'TermExpression':
      case 'InvocationTerm':
      case 'InvocationExpression':
        node.children?.forEach(walk);
        return;
      case 'MemberInvocation':
        if (within)
          throw new ConditionFault('condition', 'within(…) ends a path', 'Write it last: egfr.within(14 days).');
        names.push((node.text ?? '').replaceAll('`', ''));
        return;
      case 'FunctionInvocation':
        within = readWithin(node);
        return;
      default:
        throw new ConditionFault(
          'condition',
          'has something else than a fact on its left side',
          'Write the fact first, then the sign, then the value.',
        );
    }
  };
  walk(unwrap(given));
  return named(names, vocabulary, within);
}

function readWithin(invocation: Node): CivilSpan {
  if (operator(invocation) !== 'within') throw refused(`${operator(invocation)}()`);
  const [parameter, ...rest] = parametersOf(invocation) ?? [];
  const [, count, unit] = /^(\d{1,4})(day|week|month)s?$/.exec(parameter?.text ?? '') ?? [];
  if (!count || rest.length > 0) {
    throw new ConditionFault('condition', 'within(…) takes days, weeks or months', 'Write within(14 days).');
  }
  return { count: Number(count), unit: unit === 'day' ? 'd' : unit === 'week' ? 'wk' : 'mo' };
}

function named(names: readonly string[], vocabulary: Vocabulary, within: CivilSpan | undefined): FactPath {
  const [first, step, ...rest] = names;
  const ofStep = first === 'step';
  const code = ofStep ? rest.join('.') : names.join('.');
  if (ofStep && !vocabulary.steps.has(step ?? '')) {
    const remedy = meant(step ?? '', [...vocabulary.steps], 'Name a step of this protocol.');
    throw new ConditionFault('name', `"${step ?? ''}" is not a step`, remedy);
  }
  const definition = vocabulary.facts[code];
  if (!definition) throw unknownFact(code, vocabulary);
  if (definition.type === 'event') {
    throw new ConditionFault(
      'type',
      `"${code}" happens or not, and is never unknown`,
      'Let the step start from it instead: "start": {"all": [{"fact": …}]}.',
    );
  }
  return { code, ...(ofStep && step ? { step } : {}), ...(within ? { within } : {}) };
}

function definitionOf(path: FactPath, vocabulary: Vocabulary): FactDefinition {
  const definition = vocabulary.facts[path.code];
  if (!definition) throw unknownFact(path.code, vocabulary);
  return definition;
}
