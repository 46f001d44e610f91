import {
  centsOf,
  DomainError,
  invariant,
  parseMoney,
  parseRational,
  rational,
  type RoundingMode,
} from '@ariane/kernel';
import { split } from './allocation';
import type { Explanation } from './explanation';
import { apply } from './expression';
import { ageOn, monthsFrom, type Proration } from './member-months';
import { money, num, readValue, type Value } from './value';

/**
 * Evaluates an explanation again from its leaves, without the contract: the auditor's check that a tree says why.
 * Throws when a step names an operator that does not exist.
 */
export function recompute(tree: Explanation, mode: RoundingMode): Value {
  switch (tree.of) {
    case 'constant':
    case 'parameter':
    case 'fact':
      return readExact(tree.value);
    case 'component':
      return recompute(tree.because, mode);
    case 'allocation':
      return recomputePart(tree, mode);
    case 'operation': {
      const values = tree.from.map((child) => recompute(child, mode));
      if (tree.operator === 'not due') return money(rational(0n));
      const [first, second] = values;
      invariant(first, 'an operation has operands');
      if (tree.operator === 'due' || tree.operator === 'table') return first;
      if (tree.operator === 'age' && 'text' in first && second && 'text' in second)
        return num(rational(BigInt(ageOn(first.text, second.text))));
      const proration = /^months (DAYS|WHOLE_MONTH|FIFTEENTH)$/.exec(tree.operator)?.[1];
      if (proration) return num(monthsFrom(proration as Proration, values)); // as: the pattern's own words
      if (!tree.operator.startsWith('cents ')) return apply(tree.operator, values, mode);
      invariant('amount' in first, 'only an amount is rounded to cents');
      return money(rational(centsOf(first.amount, mode), 100n));
    }
  }
}

function recomputePart(tree: Extract<Explanation, { of: 'allocation' }>, mode: RoundingMode): Value {
  const total = recompute(tree.total, mode);
  invariant('amount' in total, 'only an amount is split');
  // A part may itself be the total of a split: its exact value is whole in cents.
  const claims = tree.weights.map(({ id, because }) => {
    const weight = recompute(because, mode);
    invariant('amount' in weight, 'a weight is a number');
    return { id, weight: weight.amount };
  });
  const already = new Map(tree.already.map(({ id, value }) => [id, parseMoney(value).cents]));
  const rule = { allocation: tree.rule, tieBreak: tree.tieBreak };
  const part = split(centsOf(total.amount, mode), claims, rule, already).find(({ id }) => id === tree.id);
  if (!part) throw new DomainError('FACT_MISSING', { name: tree.id });
  return money(rational(part.cents, 100n));
}

/** `40.6725 EUR` and `1/3`: exact amounts that documents never write, and explanations do. */
function readExact(text: string): Value {
  if (text === 'true' || text === 'false') return readValue(text === 'true');
  const amount = /^(-?[\d./]+) [A-Z]{3}$/.exec(text)?.[1];
  if (amount !== undefined) return money(parseRational(amount));
  return /^-?\d+\/\d+$/.test(text) ? num(parseRational(text)) : readValue(text);
}
