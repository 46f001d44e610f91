import { getMetadataStorage, type ValidationError } from 'class-validator';

import { constraintText, type Texts } from './constraint-texts';
import type { Language } from './language';

/** What is wrong with one field; never its value. */
export interface FieldFault {
  /** Path of the field in the input: `legs.0.amount`. */
  readonly field: string;
  /** The broken constraint: `isInt`, `isIn`, `unknownField` … */
  readonly code: string;
  /** What is allowed, in the reader's language. */
  readonly message: string;
}

/** Thrown by the validation; the texts wait until the reader's language is known. */
export class ValidationFailure extends Error {
  constructor(private readonly found: readonly { field: string; code: string; texts: Texts }[]) {
    super('The input is invalid.');
    this.name = 'ValidationFailure';
  }

  /** A single fault with texts of its own. */
  static of(field: string, code: string, texts: Texts): ValidationFailure {
    return new ValidationFailure([{ field, code, texts }]);
  }

  faults(language: Language): readonly FieldFault[] {
    return this.found.map(({ field, code, texts }) => ({ field, code, message: texts[language] }));
  }
}

/** The failure that tells all that class-validator found. */
export function failureFrom(errors: readonly ValidationError[]): ValidationFailure {
  return new ValidationFailure(errors.flatMap((error) => faultsOf(error, '')));
}

function faultsOf(error: ValidationError, path: string): { field: string; code: string; texts: Texts }[] {
  const field = path === '' ? error.property : `${path}.${error.property}`;
  const own = Object.keys(error.constraints ?? {}).map((name) => ({
    field,
    code: name === 'whitelistValidation' ? 'unknownField' : name,
    texts: textsIn(error, name) ?? constraintText(name, argumentsOf(error, name)),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, field))];
}

/** Texts that a validator brings along: `@Matches(iban, { context: { fr: '…', en: '…' } })`. */
function textsIn(error: ValidationError, constraint: string): Texts | undefined {
  const context: unknown = error.contexts?.[constraint];
  if (typeof context !== 'object' || context === null || !('fr' in context) || !('en' in context)) return undefined;
  return typeof context.fr === 'string' && typeof context.en === 'string'
    ? { fr: context.fr, en: context.en }
    : undefined;
}

/** The limits a constraint was declared with: class-validator gives them only in its storage, by class and property. */
function argumentsOf(error: ValidationError, constraint: string): readonly unknown[] {
  const declaredOn: unknown = error.target?.constructor;
  if (typeof declaredOn !== 'function') return [];
  return (
    getMetadataStorage()
      .getTargetValidationMetadatas(declaredOn, '', false, false)
      .find((one) => one.propertyName === error.property && one.name === constraint)?.constraints ?? []
  );
}
