import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '@ariane/kernel';
import fc from 'fast-check';
import { evaluate, type Expression, type Known, typeOf } from './expression';
import { parseExpression } from './parse-expression';
import { money, num, showValue, type Value, type ValueType } from './value';

/** A fraction on its own, with another arithmetic than the kernel's: it is never reduced. */
type Fraction = readonly [top: bigint, bottom: bigint];
type Plain = Fraction | boolean | string;

const names: Readonly<Record<string, Value>> = {
  price: money({ numerator: 12345n, denominator: 100n }),
  rate: money({ numerator: -7n, denominator: 2n }),
  raw: num({ numerator: 234n, denominator: 125n }),
  third: num({ numerator: 1n, denominator: 3n }),
  met: { type: 'bool', is: true },
  answer: { type: 'str', text: 'CR' },
  day: { type: 'date', text: '2026-03-02' },
};
const lookup = (name: string): Known => {
  const value = Object.hasOwn(names, name) ? names[name] : undefined;
  if (!value) throw new DomainError('FACT_MISSING', { name });
  return { value, because: { of: 'fact', name, value: showValue(value, 'EUR'), events: [] } };
};
const scope = { lookup, mode: 'HALF_UP' as const, currency: 'EUR' };
const typeOfName = (name: string): ValueType => lookup(name).value.type;

const minus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d - c * b, b * d];
const sign = ([a, b]: Fraction): number => (a * b > 0n ? 1 : a * b < 0n ? -1 : 0);
const least = (all: readonly Fraction[]) => all.reduce((x, y) => (sign(minus(x, y)) <= 0 ? x : y));
const most = (all: readonly Fraction[]) => all.reduce((x, y) => (sign(minus(x, y)) >= 0 ? x : y));

/** Half away from zero, by twice the amount plus one over two. */
function rounded([a, b]: Fraction, digits: Fraction): Fraction {
  const scale = 10n ** (digits[0] / digits[1]);
  const [top, bottom] = b < 0n ? [-a * scale, -b] : [a * scale, b];
  const size = top < 0n ? -top : top;
  const whole = (2n * size + bottom) / (2n * bottom);
  return [top < 0n ? -whole : whole, scale];
}

function plain(value: Value): Plain {
  if ('is' in value) return value.is;
  return 'text' in value ? value.text : [value.amount.numerator, value.amount.denominator];
}

/** The same language, read from the tree by other means. */
function reference(expression: Expression): Plain {
  if (expression.kind === 'literal') return plain(expression.value);
  if (expression.kind === 'name') return plain(names[expression.name]!);
  const { operator, operands } = expression;
  if (operator === 'or') return operands.some((one) => reference(one) === true);
  if (operator === 'and') return operands.every((one) => reference(one) === true);
  const values = operands.map(reference);
  if (operator === 'not') return values[0] !== true;
  const [left, right] = values;
  if (typeof left === 'string' || typeof left === 'boolean')
    return compared(operator, left === right ? 0 : left < right! ? -1 : 1);
  const amounts = values as readonly Fraction[]; // as: the type check let only amounts through
  const [a, b = [0n, 1n]] = amounts as readonly [Fraction, Fraction?]; // as: an operation has an operand
  switch (operator) {
    case 'negative':
      return [-a[0], a[1]];
    case '+':
      return minus(a, [-b[0], b[1]]);
    case '-':
      return minus(a, b);
    case '*':
      return [a[0] * b[0], a[1] * b[1]];
    case '/':
      return [a[0] * b[1], a[1] * b[0]];
    case 'min':
      return least(amounts);
    case 'max':
      return most(amounts);
    case 'clamp':
      return least([most([a, b]), amounts[2]!]);
    case 'round':
      return rounded(a, b);
    default:
      return compared(operator, sign(minus(a, b)));
  }
}

function compared(operator: string, order: number): boolean {
  if (operator === '==') return order === 0;
  if (operator === '!=') return order !== 0;
  if (operator.startsWith('<')) return order < 0 || (operator === '<=' && order === 0);
  return order > 0 || (operator === '>=' && order === 0);
}

/** Writes a tree as text, every operation in its own parentheses. */
function written(expression: Expression): string {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind === 'literal') {
    const { value } = expression;
    return 'text' in value ? `'${value.text}'` : showValue(value, 'EUR');
  }
  const { operator, operands } = expression;
  const parts = operands.map(written);
  if (['min', 'max', 'clamp', 'round'].includes(operator)) return `${operator}(${parts.join(', ')})`;
  if (operator === 'not') return `(not ${parts[0] ?? ''})`;
  if (operator === 'negative') return `(-${parts[0] ?? ''})`;
  return `(${parts.join(` ${operator} `)})`;
}

const literal = (value: Value): Expression => ({ kind: 'literal', value });
const apply = (operator: string, ...operands: Expression[]): Expression => ({ kind: 'apply', operator, operands });
const nameOf = (...of: string[]) => fc.constantFrom(...of).map((name): Expression => ({ kind: 'name', name }));
const digits = fc.nat({ max: 6 }).map((count) => literal(num({ numerator: BigInt(count), denominator: 1n })));
const decimal = fc.tuple(fc.nat({ max: 99_999 }), fc.constantFrom(1n, 10n, 100n, 1000n)).map(([top, bottom]) => {
  const text = showValue(num({ numerator: BigInt(top), denominator: bottom }), '');
  return parseExpression(text, 'EUR');
});
const cents = fc
  .nat({ max: 9_999_999 })
  .map((top) => parseExpression(`${Math.floor(top / 100)}.${String(top % 100).padStart(2, '0')} EUR`, 'EUR'));

