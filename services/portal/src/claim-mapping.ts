import { personRoles } from '@ariane/kernel';
import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** Where a value stands in a person's claims: names with dots between, `[]` after a list: `exercices[].codeProfession`. */
const ClaimPath = Type.String({ pattern: '^[^.\\[\\]]+(\\[\\])?(\\.[^.\\[\\]]+(\\[\\])?)*$', maxLength: 200 });

const RoleCode = Type.Union(personRoles.map((role) => Type.Literal(role)));

/** What a value gives; `*` stands for every value that the others don't name. */
const RoleRule = Type.Union([
  Type.Object({ claim: ClaimPath, gives: Type.Record(Type.String(), Type.Array(RoleCode)) }, noMore()),
  /** The value, less its prefix, is the role's own code; other values give none. */
  Type.Object({ claim: ClaimPath, named: Type.Literal(true), prefix: Type.Optional(Type.String()) }, noMore()),
]);

const Mapping = Type.Object(
  {
    preset: Type.Union([Type.Literal('plain'), Type.Literal('keycloak'), Type.Literal('pro-sante-connect')]),
    subject: Type.Optional(ClaimPath),
    /** Claims whose first values, with a space between, are the person's name. */
    name: Type.Optional(Type.Array(ClaimPath, { minItems: 1 })),
    /** The professional's RPPS number; `prefix` is a digit of its kind that stands before it and is not part of it. */
    rpps: Type.Optional(Type.Object({ claim: ClaimPath, prefix: Type.Optional(Type.String()) }, noMore())),
    /** A claim, or one territory for everybody who signs in. */
    territory: Type.Optional(
      Type.Union([Type.Object({ claim: ClaimPath }, noMore()), Type.Object({ always: Type.String() }, noMore())]),
    ),
    patientId: Type.Optional(ClaimPath),
    actingFor: Type.Optional(ClaimPath),
    roles: Type.Optional(Type.Array(RoleRule)),
  },
  noMore(),
);

function noMore(): { additionalProperties: false } {
  return { additionalProperties: false };
}

export type RoleRule = Static<typeof RoleRule>;
type MappingDocument = Static<typeof Mapping>;

/** What is read out of a provider's claims, every part of it said. */
export type ClaimMapping = Required<Omit<MappingDocument, 'preset' | 'rpps' | 'territory'>> & {
  readonly rpps: NonNullable<MappingDocument['rpps']> | undefined;
  readonly territory: NonNullable<MappingDocument['territory']>;
};

type Preset = Omit<ClaimMapping, 'territory'> & { readonly territory?: ClaimMapping['territory'] };

const plain = {
  subject: 'sub',
  name: ['name'],
  rpps: { claim: 'rpps' },
  territory: { claim: 'territory' },
  patientId: 'patient_id',
  actingFor: 'acting_for',
  roles: [{ claim: 'roles[]', named: true }],
} as const satisfies Omit<ClaimMapping, 'name' | 'roles'> & { name: readonly string[]; roles: readonly RoleRule[] };

const presets: Readonly<Record<MappingDocument['preset'], Preset>> = {
  plain: { ...plain, name: [...plain.name], roles: [...plain.roles] },
  // Realm roles and groups, which a Keycloak client scope must put into the identity token or the userinfo answer.
  keycloak: {
    ...plain,
    name: [...plain.name],
    roles: [
      { claim: 'realm_access.roles[]', named: true },
      { claim: 'groups[]', named: true, prefix: '/' },
    ],
  },
  // The national identity provider of health professionals: SubjectNameID is the digit 8 (RPPS) and the number;
  // the codes of professions are those of the national list TRE-G15. It names no territory: the deployer does.
  'pro-sante-connect': {
    subject: 'SubjectNameID',
    name: ['given_name', 'family_name'],
    rpps: { claim: 'SubjectNameID', prefix: '8' },
    patientId: 'patient_id',
    actingFor: 'acting_for',
    roles: [
      {
        claim: 'SubjectRefPro.exercices[].codeProfession',
        gives: {
          '10': ['requester', 'specialist'], // doctor
          '21': ['requester'], // pharmacist
          '40': ['requester'], // dental surgeon
          '50': ['requester'], // midwife
          '60': ['requester'], // nurse: who coordinates is for the deployer to say
        },
      },
    ],
  },
};

/**
 * Reads the deployer's mapping document: a preset and what departs from it.
 *
 * @returns the whole mapping, or a sentence for each fault that names its place in the document
 */
export function claimMappingOf(text: string): ClaimMapping | readonly string[] {
  const document = jsonIn(text);
  if (document === undefined) return ['the document is not JSON'];
  if (!Value.Check(Mapping, document)) {
    const faults = [...Value.Errors(Mapping, document)].map(({ path, message }) => `${path || '/'}: ${message}`);
    return [...new Set(faults)].slice(0, 10);
  }
  const { preset, ...own } = document;
  const { territory, ...whole }: Preset = { ...presets[preset], ...own };
  return territory === undefined
    ? ['/territory: {"always": "<territory>"} or {"claim": "<claim>"}']
    : { ...whole, territory };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
