import { isRole, isTerritory, type PersonRole, roles } from './principal';

/** What one may ask of `POST /demo-token`, checked. */
export interface DemoTokenRequest {
  readonly role: PersonRole;
  readonly territory: string;
  readonly subject: string;
  readonly practitionerId?: string;
  readonly patientId?: string;
  readonly trustedBy?: string;
  readonly actingFor?: string;
}

const idLike = /^[\w:.@-]{1,128}$/;

/** Checks a request's body; gives a sentence that says what is wrong and what is allowed. */
export function demoTokenRequest(body: unknown, defaultTerritory: string): DemoTokenRequest | string {
  if (typeof body !== 'object' || body === null) return 'A JSON object is expected: {"role": "coordinator"}.';
  const asked = body as Record<string, unknown>; /* every field is checked below */
  const { role, territory = defaultTerritory } = asked;
  if (!isRole(role) || role === 'service')
    return `role: one of ${roles.filter((one) => one !== 'service').join(', ')}.`;
  if (!isTerritory(territory)) return 'territory: lower-case letters, digits and dashes.';
  const ids: Record<string, string> = {};
  for (const field of ['subject', 'practitionerId', 'patientId', 'trustedBy', 'actingFor']) {
    const value = asked[field];
    if (value === undefined) continue;
    if (typeof value !== 'string' || !idLike.test(value)) return `${field}: 1 to 128 letters, digits and -:.@_ signs.`;
    ids[field] = value;
  }
  const subject = ids.subject ?? ids.practitionerId ?? ids.patientId ?? `demo-${role}`;
  if (subject.startsWith('service:')) return 'subject: a person, not a service.';
  return { role, territory, ...ids, subject };
}

/** The claims of the demo's person. */
export function demoClaims({ role, subject, ...others }: DemoTokenRequest): Record<string, unknown> {
  return { kind: 'person', sub: subject, roles: [role], ...others };
}
