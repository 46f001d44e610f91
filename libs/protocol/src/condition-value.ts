import type { FactDefinition, FactDictionary, FactValue } from './fact';
import { type FaultKind, meant } from './fault';

/** What a condition may name. */
export interface Vocabulary {
  readonly facts: FactDictionary;
  readonly steps: ReadonlySet<string>;
}

/** A fault of a condition, with what to write instead. */
export class ConditionFault extends Error {
  constructor(
    readonly kind: Extract<FaultKind, 'name' | 'type' | 'unit' | 'condition'>,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** A value as a condition writes it. */
export interface Literal {
  readonly value: FactValue;
  readonly unit?: string;
}

/** The fault of a fact that is in no dictionary. */
export const unknownFact = (code: string, { facts }: Vocabulary): ConditionFault =>
  new ConditionFault(
    'name',
    `"${code}" is not a known fact`,
    meant(code, Object.keys(facts), 'Define it under "facts" with its type and unit.'),
  );

/** @throws ConditionFault for a value of another type or unit than its fact's, or that the fact cannot have */
export function checkValue(code: string, definition: FactDefinition, { value, unit }: Literal): void {
  const expected = definition.type === 'code' ? 'string' : definition.type;
  if (typeof value !== expected) {
    const remedy = definition.type === 'code' ? `Write one of ${listed(definition.values)}.` : `Write a ${expected}.`;
    throw new ConditionFault('type', `"${code}" is a ${definition.type}, not a ${typeof value}`, remedy);
  }
  if (definition.type === 'code' && definition.values && !definition.values.includes(String(value))) {
    const remedy = `Write one of ${listed(definition.values)}.`;
    throw new ConditionFault('type', `'${String(value)}' is not a value of "${code}"`, remedy);
  }
  const own = definition.type === 'number' ? (definition.unit ?? '1') : undefined;
  if (unit !== undefined && unit !== own) {
    const remedy = `Write the limit in ${own ?? 'no unit'}: nothing is converted.`;
    throw new ConditionFault('unit', `"${code}" is in ${own ?? 'no unit'}, not in ${unit}`, remedy);
  }
}

const listed = (values: readonly string[] | undefined): string =>
  values ? values.map((value) => `'${value}'`).join(', ') : "a 'text'";
