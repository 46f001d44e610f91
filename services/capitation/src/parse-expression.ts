import { DomainError, parseMoney, parseRational, unitsOf } from '@ariane/kernel';
import type { Expression } from './expression';
import { bool, money, num, readValue, type Value } from './value';

const functions: readonly string[] = ['min', 'max', 'clamp', 'round'];
/** From the loosest to the tightest. */
const levels = ['or', 'and', '== != < <= > >=', '+ -', '* /'].map((level): readonly string[] => level.split(' '));
const comparisonLevel = 2;
const lexeme =
  /\s*(?:(\d+(?:\.\d+)?(?:%| [A-Z]{3}\b)?)|('[^']*')|([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(==|!=|<=|>=|[-+*/()<>,]))/y;

interface Token {
  readonly text: string;
  readonly kind: 'number' | 'text' | 'name' | 'sign';
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; text.slice(at).trim() !== ''; at = lexeme.lastIndex) {
    lexeme.lastIndex = at;
    const found = lexeme.exec(text);
    if (!found) throw new DomainError('EXPRESSION_INVALID', { text, reason: `not understood at character ${at + 1}` });
    const kind = found[1] ? 'number' : found[2] ? 'text' : found[3] ? 'name' : 'sign';
    tokens.push({ kind, text: found[0].trim() });
  }
  return tokens;
}

/** Reads an expression; money literals must be in the contract's currency. Throws EXPRESSION_INVALID. */
export const parseExpression = (text: string, currency: string): Expression => new Parser(text, currency).whole();

class Parser {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(
    private readonly text: string,
    private readonly currency: string,
  ) {
    this.tokens = tokensOf(text);
  }

  whole(): Expression {
    const expression = this.level(0);
    const rest = this.tokens[this.position];
    return rest ? this.refuse(`'${rest.text}' is out of place`) : expression;
  }

  private level(depth: number): Expression {
    const operators = levels[depth];
    if (!operators) return this.primary();
    let left = this.level(depth + 1);
    for (let operator = this.take(...operators); operator; operator = this.take(...operators)) {
      left = { kind: 'apply', operator, operands: [left, this.level(depth + 1)] };
    }
    return left;
  }

  private primary(): Expression {
    if (this.take('not')) return { kind: 'apply', operator: 'not', operands: [this.level(comparisonLevel)] };
    if (this.take('-')) return { kind: 'apply', operator: 'negative', operands: [this.primary()] };
    const token = this.tokens[this.position];
    if (!token) return this.refuse('it ends too early');
    this.position += 1;
    if (token.text === '(' && token.kind === 'sign') {
      const [inner, ...others] = this.operands();
      return inner && others.length === 0 ? inner : this.refuse('a list is not a value');
    }
    if (token.kind === 'number' || token.kind === 'text') return { kind: 'literal', value: this.literal(token) };
    if (token.kind === 'sign' || levels.flat().includes(token.text)) this.refuse(`'${token.text}' is out of place`);
    if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: bool(token.text === 'true') };
    if (!this.take('(')) return { kind: 'name', name: token.text };
    if (!functions.includes(token.text)) this.refuse(`there is no function ${token.text}`);
    return { kind: 'apply', operator: token.text, operands: this.operands() };
  }

  private operands(): readonly Expression[] {
    const operands = [this.level(0)];
    while (this.take(',')) operands.push(this.level(0));
    return this.take(')') ? operands : this.refuse('a closing parenthesis is missing');
  }

  private literal(token: Token): Value {
    if (token.kind === 'text') {
      const text = token.text.slice(1, -1);
      const value = readValue(text);
      return value.type === 'date' ? value : { type: 'str', text };
    }
    if (!token.text.includes(' ')) return num(parseRational(token.text));
    if (!/\.\d{2} /.test(token.text)) this.refuse(`${token.text} is no amount: write two decimals`);
    const amount = parseMoney(token.text);
    if (amount.currency !== this.currency) this.refuse(`${amount.currency} is not the contract's currency`);
    return money(unitsOf(amount));
  }

  private take(...wanted: readonly string[]): string | undefined {
    const token = this.tokens[this.position];
    if (!token || token.kind === 'text' || !wanted.includes(token.text)) return undefined;
    this.position += 1;
    return token.text;
  }

  private refuse(reason: string): never {
    throw new DomainError('EXPRESSION_INVALID', { text: this.text, reason });
  }
}
