import { add, compare, divide, DomainError, formatRational, multiply, negate, type Rational } from '@ariane/kernel';
import { roundToDigits, type RoundingMode, subtract, zero } from '@ariane/kernel';
import type { Explanation } from './explanation';
import { atFact } from './malformed';
import { bool, showValue, type Value, type ValueType } from './value';

/**
 * The expression language of payment contracts: exact, typed, without loops, state or time. Literals (`12`, `2%`,
 * `10.00 EUR`, `'text'`, `true`), names with dots, `+ - * /`, comparisons, `and or not`, `min max clamp round`.
 */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'apply'; readonly operator: string; readonly operands: readonly Expression[] };

/** What a name stands for, and why. */
export interface Known {
  readonly value: Value;
  readonly because: Explanation;
}

/** The names an expression speaks of. */
export function namesIn(expression: Expression): readonly string[] {
  if (expression.kind === 'name') return [expression.name];
  return expression.kind === 'apply' ? expression.operands.flatMap(namesIn) : [];
}

/** The type of the result; throws EXPRESSION_INVALID for `money * money`, `money + num`, `num / money` and the like. */
export function typeOf(expression: Expression, typeOfName: (name: string) => ValueType): ValueType {
  if (expression.kind === 'literal') return expression.value.type;
  if (expression.kind === 'name') return typeOfName(expression.name);
  const types = expression.operands.map((operand) => typeOf(operand, typeOfName));
  const result = resultType(expression.operator, types);
  const digits = expression.operator === 'round' ? expression.operands[1] : undefined;
  const wrongDigits = digits && !(digits.kind === 'literal' && /^1?\d$/.test(showValue(digits.value, '')));
  const text = `${expression.operator}(${types.join(', ')})`;
  if (!result || wrongDigits) throw new DomainError('EXPRESSION_INVALID', { text, reason: 'type error' });
  return result;
}

function resultType(operator: string, types: readonly ValueType[]): ValueType | undefined {
  const [left, right] = types;
  const amounts = types.every((type) => type === 'num' || type === 'money');
  const same = types.every((type) => type === left);
  const count = types.length;
  if (operator === 'negative') return amounts ? left : undefined;
  if (operator === 'min' || operator === 'max') return amounts && same ? left : undefined;
  if (operator === 'clamp') return amounts && same && count === 3 ? left : undefined;
  if (operator === 'round') return amounts && right === 'num' && count === 2 ? left : undefined;
  if (operator === '+' || operator === '-') return amounts && same ? left : undefined;
  if (operator === '*') return !amounts || (left === 'money' && same) ? undefined : same ? left : 'money';
  if (operator === '/') return !amounts ? undefined : same ? 'num' : left === 'money' ? 'money' : undefined;
  if (operator === '==' || operator === '!=') return same ? 'bool' : undefined;
  if (operator === 'and' || operator === 'or' || operator === 'not')
    return same && left === 'bool' ? 'bool' : undefined;
  return same && (amounts || left === 'date') ? 'bool' : undefined;
}

/** What evaluation needs beside the expression. */
export interface Scope {
  readonly lookup: (name: string) => Known;
  readonly mode: RoundingMode;
  readonly currency: string;
}

/** The value and its explanation. `and` and `or` stop at the first operand that settles them. Throws FACT_MISSING. */
export function evaluate(expression: Expression, scope: Scope): Known {
  if (expression.kind === 'name') return scope.lookup(expression.name);
  if (expression.kind === 'literal') {
    return { value: expression.value, because: { of: 'constant', value: showValue(expression.value, scope.currency) } };
  }
  const { operator } = expression;
  const known: Known[] = [];
  for (const operand of expression.operands) {
    const next = evaluate(operand, scope);
    known.push(next);
    if (operator === 'or' && truth(next.value)) break;
    if (operator === 'and' && !truth(next.value)) break;
  }
  return combine(operator, known, scope);
}

/** An operator on values already known, with its explanation. */
export function combine(operator: string, known: readonly Known[], scope: Pick<Scope, 'mode' | 'currency'>): Known {
  const values = known.map(({ value }) => value);
  const value = atFact(operator, known, () => apply(operator, values, scope.mode));
  const from = known.map(({ because }) => because);
  return { value, because: { of: 'operation', operator, value: showValue(value, scope.currency), from } };
}

const truth = (value: Value): boolean => value.type === 'bool' && value.is;
const amountOf = (value: Value | undefined): Rational => (value && 'amount' in value ? value.amount : zero);
const order = (left: Value, right: Value): number => {
  if ('amount' in left) return compare(left.amount, amountOf(right));
  const [a, b] = [showValue(left, ''), showValue(right, '')];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** One operator on values whose types `resultType` accepts. Throws FACT_MALFORMED when facts brought other types. */
export function apply(operator: string, values: readonly Value[], mode: RoundingMode): Value {
  const decided = operator === 'and' || operator === 'or';
  const types = values.map((value) => value.type);
  const type = resultType(operator, types);
  const [left, right] = values;
  if (!type || !left) throw new DomainError('FACT_MALFORMED', { name: operator, reason: 'type error' });
  if (decided) return bool(operator === 'and' ? values.every(truth) : values.some(truth));
  if (type === 'bool' && right) return bool(orders[operator]?.includes(order(left, right)) ?? false);
  if (operator === 'not') return bool(!truth(left));
  return { type: type === 'money' ? 'money' : 'num', amount: arithmetic(operator, values.map(amountOf), mode) };
}

/** The orders of two values in which a comparison is true. */
const orders: Readonly<Record<string, readonly number[]>> = {
  ...{ '==': [0], '!=': [-1, 1], '<': [-1], '<=': [-1, 0], '>': [1], '>=': [0, 1] },
};

function arithmetic(operator: string, amounts: readonly Rational[], mode: RoundingMode): Rational {
  const [a = zero, b = zero, c = zero] = amounts;
  const least = (values: readonly Rational[]) => values.reduce((x, y) => (compare(x, y) <= 0 ? x : y));
  const most = (values: readonly Rational[]) => values.reduce((x, y) => (compare(x, y) >= 0 ? x : y));
  if (operator === 'negative') return negate(a);
  if (operator === '+') return amounts.reduce(add);
  if (operator === '-') return subtract(a, b);
  if (operator === '*') return multiply(a, b);
  if (operator === '/') return divide(a, b);
  if (operator === 'min') return least(amounts);
  if (operator === 'max') return most(amounts);
  if (operator === 'clamp') return least([most([a, b]), c]);
  return roundToDigits(a, Number(formatRational(b)), mode);
}
