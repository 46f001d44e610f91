import { canonicalJson, DomainError, isCivilDate, sha256Hex } from '@ariane/kernel';
import Ajv, { type ErrorObject } from 'ajv';
import { Temporal } from 'temporal-polyfill';
import type { Component } from './components';
import type { Contract, ContractDocument } from './contract';
import { contractSchema } from './contract-schema';
import { namesIn, typeOf } from './expression';
import { type FactTypes, factTypes } from './facts';
import type { Checker } from './kind';
import { kindFields } from './kind-fields';
import { bound, outputName } from './kinds';
import { parseExpression } from './parse-expression';
import { currencyOf, readValue, type ValueType } from './value';

const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile<ContractDocument>(
  contractSchema,
);

const refuse = (place: string, reason: string, remedy = 'See docs/payment-contracts.md.'): never => {
  throw new DomainError('CONTRACT_INVALID', { place, reason, remedy }, place);
};

/** What to write instead of what the schema refuses. */
function remedyOf({ params }: ErrorObject): string | undefined {
  const { allowedValues, additionalProperty, pattern } = params as Readonly<Record<string, unknown>>; // as: by keyword
  if (Array.isArray(allowedValues)) return `Write one of ${allowedValues.join(', ')}.`;
  if (typeof additionalProperty === 'string') return `Take "${additionalProperty}" away.`;
  return typeof pattern === 'string' ? 'Write it as docs/payment-contracts.md shows.' : undefined;
}

/**
 * A payment contract from its parsed document: shape, currency, time zone, names, types, no cycle, shares of 100 %.
 * Its examples are played by `checkExamples`, before activation.
 *
 * @throws CONTRACT_INVALID with the place and the reason, EXPRESSION_INVALID
 */
export function loadContract(input: unknown): Contract {
  if (!validate(input)) {
    const [error] = validate.errors ?? [];
    const place = error?.instancePath.slice(1).replaceAll('/', '.') || 'document';
    return refuse(place, error?.message ?? 'malformed', error && remedyOf(error));
  }
  checkHead(input);
  const ids = input.components.map((component) => component.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index || Object.hasOwn(input.params ?? {}, id));
  if (twice) refuse(`components.${twice}`, 'the name is taken');
  const types = factTypes(input.examples, input.currency);
  for (const component of input.components) {
    checkSpelling(component);
    const names = namesOf(component);
    const double = names.find((name, index) => names.indexOf(name) !== index);
    if (double) refuse(`components.${component.id}`, `${double} would be two amounts`, 'Rename the part.');
    bound(component).check(checkerFor(input, component, types));
  }
  return {
    document: input,
    sha256: sha256Hex(canonicalJson(input)),
    ordered: ordered(input.components, input.currency),
  };
}

/** A field that a kind does not know is the author's own remark, unless it is all but the name of one that it knows. */
function checkSpelling(component: Component): void {
  const known = Object.keys(kindFields[component.kind].properties);
  for (const field of Object.keys(component)) {
    const meant = known.find((name) => name !== field && !Object.hasOwn(component, name) && isAllBut(name, field));
    if (meant !== undefined)
      refuse(`components.${component.id}.${field}`, 'no field of this kind', `Write "${meant}".`);
  }
}

/** Whether two words differ by case or by one letter: another one, one more or one less. */
function isAllBut(name: string, word: string): boolean {
  const [a, b] = [name.toLowerCase(), word.toLowerCase()];
  if (Math.min(a.length, b.length) < 4) return a === b;
  const start = Array.from(a).findIndex((letter, index) => letter !== b[index]);
  if (start < 0) return b.length <= a.length + 1;
  return [0, 1].some((cut) =>
    [0, 1].some((other) => cut + other > 0 && a.slice(start + cut) === b.slice(start + other)),
  );
}