/** Trees whose types fit, and some that do not: whatever a hand may write. */
const tree = fc.letrec<{ num: Expression; money: Expression; bool: Expression }>((tie) => ({
  num: fc.oneof(
    { maxDepth: 4 },
    decimal,
    nameOf('raw', 'third'),
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/', 'min', 'max'), tie('num'), tie('num'))
      .map(([o, a, b]) => apply(o, a, b)),
    fc.tuple(tie('num'), tie('num'), tie('num')).map((all) => apply('clamp', ...all)),
    fc.tuple(tie('money'), tie('money')).map(([a, b]) => apply('/', a, b)),
    fc.tuple(tie('num'), digits).map(([a, b]) => apply('round', a, b)),
  ),
  money: fc.oneof(
    { maxDepth: 4 },
    cents,
    nameOf('price', 'rate'),
    fc.tuple(fc.constantFrom('+', '-', 'min', 'max'), tie('money'), tie('money')).map(([o, a, b]) => apply(o, a, b)),
    fc.tuple(fc.constantFrom('*', '/'), tie('money'), tie('num')).map(([o, a, b]) => apply(o, a, b)),
    fc.tuple(tie('num'), tie('money')).map(([a, b]) => apply('*', a, b)),
    tie('money').map((a) => apply('negative', a)),
    fc.tuple(tie('money'), digits).map(([a, b]) => apply('round', a, b)),
  ),
  bool: fc.oneof(
    { maxDepth: 3 },
    nameOf('met'),
    fc
      .constantFrom('==', '!=')
      .map((o) => apply(o, { kind: 'name', name: 'answer' }, literal({ type: 'str', text: 'PR' }))),
    fc
      .constantFrom('<', '>=')
      .map((o) => apply(o, { kind: 'name', name: 'day' }, literal({ type: 'date', text: '2026-04-01' }))),
    fc
      .tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>='), tie('num'), tie('num'))
      .map(([o, a, b]) => apply(o, a, b)),
    fc.tuple(fc.constantFrom('<', '>='), tie('money'), tie('money')).map(([o, a, b]) => apply(o, a, b)),
    fc.tuple(fc.constantFrom('and', 'or', '=='), tie('bool'), tie('bool')).map(([o, a, b]) => apply(o, a, b)),
    tie('bool').map((a) => apply('not', a)),
  ),
}));
const anyTree = fc.oneof(tree.num, tree.money, tree.bool);

const ownError = (error: unknown): boolean =>
  error instanceof DomainError && ['EXPRESSION_INVALID', 'DIVISION_BY_ZERO', 'FACT_MISSING'].includes(error.code);

describe('the expression language, fuzzed', () => {
  it('throws nothing but its own error, whatever the text', () => {
    const words = fc.constantFrom(
      ..."price rate 12 3.50 2% 10.00 EUR USD and or not == <= ( ) , . ' - * / clamp round min 1/3 é \u0000".split(' '),
    );
    const nested = fc.nat({ max: 400 }).map((depth) => '('.repeat(depth) + '1' + ')'.repeat(depth));
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(words, { maxLength: 80 }).map((all) => all.join(' ')),
      nested,
    );
    fc.assert(
      fc.property(text, (one) => {
        try {
          const expression = parseExpression(one, 'EUR');
          typeOf(expression, typeOfName);
          evaluate(expression, scope);
        } catch (error) {
          if (!ownError(error)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('reads what it wrote: the tree of a tree’s text is the same tree', () => {
    fc.assert(
      fc.property(anyTree, (one) => {
        expect(parseExpression(written(one), 'EUR')).toEqual(one);
      }),
      { numRuns: 1000 },
    );
  });

  it('comes to what another evaluator over plain fractions comes to, with the type promised beforehand', () => {
    fc.assert(
      fc.property(anyTree, (one) => {
        const type = typeOf(one, typeOfName);
        let value: Value;
        try {
          ({ value } = evaluate(one, scope));
        } catch (error) {
          if (!(error instanceof DomainError) || error.code !== 'DIVISION_BY_ZERO') throw error;
          return;
        }
        expect(value.type).toBe(type);
        const expected = reference(one);
        if ('amount' in value) {
          const [top, bottom] = expected as Fraction; // as: an amount's
          expect(value.amount.numerator * bottom).toBe(top * value.amount.denominator);
        } else expect(plain(value)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('is written in fewer than 200 lines', () => {
    const lines = ['expression.ts', 'parse-expression.ts'].flatMap((file) =>
      readFileSync(join(__dirname, file), 'utf8')
        .split('\n')
        .filter((line) => !/^\s*($|\/\/|\*|\/\*)/.test(line)),
    );
    expect(lines.length).toBeLessThan(200);
  });
});
