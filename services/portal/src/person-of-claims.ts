import { directoryId, type PersonRole, personRoles, rppsSystem, sha256Hex } from '@ariane/kernel';
import type { ClaimMapping, RoleRule } from './claim-mapping';

/** Who has signed in, in Ariane's words. */
export interface SignedInPerson {
  /** The name under which the person stands in audits: a professional's directory id, else the provider's subject. */
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly PersonRole[];
  readonly territory: string;
  readonly practitionerId?: string;
  readonly patientId?: string;
  /** The patient who trusts this person to stand by them. */
  readonly trustedBy?: string;
  readonly actingFor?: string;
}

/** What an account lacks to open a session. */
export type Lack = 'subject' | 'roles' | 'territory';

const idLike = /^[\w:.@-]{1,128}$/;
const territoryLike = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * The person in the claims of an identity provider, or what is missing. An RPPS number becomes the directory's id of
 * the practitioner, which is the same for whoever imports the number.
 */
export function personOfClaims(
  claims: Readonly<Record<string, unknown>>,
  mapping: ClaimMapping,
): SignedInPerson | { readonly lacks: readonly Lack[] } {
  const first = (path: string) => textsAt(claims, path)[0];
  const named = first(mapping.subject);
  const practitionerId = practitionerOf(mapping.rpps && first(mapping.rpps.claim), mapping.rpps?.prefix ?? '');
  const roles = [...new Set(mapping.roles.flatMap((rule) => rolesBy(rule, textsAt(claims, rule.claim))))];
  const territory = 'always' in mapping.territory ? mapping.territory.always : first(mapping.territory.claim);
  const lacks: Lack[] = [];
  if (named === undefined) lacks.push('subject');
  if (roles.length === 0) lacks.push('roles');
  if (territory === undefined || !territoryLike.test(territory)) lacks.push('territory');
  if (lacks.length > 0 || named === undefined || territory === undefined) return { lacks };
  return {
    subject: practitionerId ?? subjectFrom(named),
    name: mapping.name.flatMap((path) => textsAt(claims, path).slice(0, 1)).join(' ') || named,
    roles,
    territory,
    ...(practitionerId === undefined ? {} : { practitionerId }),
    ...idAt('patientId', first(mapping.patientId)),
    ...idAt('actingFor', first(mapping.actingFor)),
  };
}

/** The first letters of the first and the last word of a name, less the label that invented people carry. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => word !== '' && word !== 'Démo');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word = '') => /^./u.exec(word)?.[0] ?? '',
  );
  return letters.join('').toUpperCase();
}

/** Every text that stands at a path; numbers are told as texts, everything else is nothing. */
function textsAt(claims: unknown, path: string): string[] {
  const found = path.split('.').reduce<unknown[]>(
    (values, step) => {
      const isList = step.endsWith('[]');
      const name = isList ? step.slice(0, -2) : step;
      const next = values.map((value) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined));
      return isList ? next.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value])) : next;
    },
    [claims],
  );
  return found
    .map((value) => (typeof value === 'number' ? String(value) : value))
    .filter((value): value is string => typeof value === 'string' && value.trim() !== '')
    .map((value) => value.trim());
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function rolesBy(rule: RoleRule, values: readonly string[]): readonly PersonRole[] {
  if ('gives' in rule) return values.flatMap((value) => rule.gives[value] ?? rule.gives['*'] ?? []);
  const { prefix = '' } = rule;
  return personRoles.filter((role) => values.includes(prefix + role));
}

function practitionerOf(text: string | undefined, prefix: string): string | undefined {
  const number = text?.startsWith(prefix) === true ? text.slice(prefix.length) : undefined;
  return number !== undefined && /^\d{11}$/.test(number) ? directoryId(rppsSystem, number) : undefined;
}

/** A subject that a token cannot carry, or that reads like a service's, stands under its digest. */
const subjectFrom = (named: string): string =>
  idLike.test(named) && !named.startsWith('service:') ? named : `person:${sha256Hex(named).slice(0, 32)}`;

const idAt = (key: 'patientId' | 'actingFor', value: string | undefined) =>
  value !== undefined && idLike.test(value) ? { [key]: value } : {};
