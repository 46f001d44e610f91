import { canonicalJson, DomainError, sha256Hex } from '@ariane/kernel';
import Ajv from 'ajv';
import { Temporal } from 'temporal-polyfill';
import type { Component, Contract, ContractDocument } from './contract';
import { contractSchema } from './contract-schema';
import { namesIn, typeOf } from './expression';
import { type FactTypes, factTypes } from './facts';
import type { Checker } from './kind';
import { bound, isBuilt, isUnbuilt, outputName } from './kinds';
import { parseExpression } from './parse-expression';
import { currencyOf, readValue, type ValueType } from './value';

const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile<ContractDocument>(
  contractSchema,
);

const refuse = (place: string, reason: string): never => {
  throw new DomainError('CONTRACT_INVALID', { place, reason });
};

/**
 * A payment contract from its parsed document: shape, currency, time zone, names, types, no cycle, shares of 100 %.
 * Its examples are played by `checkExamples`, before activation.
 *
 * @throws CONTRACT_INVALID with the place and the reason, EXPRESSION_INVALID
 */
export function loadContract(input: unknown): Contract {
  if (!validate(input)) {
    const [error] = validate.errors ?? [];
    return refuse(error?.instancePath.slice(1).replaceAll('/', '.') || 'document', error?.message ?? 'malformed');
  }
  checkHead(input);
  const ids = input.components.map((component) => component.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index || Object.hasOwn(input.params ?? {}, id));
  if (twice) refuse(`components.${twice}`, 'the name is taken');
  const types = factTypes(input.examples, input.currency);
  for (const component of input.components) {
    if (isBuilt(component)) bound(component).check(checkerFor(input, component, types));
  }
  return {
    document: input,
    sha256: sha256Hex(canonicalJson(input)),
    ordered: ordered(input.components, input.currency),
    unbuilt: input.components.filter(isUnbuilt),
  };
}

function checkHead(document: ContractDocument): void {
  const { validity, params = {}, tables } = document;
  try {
    Temporal.ZonedDateTime.from(`2026-01-01T00:00[${document.timezone}]`);
  } catch {
    refuse('timezone', 'no such time zone');
  }
  for (const day of [validity.from, ...(validity.to ? [validity.to] : [])]) {
    if (!isDay(day)) refuse('validity', `${day} is no day`);
  }
  if (validity.to !== null && validity.to <= validity.from) refuse('validity', 'it ends before it begins');
  for (const [name, text] of Object.entries(params)) {
    const currency = currencyOf(text);
    if (currency && currency !== document.currency)
      refuse(`params.${name}`, `${currency} is not the contract's currency`);
  }
  if (document.protocols && !tables?.points) refuse('tables.points', 'a contract that pays pathways needs its points');
}

function isDay(day: string): boolean {
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' }).toString() === day;
  } catch {
    return false;
  }
}

function checkerFor(document: ContractDocument, component: Component, facts: FactTypes): Checker {
  const place = (field: string): string => `components.${component.id}.${field}`;
  const outputs = new Set(
    document.components.flatMap((one) =>
      isBuilt(one)
        ? bound(one)
            .outputs()
            .map((name) => outputName(one.id, name))
        : [],
    ),
  );
  // The outputs of a kind that is not computed yet are not known by name, only by their component's.
  const isOutput = (name: string): boolean =>
    outputs.has(name) || document.components.some((one) => isUnbuilt(one) && one.id === name.split('.')[0]);
  const typeOfName = (name: string, among: string | undefined): ValueType | undefined => {
    const field = among === undefined ? undefined : facts.ofField(among, name);
    const parameter = document.params?.[name];
    if (parameter !== undefined) return readValue(parameter).type;
    if (isOutput(name)) return 'money';
    return field ?? facts.ofName(name);
  };
  return {
    document,
    refuse: (field, reason) => refuse(place(field), reason),
    output: (field, name) => {
      if (!isOutput(name)) refuse(place(field), `no component gives ${name}`);
    },
    expression: (field, text, types, among) => {
      const expression = parseExpression(text, document.currency);
      const found = typeOf(expression, (name) => typeOfName(name, among) ?? refuse(place(field), `${name} is nowhere`));
      if (!types.includes(found)) refuse(place(field), `it is ${found}, not ${types.join(' or ')}`);
    },
  };
}

/** Each component after those it speaks of. Throws CONTRACT_INVALID for a cycle. */
function ordered(components: readonly Component[], currency: string): readonly Component[] {
  const byId = new Map(components.map((component) => [component.id, component]));
  const done = new Set<Component>();
  const visit = (component: Component, path: readonly Component[]): void => {
    if (done.has(component)) return;
    if (path.includes(component)) refuse(`components.${component.id}`, 'it depends on itself');
    const names = isBuilt(component)
      ? bound(component)
          .speaks()
          .flatMap((text) => namesIn(parseExpression(text, currency)))
      : [];
    for (const name of names) {
      const other = byId.get(name.split('.')[0] ?? '');
      if (other) visit(other, [...path, component]);
    }
    done.add(component);
  };
  for (const component of components) visit(component, []);
  return [...done];
}
