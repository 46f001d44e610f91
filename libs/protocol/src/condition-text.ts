import type { CivilSpan } from '@ariane/kernel';
import type { Condition, FactPath } from './condition';
import type { FactValue } from './fact';

/** Writes a condition as a document has it. */
export function conditionText(condition: Condition): string {
  switch (condition.op) {
    case 'and':
    case 'or':
      return `(${conditionText(condition.left)}) ${condition.op} (${conditionText(condition.right)})`;
    case 'not':
      return `(${conditionText(condition.of)}).not()`;
    case 'is':
      return pathText(condition.path);
    case 'in':
      return `${pathText(condition.path)} in (${condition.values.map(valueText).join(' | ')})`;
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return `${pathText(condition.path)} ${condition.op} ${valueText(condition.value)}`;
  }
}

const valueText = (value: FactValue): string => (typeof value === 'string' ? `'${value}'` : String(value));

/** A name that may be a word of FHIRPath, or holds a hyphen, is quoted. */
const nameText = (name: string): string => (/^[a-z][a-z0-9]*$/.test(name) && !words.has(name) ? name : `\`${name}\``);
const words = new Set([
  'and',
  'or',
  'in',
  'is',
  'as',
  'div',
  'mod',
  'xor',
  'implies',
  'contains',
  'true',
  'false',
  'day',
  'days',
  'week',
  'weeks',
]);

function pathText({ code, step, within }: FactPath): string {
  const names = [...(step === undefined ? [] : ['step', step]), ...code.split('.')];
  return `${names.map(nameText).join('.')}${within ? `.within(${ageText(within)})` : ''}`;
}

const ageText = ({ count, unit }: CivilSpan): string =>
  `${String(count)} ${unit === 'wk' ? 'weeks' : unit === 'mo' ? 'months' : 'days'}`;