function checkHead(document: ContractDocument): void {
  const { validity, params = {}, tables } = document;
  try {
    Temporal.ZonedDateTime.from(`2026-01-01T00:00[${document.timezone}]`);
  } catch {
    refuse('timezone', 'no such time zone');
  }
  for (const day of [validity.from, ...(validity.to ? [validity.to] : [])]) {
    if (!isCivilDate(day)) refuse('validity', `${day} is no day`);
  }
  if (validity.to !== null && validity.to <= validity.from) refuse('validity', 'it ends before it begins');
  for (const [name, text] of Object.entries(params)) {
    const currency = currencyOf(text);
    if (currency && currency !== document.currency)
      refuse(`params.${name}`, `${currency} is not the contract's currency`);
  }
  if (document.protocols && !tables?.points) refuse('tables.points', 'a contract that pays pathways needs its points');
}

function checkerFor(document: ContractDocument, component: Component, facts: FactTypes): Checker {
  const place = (field: string): string => `components.${component.id}.${field}`;
  const { params = {} } = document;
  const outputs = new Set(document.components.flatMap((one) => namesOf(one)));
  const typeOfName = (name: string, among: string | undefined): ValueType | undefined => {
    const field = among === undefined ? undefined : facts.ofField(among, name);
    if (field !== undefined) return field;
    const parameter = Object.hasOwn(params, name) ? params[name] : undefined;
    if (parameter !== undefined) return readValue(parameter).type;
    if (outputs.has(name)) return 'money';
    if (among !== undefined && name.endsWith('.line') && outputs.has(`${name}s`)) return 'money';
    const fact = facts.ofName(name);
    // A list that no example fills teaches nothing of its fields: most are numbers, and facts are checked when priced.
    return fact ?? (among !== undefined && facts.isEmpty(among) ? 'num' : undefined);
  };
  const missing = (field: string, name: string): never =>
    refuse(place(field), `${name} is nowhere`, 'Name a parameter, a component, or a fact that an example gives.');
  return {
    document,
    typeOf: typeOfName,
    refuse: (field, reason, remedy) => refuse(place(field), reason, remedy),
    output: (field, name) => {
      if (!outputs.has(name))
        refuse(place(field), `no component gives ${name}`, `There are ${[...outputs].join(', ')}.`);
    },
    expression: (field, text, types, among) => {
      const found = inPlace(place(field), () =>
        typeOf(parseExpression(text, document.currency), (name) => typeOfName(name, among) ?? missing(field, name)),
      );
      if (!types.includes(found))
        refuse(place(field), `it is ${found}, not ${types.join(' or ')}`, 'Write an expression of that type.');
    },
  };
}

/** A fault of an expression, at the place of the contract where it stands. */
function inPlace<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'EXPRESSION_INVALID') throw error;
    const { text = '', reason = '' } = error.params;
    return refuse(place, `"${text}": ${reason}`, remedies[reason] ?? 'Correct the expression.');
  }
}

const remedies: Readonly<Record<string, string>> = {
  'type error':
    'Money is added to and compared with money, multiplied and divided by numbers only; conditions are joined by and, or.',
};

const namesOf = (component: Component): readonly string[] =>
  bound(component)
    .outputs()
    .map((name) => outputName(component.id, name));

/** Each component after those it speaks of. Throws CONTRACT_INVALID for a cycle. */
function ordered(components: readonly Component[], currency: string): readonly Component[] {
  const byId = new Map(components.map((component) => [component.id, component]));
  const done = new Set<Component>();
  const visit = (component: Component, path: readonly Component[]): void => {
    if (done.has(component)) return;
    if (path.includes(component)) refuse(`components.${component.id}`, 'it depends on itself', 'Break the circle.');
    const names = bound(component)
      .speaks()
      .flatMap((text) => namesIn(parseExpression(text, currency)));
    for (const name of names) {
      const other = byId.get(name.split('.')[0] ?? '');
      if (other) visit(other, [...path, component]);
    }
    done.add(component);
  };
  for (const component of components) visit(component, []);
  return [...done];
}
