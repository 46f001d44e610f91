import { DomainError } from '@ariane/kernel';
import type { Example, Given } from './contract';
import type { Known } from './expression';
import { currencyOf, readValue, showValue, type Value, type ValueType } from './value';

/** One row of a list of facts: a participant, a member. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A null is a fact that is not there: evidence not assessed. */
const own = (record: unknown, key: string): unknown =>
  isRecord(record) && Object.hasOwn(record, key) ? (record[key] ?? undefined) : undefined;

const at = (given: unknown, path: string): unknown => path.split('.').reduce<unknown>(own, given);

/** `treatment-end` as expressions name it: `treatmentEnd`. */
export const camel = (id: string): string => id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const milestonesOf = (given: Given): readonly string[] | undefined =>
  Array.isArray(given.milestones) ? given.milestones.map((id) => camel(String(id))) : undefined;

const raw = (value: unknown, name: string): string | boolean => {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && /^-?\d+(\.\d+)?$/.test(String(value))) return String(value);
  throw new DomainError('FACT_MALFORMED', { name, reason: 'neither text nor boolean' });
};

const textsAt = (record: unknown, key: string): readonly string[] => {
  const found = own(record, key);
  return Array.isArray(found) ? found.map(String) : [];
};

/** A fact and the events behind it. Throws FACT_MISSING, FACT_MALFORMED, and refuses another currency. */
export function factOf(given: Given, name: string, currency: string): Known {
  const reached = name.startsWith('milestone.') ? milestonesOf(given) : undefined;
  const value = reached ? reached.includes(name.slice('milestone.'.length)) : at(given, name);
  if (value === undefined) throw new DomainError('FACT_MISSING', { name });
  return leaf(name, raw(value, name), textsAt(given.evidence, name), currency);
}

/** Whether the facts hold this name at all. */
export const hasFact = (given: Given, name: string): boolean =>
  (name.startsWith('milestone.') && milestonesOf(given) !== undefined) || at(given, name) !== undefined;

/** A field of a row, or undefined when the row has no such field. */
export function fieldOf(row: Row, name: string, currency: string): Known | undefined {
  const value = at(row, name);
  if (value === undefined) return undefined;
  return leaf(`${row.id}.${name}`, raw(value, name), textsAt(row, 'evidence'), currency);
}

function leaf(name: string, value: string | boolean, events: readonly string[], currency: string): Known {
  const other = currencyOf(value);
  if (other && other !== currency)
    throw new DomainError('FACT_MALFORMED', { name, reason: `${other}, not ${currency}` });
  if (typeof value === 'string' && /\/0+$/.test(value))
    throw new DomainError('FACT_MALFORMED', { name, reason: 'divided by zero' });
  const read: Value = readValue(value);
  return { value: read, because: { of: 'fact', name, value: showValue(read, currency), events } };
}

/** The rows of a list of facts. Throws FACT_MISSING, or FACT_MALFORMED for rows without an id of their own. */
export function rowsOf(given: Given, path: string): readonly Row[] {
  const list = at(given, path);
  if (list === undefined) throw new DomainError('FACT_MISSING', { name: path });
  if (!Array.isArray(list) || !list.every(isRow)) {
    throw new DomainError('FACT_MALFORMED', { name: path, reason: 'not a list of rows with an id' });
  }
  if (new Set(list.map(({ id }) => id)).size !== list.length)
    throw new DomainError('FACT_MALFORMED', { name: path, reason: 'an id appears twice' });
  return list;
}

const isRow = (value: unknown): value is Row => isRecord(value) && typeof value.id === 'string';

/** What the examples teach of the facts: the type of each name, as load-time checks need it. */
export interface FactTypes {
  /** Undefined when no example has the fact. Throws CONTRACT_INVALID when examples disagree. */
  readonly ofName: (name: string) => ValueType | undefined;
  /** Of a field of the rows of a list; undefined when no row has it. Throws CONTRACT_INVALID when rows disagree. */
  readonly ofField: (path: string, name: string) => ValueType | undefined;
  /** Whether no example has a row in this list. */
  readonly isEmpty: (path: string) => boolean;
}

export function factTypes(examples: readonly Example[], currency: string): FactTypes {
  const single = (name: string, types: readonly ValueType[]): ValueType | undefined => {
    const distinct = new Set(types);
    if (distinct.size > 1) {
      throw new DomainError('CONTRACT_INVALID', { place: 'examples', reason: `${name} has several types` });
    }
    return types[0];
  };
  const milestones = new Set(examples.flatMap(({ given }) => milestonesOf(given) ?? []));
  return {
    ofName: (name) => {
      if (milestones.has(name.replace(/^milestone\./, '')) && name.startsWith('milestone.')) return 'bool';
      const givens = examples.filter(({ given }) => at(given, name) !== undefined);
      return single(
        name,
        givens.map(({ given }) => factOf(given, name, currency).value.type),
      );
    },
    ofField: (path, name) => {
      const rows = examples.flatMap(({ given }) => (at(given, path) === undefined ? [] : rowsOf(given, path)));
      const fields = rows.flatMap((row) => fieldOf(row, name, currency) ?? []);
      return single(
        name,
        fields.map((field) => field.value.type),
      );
    },
    isEmpty: (path) => examples.every(({ given }) => at(given, path) === undefined || rowsOf(given, path).length === 0),
  };
}
