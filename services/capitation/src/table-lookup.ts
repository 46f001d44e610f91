import { compare, DomainError, rational } from '@ariane/kernel';
import type { TableRow } from './contract';
import type { Known } from './expression';
import type { Row } from './facts';
import type { Checker, Run } from './kind';
import { ageOn } from './member-months';
import { currencyOf, num, readValue, showValue, type Value } from './value';

const textOf = (row: TableRow, column: string): string | undefined => {
  const value = row[column];
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string' ? `${value}` : undefined;
};

/**
 * Throws CONTRACT_INVALID unless the table is there, each row has an amount of money in the contract's currency and
 * days that exist, and no two rows answer for the same facts on the same day.
 */
export function checkTable(name: string, keys: readonly string[], checker: Checker): void {
  const { tables = {} } = checker.document;
  const rows = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (!rows || rows.length === 0) return checker.refuse('table', `there is no table ${name}`, 'Write it in "tables".');
  rows.forEach((row, index) => {
    const place = `table, row ${index + 1} of ${name}`;
    const amount = textOf(row, 'amount');
    if (currencyOf(amount) !== checker.document.currency)
      checker.refuse(place, 'its amount is not money of the contract', 'Write "amount": "12.00 EUR".');
    for (const column of ['from', 'to']) {
      const day = textOf(row, column);
      if (day !== undefined && readValue(day).type !== 'date') checker.refuse(place, `${column} is no day`);
    }
    for (const key of keys) {
      const band = [`${key}From`, `${key}To`].some((column) => textOf(row, column) !== undefined);
      if (band && textOf(row, key) !== undefined) checker.refuse(place, `${key} is both a value and a band`);
    }
  });
  rows.forEach((row, index) => {
    const other = rows.slice(index + 1).find((one) => meet(row, one, keys));
    if (other) checker.refuse(`table, row ${index + 1} of ${name}`, 'another row answers for the same facts and days');
  });
}

/** Whether two rows could answer for one fact on one day. */
const meet = (a: TableRow, b: TableRow, keys: readonly string[]): boolean =>
  spansMeet(a, b, 'from', 'to') &&
  keys.every((key) => {
    const [one, other] = [textOf(a, key), textOf(b, key)];
    if (one !== undefined && other !== undefined) return isSame(readValue(one), readValue(other));
    if (one !== undefined) return isInBand(b, key, readValue(one));
    if (other !== undefined) return isInBand(a, key, readValue(other));
    return spansMeet(a, b, `${key}From`, `${key}To`);
  });

function spansMeet(a: TableRow, b: TableRow, from: string, to: string): boolean {
  const isBefore = (end: string | undefined, start: string | undefined): boolean =>
    end !== undefined && start !== undefined && order(readValue(end), readValue(start)) <= 0;
  return !isBefore(textOf(a, to), textOf(b, from)) && !isBefore(textOf(b, to), textOf(a, from));
}

function order(a: Value, b: Value): number {
  if ('amount' in a && 'amount' in b) return compare(a.amount, b.amount);
  const [one, other] = [showValue(a, ''), showValue(b, '')];
  return one < other ? -1 : one > other ? 1 : 0;
}

const isSame = (a: Value, b: Value): boolean => a.type === b.type && order(a, b) === 0;

function isInBand(row: TableRow, key: string, value: Value): boolean {
  const [from, to] = [textOf(row, `${key}From`), textOf(row, `${key}To`)];
  return (
    (from === undefined || order(value, readValue(from)) >= 0) && (to === undefined || order(value, readValue(to)) < 0)
  );
}

/**
 * The amount of the one row of a table that answers for the facts named in `keys`, on a day where rows are dated. The
 * age is computed from `birthDate` where the facts have no `age`.
 *
 * @throws FACT_MALFORMED when no row answers, FACT_MISSING
 */
export function lookedUp(
  table: string,
  keys: readonly string[],
  on: string | undefined,
  run: Run,
  row: Row | undefined,
): Known {
  const rows = run.contract.document.tables?.[table] ?? [];
  const isDated = rows.some((one) => textOf(one, 'from') !== undefined || textOf(one, 'to') !== undefined);
  const isAgeless = keys.includes('age') && !run.has('age', row);
  const day = isDated || isAgeless || on !== undefined ? run.evaluate(on ?? 'period.from', row) : undefined;
  const facts = keys.map((key) => (key === 'age' && isAgeless && day ? ageAt(day, run, row) : run.evaluate(key, row)));
  const found = rows.findIndex((one) => {
    const isInForce = !day || isInSpan(one, day.value);
    return isInForce && keys.every((key, index) => answers(one, key, facts[index]?.value));
  });
  const amount = textOf(rows[found] ?? {}, 'amount');
  if (amount === undefined) {
    const asked = [...facts, ...(day ? [day] : [])].map(({ value }) => showValue(value, ''));
    throw new DomainError('FACT_MALFORMED', { name: `tables.${table}`, reason: `no row for ${asked.join(', ')}` });
  }
  const { currency } = run.contract.document;
  const value = readValue(amount);
  const text = showValue(value, currency);
  const parameter = { of: 'parameter' as const, name: `tables.${table}.${found + 1}.amount`, value: text };
  const from = [parameter, ...[...facts, ...(isDated && day ? [day] : [])].map((one) => one.because)];
  return { value, because: { of: 'operation', operator: 'table', clause: table, value: text, from } };
}

const isInSpan = (row: TableRow, day: Value): boolean => {
  const [from, to] = [textOf(row, 'from'), textOf(row, 'to')];
  const text = showValue(day, '');
  return (from === undefined || from <= text) && (to === undefined || text < to);
};

function answers(row: TableRow, key: string, value: Value | undefined): boolean {
  if (!value) return false;
  const own = textOf(row, key);
  return own === undefined ? isInBand(row, key, value) : showValue(value, '') === own || isSame(readValue(own), value);
}

function ageAt(day: Known, run: Run, row: Row | undefined): Known {
  const birth = run.evaluate('birthDate', row);
  if (birth.value.type !== 'date' || day.value.type !== 'date')
    throw new DomainError('FACT_MALFORMED', { name: 'birthDate', reason: 'not a day' });
  const value = num(rational(BigInt(ageOn(birth.value.text, day.value.text))));
  const from = [birth.because, day.because];
  return { value, because: { of: 'operation', operator: 'age', value: showValue(value, ''), from } };
}

/** Throws CONTRACT_INVALID when a key is known neither to the examples nor, for `age`, by a birth date. */
export function checkKeys(keys: readonly string[], checker: Checker, among?: string): void {
  for (const key of keys) {
    const isKnown = checker.typeOf(key, among) !== undefined;
    if (isKnown || (key === 'age' && checker.typeOf('birthDate', among) === 'date')) continue;
    checker.refuse('by', `${key} is nowhere`, 'Give it in an example.');
  }
}
