import { uuidv5 } from './uuid';

/** What a check says of an identifier: the cleaned value, or the problem by its name. */
export type IdentifierCheck = { readonly ok: string } | { readonly problem: IdentifierProblem };
export type IdentifierProblem = 'shape' | 'key' | 'real-ins-space' | 'unknown-space';

/** Spaces of the national health identity (FR Core): the real ones, and those made for tests and demonstrations. */
export const insSystems = {
  nir: 'urn:oid:1.2.250.1.213.1.4.8',
  nia: 'urn:oid:1.2.250.1.213.1.4.9',
  test: 'urn:oid:1.2.250.1.213.1.4.10',
  demo: 'urn:oid:1.2.250.1.213.1.4.11',
} as const;
export type InsSystem = (typeof insSystems)[keyof typeof insSystems];

export const rppsSystem = 'https://rpps.esante.gouv.fr';
export const finessSystem = 'https://finess.esante.gouv.fr';
export const localSystem = 'urn:ariane:local';

const nirShape = /^\d{5}(\d{2}|2[AB])\d{6}$/;
const insShape = /^\d{5}(\d{2}|2[AB])\d{8}$/;

/**
 * The two-digit key of a NIR: 97 − (number mod 97), from 01 to 97. Corsica counts 2A as 19 and 2B as 18. Months beyond
 * 12 exist and are not refused.
 *
 * @param thirteen the number without its key; anything else gives undefined
 */
export function nirKey(thirteen: string): string | undefined {
  if (!nirShape.test(thirteen)) return undefined;
  const department = thirteen.slice(5, 7);
  const counted = department === '2A' ? '19' : department === '2B' ? '18' : department;
  const rest = Number(thirteen.slice(0, 5) + counted + thirteen.slice(7)) % 97;
  return String(97 - rest).padStart(2, '0');
}

/** Whether a FHIR system names one of the four spaces of the INS. */
export function isInsSystem(system: string): system is InsSystem {
  return Object.values(insSystems).some((known) => known === system);
}

/** A number of 15 characters: shape first, then key. Spaces, which people type, are dropped. */
export function checkIns(typed: string): IdentifierCheck {
  const value = typed.replace(/\s/g, '').toUpperCase();
  if (!insShape.test(value)) return { problem: 'shape' };
  return nirKey(value.slice(0, 13)) === value.slice(13) ? { ok: value } : { problem: 'key' };
}

/** The INS that our own forms accept outside production: a right key, in the TEST or DEMO space only. */
export function checkFictiveIns(system: string, typed: string): IdentifierCheck {
  if (!isInsSystem(system)) return { problem: 'unknown-space' };
  if (system !== insSystems.test && system !== insSystems.demo) return { problem: 'real-ins-space' };
  return checkIns(typed);
}

/** An identifier taken from another's file: a wrong key is a warning, since HL7's own examples carry wrong ones. */
export type ImportedIdentifier =
  { readonly ok: string; readonly warning?: 'wrong-key' } | { readonly problem: IdentifierProblem };

/** The same check for import: shape refused, key only warned. */
export function checkImportedIns(typed: string): ImportedIdentifier {
  const checked = checkIns(typed);
  if ('ok' in checked || checked.problem !== 'key') return checked;
  return { ok: typed.replace(/\s/g, '').toUpperCase(), warning: 'wrong-key' };
}

/** Luhn over all digits: from the right, every second one doubled, the sum a multiple of ten. Digits only. */
function luhn(digits: string): boolean {
  const total = Array.from(digits, Number)
    .reverse()
    .reduce((sum, digit, index) => {
      const counted = index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
      return sum + counted;
    }, 0);
  return total % 10 === 0;
}

/** A professional's RPPS: 11 digits, Luhn over all. */
export function checkRpps(typed: string): IdentifierCheck {
  const value = typed.replace(/\s/g, '');
  if (!/^\d{11}$/.test(value)) return { problem: 'shape' };
  return luhn(value) ? { ok: value } : { problem: 'key' };
}

/** A place's FINESS: 9 characters, Luhn over all, Corsican letters counted A as 1 and B as 2. */
export function checkFiness(typed: string): IdentifierCheck {
  const value = typed.replace(/\s/g, '').toUpperCase();
  if (!/^(\d{9}|2[AB]\d{7})$/.test(value)) return { problem: 'shape' };
  return luhn(value.replace('A', '1').replace('B', '2')) ? { ok: value } : { problem: 'key' };
}

/** A local number of ours with its key: `A-0001` gives `A-0001-96`; the key is 97 − (digits mod 97). */
export function localIdentifier(sequence: number): string {
  const digits = String(sequence).padStart(4, '0');
  return `A-${digits}-${localKey(digits)}`;
}

/** A local number typed in our forms: `A-` then 4 to 12 digits, then `-` and the key. */
export function checkLocalIdentifier(typed: string): IdentifierCheck {
  const value = typed.replace(/\s/g, '').toUpperCase();
  const [, digits, key] = /^A-(\d{4,12})-(\d{2})$/.exec(value) ?? [];
  if (digits === undefined) return { problem: 'shape' };
  return localKey(digits) === key ? { ok: value } : { problem: 'key' };
}

const localKey = (digits: string): string => String(97 - (Number(digits) % 97)).padStart(2, '0');

/** The namespace from which Ariane derives ids of things that others named. */
export const arianeNamespace = '5c9b3f0e-6a1d-5e27-9f40-2d8c7b61a3e5';

/**
 * The id of a person or place in the directory: the same registry number gives the same id, whoever imports it first.
 *
 * @param system the registry's FHIR system, such as `rppsSystem`
 */
export const directoryId = (system: string, value: string): string => uuidv5(arianeNamespace, system + value);
