import { add, multiply, type Rational, rational } from '@ariane/kernel';
import fc from 'fast-check';
import { evaluate, type Known, typeOf } from './expression';
import { parseExpression } from './parse-expression';
import { readValue, showValue, type ValueType } from './value';

const facts: Readonly<Record<string, string | boolean>> = {
  price: '100.00 EUR',
  rate: '42.50 EUR',
  raw: '1.872',
  met: true,
  answer: 'CR',
  day: '2026-03-02',
};
const lookup = (name: string): Known => {
  const value = readValue(facts[name]!);
  return { value, because: { of: 'fact', name, value: showValue(value, 'EUR'), events: [] } };
};
const typeOfName = (name: string): ValueType => readValue(facts[name]!).type;
const compute = (text: string): string =>
  showValue(evaluate(parseExpression(text, 'EUR'), { lookup, mode: 'HALF_UP', currency: 'EUR' }).value, 'EUR');
const typeIn = (text: string): ValueType => typeOf(parseExpression(text, 'EUR'), typeOfName);

describe('the expression language of contracts', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['-2 - -3', '1'],
    ['1 / 3', '1/3'],
    ['price * 10%', '10.00 EUR'],
    ['price / 3 * 3', '100.00 EUR'],
    ['price / rate', '40/17'],
    ['rate * raw', '79.56 EUR'],
    ['clamp(round(raw / 1.045, 3), 0.500, 3.000)', '1.791'],
    ['min(price, 12.00 EUR, rate)', '12.00 EUR'],
    ['max(1, 2, 3)', '3'],
    ["answer == 'CR' or answer == 'PR'", 'true'],
    ["day < '2026-04-01' and not met == false", 'true'],
    ['0.1 + 0.2 == 0.3', 'true'],
  ])('%s is %s, exactly', (text, expected) => {
    expect(compute(text)).toBe(expected);
  });

  it.each([
    'price * price',
    'price + 1',
    '1 / price',
    'met + 1',
    'answer < answer',
    'price == 1',
    'met and 1',
    'round(raw, 1.5)',
    'round(raw, raw)',
    'clamp(1, 2)',
    "'2026-01-01' + 1",
    "day == 'CR'",
  ])('%s is a type error before anything is computed', (text) => {
    expect(() => typeIn(text)).toThrow('type error');
  });

  it.each(['1 +', '1 2', '(1', 'unknown(1)', '1 USD', '10.00 USD', '2 ** 3', "'open", 'and', 'a; b', 'min()', ''])(
    '%s is refused with its reason',
    (text) => {
      expect(() => parseExpression(text, 'EUR')).toThrow('EXPRESSION_INVALID');
    },
  );

  it('stops at the operand that settles `and` and `or`, so that a fact not needed may be missing', () => {
    const missing = (name: string): Known => {
      throw new Error(`asked for ${name}`);
    };
    const scope = { lookup: missing, mode: 'HALF_UP' as const, currency: 'EUR' };
    expect(evaluate(parseExpression('false and absent', 'EUR'), scope).value).toEqual({ type: 'bool', is: false });
    expect(evaluate(parseExpression('true or absent', 'EUR'), scope).value).toEqual({ type: 'bool', is: true });
  });

  it('computes sums and products without losing anything', () => {
    const some = fc.tuple(fc.bigInt(0n, 10n ** 12n), fc.nat({ max: 6 }));
    const text = ([units, digits]: [bigint, number]) => {
      const padded = units.toString().padStart(digits + 1, '0');
      return digits === 0 ? padded : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
    };
    const exact = ([units, digits]: [bigint, number]): Rational => rational(units, 10n ** BigInt(digits));
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const found = evaluate(parseExpression(`${text(a)} + ${text(b)} * ${text(c)}`, 'EUR'), {
          lookup,
          mode: 'DOWN',
          currency: 'EUR',
        }).value;
        expect(found).toEqual({ type: 'num', amount: add(exact(a), multiply(exact(b), exact(c))) });
      }),
    );
  });

  it('never throws anything but a refusal, whatever it is fed', () => {
    const alphabet = fc.constantFrom(
      '1',
      '2.5',
      '3%',
      'price',
      'met',
      '(',
      ')',
      '+',
      '*',
      '<',
      'and',
      'not',
      ',',
      'min',
      "'x'",
      ' ',
    );
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 12 }), (parts) => {
        try {
          const expression = parseExpression(parts.join(' '), 'EUR');
          typeOf(expression, typeOfName);
          evaluate(expression, { lookup, mode: 'HALF_UP', currency: 'EUR' });
        } catch (error) {
          expect(String(error)).toMatch(/EXPRESSION_INVALID|DIVISION_BY_ZERO/);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
