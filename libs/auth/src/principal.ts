import { type PersonRole, personRoles } from '@ariane/kernel';

export type { PersonRole };

/** What a caller may be. `service` is the role of the processes themselves. */
export const roles = [...personRoles, 'service'] as const;

export type Role = (typeof roles)[number];

/** Who calls, as the signed token says; the territory comes from here and never from a body. */
export type Principal =
  | {
      readonly kind: 'person';
      readonly subject: string;
      readonly roles: readonly PersonRole[];
      readonly territory: string;
      /** The directory's id of the practitioner who is signed in. */
      readonly practitionerId?: string;
      /** The patient who is signed in. */
      readonly patientId?: string;
      /** The patient who has named whoever is signed in as their trusted person. */
      readonly trustedBy?: string;
      /** The subject in whose name a secretary acts; both are named in the audit. */
      readonly actingFor?: string;
    }
  | { readonly kind: 'service'; readonly service: string; readonly territory: string };

export const audience = 'ariane';

const name = /^[a-z0-9][a-z0-9-]{0,62}$/;
const subjectLike = /^[\w:.@-]{1,128}$/;
const known: ReadonlySet<string> = new Set(roles);

export function isRole(text: unknown): text is Role {
  return typeof text === 'string' && known.has(text);
}

export function isTerritory(text: unknown): text is string {
  return typeof text === 'string' && name.test(text);
}

/** The principal in a verified token's claims, or undefined where a claim is missing, unknown or malformed. */
export function principalOf(claims: Readonly<Record<string, unknown>>): Principal | undefined {
  const { territory } = claims;
  if (!isTerritory(territory)) return undefined;
  if (claims.kind === 'service') {
    const { service } = claims;
    return typeof service === 'string' && name.test(service) && claims.sub === `service:${service}`
      ? { kind: 'service', service, territory }
      : undefined;
  }
  return claims.kind === 'person' ? personOf(claims, territory) : undefined;
}

/** The roles a policy is matched with. */
export function rolesOf(principal: Principal): readonly Role[] {
  return principal.kind === 'service' ? ['service'] : principal.roles;
}

/** The name under which the principal stands in an audit entry. */
export function subjectOf(principal: Principal): string {
  return principal.kind === 'service' ? `service:${principal.service}` : principal.subject;
}

function personOf(claims: Readonly<Record<string, unknown>>, territory: string): Principal | undefined {
  const { sub, roles: claimed, practitionerId, patientId, trustedBy, actingFor } = claims;
  if (typeof sub !== 'string' || !subjectLike.test(sub) || sub.startsWith('service:')) return undefined;
  if (!Array.isArray(claimed) || claimed.length === 0 || !claimed.every(isPersonRole)) return undefined;
  for (const id of [practitionerId, patientId, trustedBy, actingFor]) {
    if (id !== undefined && !(typeof id === 'string' && subjectLike.test(id))) return undefined;
  }
  return {
    kind: 'person',
    subject: sub,
    roles: claimed,
    territory,
    ...(typeof practitionerId === 'string' ? { practitionerId } : {}),
    ...(typeof patientId === 'string' ? { patientId } : {}),
    ...(typeof trustedBy === 'string' ? { trustedBy } : {}),
    ...(typeof actingFor === 'string' ? { actingFor } : {}),
  };
}

function isPersonRole(text: unknown): text is PersonRole {
  return isRole(text) && text !== 'service';
}
