import { DomainError, formatMoney, zero } from '@ariane/kernel';
import { totalOf } from './clause';
import type { Contract, Given } from './contract';
import type { Explanation } from './explanation';
import { combine, evaluate, type Expression, type Known } from './expression';
import { factOf, fieldOf, hasFact, type Row } from './facts';
import type { Amount, Awaited, Outcome, Run, Transfer } from './kind';
import { bound, outputName } from './kinds';
import { parseExpression } from './parse-expression';
import { money, readValue, showValue } from './value';

/** Amounts as a contract's examples write them: `"12.00 EUR"` by name, or by id under a name. */
export type Amounts = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export interface Priced {
  /** Only what is due: a component whose trigger is false is absent. */
  readonly amounts: Amounts;
  readonly transfers: readonly Transfer[];
  /** What waits for its evidence; with no cents once it is held no longer. */
  readonly awaited: readonly Awaited[];
  /** The next civil day on which time alone makes something else of the same facts. */
  readonly wakesOn: string | null;
  /** Why each amount is what it is, by the amounts' own names. */
  readonly explain: Readonly<Record<string, Explanation | Readonly<Record<string, Explanation>>>>;
}

/**
 * What a contract makes of facts: exact until each component's amount is rounded to cents.
 *
 * @throws FACT_MISSING, FACT_MALFORMED, EVIDENCE_INCOMPLETE, DIVISION_BY_ZERO; each with the component or the row of the facts as its place
 */
export function price(contract: Contract, given: Given): Priced {
  const outcomes = new Map<string, Outcome | undefined>();
  const run = runOf(contract, given, outcomes);
  for (const component of contract.ordered) {
    outcomes.set(
      component.id,
      atComponent(component.id, () => bound(component).price(run)),
    );
  }
  const amounts: Record<string, string | Record<string, string>> = {};
  const explain: Record<string, Explanation | Record<string, Explanation>> = {};
  const transfers: Transfer[] = [];
  const awaited: Awaited[] = [];
  const wakes: string[] = [];
  const write = (cents: bigint): string => formatMoney({ cents, currency: contract.document.currency });
  for (const { id } of contract.document.components) {
    const outcome = outcomes.get(id);
    if (!outcome) continue;
    for (const [output, { cents, because }] of outcome.amounts) {
      amounts[outputName(id, output)] = write(cents);
      explain[outputName(id, output)] = because;
    }
    for (const [output, lines] of outcome.lists) {
      amounts[outputName(id, output)] = Object.fromEntries([...lines].map(([key, { cents }]) => [key, write(cents)]));
      explain[outputName(id, output)] = Object.fromEntries([...lines].map(([key, { because }]) => [key, because]));
    }
    for (const [output, words] of outcome.words ?? []) amounts[outputName(id, output)] = Object.fromEntries(words);
    transfers.push(...outcome.transfers.filter((transfer) => transfer.cents !== 0n));
    awaited.push(...(outcome.awaited ?? []));
    wakes.push(...(outcome.wakes ?? []));
  }
  return { amounts, transfers, awaited, wakesOn: wakes.sort()[0] ?? null, explain };
}

/** A refusal with the component that met it. */
const atComponent = <T>(id: string, work: () => T): T => atPlace(() => `components.${id}`, work);

/** A refusal with the row of the facts that it is about, by its number: `members.3`. */
const atRow = <T>(given: Given, row: Row | undefined, work: () => T): T =>
  atPlace(() => row && rowPlace(given, row), work);

function rowPlace(given: Given, row: Row): string | undefined {
  const rows = Object.entries(given).find(([, list]) => Array.isArray(list) && list.includes(row));
  return rows && `${rows[0]}.${(rows[1] as readonly unknown[]).indexOf(row)}`; // as: it was found in a list
}

function atPlace<T>(place: () => string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.field !== undefined) throw error;
    throw new DomainError(error.code, error.params, place(), error.faults);
  }
}

