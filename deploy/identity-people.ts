import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Somebody of the demo: invented, with a sentence of what they do. */
export interface DemoPerson {
  readonly id: string;
  readonly group: 'care' | 'specialists' | 'finance' | 'territory' | 'patients';
  readonly name: string;
  readonly rpps?: string;
  readonly roles: readonly string[];
  readonly patientId?: string;
  readonly actingFor?: string;
  /** Who they are, and what they do, in French and in English. */
  readonly fr: readonly [string, string];
  readonly en: readonly [string, string];
}

const file = join(import.meta.dirname, '..', 'services', 'portal', 'demo-people.json');

/** The people who can sign in to a demo with one click. */
export const demoPeople = JSON.parse(readFileSync(file, 'utf8')) as readonly DemoPerson[]; // as: our own file

/** The name under which the provider knows a person, in identity and logout tokens alike. */
export const accountOf = ({ id }: DemoPerson): string => `demo-${id}`;

/** What the demo's provider says of a person, under the names of the portal's `plain` mapping. */
export function claimsOf(person: DemoPerson, territory: string): Readonly<Record<string, unknown>> & { sub: string } {
  const { name, rpps, roles, patientId, actingFor } = person;
  return {
    sub: accountOf(person),
    name,
    roles,
    territory,
    ...(rpps !== undefined && { rpps }),
    ...(patientId !== undefined && { patient_id: patientId }),
    ...(actingFor !== undefined && { acting_for: actingFor }),
  };
}
