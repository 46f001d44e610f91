import type { CivilSpan } from '@ariane/kernel';
import { parse } from 'fhirpath';
import type { Condition, FactPath } from './condition';
import type { FactDefinition, FactDictionary, FactValue } from './fact';

/** What a condition may name. */
export interface Vocabulary {
  readonly facts: FactDictionary;
  readonly steps: ReadonlySet<string>;
}

/** A fault of a condition, with what to write instead. */
export class ConditionFault extends Error {}

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
  let tree: Node;
  try {
    tree = parse(text) as Node; // fhirpath types its tree as any; only the fields of Node are read
  } catch (error) {
    throw new ConditionFault(`is not FHIRPath: ${error instanceof Error ? firstLine(error.message) : String(error)}`);
  }
  return readCondition(tree, vocabulary);
}

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
  new ConditionFault(`"${what}" may not be used: write comparisons joined by and, or, .not() and in (…)`);

function parametersOf(invocation: Node): readonly Node[] | undefined {
  return invocation.children?.[0]?.children?.find((child) => child.type === 'ParamList')?.children;
}

function readComparison(node: Node, vocabulary: Vocabulary): Condition {
  const op = operator(node);
  const [left, right] = node.children ?? [];
  if (!left || !right) throw refused(op);
  const path = readPath(left, vocabulary);
  const value = readLiteral(right);
  const definition = definitionOf(path, vocabulary);
  switch (op) {
    case '=':
    case '!=':
      checkValue(path.code, definition, value);
      return { op, path, value };
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (definition.type !== 'number') throw new ConditionFault(`"${path.code}" is not a number: it has no order`);
      checkValue(path.code, definition, value);
      return { op, path, value };
    default:
      throw refused(op);
  }
}

function readMembership(node: Node, vocabulary: Vocabulary): Condition {
  const [left, right] = node.children ?? [];
  if (operator(node) !== 'in' || !left || !right) throw refused(operator(node));
  const path = readPath(left, vocabulary);
  const values = readUnion(unwrap(right));
  for (const value of values) checkValue(path.code, definitionOf(path, vocabulary), value);
  return { op: 'in', path, values };
}

function readUnion(node: Node): readonly FactValue[] {
  if (node.type !== 'UnionExpression') return [readLiteral(node)];
  return (node.children ?? []).flatMap((child) => readUnion(unwrap(child)));
}

function readBoolean(node: Node, vocabulary: Vocabulary): Condition {
  const path = readPath(node, vocabulary);
  if (definitionOf(path, vocabulary).type !== 'boolean') {
    throw new ConditionFault(`"${path.code}" alone is not true or false: compare it with a value`);
  }
  return { op: 'is', path };
}

function readLiteral(given: Node): FactValue {
  const node = unwrap(given);
  if (node.type === 'PolarityExpression' && node.children?.[0] && operator(node) !== '+') {
    const value = readLiteral(node.children[0]);
    if (typeof value === 'number') return -value;
  }
  const literal = node.children?.[0]?.type === 'LiteralTerm' ? node.children[0].children?.[0] : undefined;
  const text = literal?.text ?? '';
  switch (literal?.type) {
    case 'StringLiteral':
      return text.slice(1, -1);
    case 'NumberLiteral':
      return Number(text);
    case 'BooleanLiteral':
      return text === 'true';
    default:
      throw new ConditionFault('compares a fact with something that is not a plain string, number, true or false');
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
        if (within) throw new ConditionFault('within(…) ends a path');
        names.push((node.text ?? '').replaceAll('`', ''));
        return;
      case 'FunctionInvocation':
        within = readWithin(node);
        return;
      default:
        throw new ConditionFault('has something else than a fact on its left side: write the fact first');
    }
  };
  walk(unwrap(given));
  return named(names, vocabulary, within);
}

function readWithin(invocation: Node): CivilSpan {
  if (operator(invocation) !== 'within') throw refused(`${operator(invocation)}()`);
  const [parameter, ...rest] = parametersOf(invocation) ?? [];
  const [, count, unit] = /^(\d{1,4})(day|week|month)s?$/.exec(parameter?.text ?? '') ?? [];
  if (!count || rest.length > 0) throw new ConditionFault('within(…) takes days, weeks or months: within(14 days)');
  return { count: Number(count), unit: unit === 'day' ? 'd' : unit === 'week' ? 'wk' : 'mo' };
}

function named(names: readonly string[], vocabulary: Vocabulary, within: CivilSpan | undefined): FactPath {
  const [first, step, ...rest] = names;
  const ofStep = first === 'step';
  const code = ofStep ? rest.join('.') : names.join('.');
  if (ofStep && !vocabulary.steps.has(step ?? '')) throw new ConditionFault(`"${step ?? ''}" is not a step`);
  const definition = vocabulary.facts[code];
  if (!definition) throw new ConditionFault(`"${code}" is not a known fact${nearest(code, vocabulary)}`);
  if (definition.type === 'event') {
    throw new ConditionFault(`"${code}" happens or not, and is never unknown: let the step start from it instead`);
  }
  return { code, ...(ofStep && step ? { step } : {}), ...(within ? { within } : {}) };
}

function definitionOf(path: FactPath, vocabulary: Vocabulary): FactDefinition {
  const definition = vocabulary.facts[path.code];
  if (!definition) throw new ConditionFault(`"${path.code}" is not a known fact`);
  return definition;
}

function checkValue(code: string, definition: FactDefinition, value: FactValue): void {
  const expected = definition.type === 'code' ? 'string' : definition.type;
  if (typeof value !== expected) throw new ConditionFault(`"${code}" is a ${definition.type}, not a ${typeof value}`);
  if (definition.type === 'code' && definition.values && !definition.values.includes(String(value))) {
    throw new ConditionFault(`'${String(value)}' is not a value of "${code}": ${definition.values.join(', ')}`);
  }
}

function nearest(code: string, vocabulary: Vocabulary): string {
  const tail = code.split('.').at(-1) ?? code;
  const found = Object.keys(vocabulary.facts).find(
    (known) => known.startsWith(code.slice(0, 4)) || known.endsWith(tail),
  );
  return found ? `; is it "${found}"?` : '';
}
