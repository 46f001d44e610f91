import { checkFiness, checkRpps, directoryId, finessSystem, rppsSystem } from '@ariane/kernel';
import {
  codingsOf,
  dayOf,
  type FhirIdentifier,
  identifiersOf,
  type Json,
  listOf,
  objectOf,
  referenceOf,
  textOf,
} from './fhir-reading';
import { type KeptIdentifier, type Mapped, refused, type SourceResource, taken, type Warning } from './mapped';
import { ownReferences } from './references';

/** National number of a professional, `8` and the RPPS. */
const idnpsSystem = 'urn:oid:1.2.250.1.71.4.2.1';
const finessOid = 'urn:oid:1.2.250.1.71.4.2.2';

/** A FHIR Practitioner as an entry of the directory, with no exercise yet. */
export function mapPractitioner(source: SourceResource): Mapped {
  const identifiers = identifiersOf(source.resource).filter((one) => one.system !== '' && one.value.length <= 64);
  const registered = rppsOf(identifiers);
  const identifier = registered ?? identifiers[0] ?? addressOf(source);
  if (identifier === undefined) return refused('NO_IDENTIFIER');
  const name = nameOf(source.resource);
  if (name === undefined) return refused('NAME_MISSING');
  const practitioner = {
    practitionerId: directoryId(identifier.system, identifier.value),
    name,
    ...(registered === undefined ? {} : { rpps: registered.value }),
    identifier: { system: identifier.system, value: identifier.value },
  };
  const wrongKey = registered !== undefined && 'problem' in checkRpps(registered.value);
  const warnings: Warning[] = wrongKey ? ['RPPS_KEY_WRONG'] : [];
  return taken(
    { kind: 'practitioner', practitioner, references: ownReferences('Practitioner', source, identifiers) },
    warnings,
  );
}

/** A FHIR Organization as a place of the directory. */
export function mapOrganisation(source: SourceResource): Mapped {
  const identifiers = identifiersOf(source.resource).filter((one) => one.system !== '' && one.value.length <= 64);
  const registered = finessOf(identifiers);
  const identifier = registered ?? identifiers[0] ?? addressOf(source);
  if (identifier === undefined) return refused('NO_IDENTIFIER');
  const name = textOf(source.resource, 'name');
  if (name === undefined) return refused('NAME_MISSING');
  const organisation = {
    organisationId: directoryId(identifier.system, identifier.value),
    name: name.slice(0, 200),
    ...(registered === undefined ? {} : { finess: registered.value }),
    identifier: { system: identifier.system, value: identifier.value },
  };
  const wrongKey = registered !== undefined && 'problem' in checkFiness(registered.value);
  const warnings: Warning[] = wrongKey ? ['FINESS_KEY_WRONG'] : [];
  return taken(
    { kind: 'organisation', organisation, references: ownReferences('Organization', source, identifiers) },
    warnings,
  );
}

/** A FHIR PractitionerRole as an exercise: role, specialty, place and dates of a professional. */
export function mapPractitionerRole({ resource }: SourceResource): Mapped {
  const practitioner = referenceOf(resource, 'practitioner');
  if (practitioner === undefined) return refused('PRACTITIONER_MISSING');
  const role = firstCode(resource, 'code');
  if (role === undefined) return refused('CODE_MISSING');
  const specialty = firstCode(resource, 'specialty');
  const organisation = referenceOf(resource, 'organization');
  const period = objectOf(resource, 'period');
  const from = dayOf(textOf(period, 'start')?.slice(0, 10));
  const to = dayOf(textOf(period, 'end')?.slice(0, 10));
  const exercise = {
    role,
    ...(specialty === undefined ? {} : { specialty }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  return taken({ kind: 'exercise', practitioner, ...(organisation === undefined ? {} : { organisation }), exercise });
}

function firstCode(resource: Json, key: string): string | undefined {
  const [first] = listOf(resource, key).flatMap((concept) => codingsOf(concept));
  return first?.code.slice(0, 80);
}

/** An RPPS by its system, or the national number without its leading 8. The shape must be right, the key may not be. */
function rppsOf(identifiers: readonly FhirIdentifier[]): KeptIdentifier | undefined {
  const value = identifiers
    .map((one) =>
      one.system === idnpsSystem && /^8\d{11}$/.test(one.value) ? { ...one, value: one.value.slice(1) } : one,
    )
    .find((one) => (one.system === rppsSystem || one.system === idnpsSystem) && /^\d{11}$/.test(one.value))?.value;
  return value === undefined ? undefined : { system: rppsSystem, value };
}

function finessOf(identifiers: readonly FhirIdentifier[]): KeptIdentifier | undefined {
  const known = identifiers.find(
    (one) => (one.system === finessSystem || one.system === finessOid) && /^(\d{9}|2[AB]\d{7})$/.test(one.value),
  );
  return known === undefined ? undefined : { system: finessSystem, value: known.value };
}

function addressOf({ fullUrl }: SourceResource): KeptIdentifier | undefined {
  return fullUrl !== undefined && /^(urn:uuid:|https?:\/\/)/.test(fullUrl)
    ? { system: 'urn:ietf:rfc:3986', value: fullUrl }
    : undefined;
}

function nameOf(resource: Json): string | undefined {
  const [name = {}] = listOf(resource, 'name');
  const given = Array.isArray(name.given) ? name.given.filter((one): one is string => typeof one === 'string') : [];
  const parts = [...given, textOf(name, 'family') ?? ''].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(' ').slice(0, 200) : textOf(name, 'text')?.slice(0, 200);
}