function runOf(contract: Contract, given: Given, outcomes: ReadonlyMap<string, Outcome | undefined>): Run {
  const { currency, params = {}, rounding } = contract.document;
  const parsed = new Map<string, Expression>();
  const expressionOf = (text: string): Expression => {
    const expression = parsed.get(text) ?? parseExpression(text, currency);
    parsed.set(text, expression);
    return expression;
  };
  const output = (name: string): Amount | undefined => {
    const [id = '', ...rest] = name.split('.');
    const [outcome, part] = [outcomes.get(id), rest.join('.')];
    const list = outcome?.lists.get(part);
    return outcome?.amounts.get(part) ?? (list && totalOf([...list.values()], currency));
  };
  const lineOf = (name: string, row: Row | undefined): Amount | undefined =>
    row && /^\w+\.line$/.test(name) ? outcomes.get(name.slice(0, -5))?.lists.get('lines')?.get(row.id) : undefined;
  const lookup = (name: string, row: Row | undefined): Known => {
    const field = row && fieldOf(row, name, currency);
    if (field) return field;
    const parameter = Object.hasOwn(params, name) ? params[name] : undefined;
    if (parameter !== undefined) {
      const value = readValue(parameter);
      return { value, because: { of: 'parameter', name, value: showValue(value, currency) } };
    }
    if (!outcomes.has(name.split('.')[0] ?? '')) return factOf(given, name, currency);
    // A component that is not due weighs nothing in another's amount.
    const amount = lineOf(name, row) ??
      output(name) ?? { cents: 0n, because: { of: 'constant' as const, value: `0.00 ${currency}` } };
    const value = amount.cents === 0n ? money(zero) : readValue(formatMoney({ cents: amount.cents, currency }));
    return { value, because: { of: 'component', name, value: showValue(value, currency), because: amount.because } };
  };
  return {
    contract,
    given,
    output,
    has: (name, row) =>
      (row && fieldOf(row, name, currency) !== undefined) ||
      Object.hasOwn(params, name) ||
      outcomes.has(name.split('.')[0] ?? '') ||
      hasFact(given, name),
    combine: (operator, known) => combine(operator, known, { mode: rounding.mode, currency }),
    evaluate: (text, row) =>
      atRow(given, row, () =>
        evaluate(expressionOf(text), { mode: rounding.mode, currency, lookup: (name) => lookup(name, row) }),
      ),
  };
}

/**
 * Plays the contract's own examples. `expect` is compared as a subset, except that an empty one demands that nothing
 * is due.
 *
 * @throws CONTRACT_EXAMPLE_FAILED for the first difference, and what `price` throws
 */
export function checkExamples(contract: Contract): void {
  for (const { name: example, given, expect } of contract.document.examples) {
    const { amounts } = price(contract, given);
    const [unexpected] = Object.keys(amounts);
    if (Object.keys(expect).length === 0 && unexpected !== undefined) {
      fail(example, unexpected, 'nothing', amounts[unexpected]);
    }
    for (const [name, expected] of Object.entries(expect)) compare(example, name, expected, amounts[name]);
  }
}

function compare(
  example: string,
  name: string,
  expected: Amounts[string],
  computed: Amounts[string] | undefined,
): void {
  if (typeof expected === 'string') {
    if (computed !== expected) fail(example, name, expected, computed);
    return;
  }
  for (const [id, text] of Object.entries(expected)) {
    const own = typeof computed === 'object' ? computed[id] : undefined;
    if (own !== text) fail(example, `${name}.${id}`, text, own);
  }
}

function fail(example: string, name: string, expected: string, computed: Amounts[string] | undefined): never {
  const shown = (one: unknown): string =>
    one === undefined ? 'nothing' : typeof one === 'string' ? one : JSON.stringify(one);
  const [wanted, found] = [shown(expected), shown(computed)];
  throw new DomainError('CONTRACT_EXAMPLE_FAILED', { example, name, expected: wanted, computed: found });
}
