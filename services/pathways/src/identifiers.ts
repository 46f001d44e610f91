import {
  arianeNamespace,
  checkFictiveIns,
  checkFiness,
  checkLocalIdentifier,
  checkRpps,
  DomainError,
  finessSystem,
  type IdentifierCheck,
  insSystems,
  localSystem,
  rppsSystem,
  uuidv5,
} from '@ariane/kernel';

/** A number somebody gave to a person or a place, always with the system that gave it. */
export interface Identifier {
  readonly system: string;
  readonly value: string;
}

/**
 * An identifier typed in our own forms, cleaned. Production has no INS here yet: only the TEST and DEMO spaces and our
 * local numbers are accepted, and a wrong key is refused.
 *
 * @param field the input field, as a path, named in the refusal
 * @throws DomainError IDENTIFIER_INVALID with `problem`: shape, key, real-ins-space or unknown-space
 */
export function typedIdentifier({ system, value }: Identifier, field: string): Identifier {
  const checked = system === localSystem ? checkLocalIdentifier(value) : checkFictiveIns(system, value);
  return { system, value: accepted(checked, field) };
}

/** @throws DomainError IDENTIFIER_INVALID unless it is an RPPS: 11 digits with their Luhn key */
export const typedRpps = (value: string): string => accepted(checkRpps(value), 'rpps');

/** @throws DomainError IDENTIFIER_INVALID unless it is a FINESS: 9 characters with their Luhn key */
export const typedFiness = (value: string): string => accepted(checkFiness(value), 'finess');

function accepted(checked: IdentifierCheck, field: string): string {
  if ('problem' in checked) throw new DomainError('IDENTIFIER_INVALID', { problem: checked.problem }, field);
  return checked.ok;
}

/** The id that a professional always has here. */
export const practitionerIdOf = (rpps: string): string => uuidv5(arianeNamespace, rppsSystem + rpps);

/** The id that a place of care always has here. */
export const organisationIdOf = (finess: string): string => uuidv5(arianeNamespace, finessSystem + finess);

/** What is hashed with the territory's key to find an identifier again without reading it. */
export const blindTextOf = ({ system, value }: Identifier): string => `${system}|${value}`;

/** The systems our forms accept for a patient. */
export const patientSystems: readonly string[] = [localSystem, insSystems.test, insSystems.demo];
